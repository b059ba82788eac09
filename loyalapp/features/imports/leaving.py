"""What came with a list goes again: all at once, or a portion at a time where it is so much that others had to wait.

Each portion is a transaction of its own. Until the last of them the import stands half undone: it is marked as undone
while its step of "bring back" is open, and what is cut off there is finished at the next start.
"""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from loyalapp.core.clock import now
from loyalapp.core.db import db, only_reading, own_session, roomy
from loyalapp.core.kinship import kin
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.bring_back.models import UndoRow
from loyalapp.features.catalogue.models import OwnedItem, Purchase
from loyalapp.features.customers import search_index
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports import listed, writing
from loyalapp.features.imports.models import Import

AnySession = Session | scoped_session[Any]
PORTION = 5_000  # customers, which keep others from writing for about half a second
# What came with a customer and goes with it.
CAME_ALONG = frozenset(model.__tablename__ for model, _columns in listed.MODELS.values())


def staying(session: AnySession, import_id: int, some: range | None = None) -> Select[tuple[int]]:
    """New customers of the import who are ours by now, and stay. :param some: only among these ids."""
    family = kin(session.connection(), Customer.__tablename__)
    new = _new(import_id, some)
    reasons: list[ColumnElement[bool]] = [(Customer.version > 1) & (Customer.stage != "not_ours")]
    for tie in family.ties:
        if tie.owner != Customer.__tablename__ or tie.table in CAME_ALONG or len(tie.columns) != 1:
            continue
        child = family.tables[tie.table].alias()
        names = child.c[tie.columns[0]]
        asked = select(names).where(names.in_(new))
        if tie.table in (Purchase.__tablename__, OwnedItem.__tablename__):
            came = child.c.import_id == import_id
            came = came & (child.c.version == 1) if tie.table == OwnedItem.__tablename__ else came
            asked = asked.where(or_(child.c.import_id.is_(None), ~came))
        reasons.append(Customer.id.in_(asked))
    return new.where(or_(*reasons))


def _new(import_id: int, some: range | None) -> Select[tuple[int]]:
    query = select(Customer.id).where(Customer.import_id == import_id)
    return query if some is None else query.where(Customer.id.between(some.start, some.stop - 1))


def customers_go(session: AnySession, import_id: int, some: range | None = None) -> None:
    """New customers who do not stay go, with their sales and whatever else came with them."""
    gone = list(session.scalars(_new(import_id, some).where(Customer.id.not_in(staying(session, import_id, some)))))
    _sales_go(session, import_id, Purchase.customer_id.in_(gone))
    search_index.take_out(session, gone)
    for start in range(0, len(gone), PORTION):
        going = delete(Customer).where(Customer.id.in_(gone[start : start + PORTION]))
        session.execute(going.execution_options(synchronize_session=False))


def sales_go(session: AnySession, import_id: int, some: range | None = None) -> None:
    """Sales that came with the list go, but for those of new customers who stay. :param some: only among these ids."""
    theirs = Purchase.customer_id.not_in(staying(session, import_id))
    _sales_go(session, import_id, theirs if some is None else theirs & Purchase.id.between(some.start, some.stop - 1))


def _sales_go(session: AnySession, import_id: int, which: ColumnElement[bool]) -> None:
    """Also those stay that something stands on."""
    family = kin(session.connection(), Purchase.__tablename__)
    asked = delete(Purchase).where(Purchase.import_id == import_id, which)
    for tie in family.ties:
        if tie.owner == Purchase.__tablename__ and len(tie.columns) == 1 and not tie.lets_go:
            named = family.tables[tie.table].alias().c[tie.columns[0]]
            asked = asked.where(Purchase.id.not_in(select(named).where(named.is_not(None))))
    going = select(Purchase.id).where(asked.whereclause)  # type: ignore[arg-type]  # -- there is always a condition
    things = delete(OwnedItem).where(
        OwnedItem.import_id == import_id, OwnedItem.version == 1, OwnedItem.purchase_id.in_(going)
    )
    session.execute(things.execution_options(synchronize_session=False))
    session.execute(asked.execution_options(synchronize_session=False))


# ---- a portion at a time ----


def ahead(import_id: int, step_id: int, progress: Callable[[int], None]) -> Collection[int]:
    """Nearly all of the import goes; answers which of the customers it had changed stay as they are.

    The step's own `undo` comes last. :param progress: is told how many customers and sales are done.
    """
    done, stayed = 0, set[int]()
    with own_session() as session:
        marked = update(Import).where(Import.id == import_id, Import.undone_at.is_(None)).values(undone_at=now())
        session.execute(marked)
    for verb, numbers in _portions(import_id, step_id):
        stayed.update(verb(range(numbers[0], numbers[-1] + 1)) or ())
        done += len(numbers)
        progress(done)
        writing.breathe()
    return stayed


def _portions(import_id: int, step_id: int) -> Iterator[tuple[Callable[[range], Any], list[int]]]:
    """What is to be done with which ids; what was done of it before is not there any more, or does no harm again."""

    def in_one(verb: Callable[[Session, int, range], None], some: range) -> None:
        with own_session() as session, roomy(session):
            verb(session, import_id, some)

    for numbers in _blocks(Customer.id, Customer.import_id == import_id):
        yield partial(in_one, customers_go), numbers
    for numbers in _blocks(Purchase.id, Purchase.import_id == import_id):
        yield partial(in_one, sales_go), numbers
    for numbers in _blocks(UndoRow.customer_id, UndoRow.step_id + 0 == step_id):
        yield partial(bring_back.undo_some, step_id), numbers


def _blocks(column: Any, which: ColumnElement[bool]) -> Iterator[list[int]]:
    """The ids in growing order, as many at a time as one portion holds."""
    query, last = select(column).where(which).group_by(column).order_by(column).limit(PORTION), 0
    while True:
        with only_reading(), Session(db.engine) as session:
            numbers = list(session.scalars(query.where(column > last)))
        if not numbers:
            return
        yield numbers
        last = numbers[-1]
