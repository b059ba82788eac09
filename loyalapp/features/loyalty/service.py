"""Works out the figures of loyalty (D1) from the days on which each customer bought, in one walk through all sales.

Every figure is a list of customers, counted. What is asked for once is remembered until something is sold or changed.
"""

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import String, cast, func, select

from loyalapp.core.db import rows
from loyalapp.core.memory import remembered
from loyalapp.features.catalogue import figures as sales
from loyalapp.features.catalogue import rhythm
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer

QUARTERS = 6
MONTHS = 3
A_YEAR = 365
TWO_YEARS = 730
HISTORIES = select(
    Purchase.customer_id, func.aggregate_strings(cast(Purchase.bought_on, String), ",").label("days")
).group_by(Purchase.customer_id)
OUTSIDE = customers.OUTSIDERS
COUNT = select(func.count(Purchase.id))
_BOUGHT = select(func.count(Purchase.bought_on.distinct())).where(Purchase.customer_id == Customer.id).scalar_subquery()
SENT = (
    select(Customer.referred_by_id, Customer.id, _BOUGHT.label("days"))
    .where(Customer.referred_by_id.is_not(None), customers.OURS)
    .order_by(Customer.referred_by_id, Customer.id)
)


class Silent(NamedTuple):
    """A regular who has gone quiet: on how many days they bought, the last one, and their usual time in days."""

    customer_id: int
    days: int
    last_on: date
    usual: int


class Figures(NamedTuple):
    """Lists of customers. `again` and `once` are by the quarter of the first purchase, `won` and `lost` by theirs."""

    day: date
    quarters: Sequence[date]
    first_quarters: Sequence[date]
    kept: Sequence[int]
    missing: Sequence[int]
    again: Sequence[Sequence[int]]
    once: Sequence[Sequence[int]]
    won: Sequence[Sequence[int]]
    lost: Sequence[Sequence[int]]
    quiet: Sequence[Silent]
    regulars: int


class Sender(NamedTuple):
    """Somebody who sent others to us: their ids, and those of them who bought."""

    customer_id: int
    sent: Sequence[int]
    bought: Sequence[int]


def figures(day: date) -> Figures:
    """Everything that is counted over all sales up to a day."""
    state = (sales.sales_state(day), rows(COUNT).scalar())
    return remembered("loyalty.figures", state, lambda: _Count(day).done())


def senders() -> Sequence[Sender]:
    """Who sent whom, and what came of it; whoever sent most stands first."""
    found = []
    for sender, sent in groupby(rows(SENT), key=itemgetter(0)):
        people = [(row.id, row.days) for row in sent]
        found.append(Sender(sender, [one for one, _days in people], [one for one, days in people if days]))
    here = customers.present(one.customer_id for one in found)
    ours = [one for one in found if one.customer_id in here]
    return sorted(ours, key=lambda one: (-len(one.bought), -len(one.sent), one.customer_id))


def days_of(ids: Sequence[int]) -> dict[int, list[int]]:
    """On which days these customers bought, ascending, as ordinals."""
    told: dict[int, list[int]] = {one: [] for one in ids}
    for row in rows(rhythm.DAYS_OF, {"ids": list(ids)}):
        told[row.customer_id].append(row.bought_on.toordinal())
    return told


def quarters_until(day: date, count: int = QUARTERS) -> list[date]:
    """The first days of the last calendar quarters, the one of the day at the end."""
    months = day.year * 12 + day.month - 1
    last = months - months % MONTHS
    starts = [last - MONTHS * back for back in range(count - 1, -1, -1)]
    return [date(one // 12, one % 12 + 1, 1) for one in starts]


def _lists() -> "list[array[int]]":
    """An empty list of customers for each quarter."""
    return [array("i") for _one in range(QUARTERS)]


class _Count:
    """One walk through the histories of all customers."""

    def __init__(self, day: date) -> None:
        self.day, self.now = day, day.toordinal()
        self.quarters = quarters_until(day)
        # Everybody in these quarters has had a whole year to come again.
        self.first_quarters = quarters_until(date.fromordinal(self.now - A_YEAR))
        self.starts = [one.toordinal() for one in self.quarters]
        self.first_starts = [one.toordinal() for one in self.first_quarters]
        self.kept: array[int] = array("i")
        self.missing: array[int] = array("i")
        self.again, self.once, self.won, self.lost = _lists(), _lists(), _lists(), _lists()
        self.quiet: list[Silent] = []
        self.regulars = 0

    def done(self) -> Figures:
        for customer_id, days in self._histories():
            self._loyal(customer_id, days)
            self._came_again(customer_id, days)
            if len(days) >= rhythm.PURCHASES:
                self._regular(customer_id, days)
        self.quiet.sort(key=lambda one: (-one.days, one.customer_id))
        return Figures(
            self.day,
            self.quarters,
            self.first_quarters,
            self.kept,
            self.missing,
            self.again,
            self.once,
            self.won,
            self.lost,
            self.quiet,
            self.regulars,
        )

    def _histories(self) -> Iterator[tuple[int, list[int]]]:
        """Each of our customers with the days of their purchases up to now, ascending, each once."""
        outside = set(rows(OUTSIDE).scalars())
        known = _Ordinals()
        for customer_id, told in rows(HISTORIES):
            if customer_id not in outside:
                days = sorted({known[one] for one in told.split(",")})
                while days and days[-1] > self.now:
                    days.pop()
                if days:
                    yield customer_id, days

    def _loyal(self, customer_id: int, days: list[int]) -> None:
        """Who bought in the year before last: do they still?"""
        if any(self.now - TWO_YEARS < one <= self.now - A_YEAR for one in days):
            (self.kept if days[-1] > self.now - A_YEAR else self.missing).append(customer_id)

    def _came_again(self, customer_id: int, days: list[int]) -> None:
        """Whose first purchase is at least a year ago: did they buy again within a year of it?"""
        first = days[0]
        place = _place(first, self.first_starts)
        if place is not None and first <= self.now - A_YEAR:
            came = len(days) > 1 and days[1] <= first + A_YEAR
            (self.again if came else self.once)[place].append(customer_id)

    def _regular(self, customer_id: int, days: list[int]) -> None:
        place = _place(days[rhythm.PURCHASES - 1], self.starts)
        if place is not None:
            self.won[place].append(customer_id)
        last, allowed = days[-1], rhythm.silence_allowed(days) or 0
        if self.now - last <= allowed:
            self.regulars += 1
            return
        place = _place(last + allowed + 1, self.starts)
        if place is not None:
            self.lost[place].append(customer_id)
        if rhythm.is_quiet(days, self.now):
            self.quiet.append(Silent(customer_id, len(days), date.fromordinal(last), rhythm.usual_days(days)))


class _Ordinals(dict[str, int]):
    """Days as numbers, each worked out once."""

    def __missing__(self, told: str) -> int:
        found = self[told] = date.fromisoformat(told).toordinal()
        return found


def _place(day: int, starts: Sequence[int]) -> int | None:
    """In which quarter a day lies; None before the first."""
    return next((place for place in range(len(starts) - 1, -1, -1) if day >= starts[place]), None)


def everybody(figure: Sequence[Sequence[int]]) -> list[int]:
    """All customers of a figure, of every quarter."""
    return [one for part in figure for one in part]
