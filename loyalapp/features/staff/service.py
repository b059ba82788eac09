"""What can be done with the people who work here: add, rename, say that somebody left, name them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm.exc import StaleDataError

from loyalapp.core.clock import today
from loyalapp.core.db import db, rows
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.core.i18n import _
from loyalapp.core.memory import until_changed
from loyalapp.core.textkeys import norm, plain
from loyalapp.features.staff.models import StaffMember

LONGEST_NAME = 100
LARGEST_ID = 2**31
ACTIVE = select(StaffMember.id, StaffMember.name).where(StaffMember.left_on.is_(None)).order_by(StaffMember.name)
NAMES = select(StaffMember.id, StaffMember.name).where(StaffMember.id.in_(bindparam("ids", expanding=True)))


def get(staff_member_id: int) -> StaffMember:
    """One of us, also somebody who left.

    :raises NotFound: if there is none.
    """
    found = db.session.get(StaffMember, staff_member_id) if 0 < staff_member_id < LARGEST_ID else None
    if found is None:
        raise NotFound(_("Nobody of this number works here."))
    return found


def everybody() -> Sequence[StaffMember]:
    """All of us, those who left at the end."""
    query = select(StaffMember).order_by(StaffMember.left_on.is_not(None), StaffMember.name, StaffMember.id)
    return db.session.scalars(query).all()


def active() -> list[tuple[int, str]]:
    """Id and name of everybody who works here now, by name; read again only after a change."""
    return until_changed("staff.active", lambda: [(row.id, row.name) for row in rows(ACTIVE)])


def names(ids: Iterable[int]) -> dict[int, str]:
    """The names of these, by id, also of those who left."""
    wanted = sorted(set(ids))
    return {row.id: row.name for row in rows(NAMES, {"ids": wanted})} if wanted else {}


def add(name: str, language: str | None = None) -> int:
    """Write down that somebody works here.

    :raises LoyalAppError: without a name, or if somebody of this name is here already.
    """
    member = StaffMember(name=_checked(name, None), language=language)
    db.session.add(member)
    db.session.commit()
    return member.id


def rename(staff_member_id: int, name: str, version: int | None = None) -> None:
    """Correct a name.

    :param version: the version the user saw; if somebody changed it since, nothing is overwritten.
    :raises Conflict: if it was changed meanwhile.
    """
    member = get(staff_member_id)
    if version is not None and version != member.version:
        raise _changed_meanwhile()
    member.name = _checked(name, member)
    _keep()


def leave(staff_member_id: int) -> None:
    """They do not work here any more: they keep their customers until somebody takes over, but get no new ones."""
    get(staff_member_id).left_on = today()
    _keep()


def come_back(staff_member_id: int) -> None:
    """Undo `leave`."""
    get(staff_member_id).left_on = None
    _keep()


def _keep() -> None:
    try:
        db.session.commit()
    except StaleDataError as error:
        db.session.rollback()
        raise _changed_meanwhile() from error


def _changed_meanwhile() -> Conflict:
    return Conflict(_("Somebody else changed this just now. Please look at the new page and write your change again."))


def _checked(name: str, member: StaffMember | None) -> str:
    kept = plain(name)
    if not kept:
        raise LoyalAppError(_("Please write a name."), field="name")
    if len(kept) > LONGEST_NAME:
        raise LoyalAppError(_("This name is very long. Please shorten it to 100 letters."), field="name")
    if norm(kept) in {norm(one.name) for one in everybody() if one is not member and one.left_on is None}:
        raise LoyalAppError(_("Somebody of this name is here already. Please write more of the name."), field="name")
    return kept


def remove_untouched(ids: Iterable[int]) -> None:
    """Take made-up people out again; whoever was changed since is somebody real by now."""
    wanted = list(ids)
    db.session.execute(delete(StaffMember).where(StaffMember.id.in_(wanted), StaffMember.version == 1))
    db.session.commit()
