"""Takes a step back: everything it did, in one transaction, or a part ahead of the rest where it did very much."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.core.i18n import _
from loyalapp.features.bring_back import images
from loyalapp.features.bring_back.marks import ROW, Marks
from loyalapp.features.bring_back.models import UndoRow, UndoStep
from loyalapp.features.bring_back.restoring import restore


class Outcome(NamedTuple):
    """What became of a step. `left`: how many rows stayed because they were changed since; `names`: whose they are."""

    kind: str
    facts: Mapping[str, Any]
    left: int
    names: Sequence[str]
    sentence: str = ""


class Undone(NamedTuple):
    """What a feature above has undone by itself: the customers it touched, and a sentence about what stays."""

    touched: Collection[int]
    sentence: str = ""


class Upstairs(NamedTuple):
    """What features above this one add to it, in the same transaction.

    `refresh`: bring the search in line with the first customers; the second are those who were not put back whole, the
    third says which columns of which tables got other values.
    `names`: how customers are called.
    """

    refresh: Callable[[Collection[int], Collection[int], Mapping[str, Collection[str]]], None]
    names: Callable[[Sequence[int]], Mapping[int, str]]


_upstairs: list[Upstairs] = []
_also: dict[str, Callable[[UndoStep], Undone]] = {}
_handed_over: dict[str, Callable[[int], str]] = {}


def serve(upstairs: Upstairs) -> None:
    """The customers say what is to be done about them; once, when the program starts."""
    _upstairs[:] = [upstairs]


def also_undo(kind: str, verb: Callable[[UndoStep], Undone]) -> None:
    """What a kind of step needs before its rows are put back, in the same transaction."""
    _also[kind] = verb


def hand_over(kind: str, verb: Callable[[int], str]) -> None:
    """A kind of step may take long: the feature above begins to undo it, and answers the address where that is seen."""
    _handed_over[kind] = verb


def handed_over(step_id: int) -> str | None:
    """Have a step undone by the feature that wants it so; the address to go on at, or None where `undo` does it."""
    step = db.session.get(UndoStep, step_id)
    return _handed_over[step.kind](step_id) if step is not None and step.kind in _handed_over else None


def undo(step_id: int, stayed: Collection[int] = ()) -> Outcome:
    """Put everything back as it was before the step, wholly or not at all.

    What somebody changed since stays as it is; the outcome names whose it is.

    :param stayed: those whose rows stayed when parts were taken back ahead; named too.

    :raises NotFound: if there is no such step (any more).
    :raises Conflict: if it was brought back already.
    """
    db.session.flush()
    step = db.session.get(UndoStep, step_id, populate_existing=True)
    if step is None:
        raise NotFound(_("This cannot be brought back any more."))
    claimed = update(UndoStep).where(UndoStep.id == step_id, UndoStep.undone_at.is_(None)).values(undone_at=now())
    if not db.session.connection().execute(claimed).rowcount:
        raise Conflict(_("This was brought back already."))
    try:
        outcome = _undone(step, stayed)
        db.session.commit()
    except LoyalAppError:
        db.session.rollback()
        raise
    except IntegrityError as error:
        db.session.rollback()
        raise LoyalAppError(
            _("This cannot be brought back: something new stands in its place. Everything stays as it is.")
        ) from error
    db.session.expire_all()
    return outcome


def undo_some(step_id: int, customers: range) -> Collection[int]:
    """Take back what the step did to some customers, in a transaction of its own; answers whose rows stayed.

    For a step that is too long for one transaction, which would keep others from writing. `undo` comes at last.

    :raises NotFound: if there is no such step (any more).
    """
    step = db.session.get(UndoStep, step_id, populate_existing=True)
    if step is None:
        raise NotFound(_("This cannot be brought back any more."))
    link = db.session.connection()
    marks = Marks(link, step, only=customers)
    restore(marks)
    touched = set(link.scalars(select(ROW.c.customer_id).where(marks.any_row()).distinct()))
    link.execute(delete(UndoRow).where(marks.any_row()))
    left = _left(marks)
    for upstairs in _upstairs:
        upstairs.refresh(touched, {*left, *marks.mixed}, marks.altered)
    db.session.commit()
    db.session.expire_all()
    return left


def _undone(step: UndoStep, stayed: Collection[int]) -> Outcome:
    link = db.session.connection()
    more = _also[step.kind](step) if step.kind in _also else Undone(())
    touched = set(more.touched)
    marks = Marks(link, step, by_force=frozenset([images.OWNER] if step.kind == "deletion" else []))
    restore(marks)
    touched.update(link.scalars(select(ROW.c.customer_id).where(marks.any_row()).distinct()))
    link.execute(delete(UndoRow).where(marks.any_row()))
    left = _left(marks)
    named: Mapping[int, str] = {}
    both = list(dict.fromkeys([*stayed, *left]))
    for upstairs in _upstairs:
        upstairs.refresh(touched - {None}, {*left, *marks.mixed}, marks.altered)
        named = upstairs.names(both)
    count = len(marks.left) + len(stayed)
    return Outcome(step.kind, step.facts, count, [named[one] for one in both if one in named], more.sentence)


def _left(marks: Marks) -> Collection[int]:
    """Whose rows stay as they are."""
    return dict.fromkeys(whose for _table, _row, whose in marks.left if whose is not None)
