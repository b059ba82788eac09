"""Writes a plan into the database, a part at a time, so that others can write in between.

A list of usual length is one part: all of it or nothing. A long one is a row of parts, each a transaction of its own;
the record of the import stands unfinished until the last of them, and whatever stops it on the way (Stop, a fault, a
power cut) takes back the parts that were written: at once, or at the next start (`undoing.take_back_unfinished`).
"""

import time
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import islice
from operator import attrgetter
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, literal_column, or_, select, text
from sqlalchemy.orm import Session

from loyalapp.core.clock import now
from loyalapp.core.db import roomy
from loyalapp.features.catalogue import lives
from loyalapp.features.catalogue.models import OwnedItem, Purchase
from loyalapp.features.customers import search_index
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports.arriving import Arrivals
from loyalapp.features.imports.bulk import Bulk
from loyalapp.features.imports.filling import Filler
from loyalapp.features.imports.goods import Goods
from loyalapp.features.imports.keyed import all_unpacked
from loyalapp.features.imports.planning import Plan
from loyalapp.features.imports.staging import Portion
from loyalapp.features.staff import service as staff

PART = 40_000  # rows, which keep others from writing for about a second
FILLED = 3_000  # customers we have; to fill one in takes longer than to add one
PAUSE = 0.12  # between two parts, for those who wait to write: they look for it every tenth of a second
SALE_COLUMNS = (
    "customer_id", "product_id", "item", "bought_on", "quantity", "amount_minor", "currency", "invoice", "serial",
    "warranty_until", "product_group",
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
        self.salesman = staff.at_desk()
        self._sales = plan.sales.portions()

    def parts(self) -> Iterator[Callable[[Session], None]]:
        """What is to be done, each part in a transaction of its own."""
        for fills in self.plan.people.fills(FILLED):
            yield partial(self._changed, fills)
        for portions in _parts_of(self.plan.people.portions, attrgetter("size")):
            yield partial(self._new, portions)
        for sizes in _parts_of(self.plan.sales.sizes, int):
            yield partial(self._sold, len(sizes))

    @property
    def is_short(self) -> bool:
        """Whether all of it fits into one transaction."""
        return self.plan.people.count + self.plan.sales.count <= PART and self.plan.people.filled <= FILLED

    def _did(self, count: int) -> None:
        self.done += count
        self.progress(self.done)

    # ---- people ----

    def _changed(self, fills: Mapping[int, bytes], session: Session) -> None:
        with roomy(session):
            filler = Filler(session, self.plan.labels, self.step, self.moment, self._did)
            filler.fill({one: all_unpacked(more) for one, more in fills.items()})

    def _new(self, portions: Sequence[Portion], session: Session) -> None:
        first, count = portions[0].start, sum(portion.size for portion in portions)
        ids = free_ids(session, Customer.__table__, count)  # type: ignore[arg-type] -- declarative tables are Tables
        self.ids.add(first, ids)
        arrivals = Arrivals(session, self.plan.people, self._same())
        with roomy(session):
            for portion in portions:
                start = portion.start - first
                arrivals.insert(portion, ids[start : start + portion.size])
                self._did(portion.size)
            search_index.index_import(session, self.import_id, range(ids[0], ids[-1] + 1))

    def _same(self) -> dict[str, Any]:
        """What is the same for everybody who is new."""
        return {
            **({"salesman_id": self.salesman} if self.salesman else {}),
            "do_not_mention": "",
            "is_example": False,
            "import_id": self.import_id,
            "created_at": self.moment,
            "updated_at": self.moment,
            "version": 1,
        }

    # ---- sales ----

    def _sold(self, portions: int, session: Session) -> None:
        shelves = Goods(session, self.step)
        same = {"import_id": self.import_id, "is_example": False, "created_at": self.moment}
        sales = Bulk(session, Purchase, SALE_COLUMNS, same)
        newest = session.scalar(select(func.coalesce(func.max(Purchase.id), 0)))
        for portion in islice(self._sales, portions):
            sales.insert([self._sale(record, shelves) for record in portion])
            self._did(len(portion))
        session.connection().execute(THINGS, {"import_id": self.import_id, "newest": newest})
        lives.work_out(session, import_id=self.import_id)

    def _sale(self, record: Sequence[Any], shelves: Goods) -> tuple[Any, ...]:
        buyer, day, item, quantity, *rest, until, group = record
        customer = buyer if buyer > 0 else self.ids.of(-1 - buyer)
        product, own_group = shelves.product(item, group)
        ends = until and date.fromordinal(until)
        return (customer, product, item, date.fromordinal(day), Decimal(quantity), *rest, ends, own_group)


def _parts_of(portions: Sequence[Any], size: Callable[[Any], int]) -> Iterator[list[Any]]:
    """The portions that are written together."""
    part: list[Any] = []
    rows = 0
    for portion in portions:
        if part and rows + size(portion) > PART:
            yield part
            part, rows = [], 0
        part.append(portion)
        rows += size(portion)
    if part:
        yield part


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
