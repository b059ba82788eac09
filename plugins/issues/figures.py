"""The firm's own 94 percent (A2): who buys again after an easy, a so-so and a hard solution, and without any problem.

Counted are customers, each once, by the last problem that was solved long enough ago for them to have bought again.
Those without any problem are counted from the day in the middle of those solutions, if they had bought in the year
before it. Beside it: how long solving takes, what it costs the customers, and our hours with what came back (A8).
Nothing here knows of staff.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, func, select

from loyalapp import sdk

from . import path
from .intervals import quantile
from .models import EASES, Cause, Problem, Step

SPANS = (30, 60, 90, 180, 365)  # days within which they may have bought again
USUAL = 180
TWO_YEARS, A_YEAR = timedelta(days=730), timedelta(days=365)
ANSWERS = (*EASES, "unanswered")
STEPS_OF_TIME = (0, 1, 3, 7, 14)  # days; what took longer is the last part
FEWEST_OF_A_GROUP = 3
MOST_GROUPS = 12

_HERE = (sdk.Customer.removed_at.is_(None), sdk.Customer.erased_at.is_(None))
_SOLVED = Problem.state == "confirmed"
SOLVED = (
    select(Problem.customer_id, Problem.ease, Problem.solved_at)
    .join(sdk.Customer, sdk.Customer.id == Problem.customer_id)
    .where(_SOLVED, *_HERE, Problem.solved_at > bindparam("since"), Problem.solved_at <= bindparam("until"))
    .order_by(Problem.solved_at, Problem.id)
)
_WITH_PROBLEM = select(Problem.customer_id)
BOUGHT = (
    select(sdk.Purchase.customer_id, sdk.Purchase.bought_on)
    .where(sdk.Purchase.customer_id.in_(_WITH_PROBLEM), sdk.Purchase.bought_on > bindparam("since"))
    .order_by(sdk.Purchase.customer_id, sdk.Purchase.bought_on)
)
_BEFORE = (
    select(sdk.Purchase.customer_id)
    .join(sdk.Customer, sdk.Customer.id == sdk.Purchase.customer_id)
    .where(*_HERE, sdk.Purchase.bought_on > bindparam("year_before"), sdk.Purchase.bought_on <= bindparam("middle"))
    .where(sdk.Purchase.customer_id.not_in(_WITH_PROBLEM))
    .distinct()
)
_AFTER = select(sdk.Purchase.customer_id).where(
    sdk.Purchase.bought_on > bindparam("middle"), sdk.Purchase.bought_on <= bindparam("end")
)
WITHOUT = select(func.count()).select_from(_BEFORE.subquery())
WITHOUT_AGAIN = select(func.count()).select_from(_BEFORE.where(sdk.Purchase.customer_id.in_(_AFTER)).subquery())
NEWEST_STEP = select(func.max(Step.id))
TIMES = select(Problem.opened_at, Problem.solved_at).where(
    _SOLVED, Problem.solved_at.is_not(None), Problem.solved_at > bindparam("since")
)
UNCONFIRMED = (
    select(func.count())
    .select_from(Problem)
    .join(sdk.Customer, sdk.Customer.id == Problem.customer_id)
    .where(Problem.state == "not_confirmed", Problem.opened_at > bindparam("since"), *_HERE)
)
SPENT = (
    select(func.coalesce(func.sum(Problem.minutes), 0), func.count(), func.count(Problem.customer_id.distinct()))
    .join(sdk.Customer, sdk.Customer.id == Problem.customer_id)
    .where(Problem.opened_at > bindparam("since"), *_HERE)
)
SENT = (
    select(sdk.Customer.id, sdk.Customer.referred_by_id, sdk.Customer.created_at)
    .where(sdk.Customer.referred_by_id.is_not(None), sdk.Customer.created_at > bindparam("since"), *_HERE)
    .where(sdk.Customer.referred_by_id.in_(select(Problem.customer_id).where(_SOLVED)))
)
AMOUNTS = (
    select(sdk.Purchase.customer_id, sdk.Purchase.bought_on, sdk.Purchase.amount_minor, sdk.Purchase.currency)
    .where(sdk.Purchase.customer_id.in_(select(Problem.customer_id).where(_SOLVED)))
    .where(sdk.Purchase.bought_on > bindparam("since"))
)


class Again(NamedTuple):
    """Who bought again within `days`: after each answer, and of those without a problem since `middle`."""

    days: int
    after: Mapping[str, sdk.Share]
    without: sdk.Share
    middle: date | None


class Times(NamedTuple):
    """How many were solved within each step of time, half of them within `half` days, nine of ten within `most`."""

    counts: Sequence[int]
    half: int
    most: int


class Cost(NamedTuple):
    """What problems of one group or cause cost the customers: how many, points on average, how many answered hard."""

    name: str
    problems: int
    points: float
    hard: int


class Returns(NamedTuple):
    """Our time of a year, and what came back: sales after a solution within the span, and customers who were sent.

    `unconfirmed`: problems that were closed without the customer's word, and are in no other figure of solutions.
    """

    minutes: int
    problems: int
    customers: int
    sales: int
    amount: int
    sent: int
    sent_bought: int
    unconfirmed: int


def _state() -> tuple[Any, ...]:
    """As long as this stands still, so do the figures."""
    return sdk.today(), sdk.catalogue.newest_purchase(), sdk.rows(NEWEST_STEP).scalar(), path.rule()


def again(days: int) -> Again:
    """Who bought again; worked out anew after a sale or a step."""
    return sdk.remembered(f"issues.again.{days}", _state(), lambda: _again(days))


def _again(days: int) -> Again:
    until = _start_of(sdk.today() - timedelta(days=days - 1))
    last: dict[int, tuple[str, date]] = {}
    ends: list[date] = []
    for customer_id, ease, solved_at in sdk.rows(SOLVED, {"since": until - TWO_YEARS, "until": until}):
        ends.append(sdk.local(solved_at).date())
        last[customer_id] = (ease or "unanswered", ends[-1])
    bought = _bought(min(ends)) if ends else {}
    counts = {one: [0, 0] for one in ANSWERS}
    for customer_id, (answer, day) in last.items():
        came = _came(bought.get(customer_id, []), day, days)
        counts[answer][0] += came
        counts[answer][1] += 1
    middle = ends[len(ends) // 2] if ends else None
    return Again(days, {one: sdk.Share(*both) for one, both in counts.items()}, _without(middle, days), middle)


def _came(bought: Sequence[date], day: date, days: int) -> bool:
    place = bisect_right(bought, day)
    return place < len(bought) and bought[place] <= day + timedelta(days=days)


def _bought(since: date) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for customer_id, day in sdk.rows(BOUGHT, {"since": since}):
        found[customer_id].append(day)
    return found


def _without(middle: date | None, days: int) -> sdk.Share:
    if middle is None:
        return sdk.Share(0, 0)
    facts = {"year_before": middle - A_YEAR, "middle": middle, "end": middle + timedelta(days=days)}
    whole = sdk.rows(WITHOUT, {"year_before": facts["year_before"], "middle": middle}).scalar() or 0
    return sdk.Share(sdk.rows(WITHOUT_AGAIN, facts).scalar() or 0, whole)


def _start_of(day: date) -> datetime:
    """When a day begins here, as a moment."""
    ahead = sdk.local(sdk.now()).utcoffset() or timedelta()
    return datetime.combine(day, time(), UTC) - ahead


def times() -> Times | None:
    """How long it took in the last twelve months; None without any."""
    return sdk.remembered("issues.times", _state(), _times)


def _times() -> Times | None:
    took = sorted(
        (sdk.local(end).date() - sdk.local(start).date()).days
        for start, end in sdk.rows(TIMES, {"since": _start_of(sdk.today() - A_YEAR)})
    )
    if not took:
        return None
    ends = [bisect_right(took, one) for one in STEPS_OF_TIME]
    counts = [later - earlier for earlier, later in zip([0, *ends], [*ends, len(took)], strict=True)]
    return Times(counts, round(quantile(took, 0.5)), round(quantile(took, 0.9)))


def cost_by_group() -> list[Cost]:
    """What problems of a year cost the customers, by product group."""
    found = _cost("group", func.coalesce(Problem.product_group, ""), None)
    return [one._replace(name=sdk.catalogue.group_label(one.name)) for one in found]


def cost_by_cause() -> list[Cost]:
    """The same by cause."""
    return _cost("cause", Cause.title, Cause)


def _cost(name: str, column: Any, joined: Any) -> list[Cost]:
    return sdk.remembered(f"issues.cost.{name}", _state(), lambda: _counted(column, joined))


def _counted(column: Any, joined: Any) -> list[Cost]:
    points = func.sum(path.points_in_sql())
    hard = func.sum(case((Problem.ease == "hard", 1), else_=0))
    query = select(column, func.count(), points, hard).select_from(Problem)
    query = query.join(sdk.Customer, sdk.Customer.id == Problem.customer_id)
    if joined is not None:
        query = query.join(joined, joined.id == Problem.cause_id)
    query = query.where(Problem.is_over, Problem.opened_at > _start_of(sdk.today() - A_YEAR), *_HERE)
    query = query.group_by(column).having(func.count() >= FEWEST_OF_A_GROUP).order_by(points.desc()).limit(MOST_GROUPS)
    return [Cost(row[0], row[1], float(row[2]) / row[1], int(row[3])) for row in sdk.rows(query)]


def returns(days: int) -> Returns:
    """Our hours of twelve months beside what came back from those whose problem was solved in them (A8)."""
    return sdk.remembered(f"issues.returns.{days}", _state(), lambda: _returns(days))


def _returns(days: int) -> Returns:
    since = _start_of(sdk.today() - A_YEAR)
    minutes, problems, people = sdk.rows(SPENT, {"since": since}).one()
    solved: dict[int, list[date]] = defaultdict(list)
    for customer_id, _ease, at in sdk.rows(SOLVED, {"since": since, "until": sdk.now()}):
        solved[customer_id].append(sdk.local(at).date())
    currency, sales, amount = sdk.firm().currency, 0, 0
    for customer_id, day, minor, money in sdk.rows(AMOUNTS, {"since": sdk.today() - A_YEAR}):
        ends = solved.get(customer_id, [])
        place = bisect_right(ends, day - timedelta(days=1))
        if place and day <= ends[place - 1] + timedelta(days=days):
            sales += 1
            amount += (minor or 0) if money == currency else 0
    sent = [
        row.id
        for row in sdk.rows(SENT, {"since": since})
        if solved.get(row.referred_by_id, [date.max])[0] <= sdk.local(row.created_at).date()
    ]
    came = sdk.db.session.scalar(
        select(func.count(sdk.Purchase.customer_id.distinct())).where(sdk.Purchase.customer_id.in_(sent))
    )
    apart = sdk.rows(UNCONFIRMED, {"since": since}).scalar() or 0
    return Returns(int(minutes), problems, people, sales, amount, len(sent), came or 0, apart)
