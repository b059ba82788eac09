"""What an account has of everything we sell, and whether something of it ends soon."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Subquery, and_, bindparam, case, false, func, null, or_, select, union_all

from loyalapp import sdk

SOON = timedelta(days=90)
DAYS_PER_MONTH = 30.44


@cache
def _owned(kind: ColumnElement[str]) -> Any:
    """What each of some customers has of every kind of goods, and a row without a kind where something ends soon.

    Put together once: that takes longer than its answer.
    """
    owned = (
        select(
            sdk.Purchase.customer_id,
            kind.label("kind"),
            func.max(sdk.Product.expected_life_months).label("months"),
            func.max(sdk.Purchase.bought_on).label("newest"),
        )
        .outerjoin(sdk.Product, sdk.Product.id == sdk.Purchase.product_id)
        .where(sdk.Purchase.customer_id.in_(bindparam("ids", expanding=True)))
        .group_by(sdk.Purchase.customer_id, kind)
    )
    return union_all(owned, ENDING.add_columns(null(), null(), null()))


# Of whom something ends soon that they have from us: its warranty, its contract, its expected life.
THING = sdk.OwnedItem
ENDING = (
    select(THING.customer_id)
    .where(THING.customer_id.in_(bindparam("ids", expanding=True)), THING.gone_on.is_(None))
    .where(
        or_(
            *(
                day.between(bindparam("day"), bindparam("soon"))
                for day in (THING.warranty_until, THING.contract_until, THING.lasts_until)
            )
        )
    )
)


class Shelf(NamedTuple):
    """How many kinds of goods an account bought, of how many we sell, and which it does not have yet.

    `sold` is 0 as long as there is no catalogue; `groups` are the kinds that it has, `newest` the
    day of its last purchase.
    """

    bought: int
    sold: int
    missing: Sequence[str] = ()
    ends_soon: bool = False
    groups: Collection[str] = ()
    newest: date | None = None


def shelves(customer_ids: Sequence[int]) -> dict[int, Shelf]:
    """What each of these customers has; a constant number of queries."""
    sold, day = sdk.catalogue.groups(), sdk.today()
    bought: dict[int, dict[str, bool]] = {one: {} for one in customer_ids}
    newest: dict[int, date] = {}
    ids = list(customer_ids)
    ending: set[int] = set()
    for row in sdk.rows(_owned(sdk.catalogue.group_of()), {"ids": ids, "day": day, "soon": day + SOON}):
        if row.kind is None:
            ending.add(row.customer_id)
        else:
            bought[row.customer_id][row.kind] = _wears_out(row, day)
            newest[row.customer_id] = max(row.newest, newest.get(row.customer_id, row.newest))
    return {
        one: _shelf(kinds, sold, ends_soon=one in ending or any(kinds.values()))._replace(newest=newest.get(one))
        for one, kinds in bought.items()
    }


def _wears_out(row: Any, day: date) -> bool:
    """Whether the newest thing of a group wears out soon (as `_group_wears_out` asks in SQL)."""
    return bool(row.months) and bool(row.newest <= _worn_since(day, row.months))


def _worn_since(day: date, months: int) -> date:
    """What was bought on this day or before wears out soon."""
    return day + SOON - timedelta(days=round(months * DAYS_PER_MONTH))


def _shelf(bought: Collection[str], sold: Sequence[str], *, ends_soon: bool) -> Shelf:
    missing = [sdk.catalogue.group_label(group) for group in sold if group not in bought]
    return Shelf(len(bought), max(len(sold), len(bought)) if sold else 0, missing, ends_soon, frozenset(bought))


def counted(which: ColumnElement[bool]) -> Subquery:
    """Rows of (customer_id, bought, ends_soon) for the purchases in question, made by the database."""
    product, purchase, day = sdk.Product, sdk.Purchase, sdk.today()
    of_group = (
        select(purchase.customer_id, case((_group_wears_out(day), 1), else_=0).label("ends"))
        .outerjoin(product, product.id == purchase.product_id)
        .where(which)
        .group_by(purchase.customer_id, sdk.catalogue.group_of())
        .subquery()
    )
    return (
        select(of_group.c.customer_id, func.count().label("bought"), _ends(of_group, day).label("ends_soon"))
        .group_by(of_group.c.customer_id)
        .subquery()
    )


def _ends(of_group: Subquery, day: date) -> Any:
    """1 where the newest thing of a group wears out soon, or something they have ends soon; else 0."""
    dates = (THING.warranty_until, THING.contract_until, THING.lasts_until)
    soon = or_(*(one.between(day, day + SOON) for one in dates))
    having = select(THING.customer_id).where(THING.gone_on.is_(None), soon)
    return case((or_(func.max(of_group.c.ends) == 1, of_group.c.customer_id.in_(having)), 1), else_=0)


def _group_wears_out(day: date) -> Any:
    """Whether the newest thing of a group wears out soon."""
    months, newest = func.max(sdk.Product.expected_life_months), func.max(sdk.Purchase.bought_on)
    worn = [and_(months == life, newest <= _worn_since(day, life)) for life in _lives()]
    return or_(false(), *worn)


def _lives() -> Sequence[int]:
    """The different expected lives in the catalogue, in months."""
    life = sdk.Product.expected_life_months
    return [one for one in sdk.db.session.scalars(select(life).where(life.is_not(None)).distinct()) if one]
