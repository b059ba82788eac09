"""Guesses what each column of a list means, by the words of its header in three languages and by what stands in it.

A guess is only a proposal: the user can choose another meaning for every column before anything is brought in.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from loyalapp.core.days import likely_order
from loyalapp.core.textkeys import to_ascii
from loyalapp.features.imports import words

KEEP, LEAVE = "keep", "leave"
CONTACT_MEANINGS = (
    "name", "given", "family", "title", "firm", "trade", "person", "phone", "email", "place", "locality", "address",
    "birthday", "since", "occasion", "language", "channel", "hours", "size", "tags", "salesman", "referred", "total",
    "notes",
)  # fmt: skip
SALE_MEANINGS = (
    "name", "phone", "firm", "place", "date", "item", "group", "quantity", "amount", "currency", "invoice", "serial",
    "warranty", "notes",
)  # fmt: skip
SEVERAL = frozenset(
    [
        "name",
        "given",
        "firm",
        "trade",
        "person",
        "phone",
        "email",
        "place",
        "locality",
        "address",
        "occasion",
        "tags",
        "notes",
        "total",
    ]
) | frozenset((KEEP, LEAVE))
MEANINGS = {"contacts": (*CONTACT_MEANINGS, KEEP, LEAVE), "sales": (*SALE_MEANINGS, KEEP, LEAVE)}

EMAIL = re.compile(r"\A[^@\s]+@[^@\s]+\.[^@\s]{2,}\Z")
PHONE = re.compile(r"\A[+(]?[\d\s().+/,;-]{9,40}\Z")
DAY_AND_MONTH = re.compile(r"\A\s*(\d{1,2})[-/. ](\d{1,2})(?:[-/. ]\d{2,4})?\s*\Z")
PHONE_DIGITS = range(9, 16)
WHO = frozenset({"name", "given", "family", "phone", "firm", "email"})  # what can say who somebody is
DATED = frozenset({"birthday", "since", "occasion", "date", "warranty"})
MONTHS = 12
LONGEST_PHRASE = 5  # words
MOST = 0.6
HALF = 0.5


@dataclass(frozen=True)
class Column:
    """One column: its place (from 0), its header as written, and what it is taken for."""

    index: int
    title: str
    meaning: str


@dataclass(frozen=True)
class Guess:
    """What a whole list is taken for; every part can be overruled.

    `order`: which comes first in a date like 03/04/1990 ("dmy" or "mdy"); `unsure_of`: such a date of the list, where
    nothing in it says which ("" where it does); `region`: whose numbers are meant without a country code ("PK", "IN",
    or None where the list does not say).
    """

    kind: str
    columns: tuple[Column, ...]
    order: str
    region: str | None
    unsure_of: str = ""


def guess(titles: Sequence[str], sample: Sequence[Sequence[Any]], known: Sequence[str | None] | None = None) -> Guess:
    """What the list is and what its columns mean.

    :param titles: the header's cells ("" where there is none).
    :param sample: some rows below it.
    :param known: the meanings, where it is known which program wrote the list.
    """
    values = [_filled(sample, index) for index in range(len(titles))]
    by_word = [by_header(title) for title in titles]
    if known is None:
        meanings = [_settled(word, cells) for word, cells in zip(by_word, values, strict=True)]
        _add_by_content(meanings, values, known_header=any(by_word))
        _leave_prices_aside(titles, meanings)
    else:
        meanings = list(known)
    columns = [
        Column(index, title, meaning or KEEP)
        for index, (title, meaning) in enumerate(zip(titles, meanings, strict=True))
    ]
    kind = kind_of(columns)
    order, unsure_of = _order(columns, values)
    return Guess(kind, for_kind(columns, kind), order, _region(columns, values), unsure_of)


def kind_of(columns: Sequence[Column]) -> str:
    """`sales` where something was sold on a day, for an amount, or on an invoice; else `contacts`."""
    found = {column.meaning for column in columns}
    return "sales" if "item" in found and found & {"date", "amount", "invoice", "quantity"} else "contacts"


def for_kind(columns: Sequence[Column], kind: str) -> tuple[Column, ...]:
    """The columns with meanings this kind of list can have, each of them once; the others are kept as notes."""
    taken: set[str] = set()
    fitting = []
    for column in columns:
        meaning = _in_kind(column.meaning, kind)
        if meaning not in MEANINGS[kind] or (meaning in taken and meaning not in SEVERAL):
            meaning = KEEP
        taken.add(meaning)
        fitting.append(replace(column, meaning=meaning))
    return tuple(fitting)


def _in_kind(meaning: str, kind: str) -> str:
    if kind == "sales":
        return {"total": "amount", "since": "date", "tags": "group"}.get(meaning, meaning)
    return {"amount": "total", "group": "tags"}.get(meaning, meaning)


def by_header(title: str) -> str | None:
    """The meaning a header's words name: the longest known phrase in it wins."""
    tokens = words.plain_key(title).split()
    known = words.headers()
    order = words.meanings()
    found: list[tuple[int, int, str]] = []
    for start in range(len(tokens)):
        ends = range(start + 1, min(start + LONGEST_PHRASE, len(tokens)) + 1)
        phrases = {end - start: " ".join(tokens[start:end]) for end in ends}
        found += [(size, -order.index(known[one]), known[one]) for size, one in phrases.items() if one in known]
    return max(found)[2] if found else None


