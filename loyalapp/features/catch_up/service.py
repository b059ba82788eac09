"""Whom a day of visits was planned for and who is written down already; each visit is kept by itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from loyalapp.core.clock import now, today, zone
from loyalapp.core.db import rows
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import rules
from loyalapp.features.interactions import service as interactions
from loyalapp.features.interactions.models import Interaction
from loyalapp.features.staff import service as staff
from loyalapp.features.today import service as today_service

DAYS_BACK = 7
EVENING = time(18)
MOST_ADDED = 40
WRITTEN = (
    select(Interaction.id, Interaction.customer_id, Interaction.said, Interaction.is_answered)
    .where(Interaction.happened_at >= bindparam("begins"), Interaction.happened_at < bindparam("ends"))
    .order_by(Interaction.happened_at.desc(), Interaction.id.desc())
    .limit(200)
)


@dataclass(frozen=True)
class Visited:
    """The page: those who may have been visited, and those of whom something is written down on the day."""

    open: Sequence[Any]
    written: Sequence[Any]


def visited(day: date, added: Collection[int]) -> Visited:
    """The people of the day: those who were added, then those whom Today names; who is written down is done."""
    written = _written(day)
    known = {one.customer_id for one in written}
    planned = [line.customer.id for line in _lines(day)]
    wanted = dict.fromkeys([*added, *planned])
    return Visited(customers.listed([one for one in wanted if one not in known]), written)


def _lines(day: date) -> Sequence[Any]:
    """Today's plan; what was planned for a day that is over nobody knows any more."""
    return today_service.known_day(day, staff.at_desk()).lines if day == today() else ()


def _written(day: date) -> Sequence[Any]:
    begins = datetime.combine(day, time(), zone()).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), time(), zone()).astimezone(UTC)
    return rows(WRITTEN, {"begins": begins, "ends": ends}).all()


def write(
    customer_id: int, day: date, said: str, *, is_answered: bool, next_on: date | None, in_spite: str = ""
) -> int:
    """Keep one visit.

    :raises LoyalAppError: where nothing at all was written, for a day that is to come or long over, where the next day
        is over, or without a reason for a visit that the contact rules advised against.
    """
    if not 0 <= (today() - day).days <= DAYS_BACK:
        raise LoyalAppError(_("A visit of this day cannot be written here. Please open the customer instead."))
    if is_answered and not said:
        raise LoyalAppError(_("Please write what they said, or that nobody was there."), field="said")
    rules.check(customer_id, "us", in_spite)
    return interactions.record(
        customer_id,
        channel="visit",
        said=said,
        in_spite=in_spite,
        is_answered=is_answered,
        next_on=next_on,
        happened_at=now() if day == today() else datetime.combine(day, EVENING, zone()),
    )
