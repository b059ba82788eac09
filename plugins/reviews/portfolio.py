"""The whole territory by level and as a picture: how many accounts stand where, and page by page who they are (B1).

The picture has the means of accounts one way and their share of what we sell the other. What walks through all sales is
remembered until something is sold; what was said of accounts is counted anew each time.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, literal, select, true, tuple_

from loyalapp import sdk

from . import levels, places, shelf
from .models import Assessment, Review
from .rhythm import YEAR
from .standings import ACCOUNT

NOT_ASSESSED, ALL = "unknown", "all"
PLACES = ("high", "middle", "low", NOT_ASSESSED)
LISTS = (*PLACES, ALL)
SHARES = ("none", "few", "some", "most", "everything")
MEANS = ("new", "unknown", "no", "yes")  # from little to much; "new": nobody has said anything yet
PAGE = 25
LISTED = tuple(
    getattr(sdk.Customer, one) for one in ("id", "name", "address_form", "firm", "place", "sort_key", "salesman_id")
)
_SAID = Assessment.said_on.is_not(None)
NEWEST = select(func.max(sdk.Customer.id))


class Page(NamedTuple):
    """One page of accounts; `before` and `after` are customer numbers to go on from, None at an end."""

    rows: Sequence[Row[Any]]
    before: int | None
    after: int | None


class Territory(NamedTuple):
    """How many accounts there are: `cells` by means, share and level; `reviewed` of them in the last year.

    Of those nobody has assessed the level is `unknown`.
    """

    cells: Mapping[tuple[str, str, str], int]
    reviewed: Mapping[str, int]

    def number(self, **where: str) -> int:
        """How many of a `means`, a `share`, a `level`."""
        names = ("means", "share", "level")
        return sum(
            number for key, number in self.cells.items() if all(key[names.index(one)] == where[one] for one in where)
        )


def share_in_sql(bought: Any, sold: int) -> ColumnElement[str]:
    """How much an account has of what we sell, as one of `SHARES`."""
    rules = [(bought == 0, "none")]
    if sold:
        rules.append((bought >= sold, "everything"))
    rules.append((bought <= levels.FEW, "few"))
    if sold:
        rules.append((bought * 2 > sold, "most"))
    return case(*rules, else_="some")


def counts(whose: int | None = None) -> dict[str, int]:
    """How many accounts there are of each level, and how many nobody has assessed yet."""
    found = territory(whose)
    return {one: found.number(level=one) for one in PLACES}


def left(whose: int | None = None) -> int:
    """How many accounts nobody has assessed yet."""
    said = select(func.count()).select_from(Assessment).join(sdk.Customer, sdk.Customer.id == Assessment.customer_id)
    return max(
        0, sum(_all_shares(whose).values()) - int(sdk.rows(said.where(_SAID, ACCOUNT, _of(whose))).scalar() or 0)
    )


def territory(whose: int | None = None) -> Territory:
    """How many accounts stand where; of one of us, or (None) of all. Read again after any change."""
    return sdk.until_changed(f"reviews.territory.{whose}", lambda: _territory(whose), sdk.today())


def _territory(whose: int | None) -> Territory:
    everybody = _all_shares(whose)
    assessed = _assessed(whose).subquery()
    columns = (assessed.c.means, assessed.c.share, assessed.c.level, assessed.c.reviewed)
    cells: dict[tuple[str, str, str], int] = {}
    reviewed = dict.fromkeys(PLACES, 0)
    said_of = dict.fromkeys(SHARES, 0)
    for means, share, level, was_reviewed, number in sdk.rows(select(*columns, func.count()).group_by(*columns)):
        cells[means, share, level] = cells.get((means, share, level), 0) + number
        said_of[share] += number
        reviewed[level] += number if was_reviewed else 0
    for share in SHARES:
        if (rest := everybody.get(share, 0) - said_of[share]) > 0:
            cells["new", share, NOT_ASSESSED] = rest
    reviewed[NOT_ASSESSED] = _reviewed_unassessed(whose)
    return Territory(cells, reviewed)


def _all_shares(whose: int | None) -> Mapping[str, int]:
    """All accounts by their share of what we sell: of one of us as they are now.

    Those of all are worked out anew after a sale, a new customer, one that was removed or sorted, and on another day.
    """
    sold = len(sdk.catalogue.groups())
    if whose is not None:
        return sdk.until_changed(f"reviews.shares.{whose}", lambda: _counted_shares(whose, sold), sdk.today())
    state = (
        sdk.today(),
        sdk.catalogue.newest_purchase(),
        sold,
        sdk.rows(NEWEST).scalar(),
        sdk.customers.outside_state(),
    )
    return sdk.remembered("reviews.shares", state, lambda: _counted_shares(None, sold))


def _counted_shares(whose: int | None, sold: int) -> Mapping[str, int]:
    owned = shelf.counted(true())
    share = share_in_sql(func.coalesce(owned.c.bought, 0), sold).label("share")
    query = (
        select(share, func.count())
        .select_from(sdk.Customer)
        .outerjoin(owned, owned.c.customer_id == sdk.Customer.id)
        .where(ACCOUNT, _of(whose))
        .group_by("share")
    )
    return {row[0]: int(row[1]) for row in sdk.rows(query)}


def _of(whose: int | None) -> ColumnElement[bool]:
    return true() if whose is None else places.whose(whose)


def _was_reviewed() -> ColumnElement[bool]:
    since = sdk.today() - timedelta(days=YEAR)
    return exists().where(Review.customer_id == sdk.Customer.id, Review.state == "closed", Review.held_on > since)


def _reviewed_unassessed(whose: int | None) -> int:
    said = exists().where(Assessment.customer_id == sdk.Customer.id, _SAID)
    held = select(Review.customer_id).where(
        Review.state == "closed", Review.held_on > sdk.today() - timedelta(days=YEAR)
    )
    query = select(func.count()).select_from(sdk.Customer).where(sdk.Customer.id.in_(held), ACCOUNT, ~said, _of(whose))
    return int(sdk.rows(query).scalar() or 0)


def page(
    place: str,
    after: int | None = None,
    before: int | None = None,
    size: int = PAGE,
    *,
    whose: int | None = None,
    means: str = "",
    share: str = "",
) -> Page:
    """Accounts of one level in the order of names, by keyset.

    :param place: a level, `unknown` for those nobody has assessed, or `all`.
    :param means: only those of one of `MEANS`. `share`: only those of one of `SHARES`.
    """
    if place == NOT_ASSESSED or means == "new":
        query = _not_assessed(whose, share)
    elif place == ALL and not means:
        query = _everybody(whose, share)
    else:
        assessed = _assessed(whose).subquery()
        wanted = {assessed.c.level: place if place != ALL else "", assessed.c.means: means, assessed.c.share: share}
        query = select(*LISTED).join(assessed, assessed.c.customer_id == sdk.Customer.id)
        query = query.where(*(column == value for column, value in wanted.items() if value))
    return _page(query, after, before, size)


def _page(query: Select[Any], after: int | None, before: int | None, size: int) -> Page:
    cursor, backwards = before or after, before is not None
    key = sdk.db.session.scalar(select(sdk.Customer.sort_key).where(sdk.Customer.id == cursor)) if cursor else None
    place = None if cursor is None or key is None else (key, cursor)

    def ask(run: sdk.alphabet.Run, most: int) -> Sequence[Any]:
        return sdk.db.session.execute(_stretch(query, run, backwards).limit(most)).all()

    rows = sdk.alphabet.walk(ask, place, size + 1, backwards=backwards)
    more = len(rows) > size
    rows = rows[:size][::-1] if backwards else rows[:size]
    has_before, has_after = (more, True) if backwards else (bool(cursor), more)
    return Page(rows, rows[0].id if rows and has_before else None, rows[-1].id if rows and has_after else None)


def _stretch(query: Select[Any], run: sdk.alphabet.Run, backwards: bool) -> Select[Any]:
    """One script of the list, from where the last page ended."""
    key, order = sdk.Customer.sort_key, (sdk.Customer.sort_key, sdk.Customer.id)
    if backwards:
        query = query.where(tuple_(*order) < (run.key, run.number), key >= run.start)
        return query.order_by(*(one.desc() for one in order))
    return query.where(tuple_(*order) > (run.key, run.number), key < run.end).order_by(*order)


def _everybody(whose: int | None, share: str) -> Select[Any]:
    """In the list's own order: its index holds those who are ours."""
    query = select(*LISTED).where(sdk.customers.OURS, ACCOUNT, _of(whose))
    return query.where(_share_of_one() == share) if share else query


