"""Where the table stands on a sheet: its header under title rows, and the rows in it that are not data."""

import re
from collections.abc import Sequence
from typing import Any

from loyalapp.core.textkeys import plain, to_ascii
from loyalapp.features.imports import columns, words

ROWS_LOOKED_AT = 200
HEADER_WITHIN = 30
WIDEST = 300
LONGEST_HEADER = 60
ENOUGH_WORDS = 2
NUMBER = re.compile(r"\A(?:=.*|[^\W\d]{0,4}\.?\s*-?[\d,.\s]*\d[\d,.\s]*(?:/-|[^\W\d]{0,4}\.?))\Z", re.DOTALL)


def is_empty(cells: Sequence[Any]) -> bool:
    """Whether nothing is written in a row."""
    return not any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in cells)


def width(cells: Sequence[Any]) -> int:
    """How many columns a row has up to its last written cell."""
    return next((index for index in range(len(cells), 0, -1) if cells[index - 1] not in ("", None)), 0)


def header_row(rows: Sequence[Sequence[Any]]) -> int | None:
    """Which of the first rows is the header, from 0; None where the list begins without one."""
    best, most = None, 0
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        hits, filled = _words_in(row), sum(1 for cell in row if cell not in ("", None))
        if hits > most and (hits >= ENOUGH_WORDS or filled <= ENOUGH_WORDS) and not _holds_values(row):
            best, most = number, hits
    return best if best is not None else _unknown_header(rows)


def _words_in(row: Sequence[Any]) -> int:
    return sum(1 for cell in row if isinstance(cell, str) and len(cell) <= LONGEST_HEADER and _is_header_word(cell))


def _is_header_word(cell: str) -> bool:
    """Most of the cell is a phrase that headers use; "Ali Electric Store" is none though it holds a "store"."""
    key = words.plain_key(cell)
    without = " ".join(word for word in key.split() if word not in {"no", "number", "customer", "name", "1", "2", "3"})
    return (
        key in words.headers() or without in words.headers() or (len(key.split()) > ENOUGH_WORDS and _mostly_known(key))
    )


def _mostly_known(key: str) -> bool:
    tokens, known = key.split(), words.headers()
    return any(" ".join(tokens[start:end]) in known for start in range(2) for end in range(start + 2, len(tokens) + 1))


def _holds_values(row: Sequence[Any]) -> bool:
    """Phones, e-mail addresses and dates do not stand in headers."""
    return any(
        columns.is_phone(cell) or columns.is_email(cell) for cell in row if isinstance(cell, str | int | float)
    ) or any(not isinstance(cell, str | int | float | type(None)) for cell in row)


def _unknown_header(rows: Sequence[Sequence[Any]]) -> int | None:
    """A first full row of words without digits over rows with digits is a header in words we do not know."""
    filled = [(number, row) for number, row in enumerate(rows[:HEADER_WITHIN]) if not is_empty(row)]
    widths = [sum(1 for cell in row if cell not in ("", None)) for _, row in filled]
    if len(filled) < ENOUGH_WORDS or max(widths) < ENOUGH_WORDS:
        return None
    for (number, row), width in zip(filled, widths, strict=True):
        if width >= max(widths) - 1:
            return (
                number
                if _only_words(row) and any(not _only_words(below) for _, below in filled if _ > number)
                else None
            )
    return None


def _only_words(row: Sequence[Any]) -> bool:
    cells = [cell for cell in row if cell not in ("", None)]
    return all(isinstance(cell, str) and not any(map(str.isdigit, cell)) and "@" not in cell for cell in cells)


def titles(row: Sequence[Any]) -> list[str]:
    """The header's cells as text."""
    return [plain(str(cell)) if cell not in ("", None) else "" for cell in row]


def letters(index: int) -> str:
    """The name of a column without a header, as spreadsheets call it: A, B … Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def is_total(cells: Sequence[Any]) -> bool:
    """A row that adds up the others: one word for "total", and besides it only numbers."""
    texts = [cell for cell in cells if cell not in ("", None)]
    worded = [cell for cell in texts if not _is_number(cell)]
    return (
        len(worded) == 1 and words.plain_key(str(worded[0])) in words.totals() and not any(map(columns.is_phone, texts))
    )


def _is_number(cell: Any) -> bool:
    if isinstance(cell, int | float):
        return True
    return isinstance(cell, str) and bool(NUMBER.match(to_ascii(cell)))
