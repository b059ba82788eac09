"""Known causes (A7): problems that have one cause, who looks after it, the quick fix, and whether it is mended."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from loyalapp import sdk

from . import kinds, steps
from .models import Cause, Problem, Told
from .together import changed_meanwhile, keep

_ = sdk.texts("issues").gettext
LONGEST = {"title": 200, "fix": 2000, "words": 2000}
PAGE = 25
OPEN, MENDED = "open", "fixed"
HIGHEST_ID = 2**31 - 1

_OF_CAUSE = Problem.cause_id == Cause.id
_HERE = (sdk.Customer.id == Problem.customer_id, sdk.Customer.removed_at.is_(None))
_MANY = (
    select(func.count()).select_from(Problem).join(sdk.Customer, _HERE[0]).where(_OF_CAUSE, _HERE[1]).scalar_subquery()
)
_LAST = select(func.max(Problem.opened_at)).where(_OF_CAUSE).scalar_subquery()
LISTED = (
    select(
        Cause.id,
        Cause.title,
        Cause.fix,
        Cause.state,
        Cause.kind_id,
        Cause.product_group,
        Cause.staff_member_id,
        Cause.fixed_on,
        _MANY.label("many"),
        _LAST.label("last_at"),
    )
    .order_by(Cause.state.desc(), _MANY.desc(), Cause.id.desc())
    .offset(bindparam("start"))
    .limit(bindparam("most"))
)
PROBLEMS = (
    select(
        Problem.id,
        Problem.customer_id,
        Problem.what,
        Problem.item,
        Problem.opened_at,
        Problem.is_over,
        Told.told_on,
        sdk.Customer.message_language,
    )
    .join(sdk.Customer, _HERE[0])
    .outerjoin(Told, (Told.problem_id == Problem.id) & (Told.cause_id == Problem.cause_id))
    .where(Problem.cause_id == bindparam("cause_id"), _HERE[1], sdk.Customer.erased_at.is_(None))
    .order_by(Problem.opened_at.desc(), Problem.id.desc())
    .limit(bindparam("most"))
)
MOST_TOLD = 500


class Whom(NamedTuple):
    """A customer of the "we fixed it" list: the newest problem of this cause, whether it still runs, and when told."""

    customer_id: int
    problem_id: int
    what: str
    item: str
    is_over: bool
    message_language: str | None
    told_on: date | None


def get(cause_id: int) -> Cause:
    """One cause.

    :raises NotFound: if there is none.
    """
    found = sdk.db.session.get(Cause, cause_id) if 0 < cause_id <= HIGHEST_ID else None
    if found is None:
        raise sdk.NotFound(_("This cause is not in the book any more."))
    return found


def listed(start: int = 0) -> tuple[Sequence[Any], bool]:
    """A page of the causes: those that are not mended first, and of them the one with most problems."""
    rows = sdk.rows(LISTED, {"start": start, "most": PAGE + 1}).all()
    return rows[:PAGE], len(rows) > PAGE


def write(
    title: str, *, cause_id: int | None = None, version: int | None = None, problem_id: int = 0, **more: Any
) -> int:
    """Write a cause down, or change one.

    :param problem_id: the problem that it is made for, which then belongs to it, and gives its group and kind.
    :param more: `fix`, `words`, `staff_member_id`.
    :raises LoyalAppError: without a title.
    :raises Conflict: if somebody changed it since `version`.
    """
    cause = get(cause_id) if cause_id else Cause()
    if version is not None and version != cause.version:
        raise changed_meanwhile()
    cause.title = _checked("title", title)
    if not cause.title:
        raise sdk.LoyalAppError(_("Please write in a few words what is behind it."), field="title")
    cause.fix, cause.words = (_checked(name, more.get(name) or "") for name in ("fix", "words"))
    cause.staff_member_id = _one_of_us(more.get("staff_member_id"))
    sdk.db.session.add(cause)
    sdk.db.session.flush()
    if problem_id:
        _join(steps.found(problem_id), cause)
    keep()
    return cause.id


def _checked(name: str, text: str) -> str:
    words = sdk.plain(text, keep_lines=name != "title")
    if len(words) > LONGEST[name]:
        raise sdk.LoyalAppError(_("This is very long. A few words are enough."), field=name)
    return words


def _one_of_us(staff_member_id: int | None) -> int | None:
    if staff_member_id is not None and staff_member_id not in dict(sdk.staff.active()):
        raise sdk.LoyalAppError(_("Please choose somebody who works here."), field="owner")
    return staff_member_id


def _join(problem: Problem, cause: Cause | None) -> None:
    problem.cause_id = cause.id if cause else None
    if cause and cause.kind_id is None:
        cause.kind_id = problem.kind_id
    if cause and not cause.product_group:
        cause.product_group = problem.product_group


def link(problem_id: int, cause_id: int | None) -> None:
    """This problem comes from that cause; None: from none that we know.

    :raises NotFound: if one of them is not there.
    """
    problem = steps.found(problem_id)
    _join(problem, get(cause_id) if cause_id else None)
    steps.keep()


def set_kind(problem_id: int, kind: str) -> None:
    """Of which kind a problem is; "" for none.

    :raises LoyalAppError: if it is not in the list.
    """
    problem = steps.found(problem_id)
    problem.kind_id = kinds.checked(kind)
    steps.keep()


def set_mended(cause_id: int, *, is_mended: bool) -> None:
    """It is mended for good, or not after all."""
    cause = get(cause_id)
    cause.state, cause.fixed_on = (MENDED, sdk.today()) if is_mended else (OPEN, None)
    keep()


def problems(cause_id: int) -> Sequence[Any]:
    """Those that belong to it, the newest first."""
    return sdk.rows(PROBLEMS, {"cause_id": cause_id, "most": MOST_TOLD}).all()


def to_tell(found: Sequence[Any]) -> list[Whom]:
    """Each of their customers once, by the newest problem; who was told stands at the end."""
    people: dict[int, Whom] = {}
    for row in found:
        known = people.get(row.customer_id)
        if known is None:
            known = Whom(row.customer_id, row.id, row.what, row.item, row.is_over, row.message_language, row.told_on)
        told = [one for one in (known.told_on, row.told_on) if one]
        people[row.customer_id] = known._replace(told_on=max(told, default=None))
    return sorted(people.values(), key=lambda one: one.told_on is not None)


def tell(cause_id: int, customer_id: int, channel: str, note: str) -> None:
    """They were told that it is mended: marked, and written down as a contact with them.

    :param channel: how, as `interactions.record` takes it. `note`: what stands with the contact.
    """
    ours = select(Problem.id, Problem.is_over).where(Problem.cause_id == cause_id, Problem.customer_id == customer_id)
    found = {row.id: row.is_over for row in sdk.db.session.execute(ours)}
    known = set(sdk.db.session.scalars(select(Told.problem_id).where(Told.cause_id == cause_id)))
    if not found.keys() - known:
        return
    unasked = None if all(found.values()) else False
    sdk.interactions.record(customer_id, channel=channel, note=note, unasked=unasked)  # before anything is written
    for problem_id in found.keys() - known:
        sdk.db.session.add(Told(problem_id=problem_id, cause_id=cause_id))
    sdk.db.session.commit()


def untell(cause_id: int, customer_id: int) -> None:
    """They were not told after all; the contact stays where it is written."""
    ours = select(Problem.id).where(Problem.customer_id == customer_id)
    told = select(Told).where(Told.cause_id == cause_id, Told.problem_id.in_(ours))
    for one in sdk.db.session.scalars(told):
        sdk.db.session.delete(one)
    sdk.db.session.commit()
