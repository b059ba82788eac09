"""How a customer is called: the name in the letters of the reader, with the form of address where it fits."""

from collections.abc import Iterable
from typing import Any

from loyalapp.core.db import rows
from loyalapp.core.i18n import current_language
from loyalapp.features.customers import questions
from loyalapp.features.customers.address import script_of, with_respect
from loyalapp.features.customers.models import Customer

SCRIPT_NAMES = {"ur": "name_ur", "hi": "name_hi", "en": "name_en"}


def names(ids: Iterable[int]) -> dict[int, str]:
    """How each customer is called with respect, in the letters of the interface where we know them, by id."""
    ids = list(ids)
    return {row.id: addressed(row) for row in rows(questions.NAMES, {"ids": ids})} if ids else {}


def name_in(customer: Any, language: str) -> str:
    """The name in the script of a language where we know it so, else as it was written."""
    wanted = language if language in SCRIPT_NAMES else "en"
    written: str = customer.name
    return written if script_of(written) == wanted else getattr(customer, SCRIPT_NAMES[wanted]) or written


def addressed(customer: Any, language: str | None = None) -> str:
    """The customer with name and form of address, in a language (the interface's if none is given)."""
    spoken = name_in(customer, language or current_language())
    form = customer.address_form
    if form and script_of(form) != script_of(spoken):
        form = None
    return with_respect(spoken, form)


def other_names(customer: Customer) -> list[str]:
    """The name in the letters that are not on the page's first line."""
    shown = name_in(customer, current_language())
    known = (customer.name, customer.name_ur, customer.name_hi, customer.name_en)
    return [name for name in dict.fromkeys(known) if name and name != shown]
