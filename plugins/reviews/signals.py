"""When a customer speaks of other shops more often than before, the next review is pulled forward (practice B7)."""

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, func, select

from loyalapp import sdk

from .models import MENTION

SPAN = timedelta(days=90)
FEWEST = 2  # one word alone is no rise
COUNTS = (
    select(
        MENTION.c.customer_id,
        func.count(case((MENTION.c.heard_on > bindparam("middle"), 1))).label("now"),
        func.count(case((MENTION.c.heard_on <= bindparam("middle"), 1))).label("before"),
    )
    .where(MENTION.c.heard_on > bindparam("since"))
    .group_by(MENTION.c.customer_id)
)
OF_ONE = COUNTS.where(MENTION.c.customer_id == bindparam("customer_id"))
RISING = (
    COUNTS.join(sdk.Customer, sdk.Customer.id == MENTION.c.customer_id)
    .where(sdk.customers.OURS)
    .having(func.count(case((MENTION.c.heard_on > bindparam("middle"), 1))) >= FEWEST)
    .order_by(func.count(case((MENTION.c.heard_on > bindparam("middle"), 1))).desc(), MENTION.c.customer_id)
)


class Rise(NamedTuple):
    """Words about other shops by one customer in the last 90 days, and in the 90 days before."""

    customer_id: int
    now: int
    before: int

    @property
    def is_rising(self) -> bool:
        """More than before, and not one alone."""
        return self.now >= FEWEST and self.now > self.before


def _times() -> dict[str, Any]:
    return {"middle": sdk.today() - SPAN, "since": sdk.today() - 2 * SPAN}


def of(customer_id: int) -> Rise:
    """How one customer speaks of other shops."""
    row = sdk.rows(OF_ONE, {**_times(), "customer_id": customer_id}).first()
    return Rise(*row) if row else Rise(customer_id, 0, 0)


def rising(limit: int) -> list[Rise]:
    """Customers who speak of other shops more often than before, most of all first."""
    found = [Rise(*row) for row in sdk.rows(RISING, _times())]
    return [one for one in found if one.is_rising][:limit]