def _not_assessed(whose: int | None, share: str) -> Select[Any]:
    said = exists().where(Assessment.customer_id == sdk.Customer.id, _SAID)
    return _everybody(whose, share).where(~said)


def _share_of_one() -> ColumnElement[str]:
    """The share of the customer that is looked at."""
    purchase, product = sdk.Purchase, sdk.Product
    bought = (
        select(func.count(sdk.catalogue.group_of().distinct()))
        .select_from(purchase)
        .outerjoin(product, product.id == purchase.product_id)
        .where(purchase.customer_id == sdk.Customer.id)
        .scalar_subquery()
    )
    return share_in_sql(bought, len(sdk.catalogue.groups()))


def _assessed(whose: int | None = None) -> Select[Any]:
    """Assessed accounts with their level, by the same rule as on the customer's page; also who never bought."""
    those = sdk.Purchase.customer_id.in_(select(Assessment.customer_id).where(_SAID))
    owned = shelf.counted(those)
    sold = len(sdk.catalogue.groups())
    bought, ends = func.coalesce(owned.c.bought, 0), func.coalesce(owned.c.ends_soon, 0)
    by_rule = levels.level_in_sql(bought, sold, Assessment.means, ends)
    return (
        select(
            Assessment.customer_id,
            func.coalesce(Assessment.overruled, by_rule).label("level"),
            Assessment.means.label("means"),
            share_in_sql(bought, sold).label("share"),
            case((_was_reviewed(), literal(1)), else_=literal(0)).label("reviewed"),
        )
        .join(sdk.Customer, sdk.Customer.id == Assessment.customer_id)
        .outerjoin(owned, owned.c.customer_id == Assessment.customer_id)
        .where(and_(_SAID, ACCOUNT, _of(whose)))
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
    return sdk.rows(query).all()


def newest_held(limit: int) -> Sequence[Row[Any]]:
    """The reviews held last."""
    query = (
        select(Review.id, Review.customer_id, Review.held_on, Review.kind, Review.recommendation, Review.mood)
        .join(sdk.Customer, sdk.Customer.id == Review.customer_id)
        .where(Review.state == "closed", sdk.customers.OURS)
        .order_by(Review.held_on.desc(), Review.id.desc())
        .limit(limit)
    )
    return sdk.rows(query).all()
