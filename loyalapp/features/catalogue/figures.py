"""Figures over all sales that stand above the day (D1): regulars kept, and the steady part of somebody's own sales."""

from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, func, or_, select

from loyalapp.core.db import db, rows
from loyalapp.core.memory import remembered
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.catalogue.rhythm import PURCHASES
from loyalapp.features.customers import service as customers

CORRECTED = "loyalapp.sales_corrected"
A_YEAR = timedelta(days=365)
NEWEST = select(func.max(Purchase.id))
_DAYS = func.count(Purchase.bought_on.distinct())
_MINE = or_(bindparam("all"), Purchase.staff_member_id == bindparam("staff_member_id"))
_SOLD = (
    select(Purchase.customer_id.label("customer_id"), func.count().label("sales"))
    .where(_MINE, Purchase.bought_on > bindparam("since"), Purchase.bought_on <= bindparam("until"))
    .group_by(Purchase.customer_id)
    .subquery()
)
_REGULARS = (
    select(Purchase.customer_id)
    .where(Purchase.customer_id.in_(select(_SOLD.c.customer_id)), Purchase.bought_on <= bindparam("until"))
    .group_by(Purchase.customer_id)
    .having(_DAYS >= PURCHASES)
)
STEADY = select(func.coalesce(func.sum(_SOLD.c.sales), 0)).where(_SOLD.c.customer_id.in_(_REGULARS))
ALL = select(func.coalesce(func.sum(_SOLD.c.sales), 0))
STEADY_ONES = (
    select(_SOLD.c.customer_id)
    .where(_SOLD.c.customer_id.in_(_REGULARS), _SOLD.c.customer_id.not_in(customers.OUTSIDERS))
    .order_by(_SOLD.c.sales.desc(), _SOLD.c.customer_id)
)


def newest_purchase() -> int:
    """The highest id of a purchase: as long as it stands still, figures over all purchases do too."""
    return rows(NEWEST).scalar() or 0


def sales_were_corrected() -> None:
    """A sale was changed or removed: what is remembered of all sales is worked out anew."""
    current_app.extensions[CORRECTED] = current_app.extensions.get(CORRECTED, 0) + 1


def sales_state(day: date) -> tuple[Any, ...]:
    """As long as these stand still, figures over all purchases up to the day do too."""
    return (day, newest_purchase(), current_app.extensions.get(CORRECTED, 0), customers.outside_state())


def regulars_kept(day: date) -> tuple[int, int]:
    """How many of those who bought in the year before last bought again in the last year (D1).

    :returns: (kept, of how many).
    """
    return remembered("regulars_kept", sales_state(day), lambda: _count_regulars(day))


def _count_regulars(day: date) -> tuple[int, int]:
    before = (
        select(Purchase.customer_id)
        .where(Purchase.bought_on > day - 2 * A_YEAR, Purchase.bought_on <= day - A_YEAR)
        .where(Purchase.customer_id.not_in(customers.OUTSIDERS))
        .distinct()
    )
    since = select(Purchase.customer_id).where(Purchase.bought_on > day - A_YEAR).distinct()
    total = db.session.scalar(select(func.count()).select_from(before.subquery())) or 0
    kept = db.session.scalar(select(func.count()).select_from(before.intersect(since).subquery())) or 0
    return kept, total


def steady_part(staff_member_id: int | None, day: date) -> tuple[int, int]:
    """Of somebody's own sales of the last twelve months, how many came from regulars (D1).

    Regulars are customers who have bought from us, from anybody of us, on at least three days.

    :param staff_member_id: whose sales; None for all sales of the firm.
    :returns: (from regulars, of how many sales).
    """
    facts = _of_a_year(staff_member_id, day)

    def count() -> tuple[int, int]:
        return int(rows(STEADY, facts).scalar() or 0), int(rows(ALL, facts).scalar() or 0)

    return remembered(f"steady_part.{staff_member_id}", sales_state(day), count)


def steady_customers(staff_member_id: int | None, day: date) -> list[int]:
    """The regulars from whom `steady_part` came; whoever bought most often stands first."""
    facts = _of_a_year(staff_member_id, day)
    made = lambda: list(rows(STEADY_ONES, facts).scalars())  # noqa: E731 -- one word for one question
    return remembered(f"steady_customers.{staff_member_id}", sales_state(day), made)


def _of_a_year(staff_member_id: int | None, day: date) -> dict[str, Any]:
    everybody = staff_member_id is None
    return {"since": day - A_YEAR, "until": day, "all": everybody, "staff_member_id": staff_member_id}
