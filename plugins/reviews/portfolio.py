"""The whole territory by level: how many accounts stand where, and page by page who they are (practice B1)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, exists, func, select, tuple_

from loyalapp import sdk

from . import levels, shelf
from .due import bought_something
from .models import Assessment, Review

NOT_ASSESSED = "unknown"
PLACES = ("high", "middle", "low", NOT_ASSESSED)
PAGE = 25
LISTED = tuple(getattr(sdk.Customer, one) for one in ("id", "name", "address_form", "firm", "place", "sort_key"))


class Page(NamedTuple):
    """One page of accounts; `before` and `after` are customer numbers to go on from, None at an end."""

    rows: Sequence[Row[Any]]
    before: int | None
    after: int | None


def counts() -> dict[str, int]:
    """How many accounts there are of each level, and how many nobody has assessed yet."""
    assessed = _assessed().subquery()
    rows = sdk.db.session.execute(select(assessed.c.level, func.count()).group_by(assessed.c.level))
    found = {row[0]: int(row[1]) for row in rows}
    return {one: found.get(one, 0) for one in levels.LEVELS} | {NOT_ASSESSED: max(0, _accounts() - sum(found.values()))}


def _accounts() -> int:
    bought = sdk.db.session.scalar(select(func.count(sdk.Purchase.customer_id.distinct()))) or 0
    those = sdk.Customer.id.in_(sdk.customers.OUTSIDERS)
    outside = select(func.count()).where(those, bought_something(sdk.Customer.id))
    return bought - (sdk.db.session.scalar(outside) or 0)


def page(place: str, after: int | None = None, before: int | None = None, size: int = PAGE) -> Page:
    """Accounts of one level in the order of names, by keyset.

    :param place: a level, or `unknown` for those nobody has assessed.
    """
    if place == NOT_ASSESSED:
        query = _not_assessed()
    else:
        assessed = _assessed().subquery()
        here = assessed.c.customer_id == sdk.Customer.id
        query = select(*LISTED).join(assessed, here).where(assessed.c.level == place)
    return _page(query, after, before, size)


def _page(query: Select[Any], after: int | None, before: int | None, size: int) -> Page:
    here, cursor, backwards = tuple_(sdk.Customer.sort_key, sdk.Customer.id), before or after, before is not None
    key = sdk.db.session.scalar(select(sdk.Customer.sort_key).where(sdk.Customer.id == cursor)) if cursor else None
    if key is not None:
        query = query.where(here < (key, cursor) if backwards else here > (key, cursor))
    order = (sdk.Customer.sort_key, sdk.Customer.id)
    query = query.order_by(*(one.desc() for one in order)) if backwards else query.order_by(*order)
    rows = list(sdk.db.session.execute(query.limit(size + 1)))
    more = len(rows) > size
    rows = rows[:size][::-1] if backwards else rows[:size]
    has_before, has_after = (more, True) if backwards else (bool(cursor), more)
    return Page(rows, rows[0].id if rows and has_before else None, rows[-1].id if rows and has_after else None)


def _not_assessed() -> Select[Any]:
    said = exists().where(Assessment.customer_id == sdk.Customer.id, Assessment.said_on.is_not(None))
    return select(*LISTED).where(sdk.customers.OURS, ~said, bought_something(sdk.Customer.id))


def _assessed() -> Select[Any]:
    """Assessed accounts with their level, by the same rule as on the customer's page."""
    those = sdk.Purchase.customer_id.in_(select(Assessment.customer_id).where(Assessment.said_on.is_not(None)))
    owned = shelf.counted(those)
    sold = len(sdk.catalogue.groups())
    by_rule = levels.level_in_sql(owned.c.bought, sold, Assessment.means, owned.c.ends_soon)
    return (
        select(Assessment.customer_id, func.coalesce(Assessment.overruled, by_rule).label("level"))
        .join(owned, owned.c.customer_id == Assessment.customer_id)
        .join(sdk.Customer, sdk.Customer.id == Assessment.customer_id)
        .where(Assessment.said_on.is_not(None), sdk.customers.OURS)
    )


def half_done(limit: int) -> Sequence[Row[Any]]:
    """Reviews that were begun and not closed yet, the oldest first."""
    query = (
        select(Review.id, Review.customer_id, Review.opened_on)
        .join(sdk.Customer, sdk.Customer.id == Review.customer_id)
        .where(Review.state == "open", sdk.customers.OURS)
        .order_by(Review.opened_on, Review.id)
        .limit(limit)
    )
    return sdk.db.session.execute(query).all()


def newest_held(limit: int) -> Sequence[Row[Any]]:
    """The reviews held last."""
    query = (
        select(Review.id, Review.customer_id, Review.held_on, Review.kind, Review.recommendation, Review.leaving)
        .join(sdk.Customer, sdk.Customer.id == Review.customer_id)
        .where(Review.state == "closed", sdk.customers.OURS)
        .order_by(Review.held_on.desc(), Review.id.desc())
        .limit(limit)
    )
    return sdk.db.session.execute(query).all()
