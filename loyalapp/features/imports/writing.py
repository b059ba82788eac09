"""Writes a plan into the database, inside one transaction of the caller's: all of it or nothing."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, bindparam, func, select, text, update
from sqlalchemy.orm import Session

from loyalapp.core.clock import now
from loyalapp.core.textkeys import norm
from loyalapp.features.catalogue.models import Product, Purchase
from loyalapp.features.customers import search_index
from loyalapp.features.customers.models import Customer, Phone
from loyalapp.features.imports.bulk import Bulk
from loyalapp.features.imports.merging import COLUMNS, KEYS, Values, additions, keys
from loyalapp.features.imports.planning import Plan, load, unpacked

ROWS_AT_ONCE = 1_000
SALE_COLUMNS = (
    "customer_id", "product_id", "item", "bought_on", "quantity", "amount_minor", "currency", "invoice", "serial",
)  # fmt: skip
Progress = Callable[[int], None]


class Writer:
    """Writes one plan. Ids are given out here, so that phones and sales can be written in large portions.

    `before`: what stood in the columns that were filled, by customer, so that an import can be undone.
    """

    def __init__(self, session: Session, plan: Plan, import_id: int, progress: Progress) -> None:
        self.session, self.plan, self.import_id, self.progress = session, plan, import_id, progress
        self.moment = now()
        self.first_id = 0
        self.done = 0
        self._phones = Bulk(session, Phone, ("customer_id", "number"), {"on_whatsapp": True})
        self.before: dict[int, Values] = {}

    def write(self) -> None:
        """All of it; the search index last, with one statement."""
        self._new_customers()
        self._changed_customers()
        self._sales()
        search_index.index_import(self.session, self.import_id)
        search_index.index(self.session, list(self.plan.fills))

    def _step(self, count: int) -> None:
        self.done += count
        self.progress(self.done)

    # ---- people ----

    def _new_customers(self) -> None:
        if not self.plan.people.count:
            return
        self.first_id = free_ids(self.session, Customer.__table__, self.plan.people.count)  # type: ignore[arg-type] -- declarative tables are Tables
        # A repeated row can bring a name in another script.
        used = COLUMNS if self.plan.repeats else self.plan.used
        since = ("since_month", "since_day") if "since" in used else ()
        people, index = Bulk(self.session, Customer, ("id", *used, *since, *KEYS), self._same()), 0
        for portion in self.plan.people.portions():
            rows, phones = [], []
            for record in portion:
                values = self._joined(unpacked(record), index)
                one = values["id"] = self.first_id + index
                if values["since"]:
                    values["since_month"], values["since_day"] = values["since"].month, values["since"].day
                elif since:
                    values["since_month"] = values["since_day"] = None
                phones += [{"customer_id": one, "number": number} for number in values["phones"]]
                rows.append(values)
                index += 1
            people.insert(rows)
            self._phones.insert(phones)
            self._step(len(rows))

    def _joined(self, values: Values, index: int) -> Values:
        """Somebody new with what rows further down in the list add."""
        if index in self.plan.repeats:
            for more in self.plan.repeats[index]:
                values.update(additions(values, more, self.plan.labels))
            values.update(keys(values))
        return values

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

    def _changed_customers(self) -> None:
        """The stored values are read again: what somebody wrote meanwhile is kept."""
        ids = list(self.plan.fills)
        for start in range(0, len(ids), ROWS_AT_ONCE):
            olds = load(self.session, ids[start : start + ROWS_AT_ONCE])
            rows, phones = [], []
            for one, values in olds.items():
                numbers = self._add(one, values)
                phones += [{"customer_id": one, "number": number} for number in numbers]
                rows.append({"one": one, "updated_at": self.moment, **columns_of(values)})
            self._update(rows)
            self._phones.insert(phones)
            self._step(len(rows))

    def _add(self, one: int, values: Values) -> list[str]:
        """Add what the list says, remember what was there before; the answer is the numbers that are new."""
        for more in self.plan.fills[one]:
            changes = additions(values, more, self.plan.labels)
            before = self.before.setdefault(one, {})
            for column in changes:
                old = values[column]
                before.setdefault(column, old.isoformat() if isinstance(old, date) else old)
            values.update(changes)
        known = self.before[one].get("phones", values["phones"])
        return [number for number in values["phones"] if number not in known]

    def _update(self, rows: list[dict[str, Any]]) -> None:
        table: Any = Customer.__table__
        if rows:
            names = [name for name in rows[0] if name != "one"]
            values = {name: bindparam(name) for name in names} | {"version": table.c.version + 1}
            self.session.connection().execute(update(table).where(table.c.id == bindparam("one")).values(values), rows)

    # ---- sales ----

    def _sales(self) -> None:
        products = {row.name_key: row.id for row in self.session.execute(select(Product.name_key, Product.id))}
        same = {"import_id": self.import_id, "is_example": False, "created_at": self.moment}
        sales = Bulk(self.session, Purchase, SALE_COLUMNS, same)
        for portion in self.plan.sales.portions():
            sales.insert([self._sale(record, products) for record in portion])
            self._step(len(portion))

    def _sale(self, record: list[Any], products: dict[str, int]) -> dict[str, Any]:
        buyer, day, item, quantity, amount, currency, invoice, serial = record
        return {
            "customer_id": buyer if buyer > 0 else self.first_id - 1 - buyer,
            "product_id": self._product(item, products),
            "item": item,
            "bought_on": date.fromordinal(day),
            "quantity": Decimal(quantity),
            "amount_minor": amount,
            "currency": currency,
            "invoice": invoice,
            "serial": serial,
        }

    def _product(self, item: str, products: dict[str, int]) -> int | None:
        key = norm(item)
        if key and key not in products:
            made = Product(name=item, name_key=key)
            self.session.add(made)
            self.session.flush()
            products[key] = made.id
        return products.get(key)


def columns_of(values: Values) -> dict[str, Any]:
    """The columns of a customer from its values, keys included."""
    since = values["since"]
    return {
        **{column: values[column] for column in COLUMNS},
        "since_month": since and since.month,
        "since_day": since and since.day,
        **keys(values),
    }


def free_ids(session: Session, table: Table, count: int) -> int:
    """The first of `count` ids in a row that nobody else will get."""
    if not count:
        return 0
    if session.get_bind().dialect.name == "sqlite":  # our transaction holds the only right to write
        return int(session.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0) + 1
    sequence = session.scalar(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name})
    # Others may draw numbers meanwhile: the sequence is moved past a block of its own.
    session.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))
    first = int(session.scalar(text("SELECT nextval(CAST(:name AS regclass))"), {"name": sequence}) or 1)
    session.execute(
        text("SELECT setval(CAST(:name AS regclass), :last)"), {"name": sequence, "last": first + count - 1}
    )
    return first
