"""Finds who owns something: by words of a product in any script, by serial number, by invoice."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, null, or_, select, union

from loyalapp.core.db import rows
from loyalapp.core.matching import Keys, Sought
from loyalapp.core.memory import until_changed
from loyalapp.core.textkeys import norm, plain
from loyalapp.features.catalogue.models import OwnedItem, Product, Purchase
from loyalapp.features.customers.models import Customer

FEWEST_LETTERS = 3
MOST_PRODUCTS = 200
LAST = "\U0010fffd"
PRODUCTS = select(Product.id, Product.name).order_by(Product.id)


class Owner(NamedTuple):
    """Somebody who bought a thing; `thing` names it with the number that was asked for, if one was."""

    customer_id: int
    thing: str


def owners(text: str, limit: int) -> list[Owner]:
    """Some of those who own what answers to the words, each once; removed customers may be among them."""
    found: dict[int, Owner] = {}
    asked = norm(text)
    for question in _questions(text):
        for row in rows(question.limit(bindparam("most")), {"most": 4 * limit}):
            numbers = [one for one in (row.serial, row.invoice) if one and norm(one).startswith(asked)]
            found.setdefault(row.customer_id, Owner(row.customer_id, " · ".join([row.item, *numbers])))
    return list(found.values())[:limit]


def count_owners(text: str) -> int:
    """How many customers own what answers to the words."""
    if not (questions := _questions(text)):
        return 0
    owning = union(
        *(one.with_only_columns(one.selected_columns.customer_id.label("one")) for one in questions)
    ).subquery()
    here = select(func.count()).select_from(owning).join(Customer, Customer.id == owning.c.one)
    return int(rows(here.where(Customer.removed_at.is_(None))).scalar() or 0)


def _questions(text: str) -> list[Select[Any]]:
    """What they have from us, and what they bought; none where the words are too few."""
    text = plain(text)
    if len(norm(text)) < FEWEST_LETTERS:
        return []
    spellings = dict.fromkeys((text, text.upper(), text.lower())) if any(map(str.isdigit, text)) else ()
    products = _products(text)
    having = _conditions(OwnedItem.serial, OwnedItem.product_id, spellings, products)
    bought = _conditions(Purchase.invoice, Purchase.product_id, spellings, products)
    if not bought:
        return []
    return [
        select(OwnedItem.customer_id, OwnedItem.what.label("item"), OwnedItem.serial, null().label("invoice")).where(
            or_(*having)
        ),
        select(Purchase.customer_id, Purchase.item, null().label("serial"), Purchase.invoice).where(or_(*bought)),
    ]


def _conditions(number: Any, product: Any, spellings: Iterable[str], products: list[int]) -> list[ColumnElement[bool]]:
    """Each can go by an index of its own."""
    conditions: list[ColumnElement[bool]] = [number.between(one, one + LAST) for one in spellings]
    return [*conditions, product.in_(products)] if products else conditions


def _products(text: str) -> list[int]:
    """The products whose names hold every word, begun, or in another script."""
    sought = Sought(text)
    known = until_changed("catalogue.words", lambda: [(row.id, Keys(row.name)) for row in rows(PRODUCTS)])
    return [one for one, keys in known if sought.met_by(keys)][:MOST_PRODUCTS]
