"""How much room for more business there is with an account, why, and how often it is reviewed (practices B1, B2)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Row, and_, bindparam, literal, null, select, union_all

from loyalapp import sdk

from . import levels, rhythm
from .models import Assessment, Review
from .shelf import Shelf, shelves

# Only accounts are reviewed: those who are customers now, not prospects and not those who left.
ACCOUNT = and_(sdk.Customer.removed_at.is_(None), sdk.Customer.stage == "customer")

# Questions of every customer's page are put together once: that takes longer than their answer.
_IDS: Any = bindparam("ids", expanding=True)
_SAID = (
    "customer_id", "means", "said_on", "said_by_id", "overruled", "overruled_reason", "overruled_on", "own_days",
    "next_on", "sooner",
)  # fmt: skip
_COLUMNS: Any = [Assessment.__table__.c[name] for name in _SAID]
SAID = union_all(  # what was said of customers, and whose review is half done
    select(*_COLUMNS, literal(0).label("is_begun")).where(Assessment.customer_id.in_(_IDS)),
    select(Review.customer_id, *[null()] * (len(_SAID) - 1), literal(1)).where(
        Review.customer_id.in_(_IDS), Review.state == "open"
    ),
)


class Standing(NamedTuple):
    """How much room for more business there is, and why. `by_rule` is what the rule says, `level` what counts.

    `said_by_id`: who of us answered "could they buy more?", if known. `reason`: why the rule was overruled, on
    `overruled_on`. `days`: between two reviews; `own_days`: the same as it was said for this customer alone. `sooner`:
    why the next review was pulled forward, "" if it was not. `begun`: a review is half done.
    """

    customer_id: int
    level: str
    by_rule: str
    means: str
    said_on: date | None
    said_by_id: int | None
    overruled: str | None
    reason: str
    overruled_on: date | None
    shelf: Shelf
    next_on: date | None
    days: int
    own_days: int | None
    sooner: str
    begun: bool


def standings(customer_ids: Sequence[int]) -> dict[int, Standing]:
    """The level of each of these customers; a constant number of queries."""
    found = sdk.rows(SAID, {"ids": list(customer_ids)}).all()
    said = {row.customer_id: row for row in found if not row.is_begun}
    begun = {row.customer_id for row in found if row.is_begun}
    return {one: _standing(one, shelf, said.get(one), one in begun) for one, shelf in shelves(customer_ids).items()}


def standing(customer_id: int) -> Standing:
    """The level of one customer."""
    return standings([customer_id])[customer_id]


def _standing(customer_id: int, shelf: Shelf, said: Row[Any] | None, begun: bool) -> Standing:
    means = said.means if said else "unknown"
    by_rule = levels.level_of(shelf.bought, shelf.sold, means, ends_soon=shelf.ends_soon)
    overruled, own_days = (said.overruled, said.own_days) if said else (None, None)
    return Standing(
        customer_id=customer_id,
        level=overruled or by_rule,
        by_rule=by_rule,
        means=means,
        said_on=said.said_on if said else None,
        said_by_id=said.said_by_id if said else None,
        overruled=overruled,
        reason=said.overruled_reason if said else "",
        overruled_on=said.overruled_on if said else None,
        shelf=shelf,
        next_on=said.next_on if said else None,
        days=rhythm.days(overruled or by_rule, shelf.groups, own_days),
        own_days=own_days,
        sooner=said.sooner if said else "",
        begun=begun,
    )
