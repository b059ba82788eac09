"""What an account has of everything we sell, and whether something of it ends soon."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, bindparam, case, func, or_, select

from loyalapp import sdk

SOON = timedelta(days=90)
DAYS_PER_MONTH = 30.44


# What each of some customers has of every kind of goods; put together once: that takes longer than its answer.
KIND_OF_GOODS = func.coalesce(sdk.Product.product_group, sdk.Product.name, sdk.Purchase.item)
OWNED = (
    select(
        sdk.Purchase.customer_id,
        KIND_OF_GOODS.label("kind"),
        func.max(sdk.Product.expected_life_months).label("months"),
        func.max(sdk.Purchase.bought_on).label("newest"),
        func.max(sdk.Purchase.warranty_until).label("warranty_until"),
    )
    .outerjoin(sdk.Product, sdk.Product.id == sdk.Purchase.product_id)
    .where(sdk.Purchase.customer_id.in_(bindparam("ids", expanding=True)))
    .group_by(sdk.Purchase.customer_id, KIND_OF_GOODS)
)


@dataclass(frozen=True)
class Shelf:
    """How many kinds of goods an account bought, of how many we sell, and which it does not have yet."""

    bought: int
    sold: int
    missing: Sequence[str] = ()
    ends_soon: bool = False


def shelves(customer_ids: Sequence[int]) -> dict[int, Shelf]:
    """What each of these customers has; a constant number of queries."""
    sold, day = sdk.catalogue.groups(), sdk.today()
    bought: dict[int, dict[str, bool]] = {one: {} for one in customer_ids}
    for row in sdk.rows(OWNED, {"ids": list(customer_ids)}):
        bought[row.customer_id][row.kind] = _ends_soon(row, day)
    return {one: _shelf(kinds, sold, ends_soon=any(kinds.values())) for one, kinds in bought.items()}


def _ends_soon(row: Any, day: date) -> bool:
    """Whether the newest thing of a group wears out soon, or its warranty ends soon (as `_group_ends` asks in SQL)."""
    if row.warranty_until and day <= row.warranty_until <= day + SOON:
        return True
    return bool(row.months) and bool(row.newest <= _worn_since(day, row.months))


def _worn_since(day: date, months: int) -> date:
    """What was bought on this day or before wears out soon."""
    return day + SOON - timedelta(days=round(months * DAYS_PER_MONTH))


def _shelf(bought: Collection[str], sold: Sequence[str], *, ends_soon: bool) -> Shelf:
    missing = [group for group in sold if group not in bought]
    return Shelf(len(bought), max(len(sold), len(bought)), missing, ends_soon)


def counted(which: ColumnElement[bool]) -> Subquery:
    """Rows of (customer_id, bought, ends_soon) for the purchases in question, made by the database."""
    product, purchase = sdk.Product, sdk.Purchase
    of_group = (
        select(purchase.customer_id, case((_group_ends(sdk.today()), 1), else_=0).label("ends"))
        .outerjoin(product, product.id == purchase.product_id)
        .where(which)
        .group_by(purchase.customer_id, KIND_OF_GOODS)
        .subquery()
    )
    return (
        select(of_group.c.customer_id, func.count().label("bought"), func.max(of_group.c.ends).label("ends_soon"))
        .group_by(of_group.c.customer_id)
        .subquery()
    )


def _group_ends(day: date) -> Any:
    """Whether the newest thing of a group wears out soon, or its warranty ends soon."""
    months, newest = func.max(sdk.Product.expected_life_months), func.max(sdk.Purchase.bought_on)
    worn = [and_(months == life, newest <= _worn_since(day, life)) for life in _lives()]
    return or_(func.max(sdk.Purchase.warranty_until).between(day, day + SOON), *worn)


def _lives() -> Sequence[int]:
    """The different expected lives in the catalogue, in months."""
    life = sdk.Product.expected_life_months
    return [one for one in sdk.db.session.scalars(select(life).where(life.is_not(None)).distinct()) if one]
