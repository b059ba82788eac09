"""Decides for every row of a list what will become of it, without changing anything.

The same decisions make the preview and, written down in spools, the import itself.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from loyalapp.core import phones
from loyalapp.features.imports.account import Account
from loyalapp.features.imports.choices import Choices
from loyalapp.features.imports.keyed import packed, with_keys
from loyalapp.features.imports.known import Known, Match
from loyalapp.features.imports.merging import COLUMNS, LISTS, Values, additions, used_columns, values_of
from loyalapp.features.imports.reader import Reader
from loyalapp.features.imports.reading import SourceList
from loyalapp.features.imports.rows import ContactRow, NotTaken, SaleRow, Who
from loyalapp.features.imports.spool import Spool
from loyalapp.features.imports.stored import State, load, state_of

ROWS_AT_ONCE = 500
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Surroundings:
    """What the firm decides about every list: its currency, today, words, people, a folder for passing files."""

    currency: str
    today: date
    labels: Mapping[str, str]
    salesmen: Mapping[str, int]
    folder: Path


@dataclass
class Plan:
    """What will become of a list. New customers are counted from 0; -1 - that number stands for them in `sales`.

    `state`: what the database looked like; once it looks otherwise, the plan has to be made anew.
    """

    kind: str
    stage: str
    labels: Mapping[str, str]
    people: Spool
    sales: Spool
    state: State
    account: Account = field(default_factory=Account)
    repeats: dict[int, list[Values]] = field(default_factory=dict)
    fills: dict[int, list[Values]] = field(default_factory=dict)
    used: tuple[str, ...] = COLUMNS
    is_open: bool = True

    def close(self) -> None:
        """Throw the spools away."""
        self.is_open = False
        self.people.close()
        self.sales.close()


class Planner:
    """Goes through a list of people."""

    READER = Reader

    def __init__(self, session: Session, source: SourceList, choices: Choices, around: Surroundings) -> None:
        self.session, self.source, self.choices, self.around = session, source, choices, around
        self.reader = self.READER(
            source,
            choices,
            currency=around.currency,
            today=around.today,
            labels=around.labels,
            salesmen=around.salesmen,
        )
        titles = {column.meaning: self.reader.titles[column.index] for column in reversed(choices.columns)}
        meanings = {column.meaning for column in choices.columns}
        self.lists = tuple(what for what, meaning in ListMeanings if meaning in meanings)
        state = state_of(session, choices.kind)
        self.known = Known.of(session, by_sound_too=choices.kind == "sales")
        self.plan = Plan(
            choices.kind,
            choices.stage,
            {**around.labels, **titles},
            Spool(around.folder, with_keys),
            Spool(around.folder),
            state,
        )
        self.plan.used = used_columns(meanings, names=len(choices.indexes("name")))
        self.account = self.plan.account

    def go_through(self, progress: Progress) -> Plan:
        """Read the whole list and decide about every row.

        :param progress: is told after every few hundred rows how many were read; may raise to stop.
        :raises UnreadableList: if the list cannot be read to its end.
        """
        with ExitStack() as if_it_fails:
            if_it_fails.callback(self.plan.close)
            self.account.counts["rows"] = self._go_through(progress)
            self.plan.people.settle()
            if_it_fails.pop_all()
        return self.plan

    def _go_through(self, progress: Progress) -> int:
        done = 0
        for rows in self._portions():
            taken: list[ContactRow | SaleRow] = []
            for row in rows:
                if isinstance(row, NotTaken):
                    self.account.refuse(row)
                else:
                    taken.append(row)
            self._decide(taken)
            done += len(rows)
            progress(done)
        return done

    def _portions(self) -> Iterator[list[ContactRow | SaleRow | NotTaken]]:
        portion = []
        read = self.reader.read
        for number, cells in self.source.rows():
            portion.append(read(number, cells))
            if len(portion) >= ROWS_AT_ONCE:
                yield portion
                portion = []
        if portion:
            yield portion

    def _decide(self, rows: list[Any]) -> None:
        matches = [self._meet(row) for row in rows]
        olds = self._load([match.customer for match in matches if match.customer and match.customer > 0])
        for row, match in zip(rows, matches, strict=True):
            self._settle(row, match, olds)

    def _meet(self, row: Who) -> Match:
        match = self.known.contact(row)
        return self._welcome(row, match)

    def _welcome(self, row: Who, match: Match) -> Match:
        """Somebody new is known from here on, so that a later row can mean the same person."""
        if match.customer is None:
            one = -1 - self.plan.people.count
            self.known.add(one, row)
            self.plan.people.add(packed(row, self.choices.stage))
            return match
        self.known.add_phones(match.customer, row.phones)
        return match

    def _settle(self, row: Who, match: Match, olds: dict[int, Values]) -> None:
        if row.remarks:
            self.account.remark(row.remarks)
        if match.doubt:
            self.account.doubt(row.number, match.doubt, row.name, self.known.people.get(match.other, ""))
        what, added = self.add_to(match.customer, row, olds) if match.customer else ("new", [])
        self.account.counts[what] += 1
        what = "doubtful" if match.doubt else what
        if self.account.wants(what):
            self.account.show(row.number, in_short(row, self.choices.region), what, why=match.doubt, added=added)

    def add_to(self, one: int, row: Who, olds: dict[int, Values]) -> tuple[str, list[str]]:
        """What a row adds to somebody we know: "repeated" (higher up in this list), "same", or "changed" and how."""
        values = values_of(row, self.choices.stage)
        if one < 0:
            kept = self.plan.repeats.setdefault(-1 - one, [])
            if values not in kept:
                kept.append(values)
            return "repeated", []
        old = olds[one]
        changes = additions(old, values, self.plan.labels)
        if not changes:
            return "same", []
        added = told(old, changes, self.plan.labels) if self.account.wants("changed") else []
        old.update(changes)
        self.plan.fills.setdefault(one, []).append(values)
        return "changed", added

    def _load(self, ids: list[int]) -> dict[int, Values]:
        """What we have of these customers, with what this list has already added to them."""
        if not ids:
            return {}
        olds = load(self.session, ids, self.lists)
        for one, old in olds.items():
            for values in self.plan.fills.get(one, ()):
                old.update(additions(old, values, self.plan.labels))
        return olds


ListMeanings = (("phones", "phone"), ("tags", "tags"), ("people", "person"), ("days", "occasion"))


def in_short(row: Who, region: str) -> list[str]:
    """A row as the preview shows it."""
    numbers = [phones.shown(number, region) for number in row.phones[:2]]
    return [part for part in (row.name, row.firm, *numbers, row.place) if part]


def told(old: Values, changes: Values, labels: Mapping[str, str]) -> list[str]:
    """What is added to somebody, in short: "Area: Gulberg", "Phone: +92 …"."""
    parts = []
    for column, value in changes.items():
        meaning = MEANINGS.get(column)
        if meaning is None:
            continue
        if column in LISTS:
            more = value[len(old[column]) :]
            shown = ", ".join(str(one if isinstance(one, str) else one[0]) for one in more)
        elif column == "notes":
            shown = value.removeprefix(old["notes"]).strip().replace("\n", ", ")[:LONGEST_TOLD]
        else:
            shown = labels.get(f"{column}-{value}", value)
        parts.append(f"{labels.get(meaning, meaning)}: {shown}")
    return parts


LONGEST_TOLD = 80
MEANINGS = {
    "name_ur": "name", "name_hi": "name", "name_en": "name", "address_form": "title", "firm": "firm", "trade": "trade",
    "place": "place", "locality": "locality", "address": "address", "email": "email", "message_language": "language",
    "size": "size", "channel": "channel", "hours": "hours", "salesman_id": "salesman", "since": "since",
    "phones": "phone", "tags": "tags", "people": "person", "days": "occasion", "notes": "notes", "stage": "stage",
    "birth_month": "birthday",
}  # fmt: skip