def _filled(sample: Sequence[Sequence[Any]], index: int) -> list[Any]:
    return [row[index] for row in sample if index < len(row) and row[index] not in ("", None)]


def _settled(meaning: str | None, cells: list[Any]) -> str | None:
    """A header like "number" may stand over a count of the rows or over phones: what stands below it decides."""
    if meaning in ("leave", "serial") and _counts_rows(cells):
        return LEAVE
    if meaning == "leave":
        return "phone" if _share(cells, is_phone) > MOST else None
    if meaning == "phone" and cells and _share(cells, is_phone) == 0 and _share(cells, _has_letters) > MOST:
        return None  # "Contact" over names, "Phone label" over words
    return meaning


def _add_by_content(meanings: list[str | None], values: list[list[Any]], *, known_header: bool) -> None:
    """Columns whose header says nothing, by what stands in them."""
    for index, cells in enumerate(values):
        if meanings[index] is None and cells:
            meanings[index] = _by_content(cells, first=index == 0 and not known_header)
    if "name" not in meanings and "given" not in meanings:
        for likely in (_is_name, _has_letters):  # the second for "Ali Khan 0300 1234567" in one cell
            for index, cells in enumerate(values):
                if meanings[index] is None and cells and _share(cells, likely) > MOST:
                    meanings[index] = "name"
                    return
            if any(meaning in WHO for meaning in meanings):
                return


def _leave_prices_aside(titles: Sequence[str], meanings: list[str | None]) -> None:
    """What one piece costs is not what was paid, where the list says both."""
    amounts = [index for index, meaning in enumerate(meanings) if meaning in ("amount", "total")]
    prices = [index for index in amounts if words.plain_key(titles[index]) in words.prices()]
    if len(prices) < len(amounts):
        for index in prices:
            meanings[index] = None


def _by_content(cells: list[Any], *, first: bool) -> str | None:
    if _share(cells, is_email) >= HALF:
        return "email"
    if _share(cells, is_phone) > MOST:
        return "phone"
    if first and _counts_rows(cells):
        return LEAVE
    if _share(cells, lambda cell: words.plain_key(str(cell)) in words.languages()) > MOST:
        return "language"
    return None


def is_phone(cell: Any) -> bool:
    """Whether a cell looks like one or more phone numbers."""
    if isinstance(cell, date | bool):
        return False
    text = to_ascii(str(cell))
    return bool(PHONE.match(text)) and sum(map(str.isdigit, text)) in PHONE_DIGITS and not DAY_AND_MONTH.match(text)


def is_email(cell: Any) -> bool:
    """Whether a cell looks like an e-mail address."""
    return isinstance(cell, str) and bool(EMAIL.match(cell.strip()))


def _is_name(cell: Any) -> bool:
    return isinstance(cell, str) and _has_letters(cell) and len(cell) <= 60 and not any(map(str.isdigit, cell))


def _has_letters(cell: Any) -> bool:
    return isinstance(cell, str) and any(map(str.isalpha, cell))


def _share(cells: list[Any], test: Any) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells) if cells else 0.0


def _counts_rows(cells: list[Any]) -> bool:
    """Small numbers that mostly grow by one."""
    numbers = [int(text) for cell in cells if (text := to_ascii(str(cell)).rstrip(".")).isdecimal() and len(text) < 8]
    if len(numbers) < max(2, len(cells) * MOST):
        return len(cells) == len(numbers) == 1 and numbers[0] == 1
    steps = Counter(after - before for before, after in pairwise(numbers))
    return steps[1] >= (len(numbers) - 1) * MOST


def _order(columns: Sequence[Column], values: list[list[Any]]) -> tuple[str, str]:
    """Month first only where the list itself shows it, and nothing speaks against it; and a date that shows nothing."""
    dates = [values[column.index] for column in columns if column.meaning in DATED]
    texts = [to_ascii(cell) for cells in dates for cell in cells if isinstance(cell, str)]
    pairs = [(text, int(found[1]), int(found[2])) for text in texts if (found := DAY_AND_MONTH.match(text))]
    shown = any(max(first, second) > MONTHS for _, first, second in pairs)
    unsure = next((text for text, first, second in pairs if first != second), "")
    return likely_order(texts), "" if shown else unsure


def _region(columns: Sequence[Column], values: list[list[Any]]) -> str | None:
    """Mobile numbers begin with 3 in Pakistan and with 6 to 9 in India; most of those without a country code decide."""
    votes: Counter[str] = Counter()
    for column in columns:
        if column.meaning == "phone":
            for cell in values[column.index]:
                votes.update(_home(cell))
    return votes.most_common(1)[0][0] if votes else None


def _home(cell: Any) -> list[str]:
    if isinstance(cell, date | datetime):
        return []
    homes = []
    for part in re.split(r"[,;/\n]", to_ascii(str(cell))):
        digits = "".join(filter(str.isdigit, part))
        if "+" in part or digits.startswith("00"):
            continue
        local = digits.removeprefix("0")
        if len(local) == 10:
            homes.append("PK" if local[0] == "3" else "IN" if local[0] in "6789" else "")
    return [home for home in homes if home]
