"""Whom to review on a day: accounts whose day has come, a few a day, and nobody because of an import (practice B2)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func, select

from loyalapp import sdk

from .models import Assessment, Review

PER_DAY = 2
SPREAD = 365  # those never reviewed are spread over a year by their number; over more days where they are very many
CARRIED = 14  # the day of one who was missed is carried along for two weeks
ENOUGH = 400  # candidates that are looked at: among so many the few of a day are found


class Due(NamedTuple):
    """An account to review. `since`: its day. `first`: never reviewed. `begun`: a review lies half done."""

    customer_id: int
    since: date
    first: bool = False
    begun: bool = False

    @property
    def key(self) -> str:
        """The same review has the same key on every day until it is held or put off."""
        return f"reviews:{self.customer_id}:{self.since.isoformat()}"


def due(day: date, limit: int) -> list[Due]:
    """The accounts of the day: at most the firm's number a day, less those already held or put off on it."""
    room = min(limit, int(sdk.settings.get("reviews.per_day", PER_DAY)) - _settled(day))
    if room <= 0:
        return []
    return [*_waiting(day, room), *_never_reviewed(day, room)][:room]


def _settled(day: date) -> int:
    held = select(func.count()).select_from(Review).where(Review.held_on == day).scalar_subquery()
    off = select(func.count()).select_from(Assessment).where(Assessment.put_off_on == day).scalar_subquery()
    row = sdk.db.session.execute(select(held, off)).one()
    return int(row[0] or 0) + int(row[1] or 0)


def _waiting(day: date, limit: int) -> list[Due]:
    """Those whose next review has come, the longest waiting first; begun ones too, also of people who never bought."""
    begun = exists().where(Review.customer_id == Assessment.customer_id, Review.state == "open")
    query = (
        select(Assessment.customer_id, Assessment.next_on, begun.label("begun"))
        .join(sdk.Customer, sdk.Customer.id == Assessment.customer_id)
        .where(Assessment.next_on <= day, sdk.customers.OURS)
        .where(bought_something(Assessment.customer_id) | begun)
        .order_by(Assessment.next_on, Assessment.customer_id)
        .limit(limit)
    )
    return [Due(row.customer_id, row.next_on, begun=bool(row.begun)) for row in sdk.db.session.execute(query)]


def bought_something(customer_id: Any) -> ColumnElement[bool]:
    """Only accounts are reviewed: those who bought."""
    return exists().where(sdk.Purchase.customer_id == customer_id)


def _never_reviewed(day: date, limit: int) -> list[Due]:
    """Accounts without a row of ours whose number falls on the day or shortly before: found by primary key."""
    highest = sdk.db.session.scalar(select(func.max(sdk.Customer.id))) or 0
    days = _days_of(day, highest)
    query = (
        select(sdk.Customer.id)
        .where(
            sdk.Customer.id.in_(days),
            sdk.customers.OURS,
            ~exists().where(Assessment.customer_id == sdk.Customer.id),
            bought_something(sdk.Customer.id),
        )
        .order_by(sdk.Customer.id)
    )
    found = sorted(sdk.db.session.scalars(query), key=lambda one: (days[one], one))
    return [Due(one, days[one], first=True) for one in found[:limit]]


def _days_of(day: date, highest: int) -> dict[int, date]:
    """The customer numbers of this day and, where they are few, of the days before, with their day."""
    found: dict[int, date] = {}
    spread = max(SPREAD, highest // ENOUGH)
    for ago in range(CARRIED):
        own = day - timedelta(days=ago)
        found.update(dict.fromkeys(range(own.toordinal() % spread or spread, highest + 1, spread), own))
        if len(found) >= ENOUGH:
            break
    return found


def coming(day: date, limit: int) -> Sequence[tuple[int, date]]:
    """Whose review comes next after this day."""
    query = (
        select(Assessment.customer_id, Assessment.next_on)
        .join(sdk.Customer, sdk.Customer.id == Assessment.customer_id)
        .where(Assessment.next_on > day, sdk.customers.OURS, bought_something(Assessment.customer_id))
        .order_by(Assessment.next_on, Assessment.customer_id)
        .limit(limit)
    )
    return [(row.customer_id, row.next_on) for row in sdk.db.session.execute(query)]
