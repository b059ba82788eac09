"""Makes the day: one next action per customer, in the stated order, and no more than a person can do (design §7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup
from sqlalchemy import bindparam, select

from loyalapp.core.clock import now, today
from loyalapp.core.db import db, rows
from loyalapp.core.i18n import current_tongue
from loyalapp.core.memory import until_changed
from loyalapp.core.textkeys import plain
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import rules, standings
from loyalapp.features.interactions.standings import Standing
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff
from loyalapp.features.today.models import Finished
from loyalapp.plugin_system.answers import TODAY_KINDS, TodayEntry
from loyalapp.plugin_system.calls import ask, registry, tell

LONGEST_KEY = 200
MOST_PER_SOURCE = 120  # what one feature or plugin may put forward: twice what a day holds and some more
SOME_MORE = 20
MOST_ASKED = 400  # of one source, where several share the work
MOST_LINES = 100  # on one page
NEAR = 3  # times the room: so many are looked at more closely, as some are held back
MIDDLE = 2  # the worth of whoever was not assessed yet (D3)
PURPOSES = {"greeting": "greeting", "suggestion": "offer", "review": "review", "checkin": "checkin"}
COUNTED = frozenset({"full", "silent"})
# A problem ends when the customer confirms it (A4), a review with a recommendation (B5): on their own pages.
END_ELSEWHERE = frozenset({"problem", "review"})
HELD_KINDS = frozenset({"greeting", "suggestion"})  # wait while a problem is open (practice A, design §7)

FINISHED = select(Finished.key).where(Finished.key.in_(bindparam("keys", expanding=True)))
FINISHED_ON = select(Finished).where(Finished.finished_on == bindparam("day")).order_by(Finished.finished_at.desc())


class Line(NamedTuple):
    """One customer on Today: the most important entry, and what else is due for him.

    `hints`: what is good to know before the contact, where nothing is held back for it.
    """

    customer: Any
    addressed: str
    first: TodayEntry
    folded: Sequence[TodayEntry]
    number: str | None
    used: int
    limit: int
    hints: Sequence[str] = ()


@dataclass(frozen=True)
class Day:
    """The page of Today. `waiting`: how many customers more have something due; they wait quietly.

    `drawn` keeps the lines as they were drawn, by the token of the session.
    """

    lines: Sequence[Line]
    waiting: int
    done: Sequence[Any] = field(default_factory=tuple)
    drawn: dict[str, Markup] = field(default_factory=dict, compare=False)


def known_day(day: date, mine_of: int | None = None) -> Day:
    """`make_day`, remembered until somebody changes anything; for a minute at most, as a plugin may go by the clock."""
    desk = staff.at_desk()
    depends_on = (day, current_tongue(), frozenset(registry().running), int(now().timestamp()) // 60)
    return until_changed(f"today.day.{desk}.{mine_of}", lambda: make_day(day, mine_of), depends_on)


def capacity(mine_of: int | None = None) -> int:
    """How many contacts the day holds: one person's; of all who work here where somebody said who sits here."""
    if mine_of is not None:
        return _bounded(staff.capacity(mine_of))
    if staff.at_desk() is None:
        return _bounded(settings.firm().capacity)
    return _bounded(sum(staff.capacity(one.id) for one in staff.here()))


def _bounded(number: int) -> int:
    return max(0, min(number, MOST_LINES))


def make_day(day: date, mine_of: int | None = None) -> Day:
    """Everything due on the day, each customer once, capped by the capacity.

    :param mine_of: only the customers whom this one of us looks after, and those whom nobody looks after any more.
    """
    entries, done = _due(day, mine_of), finished_on(day)
    wishes = standings.wishes({one.customer_id for one in entries} | {one.customer_id for one in done})
    if mine_of is not None:
        entries, wishes = _mine(entries, wishes, mine_of)
        done = [one for one in done if one.customer_id in wishes]
    room = max(0, capacity(mine_of) - len({one.customer_id for one in done}))
    by_customer = _grouped([one for one in entries if one.customer_id in wishes], wishes)
    nearest = _ordered(by_customer, wishes)[: NEAR * room + SOME_MORE]  # whose standing is looked up
    known = standings.complete({number: wishes[number] for number in nearest})
    judged = {number: rest for number in nearest if (rest := _judged(by_customer[number], known[number]))}
    shown = _ordered(judged, wishes)[:room]
    waiting = len(by_customer) - (len(nearest) - len(judged)) - len(shown)
    return Day(_lines(shown, judged, known), waiting, done)


