"""The coming year day by day (practice B2): how many reviews each day holds, and whose they are.

Nothing of it is kept: those whose day has come wait in a row, a day takes as many as its number, and what room is left
goes to those who were never reviewed. So the year is right also after somebody was ill, left, or brought in a list.
Only what a customer chose (`talks`) stands on its very day, whatever else is planned there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import case, func, select

from loyalapp import sdk

from . import due, places, rhythm, talks
from .models import Assessment
from .planning import FIRST_AFTER

DAYS = 365
A_DAY = timedelta(days=1)


class Day(NamedTuple):
    """One day of the year: so many whose day has come, so many never reviewed, and so many who chose it."""

    day: date
    planned: int
    firsts: int
    is_open: bool
    chosen: int

    @property
    def reviews(self) -> int:
        """How many reviews the day holds."""
        return self.planned + self.firsts + self.chosen


class Year(NamedTuple):
    """The days from today on. `left`: accounts that have not come up when the year is over; `number`: reviews a day.

    `chosen`: what customers chose, by day; what is over and was not held stands on today.
    """

    pool: int
    number: int
    days: Sequence[Day]
    left: int
    chosen: Mapping[date, Sequence[Any]]

    def months(self) -> list[tuple[date, list[Day]]]:
        """The days by the month they lie in."""
        found: dict[date, list[Day]] = {}
        for one in self.days:
            found.setdefault(one.day.replace(day=1), []).append(one)
        return list(found.items())


class Visit(NamedTuple):
    """One review of the calendar. `first`: they were never reviewed. `talk`: what they chose, None if they did not."""

    day: date
    customer_id: int
    first: bool
    talk: Any = None


def plan(pool: int) -> Year:
    """The year of one of us, or of the accounts that nobody looks after."""
    said, today = rhythm.of_firm(), sdk.today()
    number = said.a_day(pool)
    stored, ready, soon = _stored(pool, today), *_never_planned(pool, today)
    chosen = _chosen(pool, today)
    waiting = sum(count for day, count in stored.items() if day <= today)
    room_today = max(0, number - due.settled_on(today)[pool])
    days = []
    for ahead in range(DAYS):
        day = today + A_DAY * ahead
        waiting += stored.get(day, 0) if ahead else 0
        ready += soon if ahead == FIRST_AFTER else 0
        is_open = said.is_open(day) or not ahead
        theirs = len(chosen.get(day, ()))
        room = max(0, (number if ahead else room_today) - theirs) if is_open else 0
        planned = min(waiting, room)
        firsts = min(ready, room - planned)
        waiting, ready = waiting - planned, ready - firsts
        days.append(Day(day, planned, firsts, is_open, theirs))
    return Year(pool, number, days, waiting + ready + (soon if DAYS <= FIRST_AFTER else 0), chosen)


def _last(today: date) -> date:
    return today + A_DAY * (DAYS - 1)


def _chosen(pool: int, today: date) -> Mapping[date, Sequence[Any]]:
    found: dict[date, list[Any]] = defaultdict(list)
    for one in talks.until(_last(today)):
        if one.pool == pool:
            found[max(one.day, today)].append(one)
    return dict(found)


def _chose(today: date) -> Any:
    return talks.with_a_day_until(_last(today))


def _stored(pool: int, today: date) -> Mapping[date, int]:
    query = (
        select(Assessment.next_on, func.count())
        .join(sdk.Customer, sdk.Customer.id == Assessment.customer_id)
        .where(Assessment.next_on <= _last(today), due.TO_REVIEW, places.whose(pool))
        .where(Assessment.customer_id.not_in(_chose(today)))
        .group_by(Assessment.next_on)
    )
    return Counter(dict(sdk.rows(query).all()))


def _never_planned(pool: int, today: date) -> tuple[int, int]:
    """How many accounts have no day of their own yet, and how many came into the book just now."""
    before = due.came_before(today)
    ready = func.count(case((sdk.Customer.created_at < before, 1)))
    waiting = (due.NEVER_PLANNED, places.whose(pool), sdk.Customer.id.not_in(_chose(today)))
    row = sdk.rows(select(ready, func.count()).where(*waiting)).one()
    return int(row[0]), int(row[1]) - int(row[0])


def visits(year: Year, days: Sequence[Day]) -> list[Visit]:
    """Who is to be reviewed on these days, which follow one another; in two questions, however many they are."""
    if not days:
        return []
    before = [one for one in year.days if one.day < days[0].day]
    chose = _chose(year.days[0].day)
    planned = _ids(_planned_query(year.pool, days[-1].day, chose), sum(one.planned for one in before), days, "planned")
    firsts = _ids(_firsts_query(year.pool, chose), sum(one.firsts for one in before), days, "firsts")
    found = []
    for one in days:
        found += [Visit(one.day, talk.customer_id, first=False, talk=talk) for talk in year.chosen.get(one.day, ())]
        found += [Visit(one.day, number, first=False) for number in islice(planned, one.planned)]
        found += [Visit(one.day, number, first=True) for number in islice(firsts, one.firsts)]
    return found


def _ids(query: Any, skip: int, days: Sequence[Day], kind: str) -> Iterator[int]:
    wanted = sum(getattr(one, kind) for one in days)
    return iter(sdk.rows(query.offset(skip).limit(wanted)).scalars().all() if wanted else [])


def _planned_query(pool: int, until: date, chose: Any) -> Any:
    """In the order in which they wait."""
    return (
        select(Assessment.customer_id)
        .join(sdk.Customer, sdk.Customer.id == Assessment.customer_id)
        .where(Assessment.next_on <= until, due.TO_REVIEW, places.whose(pool))
        .where(Assessment.customer_id.not_in(chose))
        .order_by(Assessment.next_on, Assessment.customer_id)
    )


def _firsts_query(pool: int, chose: Any) -> Any:
    """In the order in which they came into the book."""
    waiting = (due.NEVER_PLANNED, places.whose(pool), sdk.Customer.id.not_in(chose))
    return select(sdk.Customer.id).where(*waiting).order_by(sdk.Customer.id)
