"""Reads the raw rows of one list into clean ones, by what its columns were taken for."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from loyalapp.core import phones
from loyalapp.core.textkeys import norm
from loyalapp.features.imports import inside, layout, names, values, words
from loyalapp.features.imports.cells import Cells
from loyalapp.features.imports.choices import REGIONS, Choices
from loyalapp.features.imports.columns import EMAIL
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

LONGEST_FORM = 40
FEWEST_DIGITS = 9  # of a phone number
# One text each; where several columns mean it, the first that says something counts and the others go into the notes.
TEXT_FIELDS = ("firm", "trade", "place", "locality", "hours")
KEPT = ("keep", "total", "referred")


class Reader(Cells):
    """Knows the choices for one list and turns its rows, one after the other, into what they say."""

    def __init__(
        self,
        source: SourceList,
        choices: Choices,
        *,
        currency: str,
        today: date,
        labels: Mapping[str, str] | None = None,
        salesmen: Mapping[str, int] | None = None,
    ) -> None:
        """:param labels: what to call the columns of a phone's contacts, which have no header, by their meaning.
        :param salesmen: the people who work here, by `textkeys.norm` of their names.
        """
        named = {**labels, "occasion": labels["anniversary"]} if labels and source.form == CARDS else {}
        titles = {column.index: named.get(column.meaning) or title_of(column) for column in source.columns}
        super().__init__(choices, titles)
        self.currency, self.today, self.salesmen = currency, today, salesmen or {}
        self.heading = source.heading
        self._width = len(choices.columns)
        self._name_columns = self._columns.get("name", ())
        self._part_columns = (*self._columns.get("given", ()), *self._columns.get("family", ()))
        self._phone_columns = self._columns.get("phone", ())
        self._numbers_in_names = not self._phone_columns
        self.number = values.mobile_rule(choices.region)
        self._note_columns = self._columns.get("notes", ())
        self._kept_columns = [index for meaning in KEPT for index in self._columns.get(meaning, ())]
        self.steps = self._steps_of()

    def _steps_of(self) -> list[tuple[Callable[..., None], Any]]:
        """What has to be done for each row of this list besides name and phones, in the order of the fields."""
        there = self._columns
        steps: list[tuple[Callable[..., None], Any]] = [(self._field, field) for field in TEXT_FIELDS if field in there]
        by_meaning = {
            "address": self._address, "email": self._email, "language": self._language, "birthday": self._birthday,
            "since": self._since, "size": self._word, "channel": self._word, "salesman": self._salesman,
            "tags": self._tags, "person": self._people, "occasion": self._occasion,
        }  # fmt: skip
        return steps + [(step, meaning) for meaning, step in by_meaning.items() if meaning in there]

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
        if max(map(len, map(str, cells)), default=0) > LONGEST_CELL:
            return "long"
        if self.heading and cells[0] == self.heading[0] and cells[: len(self.heading)] == self.heading:
            return "header"
        return None

    # ---- who ----

    def _who(self, row: Who, cells: list[Any]) -> None:
        self._names(row, cells)
        for index in self._phone_columns:
            self._phones(row, cells, index)
        for step, meaning in self.steps:
            step(row, cells, meaning)

    def _names(self, row: Who, cells: list[Any]) -> None:
        texts = [text for index in self._name_columns if (text := self._once(cells, index))]
        if self._part_columns:
            self._join_parts(texts, cells)
        texts = texts or [""]
        whole = texts[0]
        if self._numbers_in_names and sum(map(str.isdigit, whole)) >= FEWEST_DIGITS:
            row.phones, rest = phones.numbers_in(whole, self.choices.region)
            whole = " ".join(rest).strip(" ,-–:") if row.phones else whole
        row.name, row.form, both = names.parted(whole) if whole else ("", None, False)
        if len(texts) > 1:
            row.other_names = [name for text in texts[1:] if (name := names.parted(text).name) != row.name]
        if both:
            self._remark(row, self._first("name"), whole, "form")
        if "title" in self._columns and (form := self.text(cells, "title")):
            row.form = row.form or form[:LONGEST_FORM]

    def _join_parts(self, texts: list[str], cells: list[Any]) -> None:
        """First and last name from columns of their own: a name of their own, unless the whole name says it all."""
        joined = " ".join(filter(None, (self._once(cells, index) for index in self._part_columns)))
        said = {norm(word) for text in texts for word in text.split()}
        if joined and not {norm(word) for word in joined.split()} <= said:
            texts.append(joined)

    def _settle_name(self, row: Who) -> None:
        """Without a name the firm is the customer; without either the number or the address stands for it."""
        if row.form and norm(row.form) in names.OF_FIRMS:
            row.kind, row.form = "firm", None
        if not row.name and row.firm:
            row.name, row.firm, row.kind = row.firm, None, "firm"
        if not row.name:
            row.name = phones.shown(row.phones[0], self.choices.region) if row.phones else row.email or ""
            row.remarks.append(Remark(row.number, "", row.name, "unnamed"))
        row.name = self._fitting(row, self._first("name"), row.name, LONGEST_NAME)

    def _phones(self, row: Who, cells: list[Any], index: int) -> None:
        cell = cells[index] if index < len(cells) else ""
        if number := self.number(str(cell)) if cell else None:
            if number not in row.phones:
                row.phones.append(number)
            return
        if not (text := self._at(cells, index, keep_lines=True)):
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

    # ---- fields ----

    def _field(self, row: Who, cells: list[Any], field: str) -> None:
        for index in self._columns[field]:
            text = self._at(cells, index)
            if not text:
                continue
            if getattr(row, field) is None:
                setattr(row, field, self._fitting(row, index, text, LONGEST_FIELD))
            elif norm(text) != norm(getattr(row, field)):
                row.notes.append(f"{self.titles[index]}: {text}")

    def _address(self, row: Who, cells: list[Any], meaning: str) -> None:
        """Street, number and code in columns of their own are one address; what a column before said stands once."""
        parts: list[str] = []
        for index in self._columns[meaning]:
            text = ", ".join(self._at(cells, index, keep_lines=True).splitlines())
            if text and not any(f" {norm(text)} " in f" {norm(one)} " for one in parts):
                parts.append(text)
        if parts:
            row.address = self._fitting(row, self._first(meaning), ", ".join(parts), LONGEST_FIELD)

    def _email(self, row: Who, cells: list[Any], meaning: str) -> None:
        for index in self._columns[meaning]:
            if not (text := self._at(cells, index)):
                continue
            found = [part for part in text.replace(";", " ").replace(",", " ").split() if part]
            good = [part for part in found if EMAIL.match(part)]
            had, row.email = row.email, row.email or (good[0] if good else None)
            unread = " ".join(part for part in found if part != row.email)
            if unread:
                self._remark(row, index, unread, "second_email" if good or had else "not_email")

    def _language(self, row: Who, cells: list[Any], meaning: str) -> None:
        row.language = self._looked_up(row, cells, meaning, words.languages())

    def _word(self, row: Who, cells: list[Any], meaning: str) -> None:
        setattr(row, meaning, self._looked_up(row, cells, meaning, words.values_of(meaning)))

    def _salesman(self, row: Who, cells: list[Any], meaning: str) -> None:
        row.salesman = self._looked_up(row, cells, meaning, self.salesmen)

    def _looked_up(self, row: Who, cells: list[Any], meaning: str, known: Mapping[str, Any]) -> Any:
        """What a word of the cell means; one that is not known is kept as a note."""
        if not (text := self.text(cells, meaning)):
            return None
        found = known.get(words.plain_key(text))
        if found is None:
            self._remark(row, self._first(meaning), text, f"not_{meaning}")
        return found

    def _birthday(self, row: Who, cells: list[Any], meaning: str) -> None:
        index = self._columns[meaning][0]
        if day := self._day(row, cells, index):
            row.birth = (day.year, day.month, day.day)

    def _since(self, row: Who, cells: list[Any], meaning: str) -> None:
        index = self._columns[meaning][0]
        if (day := self._day(row, cells, index)) and (whole := day.as_date()):
            row.since = whole
        elif day:
            self._remark(row, index, as_text(cells[index]), "not_day")

    def _occasion(self, row: Who, cells: list[Any], meaning: str) -> None:
        for index in self._columns[meaning]:
            if day := self._day(row, cells, index):
                title = self.titles[index]
                kind = "birthday_of_firm" if words.plain_key(title) in words.firm_days() else "own"
                row.days.append([title, kind, day.year, day.month, day.day])

    def _day(self, row: Who, cells: list[Any], index: int) -> values.PartialDay | None:
        """A day that has been; what is none is kept as a note."""
        if index >= len(cells) or not cells[index] or not self._at(cells, index):
            return None
        day: values.PartialDay | None = None
        try:
            day = values.day_of(cells[index], self.choices.order)
        except values.YearOnly:
            self._remark(row, index, as_text(cells[index]), "year_only")
            return None
        except ValueError:
            pass
        if day and (not day.year or (day.year >= values.OLDEST and date(day.year, day.month, day.day) <= self.today)):
            return day
        self._remark(row, index, as_text(cells[index]), "not_day")
        return None

    def _tags(self, row: Who, cells: list[Any], meaning: str) -> None:
        for index in self._columns[meaning]:
            if text := self._at(cells, index, keep_lines=True):
                found, left = inside.tags_in(text)
                row.tags += [tag for tag in found if tag not in row.tags]
                for word in left:
                    self._remark(row, index, word, "not_tag")

    def _people(self, row: Who, cells: list[Any], meaning: str) -> None:
        for index in self._columns[meaning]:
            if text := self._at(cells, index, keep_lines=True):
                row.people += inside.people_in(text, self.titles[index], self.choices.region)

    # ---- the rest ----

    def _rest(self, row: Who, cells: list[Any]) -> None:
        """Notes first, then every column that has no place of its own, as "column: value"."""
        notes = [text for index in self._note_columns if (text := self.as_written(cells, index))]
        notes += [
            f"{self.titles[index]}: {text}" for index in self._kept_columns if (text := self.as_written(cells, index))
        ]
        for index in range(self._width, len(cells)):
            if text := self.as_written(cells, index):
                self._remark(row, index, text, "beyond")
        if notes:
            row.notes = [*notes, *row.notes]
