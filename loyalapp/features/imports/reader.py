"""Reads the raw rows of one list into clean ones, by what its columns were taken for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from loyalapp.core import phones
from loyalapp.core.textkeys import norm
from loyalapp.features.imports import layout, names, values, words
from loyalapp.features.imports.choices import REGIONS, Choices
from loyalapp.features.imports.columns import EMAIL, KEEP, LEAVE
from loyalapp.features.imports.reading import CARDS, SourceList, title_of
from loyalapp.features.imports.rows import (
    LONGEST_CELL,
    LONGEST_FIELD,
    LONGEST_NAME,
    ContactRow,
    NotTaken,
    Remark,
    SaleRow,
    Who,
    as_text,
    whole_row,
)

LONGEST_NUMBER = 20
LONGEST_REMEMBERED, MOST_REMEMBERED = 40, 20_000
TEXT_FIELDS = ("firm", "trade", "place", "locality", "address")


class Reader:
    """Knows the choices for one list and turns its rows, one after the other, into what they say."""

    def __init__(
        self,
        source: SourceList,
        choices: Choices,
        *,
        currency: str,
        today: date,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        """:param labels: what to call the columns of a phone's contacts, which have no header, by their meaning."""
        self.choices, self.currency, self.today = choices, currency, today
        named = labels if labels and source.form == CARDS else {}
        self.titles = {column.index: named.get(column.meaning) or title_of(column) for column in source.columns}
        self._heading = source.heading
        self._columns = {column.meaning: choices.indexes(column.meaning) for column in choices.columns}
        self._left = frozenset(self._columns.get(LEAVE, ()))
        self._phone_columns = self._columns.get("phone", ())
        self._text_columns = [(field, self._columns[field][0]) for field in TEXT_FIELDS if self._columns.get(field)]
        self._note_columns = self._columns.get("notes", ())
        self._kept_columns = [index for meaning in (KEEP, "total") for index in self._columns.get(meaning, ())]
        self._texts: dict[str, str] = {}
        self._width = len(choices.columns)

    def read(self, number: int, cells: list[Any]) -> ContactRow | SaleRow | NotTaken:
        """What one row says: every value of it is in a field, in the notes, or in the text of `NotTaken`."""
        if why := self._no_data(cells):
            return NotTaken(number, why, whole_row(cells))
        row = self._new(number)
        self._who(row, cells)
        if not (row.name or row.phones or row.firm or row.email):
            return NotTaken(number, "nobody", whole_row(cells))
        if why := self._deal(row, cells):
            return NotTaken(number, why, whole_row(cells))
        self._rest(row, cells)
        self._settle_name(row)
        return row

    def _new(self, number: int) -> ContactRow | SaleRow:
        return ContactRow(number)

    def _deal(self, _row: Any, _cells: list[Any]) -> str | None:
        """Fill in what was dealt; the answer is the reason why the row cannot be taken."""
        return None

    def _no_data(self, cells: list[Any]) -> str | None:
        """Total rows have no phone; repeated headings begin like the heading. Both are asked first, being cheap."""
        if not any(index < len(cells) and cells[index] for index in self._phone_columns) and layout.is_total(cells):
            return "total"
        if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells):
            return "long"
        if self._heading and cells[: len(self._heading)] == self._heading:
            return "header"
        return None

    # ---- who ----

    def _who(self, row: Who, cells: list[Any]) -> None:
        self._names(row, cells)
        for index in self._phone_columns:
            self._phones(row, cells, index)
        for field, index in self._text_columns:
            if text := self._at(cells, index):
                setattr(row, field, self._fitting(row, field, text, LONGEST_FIELD))
        self._email(row, cells)
        self._language(row, cells)
        self._birthday(row, cells)
        self._since(row, cells)

    def _names(self, row: Who, cells: list[Any]) -> None:
        texts = [text for index in self._columns.get("name", ()) if (text := self._at(cells, index))]
        if not texts:
            texts = [" ".join(filter(None, [self._text(cells, "given"), self._text(cells, "family")]))]
        whole = texts[0]
        row.name, row.form, both = names.parted(whole) if whole else ("", None, False)
        row.other_names = [name for text in texts[1:] if (name := names.parted(text).name) != row.name]
        if both:
            self._remark(row, self._first("name"), whole, "form")
        if "title" in self._columns and (form := self._text(cells, "title")):
            row.form = row.form or form[:40]

    def _settle_name(self, row: Who) -> None:
        """Without a name the firm is the customer; without either the number or the address stands for it."""
        if row.form and norm(row.form) in names.OF_FIRMS:
            row.kind, row.form = "firm", None
        if not row.name and row.firm:
            row.name, row.firm, row.kind = row.firm, None, "firm"
        if not row.name:
            row.name = phones.shown(row.phones[0], self.choices.region) if row.phones else row.email or ""
            row.remarks.append(Remark(row.number, "", row.name, "unnamed"))
        row.name = self._fitting(row, "name", row.name, LONGEST_NAME)

    def _phones(self, row: Who, cells: list[Any], index: int) -> None:
        text = self._at(cells, index, keep_lines=True)
        if not text:
            return
        if len(text) <= LONGEST_NUMBER:
            try:
                number = phones.parse(text, self.choices.region)
            except ValueError:
                pass
            else:
                if number not in row.phones:
                    row.phones.append(number)
                return
        numbers, rest = phones.numbers_in(text, self.choices.region)
        unread = []
        for part in rest:
            abroad, left = phones.numbers_in(part, REGIONS[self.choices.region == REGIONS[0]])
            numbers += abroad
            unread += left
        row.phones.extend(number for number in numbers if number not in row.phones)
        for part in unread:
            self._remark(row, index, part, "not_phone")

    def _email(self, row: Who, cells: list[Any]) -> None:
        index = self._first("email")
        if index is None or not (text := self._at(cells, index)):
            return
        found = [part for part in text.replace(";", " ").replace(",", " ").split() if part]
        good = [part for part in found if EMAIL.match(part)]
        row.email = good[0] if good else None
        if unread := " ".join(part for part in found if part != row.email):
            self._remark(row, index, unread, "second_email" if good else "not_email")

    def _language(self, row: Who, cells: list[Any]) -> None:
        index = self._first("language")
        if index is None or not (text := self._at(cells, index)):
            return
        try:
            row.language = values.language_of(text)
        except ValueError:
            self._remark(row, index, text, "not_language")

    def _birthday(self, row: Who, cells: list[Any]) -> None:
        index = self._first("birthday")
        if index is None or not self._at(cells, index):
            return None
        try:
            day = values.day_of(cells[index], self.choices.order)
            if day.year and not (day.year >= values.OLDEST and date(day.year, day.month, day.day) <= self.today):
                return self._remark(row, index, as_text(cells[index]), "not_day")
            row.birth = (day.year, day.month, day.day)
        except values.YearOnly:
            self._remark(row, index, as_text(cells[index]), "year_only")
        except ValueError:
            self._remark(row, index, as_text(cells[index]), "not_day")

    def _since(self, row: Who, cells: list[Any]) -> None:
        index = self._first("since")
        if index is None or not self._at(cells, index):
            return None
        try:
            day = values.full_day(cells[index], self.choices.order)
            if not day.year >= values.OLDEST or day > self.today:
                return self._remark(row, index, as_text(cells[index]), "not_day")
            row.since = day
        except values.YearOnly:
            self._remark(row, index, as_text(cells[index]), "year_only")
        except ValueError:
            self._remark(row, index, as_text(cells[index]), "not_day")

    # ---- the rest ----

    def _rest(self, row: Who, cells: list[Any]) -> None:
        """Notes first, then every column that has no place of its own, as "column: value"."""
        notes = [text for index in self._note_columns if (text := self._as_written(cells, index))]
        notes += [
            f"{self.titles[index]}: {text}" for index in self._kept_columns if (text := self._as_written(cells, index))
        ]
        for index in range(self._width, len(cells)):
            if text := self._as_written(cells, index):
                self._remark(row, index, text, "beyond")
        row.notes = [*notes, *row.notes]

    def _remark(self, row: Who, index: int | None, value: str, why: str) -> None:
        title = self.titles.get(index, layout.letters(index)) if index is not None else ""
        row.remarks.append(Remark(row.number, title, value[:LONGEST_FIELD], why))
        row.notes.append(f"{title}: {value}" if title else value)

    def _fitting(self, row: Who, field: str, text: str, longest: int) -> str:
        """What is too long for its field is cut there and kept whole in the notes."""
        if len(text) <= longest:
            return text
        self._remark(row, self._first(field), text, "long")
        return text[:longest].rstrip()

    def _first(self, meaning: str) -> int | None:
        found: Sequence[int] = self._columns.get(meaning, ())
        return found[0] if found else None

    def _text(self, cells: list[Any], meaning: str) -> str:
        index = self._first(meaning)
        return self._at(cells, index) if index is not None else ""

    def _as_written(self, cells: list[Any], index: int) -> str:
        """A cell for the notes, where "no" may be an answer; only signs such as "-" are nothing."""
        cell = cells[index] if index < len(cells) else ""
        if not cell or not isinstance(cell, str):
            return as_text(cell)
        text = values.text_of(cell, keep_lines=True)
        return "" if text in words.SIGNS else text

    def _at(self, cells: list[Any], index: int, *, keep_lines: bool = False) -> str:
        """The cell as text; "" where it is empty or says that there is nothing.

        Lists repeat themselves: short texts are remembered.
        """
        if index >= len(cells):
            return ""
        cell = cells[index]
        if not isinstance(cell, str):
            return as_text(cell)
        if cell in self._texts:
            return self._texts[cell]
        text = values.text_of(cell, keep_lines=keep_lines)
        text = "" if words.is_none(text) else text
        if (
            len(cell) <= LONGEST_REMEMBERED
            and cell.isprintable()
            and "  " not in cell
            and len(self._texts) < MOST_REMEMBERED
        ):
            self._texts[cell] = text
        return text
