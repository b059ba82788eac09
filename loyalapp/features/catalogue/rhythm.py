"""Regulars who have gone quiet, each against the own rhythm (B7)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from loyalapp.core.db import db
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import service as customers

QUIET_PURCHASES = 3  # a rhythm needs at least three purchases
QUIET_FACTOR = 2  # silent for more than twice the own rhythm
QUIET_LEAST_DAYS = 45
QUIET_MOST_DAYS = 540  # longer ago it is no silence any more but a former customer


@dataclass(frozen=True)
class Quiet:
    """A regular who has not bought for more than twice the usual time."""

    customer_id: int
    last_on: date
    rhythm_days: int
    purchases: int


def find_quiet(day: date, limit: int) -> list[Quiet]:
    """A walk through all purchases: at most `limit` regulars, the most faithful first."""
    days = func.count(Purchase.bought_on.distinct())
    first, last = func.min(Purchase.bought_on), func.max(Purchase.bought_on)
    query = (
        select(Purchase.customer_id, first.label("first"), last.label("last"), days.label("days"))
        .where(Purchase.customer_id.not_in(customers.OUTSIDERS))
        .group_by(Purchase.customer_id)
        .having(
            days >= QUIET_PURCHASES,
            last <= day - timedelta(days=QUIET_LEAST_DAYS),
            last > day - timedelta(days=QUIET_MOST_DAYS),
        )
        .order_by(days.desc(), Purchase.customer_id)
    )
    found = []
    for row in db.session.execute(query):
        rhythm = max(1, (row.last - row.first).days // (row.days - 1))
        if (day - row.last).days > QUIET_FACTOR * rhythm:
            found.append(Quiet(row.customer_id, row.last, rhythm, row.days))
            if len(found) == limit:
                break
    return found
