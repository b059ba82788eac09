"""The desk: who is to be greeted, one person after another, and who waits, with the reason. Nothing goes to many."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from loyalapp import sdk
from loyalapp.sdk import Customer

from . import occasions, telling
from .after import SAME_DAY
from .due import MOST_LOOKED_AT, OWN_DAY, Due, people_due
from .models import Card

_ = sdk.texts("greetings").gettext
AHEAD_DAYS = 14
MISSED_DAYS = 7  # so long a missed day is still told
ROWS = 40
FIRST_LOOK = 200  # days of people; many of them wait, and all the same one look is enough as a rule
_LANGUAGES = select(Customer.id, Customer.message_language).where(Customer.id.in_(bindparam("ids", expanding=True)))
_MADE = select(Card.customer_id, Card.occasion, Card.turn).where(
    Card.customer_id.in_(bindparam("ids", expanding=True)),
    Card.given_on.is_(None),
    Card.given_how.is_(None),
    Card.made_on > bindparam("since"),
)
_NEWEST = select(func.max(Card.made_on).label("day"))


class Line(NamedTuple):
    """One person on the desk. `held`: why they wait, in whole sentences; `instead`: what to say where it is too late.

    `is_now`: their day is so near that they come up in the queue.
    """

    due: Due
    held: tuple[str, ...] = ()
    instead: str = ""
    is_now: bool = True

    @property
    def is_ready(self) -> bool:
        """Whether they are the next to be greeted."""
        return self.is_now and not self.held


def lines(limit: int = ROWS) -> list[Line]:
    """Those of the days just past, of today and of the coming days: the ready ones stand first."""
    today, most = sdk.today(), FIRST_LOOK
    while True:
        missed = people_due(today - timedelta(days=MISSED_DAYS), MISSED_DAYS, most)
        coming = people_due(today, AHEAD_DAYS + 1, most)
        made = _judged([*coming, *missed[::-1]], today)
        ready = [one for one in made if one.is_ready]
        if len(ready) >= limit or most >= MOST_LOOKED_AT or not _goes_on(coming, missed, most):
            break
        most *= 4  # so many wait that those behind them would never come up
    return [*ready, *(one for one in made if not one.is_ready)][: limit + 1]


def _goes_on(coming: list[Due], missed: list[Due], most: int) -> bool:
    """Whether there may be more whose day is near."""
    last = sdk.today() + timedelta(days=occasions.most_lead())
    return len(missed) == most or (len(coming) == most and coming[-1].day <= last)


def _judged(found: list[Due], today: date) -> list[Line]:
    ids = sorted({one.customer_id for one in found})
    if not ids:
        return []
    rows = sdk.rows(_MADE, {"ids": ids, "since": today - SAME_DAY})
    made = {_mark(row.customer_id, row.occasion, row.turn) for row in rows}
    found = [one for one in found if _mark(one.customer_id, one.occasion, one.turn) not in made]  # those cards wait
    checked = sdk.contact_check(ids, "greeting")
    late = {one.customer_id for one in found if telling.is_too_late(one.occasion, one.day)}
    spoken = {row.id: row for row in sdk.rows(_LANGUAGES, {"ids": sorted(late)})} if late else {}
    return [_line(one, checked.get(one.customer_id), spoken, today) for one in found]


def _mark(customer_id: int, occasion: str, turn: int) -> tuple[int, str, int]:
    """What a card and a day have in common; only days of their own come several times in so short a while."""
    return customer_id, occasion, turn if occasion == OWN_DAY else 0


def _line(one: Due, verdict: sdk.Verdict | None, spoken: dict[int, Any], today: date) -> Line:
    is_now = one.day - today <= timedelta(days=occasions.lead(one.occasion))
    held = verdict.why if verdict and verdict.wants_reason else ()
    if telling.is_too_late(one.occasion, one.day):
        late = _("It is too late for wishes. When you talk next, you could say:")
        return Line(one, (*held, late), telling.instead(spoken[one.customer_id], one.occasion), is_now)
    return Line(one, held, "", is_now)


def following(after: int = 0) -> Due | None:
    """The next who is ready; after a customer who is left for later, whoever comes behind them."""
    ready = [one.due for one in lines() if one.is_ready]
    ids = [one.customer_id for one in ready]
    if after in ids:
        ready = [one for one in ready[ids.index(after) + 1 :] if one.customer_id != after]
    return ready[0] if ready else None


def is_clock_odd() -> bool:
    """Whether a card was made on a day that is still to come: the clock was wrong then, or is wrong now."""
    newest = sdk.rows(_NEWEST, {}).scalar()
    return newest is not None and newest > sdk.today() + timedelta(days=1)
