"""Reads the book of problems: lists, counts, what is due, what happened; each in a constant number of queries."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, bindparam, case, func, literal, select, tuple_

from loyalapp import sdk

from .models import URGENCIES, Problem, Step

PAGE = 25
MOST_SEARCHED = 2000
RANK = case({one: number for number, one in enumerate(URGENCIES)}, value=Problem.urgency, else_=len(URGENCIES))


class Part(NamedTuple):
    """A stretch of a list, and where the next one begins (None at the end)."""

    rows: Sequence[Row[*tuple[Any, ...]]]
    next: str | None


def _listed() -> Select[*tuple[Any, ...]]:
    """A line of a list: columns only, with the customer's name; customers who were removed are left out."""
    customer = sdk.Customer
    return (
        select(
            Problem.id,
            Problem.customer_id,
            Problem.what,
            Problem.item,
            Problem.urgency,
            Problem.state,
            Problem.opened_at,
            Problem.next_step_on,
            Problem.solved_at,
            Problem.ease,
            Problem.contacts,
            Problem.handed_on,
            Problem.turn,
            customer.name,
            customer.address_form,
            customer.firm,
        )
        .join(customer, customer.id == Problem.customer_id)
        .where(customer.removed_at.is_(None))
    )


# Questions of every customer's page and of Today are put together once: that takes longer than their answer.
_CUSTOMER = Problem.customer_id == bindparam("customer_id")
OPEN = _listed().where(Problem.state == "open")
DUE = OPEN.where(Problem.next_step_on <= bindparam("day")).order_by(RANK, Problem.opened_at, Problem.id)
DUE = DUE.limit(bindparam("most"))
OPEN_OF = OPEN.where(_CUSTOMER).order_by(Problem.id.desc()).limit(bindparam("most"))
OPEN_COUNT = (
    select(func.count())
    .select_from(Problem)
    .join(sdk.Customer, sdk.Customer.id == Problem.customer_id)
    .where(Problem.state == "open", sdk.Customer.removed_at.is_(None))
)
WAITING = (
    select(Problem.customer_id)
    .where(Problem.customer_id.in_(bindparam("ids", expanding=True)), Problem.state == "open")
    .distinct()
)
LAST_MOMENT = datetime.max.replace(tzinfo=UTC)
HAPPENED = (
    select(Step.kind, Step.note, Step.happened_at, Problem.id.label("problem_id"), Problem.what, Problem.item)
    .join(Problem, Problem.id == Step.problem_id)
    .where(_CUSTOMER, Step.kind != "worked", Step.happened_at <= bindparam("until"))
    .order_by(Step.happened_at.desc(), Step.id.desc())
    .limit(bindparam("most"))
)


def about(text: str, most: int) -> list[Row[*tuple[Any, ...]]]:
    """The newest problems that hold every word, each word begun, spelt in another way, or in another script."""
    sought = sdk.Sought(text)
    newest = sdk.rows(_listed().order_by(Problem.id.desc()).limit(MOST_SEARCHED))
    return list(islice((one for one in newest if sought.met_by(f"{one.item} {one.what}")), most))


def open_ones(start: int = 0) -> Part:
    """The open problems: the most urgent first, among them the one that waits longest."""
    query = _listed().where(Problem.state == "open").order_by(RANK, Problem.opened_at, Problem.id)
    rows = sdk.db.session.execute(query.offset(start).limit(PAGE + 1)).all()
    return Part(rows[:PAGE], str(start + PAGE) if len(rows) > PAGE else None)


def solved_ones(before: str = "") -> Part:
    """The solved problems, the latest first, from a mark on by keyset."""
    query = _listed().where(Problem.state == "confirmed").order_by(Problem.solved_at.desc(), Problem.id.desc())
    mark = _read_mark(before)
    if mark:
        here = tuple_(literal(mark[0], sdk.UtcDateTime()), literal(mark[1]))
        query = query.where(tuple_(Problem.solved_at, Problem.id) < here)
    rows = sdk.db.session.execute(query.limit(PAGE + 1)).all()
    more = len(rows) > PAGE
    return Part(rows[:PAGE], f"{rows[PAGE - 1].solved_at.isoformat()}~{rows[PAGE - 1].id}" if more else None)


def _read_mark(text: str) -> tuple[datetime, int] | None:
    moment, _dash, number = text.partition("~")
    try:
        at, last = datetime.fromisoformat(moment), int(number)
    except ValueError:
        return None
    return (at, last) if at.tzinfo and 0 < last < 2**31 else None


def open_count() -> int:
    """How many are open; every page shows it, so it is counted again only after a change."""
    return sdk.until_changed("issues.open", lambda: sdk.rows(OPEN_COUNT).scalar() or 0)


def due(day: date, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Open problems whose next step is on the day or before, the weightiest first."""
    return sdk.rows(DUE, {"day": day, "most": limit}).all()


def open_of(customer_id: int, limit: int = 5) -> Sequence[Row[*tuple[Any, ...]]]:
    """The open problems of one customer, the newest first."""
    return sdk.rows(OPEN_OF, {"customer_id": customer_id, "most": limit}).all()


def waiting_customers(customer_ids: Sequence[int]) -> list[int]:
    """Those of the customers who have an open problem."""
    return list(sdk.rows(WAITING, {"ids": list(customer_ids)}).scalars())


def steps_of(problem_id: int) -> Sequence[Step]:
    """What happened with one problem, the newest first."""
    return sdk.db.session.scalars(select(Step).where(Step.problem_id == problem_id).order_by(Step.id.desc())).all()


def happened(customer_id: int, limit: int, until: datetime | None = None) -> Sequence[Row[*tuple[Any, ...]]]:
    """The newest steps of all problems of one customer up to a moment, for the timeline."""
    facts = {"customer_id": customer_id, "most": limit, "until": until or LAST_MOMENT}
    return sdk.rows(HAPPENED, facts).all()


def owned(customer_id: int, limit: int = 5) -> list[Row[*tuple[Any, ...]]]:
    """What the customer bought from us, each thing once, the newest first: suggestions for what a problem is about."""
    things: dict[str, Row[*tuple[Any, ...]]] = {}
    for row in sdk.catalogue.purchases_of(customer_id, limit * 6):
        things.setdefault(sdk.norm(row.item), row)
    return list(things.values())[:limit]
