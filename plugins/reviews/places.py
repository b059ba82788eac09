"""Days that still have room for a review: no day gets more than the number of whoever looks after the account (B2)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, or_, select, true

from loyalapp import sdk

from . import rhythm
from .models import Assessment
from .rhythm import NOBODY

EARLIER, LATER = 45, 400  # so many days before the wished one are looked at first, and then so many after it
A_DAY = timedelta(days=1)


def pools() -> list[int]:
    """Everybody who has accounts of their own, by id, and `NOBODY` for the rest; one alone has them all."""
    active = [one for one, _name in sdk.staff.active()]
    return [*active, NOBODY] if len(active) > 1 else [NOBODY]


def pool_of(salesman_id: int | None) -> int:
    """Whose an account is."""
    return salesman_id if salesman_id in pools() and salesman_id else NOBODY


def pool_in_sql() -> ColumnElement[int]:
    """The same as an SQL expression."""
    active = [one for one in pools() if one]
    column = sdk.Customer.salesman_id
    return case((column.in_(active), column), else_=NOBODY) if active else literal(NOBODY)


def as_number(pool: int) -> ColumnElement[int]:
    """The number of one of us as a column of a question."""
    return literal(pool)


def whose(pool: int) -> ColumnElement[bool]:
    """The accounts of one of us, or those whom nobody looks after."""
    if pool:
        return sdk.Customer.salesman_id == pool
    active = [one for one in pools() if one]
    return or_(sdk.Customer.salesman_id.is_(None), sdk.Customer.salesman_id.not_in(active)) if active else true()


class Places:
    """How many reviews stand on each day, of one of us or of all; days that are given away are counted at once."""

    def __init__(self, taken: Iterable[tuple[int, date, int]]) -> None:
        self.taken: Counter[tuple[int, date]] = Counter()
        for pool, day, count in taken:
            self.taken[pool, day] += count
        self.rhythm = rhythm.of_firm()

    def give(self, pool: int, wished: date, latest: date | None = None) -> date:
        """A day with room: the wished one, else one shortly before it, else the next after it; up to `latest` if any.

        Rather than later than `latest` it is earlier by up to half the time. Where a day holds none at all, the wished
        one: Today then shows none either.
        """
        number, first = self.rhythm.a_day(pool), sdk.today() + A_DAY
        wished = max(wished, first)
        for day in _in_turn(wished, first, wished + A_DAY * LATER if latest is None else max(latest, first)):
            if self.rhythm.is_open(day) and self.taken[pool, day] < number:
                self.taken[pool, day] += 1
                return day
        return wished


def _in_turn(wished: date, first: date, latest: date) -> Iterator[date]:
    """The days in the order in which they are looked at: near before, after, long before, and then past the last."""
    back, ahead = (wished - first).days, (latest - wished).days
    yield from (wished - A_DAY * one for one in range(min(EARLIER, back) + 1) if wished - A_DAY * one <= latest)
    yield from (wished + A_DAY * one for one in range(1, min(ahead + 1, LATER)))
    yield from (wished - A_DAY * one for one in range(EARLIER + 1, back // 2 + 1))
    yield from (wished + A_DAY * one for one in range(max(1, ahead + 1), LATER))


def around(pool: int, wished: date, without: int) -> Places:
    """The days around a wished one as they are now, `without` the account that looks for its day."""
    first = max(wished, sdk.today() + A_DAY)
    between = Assessment.next_on.between(sdk.today(), first + A_DAY * LATER)
    return Places(sdk.rows(_taken(between, Assessment.customer_id != without, whose(pool))))


def everywhere(without: Collection[int] = ()) -> Places:
    """All days of everybody."""
    these = [Assessment.customer_id.not_in(without)] if without else []
    return Places(sdk.rows(_taken(Assessment.next_on > sdk.today(), *these)))


def _taken(*conditions: Any) -> Any:
    return (
        select(pool_in_sql().label("pool"), Assessment.next_on, func.count())
        .join(sdk.Customer, sdk.Customer.id == Assessment.customer_id)
        .where(*conditions, sdk.Customer.removed_at.is_(None))
        .group_by("pool", Assessment.next_on)
    )
