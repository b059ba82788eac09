"""Single values of a list as people write them there: days, languages, quantities, currencies, cells with a trick."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from loyalapp.core.days import PartialDay, parse_day
from loyalapp.core.textkeys import plain, to_ascii
from loyalapp.features.imports import words

# A cell that spreadsheets were told to take for text: ="0300…" and '0300…
AS_TEXT = re.compile(r'\A="([^"]*)"\Z')
YEAR = re.compile(r"\A\s*((?:19|20)\d\d)\s*\Z")
QUANTITY = re.compile(r"\A\s*(\d[\d,]*(?:\.\d+)?)\s*([^\d.,]*)\Z")
CODE = re.compile(r"\A[A-Z]{3}\Z")
SIGNS = {"₹": "INR", "$": "USD", "€": "EUR", "£": "GBP"}
FIRST_DAY_OF_SHEETS = date(1899, 12, 30)
SHEET_DAYS = range(7_000, 80_000)
OLDEST = 1900
# The two ways in which nearly every mobile is written, with a space or a dash or none; all others take the long way.
MOBILES = {
    "PK": ("+92", re.compile(r"(?:\+92[ -]?|0092|0)?(3\d\d)[ -]?(\d{7})")),
    "IN": ("+91", re.compile(r"(?:\+91[ -]?|0091|0)?([6-9]\d{4})[ -]?(\d{5})")),
}
LARGEST_QUANTITY = Decimal(10) ** 9


class YearOnly(ValueError):
    """A year without a day."""


def text_of(cell: str, *, keep_lines: bool = False) -> str:
    """A text cell without the tricks by which lists protect numbers."""
    if cell.startswith("="):
        cell = AS_TEXT.sub(r"\1", cell)
    elif cell.startswith("'"):
        cell = cell[1:]
    return plain(cell, keep_lines=keep_lines)


def mobile_rule(region: str) -> Callable[[str], str | None]:
    """A function that reads a mobile of a country as nearly everybody writes it; None for anything else."""
    if region not in MOBILES:
        return lambda _text: None
    code, pattern = MOBILES[region]

    def read(text: str) -> str | None:
        found = pattern.fullmatch(text)
        return f"{code}{found[1]}{found[2]}" if found else None

    return read


def day_of(cell: Any, order: str) -> PartialDay:
    """The day in a cell, with or without a year.

    :raises YearOnly: where only a year stands there.
    :raises ValueError: where there is no such day.
    """
    if isinstance(cell, date):
        return PartialDay.of(cell)
    if isinstance(cell, int) and cell in SHEET_DAYS:
        return PartialDay.of(FIRST_DAY_OF_SHEETS + timedelta(days=cell))
    found = _day_in(str(cell), order)
    if isinstance(found, str):
        raise (YearOnly if found else ValueError)(found)
    return found


@lru_cache(16_384)
def _day_in(cell: str, order: str) -> PartialDay | str:
    """The day, a year without a day, or "": the same few days stand in a list again and again."""
    text = to_ascii(cell)
    if YEAR.match(text):
        return text
    try:
        return parse_day(text, order)
    except ValueError:
        return ""


def full_day(cell: Any, order: str) -> date:
    """A day with its year.

    :raises YearOnly: where only a year stands there.
    :raises ValueError: where there is no such day, or no year.
    """
    found = day_of(cell, order).as_date()
    if found is None:
        raise ValueError("no year")
    return found


def quantity_of(cell: Any) -> tuple[Decimal, str]:
    """How many, and the unit written beside it ("2 pcs").

    :raises ValueError: where it is no number above nothing.
    """
    match = QUANTITY.match(to_ascii(str(cell)))
    try:
        number = Decimal(match[1].replace(",", "")) if match else Decimal(0)
    except InvalidOperation:
        number = Decimal(0)
    if match is None or not 0 < number < LARGEST_QUANTITY:
        raise ValueError(str(cell))
    return round(number, 3), match[2].strip()


def currency_of(text: str, usual: str) -> str:
    """The code of a currency; rupee words mean the usual one.

    :raises ValueError: for words that are no currency.
    """
    code = text.strip().upper()
    if CODE.match(code):
        return code
    if code in SIGNS:
        return SIGNS[code]
    if words.plain_key(text) in {"rs", "rupees", "rupee", "روپے", "روپیہ", "रुपये", "रुपए", "रु"} or code in {
        "₨",
        "RS",
        "RS.",
    }:
        return usual
    raise ValueError(text)
