"""What an account has of everything we sell, and whether something of it ends soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select

from loyalapp import sdk

SOON = timedelta(days=90)
DAYS_PER_MONTH = 30.44


@dataclass(frozen=True)
class Shelf:
    """How many kinds of goods an account bought, of how many we sell, and which it does not have yet."""

    bought: int
    sold: int
    missing: Sequence[str] = ()
    ends_soon: bool = False


def shelves(customer_ids: Sequence[int]) -> dict[int, Shelf]:
    """What each of these customers has; a constant number of queries."""
    sold = sdk.catalogue.groups()
    bought = sdk.catalogue.groups_bought(customer_ids)
    ending = _ending(customer_ids) if customer_ids else set()
    return {one: _shelf(bought[one], sold, ends_soon=one in ending) for one in customer_ids}


def _shelf(bought: set[str], sold: Sequence[str], *, ends_soon: bool) -> Shelf:
    missing = [group for group in sold if group not in bought]
    return Shelf(len(bought), max(len(sold), len(bought)), missing, ends_soon)


def _ending(customer_ids: Sequence[int]) -> set[int]:
    owned = counted(sdk.Purchase.customer_id.in_(customer_ids))
    return set(sdk.db.session.scalars(select(owned.c.customer_id).where(owned.c.ends_soon == 1)))


def counted(which: ColumnElement[bool]) -> Subquery:
    """Rows of (customer_id, bought, ends_soon) for the purchases in question, made by the database."""
    product, purchase = sdk.Product, sdk.Purchase
    group = func.coalesce(product.product_group, product.name, purchase.item)
    of_group = (
        select(purchase.customer_id, case((_group_ends(sdk.today()), 1), else_=0).label("ends"))
        .outerjoin(product, product.id == purchase.product_id)
        .where(which)
        .group_by(purchase.customer_id, group)
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
    worn = [
        and_(months == life, newest <= day + SOON - timedelta(days=round(life * DAYS_PER_MONTH))) for life in _lives()
    ]
    return or_(func.max(sdk.Purchase.warranty_until).between(day, day + SOON), *worn)


def _lives() -> Sequence[int]:
    """The different expected lives in the catalogue, in months."""
    life = sdk.Product.expected_life_months
    return [one for one in sdk.db.session.scalars(select(life).where(life.is_not(None)).distinct()) if one]
