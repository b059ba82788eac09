"""Writes a plan into the database, a part at a time, so that others can write in between.

A list of usual length is one part: all of it or nothing. A long one is a row of parts, each a transaction of its own;
the record of the import stands unfinished until the last of them, and whatever stops it on the way (Stop, a fault, a
power cut) takes back the parts that were written: at once, or at the next start (`undoing.take_back_unfinished`).
"""

import time
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, literal_column, or_, select, text
from sqlalchemy.orm import Session

from loyalapp.core.clock import now
from loyalapp.core.db import roomy
from loyalapp.core.textkeys import norm
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.catalogue import lives
from loyalapp.features.catalogue.models import OwnedItem, Product, Purchase
from loyalapp.features.customers import search_index
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports import listed
from loyalapp.features.imports.bulk import Bulk
from loyalapp.features.imports.filling import Filler
from loyalapp.features.imports.keyed import SINCE, STORED, stored, unpacked
from loyalapp.features.imports.merging import COLUMNS, KEYS, LISTS, Values, additions
from loyalapp.features.imports.planning import Plan
from loyalapp.features.imports.spool import Columns, Spool, records

PART = 40  # portions of a thousand rows each, which keep others from writing for about a second
FILLED = 3_000  # customers we have; to fill one in takes longer than to add one
PAUSE = 0.2  # between two parts, for those who wait to write
SALE_COLUMNS = (
    "customer_id", "product_id", "item", "bought_on", "quantity", "amount_minor", "currency", "invoice", "serial",
    "warranty_until",
)  # fmt: skip
# What was sold with a serial number or a warranty is the customer's from then on.
_THING = (
    "customer_id",
    "product_id",
    "what",
    "purchase_id",
    "serial",
    "warranty_until",
    "import_id",
    "is_example",
    "version",
)
THINGS = insert(OwnedItem.__table__).from_select(  # type: ignore[arg-type]  # -- a declarative table is a Table
    _THING,
    select(
        Purchase.customer_id,
        Purchase.product_id,
        Purchase.item,
        Purchase.id,
        Purchase.serial,
        Purchase.warranty_until,
        Purchase.import_id,
        Purchase.is_example,
        literal_column("1"),
    ).where(
        Purchase.import_id == bindparam("import_id"),
        Purchase.id > bindparam("newest"),
        or_(Purchase.serial.is_not(None), Purchase.warranty_until.is_not(None)),
    ),
    include_defaults=False,
)
PLACES = {what: STORED.index(what) for what in LISTS}
Progress = Callable[[int], None]


