"""Makes the day: one next action per customer, in the stated order, and no more than a person can do (design §7)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup
from sqlalchemy import bindparam, select

from loyalapp.core.clock import now, today
from loyalapp.core.db import db, rows
from loyalapp.core.i18n import current_language
from loyalapp.core.memory import until_changed
from loyalapp.core.textkeys import plain
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service as interactions
from loyalapp.features.settings import service as settings
from loyalapp.features.today.models import Finished
from loyalapp.plugin_system.answers import TODAY_KINDS, TodayEntry
from loyalapp.plugin_system.calls import ask, registry, tell

LONGEST_KEY = 200
MOST_PER_SOURCE = 120  # what one feature or plugin may put forward: twice what a day holds and some more
SOME_MORE = 20
OPEN_PROBLEM = TODAY_KINDS.index("problem")
# A problem ends when the customer confirms it (A4), a review with a recommendation (B5): on their own pages.
END_ELSEWHERE = frozenset({"problem", "review"})
HELD_KINDS = frozenset({"greeting", "suggestion"})  # wait while a problem is open (practice A, design §7)

FINISHED = select(Finished.key).where(Finished.key.in_(bindparam("keys", expanding=True)))
FINISHED_ON = select(Finished).where(Finished.finished_on == bindparam("day")).order_by(Finished.finished_at.desc())


@dataclass(frozen=True)
class Line:
    """One customer on Today: the most important entry, and what else is due for him."""

    customer: Any
    addressed: str
    first: TodayEntry
    folded: Sequence[TodayEntry]
    number: str | None
    used: int
    limit: int


@dataclass(frozen=True)
class Day:
    """The page of Today. `waiting`: how many customers more have something due; they wait quietly.

    `drawn` keeps the lines as they were drawn, by the token of the session.
    """

    lines: Sequence[Line]
    waiting: int
    done: Sequence[Any] = field(default_factory=tuple)
    drawn: dict[str, Markup] = field(default_factory=dict, compare=False)


def known_day(day: date) -> Day:
    """`make_day`, remembered until somebody changes anything; for a minute at most, as a plugin may go by the clock."""
    depends_on = (day, current_language(), frozenset(registry().running), int(now().timestamp()) // 60)
    return until_changed("today.day", lambda: make_day(day), depends_on)


def make_day(day: date) -> Day:
    """Everything due on the day, each customer once, capped by the firm's capacity."""
    by_customer = _grouped(_due(day))
    order = sorted(by_customer, key=lambda one: _rank(by_customer[one][0]))
    done = finished_on(day)
    room = max(0, settings.firm().capacity - len({one.customer_id for one in done}))
    shown = order[:room]
    return Day(_lines(shown, by_customer), max(0, len(order) - len(shown)), done)


def _due(day: date) -> list[TodayEntry]:
    limit = min(MOST_PER_SOURCE, 2 * settings.firm().capacity + SOME_MORE)
    entries = ask("today_entries", day=day, limit=limit)
    keys = [one.key for one in entries]
    finished = set(rows(FINISHED, {"keys": keys}).scalars())
    alive = customers.present({one.customer_id for one in entries})
    return [one for one in entries if one.key not in finished and one.customer_id in alive]


def _grouped(entries: Sequence[TodayEntry]) -> dict[int, list[TodayEntry]]:
    """The entries of each customer, the most important first; what must wait for an open problem is never first."""
    by_customer: dict[int, list[TodayEntry]] = {}
    for entry in sorted(entries, key=_rank):
        by_customer.setdefault(entry.customer_id, []).append(entry)
    return by_customer


def _rank(entry: TodayEntry) -> tuple[bool, int, int, str]:
    return (entry.held is not None, TODAY_KINDS.index(entry.kind), -entry.weight, entry.key)


def _lines(ids: Sequence[int], by_customer: dict[int, list[TodayEntry]]) -> list[Line]:
    used = interactions.unasked_counts(ids)
    return [
        Line(
            customer=row,
            addressed=customers.addressed(row),
            first=by_customer[row.id][0],
            folded=by_customer[row.id][1:],
            number=row.number,
            used=used.get(row.id, 0),
            limit=customers.contact_limit(row),
        )
        for row in customers.listed(ids)
    ]


def is_held(line: Line, entry: TodayEntry) -> bool:
    """Whether a folded greeting or offer waits because a problem of the customer is open."""
    return line.first.kind == "problem" and entry.kind in HELD_KINDS


def finish(key: str, customer_id: int, what: str) -> None:
    """An entry is done: it leaves the page, and whoever put it there is told."""
    customers.get(customer_id)
    key = plain(key)[:LONGEST_KEY]
    db.session.merge(Finished(key=key, customer_id=customer_id, what=plain(what)[:500], finished_on=today()))
    db.session.commit()
    tell("today_entry_was_finished", key=key, customer_id=customer_id)


def reopen(key: str) -> None:
    """Take a Done back."""
    key = plain(key)[:LONGEST_KEY]
    found = db.session.get(Finished, key)
    if found is not None:
        customer_id = found.customer_id
        db.session.delete(found)
        db.session.commit()
        tell("today_entry_was_reopened", key=key, customer_id=customer_id)


def finished_on(day: date) -> Sequence[Finished]:
    """What was done on a day, the latest first."""
    return db.session.scalars(FINISHED_ON, {"day": day}).all()
