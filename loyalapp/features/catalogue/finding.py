"""Finds who owns something: by words of a product in any script, by serial number, by invoice."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, or_, select

from loyalapp.core.db import rows
from loyalapp.core.matching import Keys, Sought
from loyalapp.core.memory import until_changed
from loyalapp.core.textkeys import norm, plain
from loyalapp.features.catalogue.models import Product, Purchase
from loyalapp.features.customers.models import Customer

FEWEST_LETTERS = 3
MOST_PRODUCTS = 200
LAST = "\U0010fffd"
PRODUCTS = select(Product.id, Product.name).order_by(Product.id)
OWNER = Purchase.customer_id


class Owner(NamedTuple):
    """Somebody who bought a thing; `thing` names it with the number that was asked for, if one was."""

    customer_id: int
    thing: str


def owners(text: str, limit: int) -> list[Owner]:
    """Some of those who own what answers to the words, each once; removed customers may be among them."""
    conditions = _conditions(text)
    if not conditions:
        return []
    found: dict[int, Owner] = {}
    asked = norm(text)
    some = select(OWNER, Purchase.item, Purchase.serial, Purchase.invoice).where(or_(*conditions))
    for row in rows(some.limit(bindparam("most")), {"most": 4 * limit}):
        numbers = [one for one in (row.serial, row.invoice) if one and norm(one).startswith(asked)]
        found.setdefault(row.customer_id, Owner(row.customer_id, " · ".join([row.item, *numbers])))
    return list(found.values())[:limit]


def count_owners(text: str) -> int:
    """How many customers own what answers to the words."""
    if not (conditions := _conditions(text)):
        return 0
    owning = select(OWNER.label("one")).where(or_(*conditions)).distinct().subquery()
    here = select(func.count()).select_from(owning).join(Customer, Customer.id == owning.c.one)
    return int(rows(here.where(Customer.removed_at.is_(None))).scalar() or 0)


def _conditions(text: str) -> list[ColumnElement[bool]]:
    """Each can go by an index of its own."""
    text = plain(text)
    if len(norm(text)) < FEWEST_LETTERS:
        return []
    conditions: list[ColumnElement[bool]] = []
    if any(map(str.isdigit, text)):
        spellings = dict.fromkeys((text, text.upper(), text.lower()))
        conditions = [
            column.between(one, one + LAST) for column in (Purchase.serial, Purchase.invoice) for one in spellings
        ]
    if products := _products(text):
        conditions.append(Purchase.product_id.in_(products))
    return conditions


def _products(text: str) -> list[int]:
    """The products whose names hold every word, begun, or in another script."""
    sought = Sought(text)
    known = until_changed("catalogue.words", lambda: [(row.id, Keys(row.name)) for row in rows(PRODUCTS)])
    return [one for one, keys in known if sought.met_by(keys)][:MOST_PRODUCTS]
