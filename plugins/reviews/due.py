"""Whom to review on a day: accounts whose day has come, a few a day, and nobody because of an import (practice B2).

Those who were never reviewed fill what room a day has left, one after the other: a big list is spread out by itself.
Who chose the day themselves (`talks`) take its room first, and stand on Today by that.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, func, or_, select, union_all

from loyalapp import sdk

from . import places, rhythm, talks
from .models import Assessment, Review
from .planning import FIRST_AFTER
from .rhythm import NOBODY
from .standings import ACCOUNT

SPAN = 5000  # so many customer numbers are looked at on a day for accounts that nobody looks after
NO_DAY = date.min  # the day of a first review, which was never due

IS_BEGUN = exists().where(Review.customer_id == Assessment.customer_id, Review.state == "open")
TO_REVIEW = or_(ACCOUNT, and_(sdk.customers.OURS, IS_BEGUN))  # what was begun is finished, whoever they are
HAS_DAY = exists().where(Assessment.customer_id == sdk.Customer.id, Assessment.next_on.is_not(None))
NEVER_PLANNED = and_(ACCOUNT, ~HAS_DAY)
NEWEST = select(func.max(sdk.Customer.id))


class Due(NamedTuple):
    """An account to review. `since`: its day. `first`: never reviewed. `begun`: a review lies half done.

    `sooner`: why it was pulled forward, "" if it was not.
    """

    customer_id: int
    since: date
    first: bool = False
    begun: bool = False
    sooner: str = ""

    @property
    def key(self) -> str:
        """The same review has the same key on every day until it is held or put off."""
        return f"reviews:{self.customer_id}:{self.since.isoformat()}"


def due(day: date, limit: int) -> list[Due]:
    """The accounts of the day: of each of us at most their number, less those held, put off, or agreed on for it."""
    said, settled = rhythm.of_firm(), settled_on(day)
    settled.update(one.pool for one in talks.until(day))
    room = {one: max(0, said.a_day(one) - settled[one]) for one in places.pools()}
    if not any(room.values()):
        return []
    waiting = _within(room, _waiting(day, max(room.values())))
    left = {pool: number - sum(1 for whose, _one in waiting if whose == pool) for pool, number in room.items()}
    return [one for _whose, one in (*waiting, *_never_reviewed(day, left))][:limit]


def settled_on(day: date) -> Counter[int]:
    """How many reviews of each of us were held or put off on a day."""
    pool = places.pool_in_sql()
    whose = select(pool.label("pool")).select_from(sdk.Customer)
    held = whose.join(Review, Review.customer_id == sdk.Customer.id).where(
        Review.held_on == day, Review.state == "closed"
    )
    off = whose.join(Assessment, Assessment.customer_id == sdk.Customer.id).where(Assessment.put_off_on == day)
    both = union_all(held, off).subquery()
    return Counter(dict(sdk.rows(select(both.c.pool, func.count()).group_by(both.c.pool)).all()))


def _within(room: Mapping[int, int], found: Iterable[tuple[int, Due]]) -> list[tuple[int, Due]]:
    """Of each of us as many as there is room for."""
    taken: dict[int, int] = defaultdict(int)
    kept = []
    for pool, one in found:
        if taken[pool] < room.get(pool, 0):
            taken[pool] += 1
            kept.append((pool, one))
    return kept


def _waiting(day: date, most: int) -> list[tuple[int, Due]]:
    """Of each of us those whose next review has come, the longest waiting first; begun ones too."""
    pool = places.pool_in_sql()
    order = (Assessment.next_on, Assessment.customer_id)
    ranked = (
        select(
            Assessment.customer_id,
            Assessment.next_on,
            Assessment.sooner,
            IS_BEGUN.label("begun"),
            pool.label("pool"),
            func.row_number().over(partition_by=pool, order_by=order).label("place"),
        )
        .join(sdk.Customer, sdk.Customer.id == Assessment.customer_id)
        .where(Assessment.next_on <= day, TO_REVIEW, Assessment.customer_id.not_in(talks.with_a_day_until(day)))
        .subquery()
    )
    rows = sdk.rows(select(ranked).where(ranked.c.place <= most).order_by(ranked.c.next_on, ranked.c.customer_id))
    return [(row.pool, Due(row.customer_id, row.next_on, begun=bool(row.begun), sooner=row.sooner)) for row in rows]


def _never_reviewed(day: date, left: Mapping[int, int]) -> list[tuple[int, Due]]:
    """Accounts without a day of their own for what room is left, in the order in which they came into the book."""
    wanted = {pool: number for pool, number in left.items() if number > 0}
    if not wanted:
        return []
    parts = [_firsts(pool, number, day) for pool, number in wanted.items()]
    first, last = _window(day) if NOBODY in wanted else (0, 0)
    values = {"before": came_before(day), "first": first, "last": last}
    rows = sdk.rows(union_all(*parts) if len(parts) > 1 else parts[0], values)
    return [(row.pool, Due(row.id, NO_DAY, first=True)) for row in rows]


def _firsts(pool: int, number: int, day: date) -> Any:
    query = select(sdk.Customer.id, places.as_number(pool).label("pool")).where(NEVER_PLANNED, places.whose(pool))
    query = query.where(sdk.Customer.id.not_in(talks.with_a_day_until(day)))
    query = query.where(sdk.Customer.created_at < bindparam("before"))
    if pool == NOBODY:
        query = query.where(sdk.Customer.id.between(bindparam("first"), bindparam("last")))
    part = query.order_by(sdk.Customer.id).limit(number).subquery()
    return select(part.c.id, part.c.pool)


def _window(day: date) -> tuple[int, int]:
    """The customer numbers of this day: all where they are not many, else every day others."""
    highest = sdk.rows(NEWEST).scalar() or 0
    first = day.toordinal() * SPAN % highest if highest > SPAN else 0
    return first, first + SPAN


def came_before(day: date) -> datetime:
    """Who came into the book after this is not asked yet."""
    return datetime.combine(day - timedelta(days=FIRST_AFTER - 1), time(), UTC)


def coming(day: date, limit: int) -> Sequence[tuple[int, date]]:
    """Whose review comes next after this day, without those with whom a day was agreed."""
    query = (
        select(Assessment.customer_id, Assessment.next_on)
        .join(sdk.Customer, sdk.Customer.id == Assessment.customer_id)
        .where(Assessment.next_on > day, ACCOUNT, Assessment.customer_id.not_in(talks.AGREED_WITH))
        .order_by(Assessment.next_on, Assessment.customer_id)
        .limit(limit)
    )
    return [(row.customer_id, row.next_on) for row in sdk.rows(query)]
