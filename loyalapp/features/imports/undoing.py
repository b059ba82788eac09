"""Takes an import back: what it added goes, what it filled is put back as it was, what people did since stays.

What was there before is kept by `bring_back`; what is new is known by the number of the import. A new customer stays
who was changed by hand, sorted as one of ours, or on whom something stands by now (a contact, a sale, a problem).
"""

import os
from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path

from flask import current_app
from sqlalchemy import ColumnElement, Select, delete, or_, select
from sqlalchemy.orm import Session

from loyalapp.core import locks
from loyalapp.core.clock import now
from loyalapp.core.db import db, only_reading
from loyalapp.core.errors import Conflict, NotFound
from loyalapp.core.formats import format_number
from loyalapp.core.i18n import _, isolate_text, ngettext
from loyalapp.core.kinship import kin
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.bring_back.models import UndoStep
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import search_index
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports import listed
from loyalapp.features.imports.models import Import

LOCK = "importing.lock"
NAMED = 5
_is_taking_back: ContextVar[bool] = ContextVar("is_taking_back", default=False)
# What came with a customer and goes with it.
CAME_ALONG = frozenset(model.__tablename__ for model, _columns in listed.MODELS.values())


def lock_file() -> Path:
    """Held while a list is written, so that nobody takes for unfinished what is still under way."""
    file: Path = current_app.extensions["loyalapp.data"].work / LOCK
    return file


def undo(import_id: int) -> bring_back.Outcome:
    """Take an import back; the outcome says what stays.

    :raises NotFound: if there is no such import, or it can be undone no more.
    :raises Conflict: if that was done already.
    """
    record = db.session.get(Import, import_id)
    if record is None or record.step_id is None:
        raise NotFound(_("This cannot be brought back any more."))
    return bring_back.undo(record.step_id)


def staying(import_id: int) -> Sequence[str]:
    """Names of new customers who would stay."""
    query = select(Customer.name).where(Customer.id.in_(_staying(import_id))).order_by(Customer.sort_key)
    return db.session.scalars(query).all()


def take_out(step: UndoStep) -> bring_back.Undone:
    """What the import added goes, in the transaction of `bring_back.undo`."""
    import_id = step.facts["import_id"]
    record = db.session.get_one(Import, import_id)
    if record.finished_at is None and not _is_taking_back.get():
        raise Conflict(_("This list is still being brought in. Please wait until it is done."))
    record.undone_at = now()
    staying = select(Customer.id, Customer.name).where(Customer.id.in_(_staying(import_id)))
    stay = dict(db.session.execute(staying).all())
    _take_sales_out(import_id)
    search_index.take_out_import(db.session, import_id)
    going = delete(Customer).where(Customer.import_id == import_id, Customer.id.not_in(_staying(import_id)))
    db.session.execute(going.execution_options(synchronize_session=False))
    return bring_back.Undone(set(stay), _what_stays(list(stay.values())[:NAMED], len(stay)))


def _new(import_id: int) -> Select[tuple[int]]:
    return select(Customer.id).where(Customer.import_id == import_id)


def _staying(import_id: int) -> Select[tuple[int]]:
    """New customers of the import who are ours by now."""
    link = db.session.connection()
    family = kin(link, Customer.__tablename__)
    reasons: list[ColumnElement[bool]] = [(Customer.version > 1) & (Customer.stage != "not_ours")]
    for tie in family.ties:
        if tie.owner != Customer.__tablename__ or tie.table in CAME_ALONG or len(tie.columns) != 1:
            continue
        child = family.tables[tie.table].alias()
        names = child.c[tie.columns[0]]
        asked = select(names).where(names.in_(_new(import_id)))
        if tie.table == Purchase.__tablename__:
            asked = asked.where(or_(child.c.import_id.is_(None), child.c.import_id != import_id))
        reasons.append(Customer.id.in_(asked))
    return _new(import_id).where(or_(*reasons))


def _take_sales_out(import_id: int) -> None:
    """Sales that came with the list, but for those of customers who stay and those that something stands on."""
    link = db.session.connection()
    family = kin(link, Purchase.__tablename__)
    asked = delete(Purchase).where(Purchase.import_id == import_id, Purchase.customer_id.not_in(_staying(import_id)))
    for tie in family.ties:
        if tie.owner == Purchase.__tablename__ and len(tie.columns) == 1 and not tie.lets_go:
            child = family.tables[tie.table].alias()
            asked = asked.where(
                Purchase.id.not_in(select(child.c[tie.columns[0]]).where(child.c[tie.columns[0]].is_not(None)))
            )
    db.session.execute(asked.execution_options(synchronize_session=False))


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


bring_back.also_undo("import", take_out)


# ---- an import that never came to its end ----


def take_back_unfinished() -> int:
    """Take back what was cut off in the middle of being written; answers how many imports that were."""
    with only_reading(), Session(db.engine) as session:
        if session.scalar(select(Import.id).where(Import.finished_at.is_(None)).limit(1)) is None:
            return 0
    handle = locks.take(lock_file())
    if handle is None:  # another process is writing it just now
        return 0
    try:
        unfinished = db.session.scalars(select(Import.id).where(Import.finished_at.is_(None))).all()
        for import_id in unfinished:
            take_back(import_id)
        return len(unfinished)
    finally:
        os.close(handle)


def take_back(import_id: int) -> None:
    """Nothing of this import was ever there: its record goes too."""
    db.session.rollback()
    step_id = db.session.scalar(select(Import.step_id).where(Import.id == import_id))
    token = _is_taking_back.set(True)
    try:
        if step_id is not None:
            bring_back.undo(step_id)
    finally:
        _is_taking_back.reset(token)
    db.session.execute(delete(UndoStep).where(UndoStep.id == step_id))
    db.session.execute(delete(Import).where(Import.id == import_id))
    db.session.commit()
