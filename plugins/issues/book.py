"""Reads the book of problems: lists, counts, what is due, what happened; each in a constant number of queries."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, bindparam, func, select, tuple_

from loyalapp import sdk

from .models import URGENCIES, Problem, Step

PAGE = 25
HIGHEST = 2**31
MOST_SEARCHED = 2000
SILENT_STEPS = ("worked", "visited", "promised", "taken_over")  # ours alone, or told by the core already


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
            Problem.rank,
            Problem.state,
            Problem.is_over,
            Problem.opened_at,
            Problem.next_step_on,
            Problem.solved_at,
            Problem.ease,
            Problem.contacts,
            Problem.explained,
            Problem.reopened,
            Problem.handed_on,
            Problem.promises_broken,
            Problem.promises_moved,
            Problem.waited_days,
            Problem.tries,
            Problem.turn,
            Problem.staff_member_id,
            customer.name,
            customer.address_form,
            customer.firm,
        )
        .join(customer, customer.id == Problem.customer_id)
        .where(customer.removed_at.is_(None))
    )


# Questions of every customer's page and of Today are put together once: that takes longer than their answer.
_CUSTOMER = Problem.customer_id == bindparam("customer_id")
_OLDEST = (Problem.rank, Problem.opened_at, Problem.id)
OPEN = _listed().where(Problem.is_over.is_(False))
DUE = OPEN.where(Problem.next_step_on <= bindparam("day")).order_by(*_OLDEST).limit(bindparam("most"))
OPEN_OF = OPEN.where(_CUSTOMER).order_by(Problem.id.desc()).limit(bindparam("most"))
# The lists by their names: those that are open by urgency and then by waiting, those that are over the latest first.
LISTS = {
    "open": OPEN,
    "mine": OPEN.where(Problem.staff_member_id == bindparam("whose")),
    "call_back": OPEN.where(Problem.state == "solved"),
    "solved": _listed().where(Problem.state == "confirmed"),
    "not_confirmed": _listed().where(Problem.state == "not_confirmed"),
}
ENDED = ("solved", "not_confirmed")
_AFTER = tuple_(*_OLDEST) > tuple_(bindparam("rank"), bindparam("at", type_=sdk.UtcDateTime()), bindparam("last"))
_BEFORE = tuple_(Problem.solved_at, Problem.id) < tuple_(bindparam("at", type_=sdk.UtcDateTime()), bindparam("last"))
FIRST_PAGES = {
    name: query.order_by(*((Problem.solved_at.desc(), Problem.id.desc()) if name in ENDED else _OLDEST)).limit(PAGE + 1)
    for name, query in LISTS.items()
}
NEXT_PAGES = {name: query.where(_BEFORE if name in ENDED else _AFTER) for name, query in FIRST_PAGES.items()}
OPEN_COUNT = (
    select(func.count())
    .select_from(Problem)
    .join(sdk.Customer, sdk.Customer.id == Problem.customer_id)
    .where(Problem.is_over.is_(False), sdk.Customer.removed_at.is_(None))
)
WAITING = (
    select(Problem.customer_id)
    .where(Problem.customer_id.in_(bindparam("ids", expanding=True)), Problem.state.in_(("open", "solved")))
    .distinct()
)
LAST_MOMENT = datetime.max.replace(tzinfo=UTC)
HAPPENED = (
    select(Step.kind, Step.note, Step.happened_at, Problem.id.label("problem_id"), Problem.what, Problem.item)
    .join(Problem, Problem.id == Step.problem_id)
    .where(_CUSTOMER, Step.kind.not_in(SILENT_STEPS), Step.happened_at <= bindparam("until"))
    .order_by(Step.happened_at.desc(), Step.id.desc())
    .limit(bindparam("most"))
)
STEPS_OF = select(Step).where(Step.problem_id == bindparam("problem_id")).order_by(Step.id.desc())
NEWEST = _listed().order_by(Problem.id.desc()).limit(MOST_SEARCHED)
ANSWERED = (
    _listed()
    .where(Problem.state == "confirmed", Problem.ease.is_not(None), Problem.solved_at >= bindparam("since"))
    .order_by(Problem.solved_at.desc(), Problem.id.desc())
    .limit(bindparam("most"))
)


def about(text: str, most: int) -> list[Row[*tuple[Any, ...]]]:
    """The newest problems that hold every word, each word begun, spelt in another way, or in another script."""
    sought = sdk.Sought(text)
    return list(islice((one for one in sdk.rows(NEWEST) if sought.met_by(f"{one.item} {one.what}")), most))


def part(name: str, mark: str = "", whose: int | None = None) -> Part:
    """A page of one of the lists, from a mark on by keyset.

    :param whose: for the list `mine`: whose problems.
    """
    place = _read_mark(mark)
    query = NEXT_PAGES[name] if place else FIRST_PAGES[name]
    facts = {**(place or {}), **({"whose": whose} if name == "mine" else {})}
    if name in ENDED:
        facts.pop("rank", None)
    rows = sdk.rows(query, facts).all()
    more = len(rows) > PAGE
    return Part(rows[:PAGE], _mark(rows[PAGE - 1], name in ENDED) if more else None)


def _mark(row: Any, has_ended: bool) -> str:
    return f"{row.rank}~{(row.solved_at if has_ended else row.opened_at).isoformat()}~{row.id}"


def _read_mark(text: str) -> dict[str, Any] | None:
    rank, _dash, rest = text.partition("~")
    moment, _dash, number = rest.partition("~")
    try:
        place, at, last = int(rank), datetime.fromisoformat(moment), int(number)
    except ValueError:
        return None
    is_sound = at.tzinfo is not None and 0 < last < HIGHEST and 0 <= place < len(URGENCIES)
    return {"rank": place, "at": at, "last": last} if is_sound else None


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
    """Those of the customers who have an open problem, or have still to tell us that one is solved."""
    return list(sdk.rows(WAITING, {"ids": list(customer_ids)}).scalars())


def answered(since: datetime, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Problems whose customers said how easy it was, the latest first."""
    return sdk.rows(ANSWERED, {"since": since, "most": limit}).all()


def steps_of(problem_id: int) -> Sequence[Step]:
    """What happened with one problem, the newest first."""
    return sdk.db.session.scalars(STEPS_OF, {"problem_id": problem_id}).all()


def happened(customer_id: int, limit: int, until: datetime | None = None) -> Sequence[Row[*tuple[Any, ...]]]:
    """The newest steps of all problems of one customer up to a moment, for the timeline."""
    facts = {"customer_id": customer_id, "most": limit, "until": until or LAST_MOMENT}
    return sdk.rows(HAPPENED, facts).all()
