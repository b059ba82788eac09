"""What the database holds: the values of customers a list speaks of, and whether anything has changed meanwhile."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers.models import Customer, CustomerDay, Person, Phone, Tag
from loyalapp.features.imports.merging import COLUMNS, LISTS, Values

ROWS_AT_ONCE = 500
State = tuple[Any, ...]

_VALUES = [getattr(Customer, column) for column in COLUMNS]
# For each list the columns that make one of its entries.
_PARTS: dict[str, tuple[Any, ...]] = {
    "phones": (Phone.number,),
    "tags": (Tag.tag,),
    "people": (Person.name, Person.role, Person.number),
    "days": (CustomerDay.what, CustomerDay.kind, CustomerDay.year, CustomerDay.month, CustomerDay.day),
}
_PLAIN = frozenset({"phones", "tags"})


def load(session: Session, ids: Sequence[int], lists: Sequence[str] = LISTS) -> dict[int, Values]:
    """The stored values of customers by id.

    :param lists: which of `LISTS` are needed; the others are given as empty.
    """
    olds: dict[int, Values] = {}
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        some = wanted[start : start + ROWS_AT_ONCE]
        for one, *values in session.execute(select(Customer.id, *_VALUES).where(Customer.id.in_(some))):
            olds[one] = {**dict(zip(COLUMNS, values, strict=True)), **{what: [] for what in LISTS}}
        for what in lists:
            _load_list(session, what, some, olds)
    return olds


def _load_list(session: Session, what: str, ids: list[int], olds: dict[int, Values]) -> None:
    parts = _PARTS[what]
    model: Any = parts[0].class_
    rows: Sequence[Row[Any]] = session.execute(
        select(model.customer_id, *parts).where(model.customer_id.in_(ids)).order_by(model.id)
    ).all()
    for one, *entry in rows:
        olds[one][what].append(entry[0] if what in _PLAIN else entry)


def state_of(session: Session, kind: str) -> State:
    """Changes with everything that could change what becomes of a list."""
    table: Any = Customer
    asked = [
        select(func.count(table.id), func.max(table.id), func.sum(table.version), func.count(table.removed_at)),
        select(func.count(Phone.id), func.max(Phone.id)),
    ]
    if kind == "sales":
        asked.append(select(func.count(Purchase.id), func.max(Purchase.id)))
    return tuple(int(value or 0) for query in asked for value in session.execute(query).one())
