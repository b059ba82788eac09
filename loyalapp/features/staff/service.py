"""What can be done with the people who work here: add, rename, say that somebody left, name them."""

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from loyalapp.core.alphabet import in_order
from loyalapp.core.clock import today
from loyalapp.core.db import db, rows
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound, Refused
from loyalapp.core.i18n import _, current_language
from loyalapp.core.memory import until_changed
from loyalapp.core.textkeys import norm, plain
from loyalapp.features.staff.models import ROLES, Deed, StaffMember

LONGEST_NAME = 100
LARGEST_ID = 2**31
DEFAULT_CAPACITY = 10  # contacts a day, before the firm has said its own number (design §7)
HERE = (
    select(
        StaffMember.id,
        StaffMember.name,
        StaffMember.role,
        StaffMember.language,
        StaffMember.capacity,
        StaffMember.pin.is_not(None).label("has_pin"),
    )
    .where(StaffMember.left_on.is_(None))
    .order_by(StaffMember.id)
)
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
    found = in_order(db.session.scalars(select(StaffMember).order_by(StaffMember.id)), lambda one: one.name)
    return sorted(found, key=lambda one: one.left_on is not None)


def active() -> list[tuple[int, str]]:
    """Id and name of everybody who works here now, by name; read again only after a change."""
    return [(one.id, one.name) for one in here()]


def here() -> Sequence[Any]:
    """Everybody who works here now, by name: id, name, role, language, capacity, has_pin; read again after a change."""
    return until_changed("staff.here", lambda: in_order(rows(HERE).all(), lambda one: one.name), current_language())


# ---- who sits at this desk ----

_sitting: ContextVar[int | None] = ContextVar("sitting", default=None)
_acting: ContextVar[int | None] = ContextVar("acting", default=None)


def sit_down(staff_member_id: int | None) -> None:
    """From here on this request is the work of this one of us; the pages say so before each request."""
    _sitting.set(staff_member_id)
    _acting.set(None)


def act_as(owner_id: int) -> None:
    """The owner has shown who they are at somebody else's desk: this request is theirs."""
    _acting.set(owner_id)


def at_desk() -> int | None:
    """Who sits at this desk now; None where nobody said so, and where we are not several."""
    return _sitting.get()


def owners() -> dict[int, Any]:
    """Those who work here as owners, by id, as `here` tells of them."""
    return {one.id: one for one in here() if one.role == "owner"}


def is_owner() -> bool:
    """Whether who sits here may do what only the owner may: everybody, as long as no owner is written down."""
    found = owners()
    return not found or len(here()) < 2 or bool({_acting.get(), at_desk()} & found.keys())


def require_owner() -> None:
    """Only for the owner.

    :raises Refused: if somebody else sits here.
    """
    if not is_owner():
        raise Refused(_("Only the owner may do this."))


def capacity(staff_member_id: int | None = None) -> int:
    """How many contacts they manage a day: their own number, else the firm's."""
    own = next((one.capacity for one in here() if one.id == staff_member_id), None)
    firm = current_app.config["FIRM"]
    return own or (firm.capacity if firm else DEFAULT_CAPACITY)


def note_deed(what: str, customer_id: int | None = None, *, beside: Session | None = None, **facts: Any) -> None:
    """Write down who did what, in the caller's transaction; `facts` are plain values for its sentence.

    :param beside: the caller's session, where it is one of its own.
    """
    whose = _acting.get() or at_desk()
    deed = Deed(what=what, staff_member_id=whose, customer_id=customer_id, facts=facts)
    (beside or db.session).add(deed)


def note_at_once(what: str, **facts: Any) -> None:
    """The same in a transaction of its own, for what happens outside of the database."""
    note_deed(what, **facts)
    db.session.commit()


def doer() -> str:
    """How who does this is called; empty where nobody sat down."""
    whose = _acting.get() or at_desk()
    return names([whose])[whose] if whose else ""


def names(ids: Iterable[int]) -> dict[int, str]:
    """The names of these, by id, also of those who left."""
    wanted = sorted(set(ids))
    return {row.id: row.name for row in rows(NAMES, {"ids": wanted})} if wanted else {}


def add(name: str, language: str | None = None, role: str = "salesman", capacity: int | None = None) -> int:
    """Write down that somebody works here.

    :raises LoyalAppError: without a name, or if somebody of this name is here already.
    """
    member = StaffMember(name=_checked(name, None), language=language, role=_role(role), capacity=capacity)
    db.session.add(member)
    db.session.commit()
    return member.id


def rename(staff_member_id: int, name: str, version: int | None = None) -> None:
    """Correct a name.

    :param version: the version the user saw; if somebody changed it since, nothing is overwritten.
    :raises Conflict: if it was changed meanwhile.
    """
    change(staff_member_id, {"name": name}, version)


def change(staff_member_id: int, values: Mapping[str, Any], version: int | None = None) -> None:
    """Correct what is written down: `name`, `language`, `role`, `capacity`.

    :param version: the version the user saw; if somebody changed it since, nothing is overwritten.
    :raises Conflict: if it was changed meanwhile.
    :raises LoyalAppError: for a name that cannot be one, or if nobody would be the owner any more.
    """
    member = get(staff_member_id)
    if version is not None and version != member.version:
        raise _changed_meanwhile()
    checked = dict(values)
    if "name" in checked:
        checked["name"] = _checked(checked["name"], member)
    if checked.get("role", member.role) != member.role:
        _role(checked["role"])
        _check_an_owner_stays(member)
    for field, value in checked.items():
        setattr(member, field, value)
    _keep()


def speak(staff_member_id: int, language: str) -> None:
    """From here on their screen speaks this language."""
    get(staff_member_id).language = language
    _keep()


def leave(staff_member_id: int) -> None:
    """They do not work here any more: they keep their customers until somebody takes over, but get no new ones.

    :raises LoyalAppError: if nobody would be the owner any more.
    """
    member = get(staff_member_id)
    _check_an_owner_stays(member)
    member.left_on = today()
    note_deed("left", whom=member.name)
    _keep()


def come_back(staff_member_id: int) -> None:
    """Undo `leave`.

    :raises LoyalAppError: if somebody of this name is here by now.
    """
    member = get(staff_member_id)
    _checked(member.name, member)
    member.left_on = None
    _keep()


def _keep() -> None:
    try:
        db.session.commit()
    except StaleDataError as error:
        db.session.rollback()
        raise _changed_meanwhile() from error


def _role(role: str) -> str:
    if role not in ROLES:
        raise LoyalAppError(_("Please choose one."), field="role")
    return role


def _check_an_owner_stays(member: StaffMember) -> None:
    """Where somebody else is here, one must be the owner; else nobody could make one."""
    others = {one.id for one in here()} - {member.id}
    if member.role == "owner" and member.left_on is None and others and not owners().keys() - {member.id}:
        raise LoyalAppError(_("Somebody has to be the owner. Please make somebody else an owner first."), field="role")


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