class NewIds:
    """Which id each new customer was given, in blocks of one for each part."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._blocks: list[Sequence[int]] = []

    def add(self, start: int, ids: Sequence[int]) -> None:
        """The new customers from number `start` on have these ids."""
        self._starts.append(start)
        self._blocks.append(ids)

    def of(self, number: int) -> int:
        """The id of a new customer."""
        block = bisect_right(self._starts, number) - 1
        return self._blocks[block][number - self._starts[block]]


class Writer:
    """Writes one plan. Ids are given out here, so that what hangs on a customer can be written in large portions."""

    def __init__(self, plan: Plan, import_id: int, step: int, progress: Progress) -> None:
        """:param step: the step of "bring back" by which the import can be undone."""
        self.plan, self.import_id, self.step, self.progress = plan, import_id, step, progress
        self.moment = now()
        self.ids = NewIds()
        self.done = self._given = 0
        self._people, self._sales = plan.people.columns(), plan.sales.portions()
        # A repeated row can bring anything, such as a name in another script.
        used = COLUMNS if plan.repeats else plan.used
        self._columns = (*used, *KEYS)
        self._values = itemgetter(*(STORED.index(name) for name in self._columns))

    def parts(self) -> Iterator[Callable[[Session], None]]:
        """What is to be done, each part in a transaction of its own."""
        fills = list(self.plan.fills)
        for start in range(0, len(fills), FILLED):
            yield partial(self._changed, fills[start : start + FILLED])
        for sizes in _parts_of(self.plan.people):
            yield partial(self._new, sizes)
        for sizes in _parts_of(self.plan.sales):
            yield partial(self._sold, len(sizes))

    @property
    def is_short(self) -> bool:
        """Whether all of it fits into one transaction."""
        portions = len(self.plan.people.sizes) + len(self.plan.sales.sizes)
        return portions <= PART and len(self.plan.fills) <= FILLED

    def _did(self, count: int) -> None:
        self.done += count
        self.progress(self.done)

    # ---- people ----

    def _changed(self, ids: list[int], session: Session) -> None:
        with roomy(session):
            Filler(session, self.plan, self.step, self.moment, self._did).fill(ids)

    def _new(self, sizes: list[int], session: Session) -> None:
        ids = free_ids(session, Customer.__table__, sum(sizes))  # type: ignore[arg-type] -- declarative tables are Tables
        self.ids.add(self._given, ids)
        start_of_part = self._given
        people = Bulk(session, Customer, ("id", *self._columns), self._same())
        lists = listed.bulks(session)
        with roomy(session):
            for size in sizes:
                start = self._given - start_of_part
                self._insert(people, lists, ids[start : start + size], next(self._people))
                self._did(size)
            search_index.index_import(session, self.import_id, range(ids[0], ids[-1] + 1))

    def _insert(self, people: Bulk, lists: dict[str, Bulk], ids: Sequence[int], columns: Columns) -> None:
        columns = self._joined(columns, len(ids))
        if days := columns[SINCE]:
            columns[SINCE] = [day and date.fromordinal(day) for day in days]
        people.insert(records([ids, *self._values(columns)], len(ids)))
        for what, bulk in lists.items():
            if column := columns[PLACES[what]]:
                having = [(one, values) for one, values in zip(ids, column, strict=True) if values]
                bulk.insert([entry for one, values in having for entry in listed.entries(one, what, values)])
        self._given += len(ids)

    def _joined(self, columns: Columns, size: int) -> Columns:
        """The new ones of a portion with what rows further down in the list add."""
        numbers = range(self._given, self._given + size)
        repeated = [number for number in numbers if number in self.plan.repeats] if self.plan.repeats else []
        if not repeated:
            return columns
        rows: list[Sequence[Any]] = list(records(columns, size))
        for number in repeated:
            values: Values = unpacked(rows[number - self._given])
            for more in self.plan.repeats[number]:
                values.update(additions(values, more, self.plan.labels))
            rows[number - self._given] = stored(values)
        return list(zip(*rows, strict=True))

    def _same(self) -> dict[str, Any]:
        """What is the same for everybody who is new."""
        return {
            "do_not_mention": "",
            "is_example": False,
            "import_id": self.import_id,
            "created_at": self.moment,
            "updated_at": self.moment,
            "version": 1,
        }

    # ---- sales ----

    def _sold(self, portions: int, session: Session) -> None:
        products = {row.name_key: row.id for row in session.execute(select(Product.name_key, Product.id))}
        same = {"import_id": self.import_id, "is_example": False, "created_at": self.moment}
        sales = Bulk(session, Purchase, SALE_COLUMNS, same)
        newest = session.scalar(select(func.coalesce(func.max(Purchase.id), 0)))
        for portion in islice(self._sales, portions):
            sales.insert([self._sale(session, record, products) for record in portion])
            self._did(len(portion))
        session.connection().execute(THINGS, {"import_id": self.import_id, "newest": newest})
        lives.work_out(session, import_id=self.import_id)

    def _sale(self, session: Session, record: Sequence[Any], products: dict[str, int]) -> tuple[Any, ...]:
        buyer, day, item, quantity, *rest, until = record
        customer, product = buyer if buyer > 0 else self.ids.of(-1 - buyer), self._product(session, item, products)
        ends = until and date.fromordinal(until)
        return (customer, product, item, date.fromordinal(day), Decimal(quantity), *rest, ends)

    def _product(self, session: Session, item: str, products: dict[str, int]) -> int | None:
        key = norm(item)
        if key and key not in products:
            made = Product(name=item, name_key=key)
            session.add(made)
            session.flush()
            products[key] = made.id
            bring_back.added(self.step, Product.__tablename__, [made.id], session)
        return products.get(key)


def _parts_of(spool: Spool) -> Iterator[list[int]]:
    """The sizes of the portions that are written together."""
    for start in range(0, len(spool.sizes), PART):
        yield spool.sizes[start : start + PART]


def breathe() -> None:
    """Let those write who wait for it."""
    time.sleep(PAUSE)


def free_ids(session: Session, table: Table, count: int) -> Sequence[int]:
    """So many ids that nobody else will get, in growing order."""
    if session.get_bind().dialect.name == "sqlite":  # our transaction holds the only right to write
        first = int(session.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0) + 1
        return range(first, first + count)
    drawn = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
    return array("q", session.scalars(drawn, {"name": table.name, "count": count}))
