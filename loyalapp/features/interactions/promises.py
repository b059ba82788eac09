"""The promise book: what we told whom we would do, by when; kept, broken, or given another day.

`is_told`: the customer knows of it. Without it, it is a next step that we set ourselves: it stands in the same book,
and nobody is told anything when it moves.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, delete, desc, func, literal, select, tuple_, union_all

from loyalapp.core.clock import today
from loyalapp.core.db import db, rows
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.core.i18n import _
from loyalapp.core.textkeys import plain
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer
from loyalapp.features.interactions.models import Promise, PromiseMove
from loyalapp.features.staff import service as staff

FARTHEST = timedelta(days=5 * 366)
LONGEST = 300  # letters of a promise and of the reason for another day

# Questions of every customer's page are put together once: that takes longer than their answer.
PROMISES_OF = (
    select(Promise.id, Promise.what, Promise.due_on, Promise.made_on, Promise.kept_on, Promise.is_told)
    .where(
        Promise.customer_id == bindparam("customer_id"),
        Promise.kept_on.is_(None),
        Promise.broken_on.is_(None),
    )
    .order_by(Promise.due_on, Promise.id)
)

_NOBODY_SAID = literal("").label("why")
_OF_ONE = Promise.customer_id == bindparam("customer_id")
_UNTIL = bindparam("until")
HISTORY = (  # what happened with the promises to one customer, for the timeline
    union_all(
        select(
            literal("made").label("deed"), Promise.id, Promise.made_on.label("at"), Promise.what, _NOBODY_SAID
        ).where(_OF_ONE, Promise.is_told, Promise.made_on <= _UNTIL),
        select(literal("kept"), Promise.id, Promise.kept_on, Promise.what, _NOBODY_SAID).where(
            _OF_ONE, Promise.is_told, Promise.kept_on <= _UNTIL
        ),
        select(
            case((PromiseMove.due_after == PromiseMove.due_before, "broken"), else_="moved"),
            PromiseMove.id,
            PromiseMove.moved_on,
            Promise.what,
            PromiseMove.why,
        )
        .join(Promise, Promise.id == PromiseMove.promise_id)
        .where(_OF_ONE, Promise.is_told, PromiseMove.moved_on <= _UNTIL),
    )
    .order_by(desc("at"), desc("id"))
    .limit(bindparam("limit"))
)


def promise(customer_id: int, what: str, due_on: date, *, is_told: bool = True) -> int:
    """Write into the promise book what we told whom, by when.

    :param is_told: whether the customer knows of it; if not, it is a next step of our own.
    :raises LoyalAppError: if nothing was written.
    """
    if not plain(what):
        raise LoyalAppError(_("Please write what you promised."), field="promised")
    customers.deal_with(customers.get(customer_id))
    made = add(customer_id, what, due_on, None, is_told=is_told)
    db.session.commit()
    return made.id


def add(customer_id: int, what: str, due_on: date, interaction_id: int | None, *, is_told: bool = True) -> Promise:
    """The row of a promise, in the caller's transaction."""
    made = Promise(
        customer_id=customer_id,
        what=plain(what)[:LONGEST],
        due_on=due_on,
        made_on=today(),
        interaction_id=interaction_id,
        is_told=is_told,
        staff_member_id=staff.at_desk(),
    )
    db.session.add(made)
    if is_told:
        staff.note_deed("promise", customer_id)
    db.session.flush()
    return made


def check_day(day: date, field: str) -> None:
    """Whether something can be promised for a day.

    :raises LoyalAppError: for a day that is over, or so far away that it must be a slip.
    """
    if day < today():
        raise LoyalAppError(_("This day is over. Please choose today or a later day."), field=field)
    if day - today() > FARTHEST:
        raise LoyalAppError(_("This day is more than five years away. Please look once more."), field=field)


def get(promise_id: int) -> Promise:
    """One promise.

    :raises NotFound: if there is none.
    """
    found = db.session.get(Promise, promise_id)
    if found is None:
        raise NotFound(_("This promise is not in the book any more."))
    return found


def keep(promise_id: int) -> Promise:
    """A promise was kept.

    :raises NotFound: if there is no such promise.
    """
    return _end(get(promise_id), kept_on=today())


def keep_by(customer_id: int, promise_ids: Sequence[int]) -> None:
    """A contact kept these promises to the customer; those settled meanwhile stay as they are. The caller commits."""
    is_open = Promise.kept_on.is_(None) & Promise.broken_on.is_(None)
    theirs = select(Promise).where(Promise.id.in_(promise_ids), Promise.customer_id == customer_id, is_open)
    for found in db.session.scalars(theirs) if promise_ids else ():
        found.kept_on = today()


def break_(promise_id: int, told: str = "") -> Promise:
    """A promise cannot be kept.

    :param told: what we told the customer about it.
    """
    found = get(promise_id)
    db.session.execute(_reason(found))
    _write_move(found, found.due_on, told)
    return _end(found, broken_on=today())


def reopen(promise_id: int) -> Promise:
    """It was neither kept nor broken after all (undo)."""
    found = get(promise_id)
    db.session.execute(_reason(found))
    return _end(found)


def _reason(found: Promise) -> Any:
    """Takes away what was said about a promise that was broken."""
    return delete(PromiseMove).where(
        PromiseMove.promise_id == found.id, PromiseMove.due_after == PromiseMove.due_before
    )


