"""What we say of an account (practice B1): whether it could buy more, and a level of our own; who said it, and when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select

from loyalapp import sdk

from . import levels, planning
from .models import SAID, Assessment, Review
from .standings import Standing, standing

_ = sdk.texts("reviews").gettext
LONGEST_REASON = 1000
SHOWN = 12

HISTORY = (
    select(SAID.c.said_at, SAID.c.staff_member_id, SAID.c.what, SAID.c.answer, SAID.c.reason)
    .where(SAID.c.customer_id == bindparam("customer_id"))
    .order_by(SAID.c.id.desc())
    .limit(bindparam("most"))
)
SINCE = (
    select(Review.id)
    .where(Review.customer_id == bindparam("customer_id"), Review.state == "closed", Review.held_on > bindparam("day"))
    .limit(1)
)


class Said(NamedTuple):
    """One thing that was said of an account: `what` is `means`, `level` or `days`, `by` a name or ""."""

    at: datetime
    by: str
    what: str
    answer: str
    reason: str


def assess(customer_id: int, means: str, overruled: str | None = None, reason: str = "") -> Standing:
    """Write down whether a customer could buy more, and perhaps that we see the level differently (B1).

    :raises LoyalAppError: for an unknown answer or level, or when the rule is overruled without a reason.
    """
    sdk.customers.get(customer_id)
    kept = _checked(means, overruled, reason)
    row = planning.row_of(customer_id)
    _say_means(row, means)
    _say_level(row, overruled or None, kept)
    return _planned(customer_id)


def say_means(customer_id: int, means: str) -> Standing:
    """One answer on the list: could they buy more? A level of our own stays.

    :raises LoyalAppError: for an unknown answer.
    """
    sdk.customers.get(customer_id)
    _checked(means, None, "")
    _say_means(planning.row_of(customer_id), means)
    return _planned(customer_id)


def take_back(customer_id: int) -> Standing:
    """The last answer on the list was a slip: it is as it was before."""
    row = planning.row_of(customer_id)
    newest = select(SAID).where(SAID.c.customer_id == customer_id, SAID.c.what == "means").order_by(SAID.c.id.desc())
    found = sdk.db.session.execute(newest.limit(2)).all()
    if found:
        sdk.db.session.execute(SAID.delete().where(SAID.c.id == found[0].id))
    before = found[1] if len(found) > 1 else None
    row.means = before.answer if before else "unknown"
    row.said_on = sdk.local(before.said_at).date() if before else None
    row.said_by_id = before.staff_member_id if before else None
    return _planned(customer_id)


def _checked(means: str, overruled: str | None, reason: str) -> str:
    """The reason as it is kept."""
    if means not in levels.MEANS:
        raise sdk.LoyalAppError(_("Please choose yes, no, or don’t know."), field="means")
    if overruled and overruled not in levels.LEVELS:
        raise sdk.LoyalAppError(_("Please choose low, middle or high."), field="overruled")
    kept = sdk.plain(reason, keep_lines=True)[:LONGEST_REASON] if overruled else ""
    if overruled and not kept:
        raise sdk.LoyalAppError(_("Please write why you see it differently."), field="reason")
    return kept


def _say_means(row: Assessment, means: str) -> None:
    """Whoever says the same again is written down too: they have looked at it once more."""
    row.means, row.said_on, row.said_by_id = means, sdk.today(), sdk.staff.at_desk()
    _note(row.customer_id, "means", means)


def _say_level(row: Assessment, level: str | None, reason: str) -> None:
    if (row.overruled, row.overruled_reason) == (level, reason):
        return
    row.overruled, row.overruled_reason, row.overruled_on = level, reason, sdk.today() if level else None
    _note(row.customer_id, "level", level or "", reason)


def _note(customer_id: int, what: str, answer: str, reason: str = "") -> None:
    values = {"customer_id": customer_id, "what": what, "answer": answer, "reason": reason}
    sdk.db.session.execute(insert(SAID).values(staff_member_id=sdk.staff.at_desk(), said_at=sdk.now(), **values))


def _planned(customer_id: int) -> Standing:
    sdk.db.session.flush()
    planning.set_next_day(customer_id)
    sdk.db.session.commit()
    return standing(customer_id)


def set_own_days(customer_id: int, days: int | None) -> Standing:
    """Review this customer in a rhythm of its own, or (None) as its level says.

    :raises LoyalAppError: for more than a year.
    """
    before = planning.row_of(customer_id).own_days
    if before != days:
        _note(customer_id, "days", str(days or ""))
    return planning.set_own_days(customer_id, days)


# ---- asked again at the next review ----


def ask_again(one: Standing) -> bool:
    """Whether a level of our own waits to be asked again: at the next review after it was said."""
    return one.overruled is not None and (one.overruled_on is None or one.overruled_on < sdk.today())


def still(customer_id: int, answer: str, *, keep: bool = True) -> None:
    """The answer to "do you still see it so?": `yes` confirms it for another review, `no` lets the rule speak.

    :param keep: False where the caller keeps it with its own changes.
    """
    row = planning.row_of(customer_id)
    if row.overruled is None or answer not in ("yes", "no"):
        return
    if answer == "yes":
        row.overruled_on = sdk.today()
        _note(customer_id, "level", f"still {row.overruled}", row.overruled_reason)
    else:
        _say_level(row, None, "")
    sdk.db.session.flush()
    if keep:
        _planned(customer_id)


def was_reviewed_since(one: Standing) -> bool:
    """Whether a review was held since a level of our own was said, so that it has to be said again."""
    if one.overruled is None or one.overruled_on is None:
        return False
    return bool(sdk.rows(SINCE, {"customer_id": one.customer_id, "day": one.overruled_on}).first())


def history(customer_id: int, most: int = SHOWN) -> Sequence[Said]:
    """What was said of an account, the newest first."""
    found: Sequence[Any] = sdk.rows(HISTORY, {"customer_id": customer_id, "most": most}).all()
    names = sdk.staff.names([one.staff_member_id for one in found if one.staff_member_id])
    return [Said(one.said_at, names.get(one.staff_member_id, ""), one.what, one.answer, one.reason) for one in found]
