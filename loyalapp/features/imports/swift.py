"""Reads many rows of a list at once, column by column, where nothing in them is out of the ordinary.

That is nearly every row of a long list: a plain name, one mobile, and cells that are understood by themselves. What a
cell says is asked of the `Reader` once and remembered. All other rows are named as such and take the long way, row by
row; both ways come to the same.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import repeat
from typing import Any, NamedTuple

from loyalapp.core.textkeys import norm
from loyalapp.features.imports import names, words
from loyalapp.features.imports.choices import Choices
from loyalapp.features.imports.columns import LEAVE
from loyalapp.features.imports.keyed import PLAIN, packed
from loyalapp.features.imports.reader import KEPT, LONGEST_FORM, Reader
from loyalapp.features.imports.rows import LONGEST_CELL, LONGEST_NAME, ContactRow

MOST_REMEMBERED = 20_000
# Names that need no care: `textkeys.plain` leaves them as they are, and so does `norm` but for capital letters.
ORDINARY_NAME = re.compile(
    "(?:{word})(?: (?:{word}))*".format(
        word="[ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھی]+"
        "|[अ-औक-नप-रलव-ह\u0902\u093e-\u0943\u0947\u0948\u094b\u094c\u094d]+|[A-Za-z]+"
    )
)
# The columns of a customer that a column of the list fills, by its meaning.
FILLED = {
    "title": ("address_form",), "firm": ("firm",), "trade": ("trade",), "place": ("place",), "locality": ("locality",),
    "address": ("address",), "email": ("email",), "language": ("message_language",), "size": ("size",),
    "channel": ("channel",), "hours": ("hours",), "salesman": ("salesman_id",),
    "birthday": ("birth_year", "birth_month", "birth_day"), "since": ("since", "since_month", "since_day"),
    "tags": ("tags",), "person": ("people",), "occasion": ("days",),
}  # fmt: skip
Cells = Sequence[Any]
Step = Callable[[ContactRow, list[Any], str], None]


class Ordinary(NamedTuple):
    """Rows as columns of `keyed.PLAIN`, name and firm in one spelling, and which rows take the long way."""

    columns: dict[str, Sequence[Any]]
    keys: list[Any]
    phones: Sequence[Any]
    others: set[int]

    def run(self, start: int, end: int) -> "Ordinary":
        """Those from one place to another."""
        if not start and end == len(self.keys):
            return self
        columns = {name: column[start:end] for name, column in self.columns.items()}
        return Ordinary(columns, self.keys[start:end], self.phones[start:end], set())


class Memory(dict[Any, Any]):
    """What a cell says; worked out once."""

    def __init__(self, work_out: Callable[[Any], Any]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, cell: Any) -> Any:
        found = self._work_out(cell[1] if type(cell) is tuple else cell)
        if len(self) < MOST_REMEMBERED:
            self[cell] = found
        return found


class Swift:
    """Knows how the columns of one list are read."""

    def __init__(self, reader: Reader, choices: Choices, stage: str) -> None:
        self._reader, self._stage = reader, stage
        there = {column.meaning: choices.indexes(column.meaning) for column in choices.columns}
        self._width = len(choices.columns)
        self._name, self._phone = there.pop("name")[0], there.pop("phone")[0]
        self._left = there.pop(LEAVE, ())
        noted = [index for meaning in ("notes", *KEPT) for index in there.pop(meaning, ())]
        self._notes = [
            (index, Memory(partial(self._note, index, index in choices.indexes("notes")))) for index in noted
        ]
        self._said: list[tuple[int, tuple[str, ...], Memory]] = []
        for step, meaning in self._steps():
            if len(there.get(meaning, ())) == 1:
                index = there.pop(meaning)[0]
                self._said.append((index, FILLED[meaning], Memory(partial(self._say, step, meaning, index))))
        second = (*choices.indexes("name")[1:], *choices.indexes("phone")[1:])
        self._empty = [*second, *(index for indexes in there.values() for index in indexes)]
        self._firms = Memory(norm)

    @classmethod
    def of(cls, reader: Reader, choices: Choices) -> "Swift | None":
        """None where nothing would be gained."""
        meanings = {column.meaning for column in choices.columns}
        if choices.kind != "contacts" or not {"name", "phone"} <= meanings:
            return None
        return cls(reader, choices, choices.stage)

    def _steps(self) -> list[tuple[Step, str]]:
        return [*self._reader.steps, (self._form, "title")]

    def _form(self, row: ContactRow, cells: list[Any], meaning: str) -> None:
        row.form = self._reader.text(cells, meaning)[:LONGEST_FORM] or None
        if row.form and norm(row.form) in names.OF_FIRMS:
            row.notes.append(row.form)  # it says more than a form

    # ---- single cells ----

    def _say(self, step: Step, meaning: str, index: int, cell: Any) -> tuple[Any, ...] | None:
        """What a cell fills; None where it leaves something to be told or kept."""
        if len(str(cell)) > LONGEST_CELL:
            return None
        row, cells = ContactRow(0), [""] * self._width
        cells[index] = cell
        step(row, cells, meaning)
        if row.remarks or row.notes:
            return None
        values = dict(zip(PLAIN, packed(row, self._stage), strict=True))
        return tuple([values[column] for column in FILLED[meaning]])

    def _note(self, index: int, is_plain: bool, cell: Any) -> str | None:
        if len(str(cell)) > LONGEST_CELL:
            return None
        text = self._reader.as_written([""] * index + [cell], index)
        return text if is_plain or not text else f"{self._reader.titles[index]}: {text}"

    def _spelt(self, cell: Any) -> str | None:
        """The name in one spelling; None where it needs to be looked at."""
        if type(cell) is not str or len(cell) > LONGEST_NAME or not ORDINARY_NAME.fullmatch(cell):
            return None
        spelt = cell.lower()
        parts = spelt.split(" ")
        if parts[0] in words.titles_before() or parts[-1] in words.last_words_after() or words.is_none(spelt):
            return None
        return spelt

    # ---- many rows ----

    def read(self, rows: Sequence[Cells]) -> Ordinary:
        """What these rows say."""
        others = self._odd(rows)
        if {len(cells) for cells in rows} != {self._width}:
            rows = [[*cells[: self._width], *[""] * (self._width - len(cells))] for cells in rows]
        columns = list(zip(*rows, strict=True))
        count = len(rows)
        spelt: list[Any] = list(map(self._spelt, columns[self._name]))
        phones = [self._reader.number(str(cell)) if cell else None for cell in columns[self._phone]]
        _mark(others, spelt)
        _mark(others, phones)
        for index in self._empty:
            others.update(place for place, cell in enumerate(columns[index]) if cell not in ("", None))
        found: dict[str, Sequence[Any]] = {
            "name": columns[self._name], "phones": [(number,) for number in phones], "kind": ("person",) * count,
            "stage": (self._stage,) * count, "notes": self._noted(columns, count, others),
        }  # fmt: skip
        for index, filled, memory in self._said:
            said = _remembered(memory, columns[index])
            if _mark(others, said):
                said = [one or (None,) * len(filled) for one in said]
            found.update(zip(filled, zip(*said, strict=True), strict=True))
        firms = [self._firms[firm] if firm else "" for firm in found["firm"]] if "firm" in found else repeat("", count)
        return Ordinary(found, list(zip(spelt, firms, strict=True)), phones, others)

    def _odd(self, rows: Sequence[Cells]) -> set[int]:
        """Rows that are longer than the list is wide, hold a whole book, or repeat the heading."""
        found = {place for place, cells in enumerate(rows) if len(cells) > self._width}
        if heading := self._reader.heading:
            found.update(place for place, cells in enumerate(rows) if cells[0] == heading[0])
        for index in self._left:
            found.update(
                place
                for place, cells in enumerate(rows)
                if index < len(cells) and len(str(cells[index])) > LONGEST_CELL
            )
        return found

    def _noted(self, columns: Sequence[Cells], count: int, others: set[int]) -> Sequence[str]:
        texts = []
        for index, memory in self._notes:
            said = _remembered(memory, columns[index])
            _mark(others, said)
            if any(said):
                texts.append(said)
        return ["\n".join(filter(None, some)) for some in zip(*texts, strict=True)] if texts else ("",) * count


def _remembered(memory: Memory, column: Cells) -> list[Any]:
    """Numbers are remembered by their kind: to Python 1 and True are one."""
    keys: Iterable[Any] = column
    if not all(type(cell) is str for cell in column):
        keys = [cell if type(cell) is str else (type(cell), cell) for cell in column]
    return list(map(memory.__getitem__, keys))


def _mark(others: set[int], found: Sequence[Any]) -> bool:
    """Rows of which nothing was found; whether there are any."""
    if None not in found:
        return False
    others.update(place for place, one in enumerate(found) if one is None)
    return True