def _due(day: date, mine_of: int | None) -> list[TodayEntry]:
    """What is put forward and not finished; among so much more for one of several that their own is among it."""
    several = len(staff.here()) if mine_of is not None else 1
    limit = min(MOST_PER_SOURCE * several, (2 * capacity(mine_of) + SOME_MORE) * several, MOST_ASKED)
    entries = ask("today_entries", day=day, limit=limit)
    finished = set(rows(FINISHED, {"keys": [one.key for one in entries]}).scalars())
    return [one for one in entries if one.key not in finished]


def _mine(
    entries: Sequence[TodayEntry], wishes: Mapping[int, Any], mine_of: int
) -> tuple[list[TodayEntry], dict[int, Any]]:
    """What one of us does: what was taken on by them, and what nobody else has taken on for customers of theirs."""
    others = {one.id for one in staff.here()} - {mine_of}
    customers_of_mine = {number for number, one in wishes.items() if one.salesman_id not in others}
    kept = [
        one for one in entries if one.by == mine_of or (one.by not in others and one.customer_id in customers_of_mine)
    ]
    whose = customers_of_mine | {one.customer_id for one in kept}
    return kept, {number: one for number, one in wishes.items() if number in whose}


def _grouped(entries: Sequence[TodayEntry], wishes: Mapping[int, Any]) -> dict[int, list[TodayEntry]]:
    """The entries of each customer, the most important first; what must wait for an open problem is never first."""
    by_customer: dict[int, list[TodayEntry]] = {}
    for entry in sorted(entries, key=lambda one: _rank(one, wishes)):
        by_customer.setdefault(entry.customer_id, []).append(entry)
    return by_customer


def _ordered(by_customer: Mapping[int, Sequence[TodayEntry]], wishes: Mapping[int, Any]) -> list[int]:
    return sorted(by_customer, key=lambda one: _rank(by_customer[one][0], wishes))


def _rank(entry: TodayEntry, wishes: Mapping[int, Any]) -> tuple[bool, int, int, int, str]:
    """The stated order (design §7); within a kind whoever is worth more attention (D3), then the weightier."""
    worth = wishes[entry.customer_id].worth or MIDDLE
    return (entry.held is not None, TODAY_KINDS.index(entry.kind), -worth, -entry.weight, entry.key)


def _judged(entries: Sequence[TodayEntry], standing: Standing) -> list[TodayEntry]:
    """The entries with what the contact rules hold back (E4); what would never be done leaves the page.

    One contact carries everything: where we have to talk to them anyway, the number of contacts holds nothing back.
    """
    talks_anyway = any(not one.unasked for one in entries)
    found = []
    for entry in entries:
        against = dict(rules.against(standing, _purpose(entry))) if entry.kind != "problem" else {}
        if "no_contact" in against and entry.unasked:
            continue
        reasons = [said for kind, said in against.items() if not (talks_anyway and kind in COUNTED)]
        found.append(replace(entry, held=reasons[0]) if reasons and entry.held is None else entry)
    return sorted(found, key=lambda one: _rank(one, {one.customer_id: standing.wishes}))


def _purpose(entry: TodayEntry) -> str:
    return PURPOSES.get(entry.kind, "contact") if entry.unasked else "promise"


def _lines(
    ids: Sequence[int], by_customer: Mapping[int, Sequence[TodayEntry]], known: Mapping[int, Standing]
) -> list[Line]:
    return [
        Line(
            customer=row,
            addressed=customers.addressed(row),
            first=by_customer[row.id][0],
            folded=by_customer[row.id][1:],
            number=row.number,
            used=known[row.id].used,
            limit=known[row.id].limit,
            hints=_hints(by_customer[row.id][0], known[row.id]),
        )
        for row in customers.listed(ids)
    ]


def _hints(first: TodayEntry, standing: Standing) -> list[str]:
    """Of a problem nothing is held back; that they want to be left alone is said beside it."""
    return [sentence for _kind, sentence in rules.against(standing, "problem")] if first.kind == "problem" else []


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
