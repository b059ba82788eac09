"""Takes an import back: what it added goes, what it filled is put back as it was, what people did since stays.

What was there before is kept by `bring_back`; what is new is known by the number of the import. A new customer stays
who was changed by hand, sorted as one of ours, or on whom something stands by now (a contact, a sale, a problem).
"""

import os
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from pathlib import Path

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.exc import DatabaseError

from loyalapp.core import locks
from loyalapp.core.alphabet import in_order
from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.core.formats import format_number
from loyalapp.core.i18n import _, isolate_text, ngettext
from loyalapp.core.logs import incident
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.bring_back.models import UndoStep
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports import leaving
from loyalapp.features.imports.cut_off import CUT_OFF, is_any
from loyalapp.features.imports.models import Import
from loyalapp.features.staff import service as staff

LOCK = "importing.lock"
NAMED = 5
_is_taking_back: ContextVar[bool] = ContextVar("is_taking_back", default=False)


def lock_file() -> Path:
    """Held while a list is written, so that nobody takes for unfinished what is still under way."""
    file: Path = current_app.extensions["loyalapp.data"].work / LOCK
    return file


def undo(import_id: int, progress: Callable[[int], None] = lambda _done: None) -> bring_back.Outcome:
    """Take an import back; the outcome says what stays. A long one goes in portions, see `leaving`.

    :param progress: is told how many customers and sales are done.
    :raises NotFound: if there is no such import, or it can be undone no more.
    :raises Conflict: if that was done already, or it is not even brought in.
    """
    record = db.session.get(Import, import_id, populate_existing=True)
    if record is None:
        raise NotFound(_("There was no such import."))
    step = step_of(record)
    if record.finished_at is None:
        raise _too_early()
    db.session.commit()
    with locks.held(lock_file()):
        return _undone(import_id, step, progress)


def _undone(import_id: int, step: UndoStep, progress: Callable[[int], None]) -> bring_back.Outcome:
    step_id, is_long = step.id, step.undone_at is None and length(step) > leaving.PORTION
    db.session.close()  # what was read must not keep the portions from writing, nor be taken for what is there after
    stayed = leaving.ahead(import_id, step_id, progress) if is_long else ()
    return bring_back.undo(step_id, stayed)


def step_of(record: Import) -> UndoStep:
    """The step of "bring back" by which an import is undone.

    :raises NotFound: if it can be undone no more.
    """
    step = db.session.get(UndoStep, record.step_id) if record.step_id is not None else None
    if step is None:
        raise NotFound(_("This cannot be brought back any more."))
    return step


def length(step: UndoStep) -> int:
    """How many customers and sales an import has added or changed."""
    return sum(step.facts.get(what, 0) for what in ("new", "changed", "sales"))


def is_half_done(record: Import) -> bool:
    """Whether the undoing of an import was begun and has not come to its end."""
    if record.undone_at is None or record.step_id is None:
        return False
    step = db.session.get(UndoStep, record.step_id)
    return step is not None and step.undone_at is None


def _too_early() -> Conflict:
    return Conflict(_("This list is still being brought in. Please wait until it is done."))


def staying(import_id: int) -> Sequence[str]:
    """Names of new customers who would stay."""
    query = select(Customer.name).where(Customer.id.in_(leaving.staying(db.session, import_id)))
    return in_order(db.session.scalars(query))


def take_out(step: UndoStep) -> bring_back.Undone:
    """What the import added goes, in the transaction of `bring_back.undo`."""
    import_id = step.facts["import_id"]
    record = db.session.get_one(Import, import_id)
    if record.finished_at is None and not _is_taking_back.get():
        raise _too_early()
    record.undone_at = now()
    if record.finished_at is not None:
        staff.note_deed("import_undone", file=record.file_name)
    staying = select(Customer.id, Customer.name).where(Customer.id.in_(leaving.staying(db.session, import_id)))
    stay = dict(db.session.execute(staying).all())
    leaving.customers_go(db.session, import_id)
    leaving.sales_go(db.session, import_id)
    return bring_back.Undone(set(stay), _what_stays(list(stay.values())[:NAMED], len(stay)))


def _what_stays(names: Sequence[str], count: int) -> str:
    if not count:
        return ""
    named = ", ".join(map(isolate_text, names))
    if count > len(names):
        return ngettext(
            "%(count)s new customer stays, since something was changed or written there since: %(names)s …",
            "%(count)s new customers stay, since something was changed or written there since: %(names)s …",
            count,
            count=format_number(count),
            names=named,
        )
    return ngettext(
        "%(count)s new customer stays, since something was changed or written there since: %(names)s.",
        "%(count)s new customers stay, since something was changed or written there since: %(names)s.",
        count,
        count=format_number(count),
        names=named,
    )


# ---- what was cut off ----


def take_back_unfinished(*, leave_long: bool = False) -> int:
    """Take back what was cut off while it was written, finish what was cut off while it was undone; how many it was.

    :param leave_long: what takes its time to be undone is left for `half_done`.
    """
    if not is_any():
        return 0
    handle = locks.take(lock_file())
    if handle is None:  # another process is at it just now
        return 0
    try:
        cut_off = db.session.execute(CUT_OFF).all()
        later = {record.id for record in half_done()} if leave_long else set()
        return sum(
            _set_right(import_id, is_written=end is not None) for import_id, end in cut_off if import_id not in later
        )
    finally:
        os.close(handle)


def half_done() -> list[Import]:
    """Long imports whose undoing was cut off."""
    found = [db.session.get_one(Import, import_id) for import_id, end in db.session.execute(CUT_OFF) if end is not None]
    return [record for record in found if length(step_of(record)) > leaving.PORTION]


def _set_right(import_id: int, *, is_written: bool) -> bool:
    """The program starts all the same where it cannot be done, perhaps because the disk is full."""
    try:
        if is_written:
            _undone(import_id, step_of(db.session.get_one(Import, import_id)), lambda _done: None)
        else:
            take_back(import_id)
    except (DatabaseError, LoyalAppError):
        db.session.rollback()
        incident("import")
        return False
    return True


def take_back(import_id: int) -> None:
    """Nothing of this import was ever there: its record goes too."""
    db.session.rollback()
    record = db.session.get_one(Import, import_id)
    step_id = record.step_id
    token = _is_taking_back.set(True)
    try:
        if step_id is not None:
            _undone(import_id, step_of(record), lambda _done: None)
    finally:
        _is_taking_back.reset(token)
    db.session.execute(delete(UndoStep).where(UndoStep.id == step_id))
    db.session.execute(delete(Import).where(Import.id == import_id))
    db.session.commit()
