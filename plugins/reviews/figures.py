"""What reviews bring: accounts covered, opportunities found and won, tips, words on other shops, sales afterwards.

Counted are the last twelve months. Nothing here knows of staff.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from loyalapp import sdk

from . import portfolio, signals
from .models import MENTION, Review

MONTHS = 12
A_YEAR = timedelta(days=365)
AFTER = 90  # days after a review within which a sale counts as brought by it
TIP = "tip"
TAKEN, OPEN = "taken", ""

_SINCE = Review.held_on > bindparam("since")
_CLOSED = Review.state == "closed"
STATE = select(func.count(), func.max(Review.id), func.sum(Review.version)).where(_CLOSED)
HEARD_STATE = select(func.count(), func.max(MENTION.c.id))
HELD = select(Review.customer_id, Review.held_on, Review.kind, Review.outcome).where(_CLOSED, _SINCE)
HELD = HELD.order_by(Review.held_on, Review.id)
HEARD = select(MENTION.c.heard_on, func.count()).where(MENTION.c.heard_on > bindparam("since"))
HEARD = HEARD.group_by(MENTION.c.heard_on)
REVIEWED = select(Review.customer_id).where(_CLOSED, _SINCE)
SALES = (
    select(sdk.Purchase.customer_id, sdk.Purchase.bought_on, sdk.Purchase.amount_minor, sdk.Purchase.currency)
    .where(sdk.Purchase.customer_id.in_(REVIEWED), sdk.Purchase.bought_on > bindparam("since"))
    .order_by(sdk.Purchase.customer_id, sdk.Purchase.bought_on)
)
SHOPS = (
    select(MENTION.c.shop, func.count().label("times"))
    .where(MENTION.c.heard_on > bindparam("since"), MENTION.c.shop != "")
    .group_by(MENTION.c.shop)
    .order_by(func.count().desc(), MENTION.c.shop)
    .limit(5)
)


class Kind(NamedTuple):
    """Recommendations of one kind: how many were found, taken up, and not asked about yet."""

    kind: str
    found: int
    won: int
    waiting: int


class Brought(NamedTuple):
    """Reviews that could show it by now, those after which something was bought within `AFTER` days, and for how much.

    `amount` is in minor units of the firm's currency; sales in another count without it.
    """

    reviews: int
    followed: int
    sales: int
    amount: int


class Figures(NamedTuple):
    """Everything on the page. `months`: the first of each of the last twelve, with what was held and heard in them."""

    covered: Mapping[str, sdk.Share]
    months: Sequence[date]
    held: Sequence[int]
    heard: Sequence[int]
    kinds: Sequence[Kind]
    tips: int
    tips_taken: int
    brought: Brought
    rising: Sequence[signals.Rise]
    shops: Sequence[tuple[str, int]]


def figures() -> Figures:
    """The figures; what takes long is worked out anew after a sale, a review, or a word on another shop."""
    state = (
        sdk.today(),
        sdk.catalogue.newest_purchase(),
        tuple(sdk.rows(STATE).one()),
        tuple(sdk.rows(HEARD_STATE).one()),
    )
    covered = _covered()
    return sdk.remembered("reviews.figures", state, _figures)._replace(covered=covered)


def _covered() -> Mapping[str, sdk.Share]:
    """Of the accounts of each level, how many were reviewed within a year."""
    found = portfolio.territory()
    return {one: sdk.Share(found.reviewed[one], found.number(level=one)) for one in portfolio.PLACES}


def _figures() -> Figures:
    since = sdk.today() - A_YEAR
    held = sdk.rows(HELD, {"since": since}).all()
    months = _months()
    heard: Counter[date] = Counter()
    for day, count in sdk.rows(HEARD, {"since": since}):
        heard[day.replace(day=1)] += count
    by_month = Counter(one.held_on.replace(day=1) for one in held)
    tips = [one for one in held if one.kind == TIP]
    return Figures(
        covered={},
        months=months,
        held=[by_month[one] for one in months],
        heard=[heard[one] for one in months],
        kinds=_kinds(held),
        tips=len(tips),
        tips_taken=sum(one.outcome == TAKEN for one in tips),
        brought=_brought(held, since),
        rising=signals.rising(5),
        shops=[(row.shop, row.times) for row in sdk.rows(SHOPS, {"since": since})],
    )


def _months() -> list[date]:
    """The first days of the last twelve months, the oldest first."""
    found, day = [], sdk.today().replace(day=1)
    for _number in range(MONTHS):
        found.append(day)
        day = (day - timedelta(days=1)).replace(day=1)
    return found[::-1]


def _kinds(held: Sequence[Any]) -> list[Kind]:
    """Opportunities by kind, those that were found most first; a tip is none."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for one in held:
        if one.kind and one.kind != TIP:
            by_kind[one.kind].append(one.outcome)
    kinds = [Kind(kind, len(all_), all_.count(TAKEN), all_.count(OPEN)) for kind, all_ in by_kind.items()]
    return sorted(kinds, key=lambda one: (-one.found, one.kind))


def _brought(held: Sequence[Any], since: date) -> Brought:
    """Sales within ninety days after a review; each sale counts once, for the review before it."""
    days: dict[int, list[date]] = defaultdict(list)
    for one in held:
        days[one.customer_id].append(one.held_on)
    old_enough = sdk.today() - timedelta(days=AFTER)
    currency, sales, amount = sdk.firm().currency, 0, 0
    followed: set[tuple[int, date]] = set()
    for customer_id, day, minor, money in sdk.rows(SALES, {"since": since}):
        place = bisect_right(days[customer_id], day - timedelta(days=1))
        if place and day <= (before := days[customer_id][place - 1]) + timedelta(days=AFTER):
            sales += 1
            amount += (minor or 0) if money == currency else 0
            followed.add((customer_id, before))
    ripe = [(one.customer_id, one.held_on) for one in held if one.held_on <= old_enough]
    return Brought(len(ripe), sum(one in followed for one in ripe), sales, amount)
