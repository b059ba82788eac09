"""What customers were given by way of their problems: those they confirmed as solved, and visits to them (C2, C3)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from loyalapp import sdk

from . import sentences
from .models import Problem, Step

_MINE = Problem.customer_id == bindparam("customer_id")
SOLVED = (
    select(Problem.id, Problem.item, Problem.what, Problem.opened_at, Problem.solved_at)
    .where(_MINE, Problem.state == "confirmed", Problem.solved_at.between(bindparam("first"), bindparam("last")))
    .order_by(Problem.solved_at.desc(), Problem.id.desc())
)
VISITS = (
    select(Problem.id, Problem.item, Problem.what, Step.happened_at)
    .join(Step, Step.problem_id == Problem.id)
    .where(_MINE, Step.kind == "visited", Step.happened_at.between(bindparam("first"), bindparam("last")))
    .order_by(Step.happened_at.desc(), Step.id.desc())
)


def to(customer_id: int, since: date, until: date) -> list[sdk.Given]:
    """Solved problems with the days each took, and visits as service; one more day at each end for the time zone."""
    first = datetime.combine(since - timedelta(days=1), time(), tzinfo=sdk.now().tzinfo)
    facts = {"customer_id": customer_id, "first": first, "last": first + timedelta(days=(until - since).days + 3)}
    solved = [_given(one, "problem", one.solved_at, _took(one)) for one in sdk.rows(SOLVED, facts)]
    return solved + [_given(one, "service", one.happened_at) for one in sdk.rows(VISITS, facts)]


def _took(one: Any) -> int:
    return max(0, (sdk.local(one.solved_at).date() - sdk.local(one.opened_at).date()).days)


def _given(one: Any, sort: str, moment: datetime, days: int | None = None) -> sdk.Given:
    told = sentences.short(one.what)
    text = f"{one.item}: {told}" if one.item else told
    return sdk.Given(
        sdk.local(moment).date(), sort, text[:1000], sdk.url_for("issues.show", problem_id=one.id), days=days
    )
