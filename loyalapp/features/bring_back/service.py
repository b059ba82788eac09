"""What can be done with steps: begin one, keep what it touches, take it back, list them, forget a customer, prune.

    step = bring_back.begin("deletion", {"what": "contact", "name": "Zainab Bibi"})
    bring_back.keep(step, "interaction", [12])      # before the rows are changed or deleted
    ...
    bring_back.added(step, "interaction", [13])     # after rows were added
    db.session.commit()                             # what the rows look like now is noted by itself

Everything happens in the caller's transaction, so that a step is there if and only if what it speaks of happened.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, event, exists, literal, null, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.core.kinship import kin
from loyalapp.features.bring_back import images
from loyalapp.features.bring_back.marks import ROW, Marks
from loyalapp.features.bring_back.models import KINDS, UndoRow, UndoStep
from loyalapp.features.bring_back.taking_back import (
    Outcome,
    Undone,
    Upstairs,
    also_undo,
    hand_over,
    handed_over,
    serve,
    undo,
    undo_some,
)

__all__ = ["Outcome", "Undone", "Upstairs", "also_undo", "hand_over", "handed_over", "serve", "undo", "undo_some"]

DAYS = 30
PAGE = 50
OPEN = "bring_back.open"  # where a session remembers the steps of its transaction


_daily: list[Callable[[], None]] = []


def daily(verb: Callable[[], None]) -> None:
    """What else is to be thrown away for good when a day begins."""
    if verb not in _daily:
        _daily.append(verb)


# ---- a step happens ----


def begin(kind: str, facts: Mapping[str, Any], session: Session | None = None) -> int:
    """Begin a step in the transaction of the session; answers its id.

    :param facts: plain values for its sentence, see `sentences`.
    """
    if kind not in KINDS:
        raise ValueError(f"a step is one of {KINDS}, not {kind}")
    used = session or db.session()
    step = UndoStep(kind=kind, facts=dict(facts), columns={})
    used.add(step)
    used.flush()
    _watch(used, step.id)
    return step.id


def _watch(session: Session, step_id: int) -> None:
    """What the rows look like is noted at the end of each transaction that the step takes."""
    if OPEN not in session.info:
        session.info[OPEN] = set()
        event.listen(session, "before_commit", _finish)
    session.info[OPEN].add(step_id)


def keep(
    step_id: int,
    table: str,
    ids: Iterable[Any],
    session: Session | None = None,
    columns: Collection[str] | None = None,
) -> None:
    """Keep what rows look like, before they are changed or deleted; a row that was kept already stays as kept first.

    :param columns: those that the step changes, where it changes no others: what becomes of the rest meanwhile stays.
    """
    _note(session or db.session(), step_id, table, ids, is_new=False, only=columns)


def added(step_id: int, table: str, ids: Iterable[Any], session: Session | None = None) -> None:
    """Note rows that the step has added."""
    _note(session or db.session(), step_id, table, ids, is_new=True)


def delete_rows(table: str, ids: Iterable[Any], facts: Mapping[str, Any]) -> int:
    """Delete rows, with whatever the database deletes or empties along with them; answers the step that brings it back.

    In the caller's transaction. `ids` are few: what somebody deletes by hand.
    """
    step, chosen = begin("deletion", facts), list(ids)
    _keep_with_naming(step, table, chosen)
    there = images.table_of(db.session.connection(), table)
    db.session.execute(there.delete().where(images.these(there, chosen)))
    db.session.expire_all()
    return step


def _keep_with_naming(step_id: int, name: str, ids: list[Any]) -> None:
    """Keep rows, and those that name them: they are deleted with them, or name nobody any more."""
    keep(step_id, name, ids)
    link = db.session.connection()
    family = kin(link, name)
    for tie in family.ties:
        if tie.owner == name and tie.table != name and len(tie.columns) == 1:
            child, owner = family.tables[tie.table], family.tables[name]
            named = select(owner.c[tie.owner_columns[0]]).where(images.these(owner, ids))
            keys = list(child.primary_key.columns)
            key = keys[0] if len(keys) == 1 else images.key_of(child)
            naming = list(link.scalars(select(key).where(child.c[tie.columns[0]].in_(named))))
            if naming and tie.lets_go:
                keep(step_id, tie.table, naming)
            elif naming:
                _keep_with_naming(step_id, tie.table, naming)


def set_facts(step_id: int, facts: Mapping[str, Any], session: Session | None = None) -> None:
    """Say once more what a step was, when it is known better at its end."""
    (session or db.session()).execute(update(UndoStep).where(UndoStep.id == step_id).values(facts=dict(facts)))


def _note(
    session: Session,
    step_id: int,
    name: str,
    ids: Iterable[Any],
    *,
    is_new: bool,
    only: Collection[str] | None = None,
) -> None:
    session.flush()
    _watch(session, step_id)
    link = session.connection()
    table = images.table_of(link, name)
    columns = _columns(link, step_id, table, only)
    before: Any = null() if is_new else images.kept(link, [table.c[one] for one in columns])
    whose = images.owner(link, table)
    values = [literal(step_id), literal(name), images.key_of(table), null() if whose is None else whose, before]
    here = select(1).select_from(ROW).where(_of(step_id, name), ROW.c.row_id == images.key_of(table))
    known = exists(here).correlate(table)
    for which in _which(table, ids):
        mine = ROW.c.row_id.in_(select(images.key_of(table)).where(which))
        link.execute(update(ROW).where(_of(step_id, name), ROW.c.after.is_not(None), mine).values(after=None))
        asked = select(*values).select_from(table).where(which, ~known)
        link.execute(ROW.insert().from_select(["step_id", "table_name", "row_id", "customer_id", "before"], asked))


def _which(table: Table, ids: Iterable[Any]) -> Iterable[ColumnElement[bool]]:
    """Rows by ids; a range of numbers is asked for at once."""
    if isinstance(ids, range):
        key = next(iter(table.primary_key.columns))
        return [key.between(ids.start, ids.stop - 1)] if ids else []
    return (images.these(table, some) for some in images.portions(ids))


def _of(step_id: int, name: str) -> ColumnElement[bool]:
    return and_(ROW.c.step_id == step_id, ROW.c.table_name == name)


def _columns(link: Connection, step_id: int, table: Table, only: Collection[str] | None) -> list[str]:
    """The columns that the step keeps of a table, decided when it meets the table first."""
    steps: Any = UndoStep.__table__
    known: dict[str, list[str]] = link.execute(select(steps.c.columns).where(steps.c.id == step_id)).scalar_one()
    if table.name not in known:
        mine = [one for one in table.columns if only is None or one.name in only or one.primary_key]
        known[table.name] = [one.name for one in mine if one.computed is None]
        link.execute(update(steps).where(steps.c.id == step_id).values(columns=known))
    return known[table.name]


def _finish(session: Session) -> None:
    """Note what the rows look like now that the transaction is done."""
    numbers = sorted(session.info[OPEN])
    session.info[OPEN].clear()
    if not numbers:
        return
    from loyalapp.features.bring_back import partly  # noqa: PLC0415 -- a start takes no step

    session.flush()
    asked = select(UndoStep).where(UndoStep.id.in_(numbers)).execution_options(populate_existing=True)
    for step in session.scalars(asked).all():  # one that was rolled back is not there
        marks = Marks(session.connection(), step)
        for table in marks.tables.values():
            now_is = select(partly.noted(marks, table)).where(marks.same(table))
            after = now_is.correlate(ROW).scalar_subquery()
            marks.link.execute(update(ROW).where(marks.rows(table), ROW.c.after.is_(None)).values(after=after))


# ---- the list ----


def steps(before: int | None = None) -> Sequence[UndoStep]:
    """The steps of the last 30 days, the newest first; one more than a page, to see whether there are more."""
    query = select(UndoStep).where(UndoStep.happened_at > now() - timedelta(days=DAYS))
    if before is not None:
        query = query.where(UndoStep.id < before)
    return db.session.scalars(query.order_by(UndoStep.id.desc()).limit(PAGE + 1)).all()


def forget(customer_id: int) -> None:
    """An erased customer leaves no picture behind: what was kept of them goes, and steps that were about them alone.

    In the caller's transaction.
    """
    db.session.flush()
    link = db.session.connection()
    theirs = select(UndoRow.step_id).where(UndoRow.customer_id == customer_id)
    about = delete(UndoStep).where(UndoStep.kind.in_(["deletion", "merge"]), UndoStep.id.in_(theirs))
    link.execute(about)
    link.execute(delete(UndoRow).where(UndoRow.customer_id == customer_id))
    db.session.expire_all()


def prune() -> None:
    """Once a day: steps of more than 30 days ago go, and the trash is emptied of customers as old as that."""
    link = db.session.connection()
    link.execute(delete(UndoStep).where(UndoStep.happened_at <= now() - timedelta(days=DAYS)))
    db.session.commit()
    for verb in _daily:
        verb()