def _end(found: Promise, *, kept_on: date | None = None, broken_on: date | None = None) -> Promise:
    found.kept_on, found.broken_on = kept_on, broken_on
    db.session.commit()
    return found


def move(promise_id: int, due_on: date, why: str = "") -> PromiseMove:
    """Give a promise another day, as it was agreed with the customer, and why.

    :raises LoyalAppError: for a day that is over, the same day, or one that is much too far away.
    :raises Conflict: if it was kept or broken meanwhile.
    """
    found = get(promise_id)
    if found.kept_on or found.broken_on:
        raise Conflict(_("This promise is settled already. Please look at the page once more."))
    check_day(due_on, "due_on")
    if due_on == found.due_on:
        raise LoyalAppError(_("This is the day it has already. Please choose another one."), field="due_on")
    step = _write_move(found, due_on, why)
    found.due_on = due_on
    db.session.commit()
    return step


def _write_move(found: Promise, due_on: date, why: str) -> PromiseMove:
    step = PromiseMove(
        promise_id=found.id,
        moved_on=today(),
        due_before=found.due_on,
        due_after=due_on,
        why=plain(why)[:LONGEST],
    )
    db.session.add(step)
    db.session.flush()
    return step


def move_back(move_id: int) -> Promise:
    """Undo `move`.

    :raises Conflict: if the promise was moved again or settled since.
    """
    step = db.session.get(PromiseMove, move_id)
    found = get(step.promise_id) if step else None
    if step is None or found is None or found.due_on != step.due_after or found.kept_on or found.broken_on:
        raise Conflict(_("Something else was written down since then, so this cannot be taken back any more."))
    found.due_on = step.due_before
    db.session.delete(step)
    db.session.commit()
    return found


def open_promises(day: date, limit: int) -> Sequence[Promise]:
    """Promises that are due by the day, the oldest first."""
    query = (
        select(Promise)
        .where(Promise.kept_on.is_(None), Promise.broken_on.is_(None), Promise.due_on <= day)
        .order_by(Promise.due_on, Promise.id)
        .limit(limit)
    )
    return db.session.scalars(query).all()


def promises_of(customer_id: int) -> Sequence[Any]:
    """All open promises to one customer, next steps among them (`is_told` False), the earliest day first."""
    return rows(PROMISES_OF, {"customer_id": customer_id}).all()


def history(customer_id: int, limit: int, until: datetime | None = None) -> Sequence[Any]:
    """What became of the promises to one customer, the newest first: `made`, `kept`, `broken` or `moved`, and why."""
    last = until.date() if until else date.max
    return rows(HISTORY, {"customer_id": customer_id, "limit": limit, "until": last}).all()


# ---- the book ----

_BOOK = select(
    Promise.id,
    Promise.customer_id,
    Promise.what,
    Promise.due_on,
    Promise.made_on,
    Promise.kept_on,
    Promise.broken_on,
    Promise.is_told,
    Promise.staff_member_id,
).join(Customer, Customer.id == Promise.customer_id)
_PLACE = tuple_(bindparam("day"), bindparam("id"))
_THERE = Customer.removed_at.is_(None)
BOOK = {
    "open": _BOOK.where(
        _THERE, Promise.kept_on.is_(None), Promise.broken_on.is_(None), tuple_(Promise.due_on, Promise.id) > _PLACE
    ).order_by(Promise.due_on, Promise.id),
    "kept": _BOOK.where(_THERE, tuple_(Promise.kept_on, Promise.id) < _PLACE).order_by(
        Promise.kept_on.desc(), Promise.id.desc()
    ),
    "broken": _BOOK.where(_THERE, tuple_(Promise.broken_on, Promise.id) < _PLACE).order_by(
        Promise.broken_on.desc(), Promise.id.desc()
    ),
}
MOVES_OF = (
    select(PromiseMove)
    .where(PromiseMove.promise_id.in_(bindparam("ids", expanding=True)))
    .order_by(PromiseMove.promise_id, PromiseMove.id)
)
DUE_COUNT = (
    select(func.count())
    .select_from(Promise)
    .join(Customer, Customer.id == Promise.customer_id)
    .where(
        _THERE,
        Promise.is_told,
        Promise.kept_on.is_(None),
        Promise.broken_on.is_(None),
        Promise.due_on <= bindparam("day"),
    )
)
HIGHEST_ID = 2**31 - 1


def book(state: str, after: tuple[date, int] | None, limit: int) -> Sequence[Any]:
    """A page of the promise book: open ones by their day, kept and broken ones the newest first.

    :param state: "open", "kept" or "broken". `after`: day and id of the last one on the page before.
    """
    day, number = after or ((date.min, 0) if state == "open" else (date.max, HIGHEST_ID))
    return rows(BOOK[state].limit(limit), {"day": day, "id": number}).all()


def moves_of(promise_ids: Sequence[int]) -> dict[int, list[PromiseMove]]:
    """How each of these was given another day, or what was told when it was broken, the oldest first."""
    found: dict[int, list[PromiseMove]] = {}
    for one in db.session.scalars(MOVES_OF, {"ids": list(promise_ids)}):
        found.setdefault(one.promise_id, []).append(one)
    return found


def due_count(day: date) -> int:
    """How many promises that customers know of are due by the day."""
    return int(rows(DUE_COUNT, {"day": day}).scalar() or 0)
