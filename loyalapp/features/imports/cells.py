"""The cells of a row as text, and what becomes of those that cannot be understood: a note and a remark."""

from typing import Any

from loyalapp.features.imports import layout, values, words
from loyalapp.features.imports.choices import Choices
from loyalapp.features.imports.columns import LEAVE
from loyalapp.features.imports.rows import LONGEST_FIELD, Remark, Who, as_text

LONGEST_REMEMBERED, MOST_REMEMBERED = 40, 20_000


class Cells:
    """Reads single cells of one list."""

    def __init__(self, choices: Choices, titles: dict[int, str]) -> None:
        self.choices, self.titles = choices, titles
        self._columns = {column.meaning: choices.indexes(column.meaning) for column in choices.columns}
        self._left = frozenset(self._columns.get(LEAVE, ()))
        self._texts: dict[str, str] = {}

    def _first(self, meaning: str) -> int | None:
        found = self._columns.get(meaning, ())
        return found[0] if found else None

    def text(self, cells: list[Any], meaning: str) -> str:
        index = self._first(meaning)
        return self._at(cells, index) if index is not None else ""

    def _at(self, cells: list[Any], index: int, *, keep_lines: bool = False) -> str:
        """The cell as text; "" where it is empty or says that there is nothing.

        Lists repeat themselves: short texts are remembered.
        """
        cell = cells[index] if index < len(cells) else ""
        if not isinstance(cell, str):
            return as_text(cell)
        if (known := self._texts.get(cell)) is not None:
            return known
        text = values.text_of(cell, keep_lines=keep_lines)
        text = "" if words.is_none(text) else text
        if len(self._texts) < MOST_REMEMBERED and _is_simple(cell):
            self._texts[cell] = text
        return text

    def _once(self, cells: list[Any], index: int) -> str:
        """The same for a cell that hardly ever comes again."""
        cell = cells[index] if index < len(cells) else ""
        if not isinstance(cell, str):
            return as_text(cell)
        text = values.text_of(cell)
        return "" if words.is_none(text) else text

    def as_written(self, cells: list[Any], index: int) -> str:
        """A cell for the notes, where "no" may be an answer; only signs such as "-" are nothing."""
        cell = cells[index] if index < len(cells) else ""
        if not cell or not isinstance(cell, str):
            return as_text(cell)
        text = values.text_of(cell, keep_lines=True)
        return "" if text.casefold() in words.SIGNS else text

    def _remark(self, row: Who, index: int | None, value: str, why: str) -> None:
        title = self.titles.get(index, layout.letters(index)) if index is not None else ""
        row.remarks.append(Remark(row.number, title, value[:LONGEST_FIELD], why))
        row.notes.append(f"{title}: {value}" if title else value)

    def _fitting(self, row: Who, index: int | None, text: str, longest: int) -> str:
        """What is too long for its field is cut there and kept whole in the notes."""
        if len(text) <= longest:
            return text
        self._remark(row, index, text, "long")
        return text[:longest].rstrip()


def _is_simple(cell: str) -> bool:
    return len(cell) <= LONGEST_REMEMBERED and cell.isprintable() and "  " not in cell
