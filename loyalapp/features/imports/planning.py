"""Decides for every row of a list what will become of it, without changing anything.

The same decisions make the preview and, written down in spools, the import itself.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from loyalapp.core import phones
from loyalapp.features.imports.account import Account
from loyalapp.features.imports.choices import Choices
from loyalapp.features.imports.keyed import all_packed, packed
from loyalapp.features.imports.known import Known, Match
from loyalapp.features.imports.merging import LISTS, Values, additions, values_of
from loyalapp.features.imports.reader import Reader
from loyalapp.features.imports.reading import SourceList
from loyalapp.features.imports.rows import NotTaken, Who
from loyalapp.features.imports.spool import Spool
from loyalapp.features.imports.staging import Staging
from loyalapp.features.imports.stored import State, load, state_of
from loyalapp.features.imports.swift import Ordinary, Swift

ROWS_AT_ONCE = 500
Progress = Callable[[int], None]
NumberedRow = tuple[int, list[Any]]


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

    `people`: those who are new, and what the list says about those we have; `state`: what the database looked like;
    once it looks otherwise, the plan has to be made anew.
    """

    kind: str
    stage: str
    labels: Mapping[str, str]
    people: Staging
    sales: Spool
    state: State
    account: Account = field(default_factory=Account)
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
            Staging(around.folder),
            Spool(around.folder),
            state,
        )
        self.account = self.plan.account
        self.swift = Swift.of(self.reader, choices)
        self.repeats: dict[int, list[Values]] = {}
        self.fills: dict[int, list[Values]] = {}

    def go_through(self, progress: Progress) -> Plan:
        """Read the whole list and decide about every row.

        :param progress: is told after every few hundred rows how many were read; may raise to stop.
        :raises UnreadableList: if the list cannot be read to its end.
        """
        with ExitStack() as if_it_fails:
            if_it_fails.callback(self.plan.close)
            self.account.counts["rows"] = self._go_through(progress)
            people = self.plan.people
            people.fill({one: all_packed(values) for one, values in self.fills.items()})
            people.settle()
            for number, more in self.repeats.items():
                self._join(number, more)
            people.keep()
            if_it_fails.pop_all()
        return self.plan

    def _go_through(self, progress: Progress) -> int:
        done, rows = 0, self.source.rows()
        while portion := list(islice(rows, ROWS_AT_ONCE)):
            if self.swift is None or self.account.wants("new"):
                self._one_by_one(portion)
            else:
                self._together(portion, self.swift.read([cells for _number, cells in portion]))
            done += len(portion)
            progress(done)
        return done

    def _one_by_one(self, portion: Sequence[NumberedRow]) -> None:
        rows = [self.reader.read(number, cells) for number, cells in portion]
        for row in rows:
            if isinstance(row, NotTaken):
                self.account.refuse(row)
        self._decide([row for row in rows if not isinstance(row, NotTaken)])

    def _decide(self, rows: list[Any]) -> None:
        self._settle_all([(row, self._meet(row)) for row in rows])

    def _settle_all(self, met: Sequence[tuple[Any, Match]]) -> None:
        olds = self._load([match.customer for _row, match in met if match.customer and match.customer > 0])
        for row, match in met:
            self._settle(row, match, olds)

    # ---- many rows at once ----

    def _together(self, portion: Sequence[NumberedRow], found: Ordinary) -> None:
        """Runs of ordinary rows are welcomed at once, those between them one by one, all in their order."""
        met: list[tuple[Any, Match]] = []
        start = 0
        for end in (*sorted(found.others), len(portion)):
            if not self._are_new(found.run(start, end)):
                for place in range(start, end):
                    if not self._are_new(found.run(place, place + 1)):
                        self._meet_one(portion[place], met)
            if end < len(portion):
                self._meet_one(portion[end], met)
            start = end + 1
        self._settle_all(met)

    def _are_new(self, found: Ordinary) -> bool:
        """Welcome these if nobody of them is known, nor like another of them."""
        if not self.known.knows_none(found.phones, found.keys):
            return False
        count, first = len(found.keys), -1 - self.plan.people.count
        ones = range(first, first - count, -1)
        self.known.add_together(ones, found.columns["name"], found.phones, found.keys)
        self.plan.people.add_together(found.columns, count)
        self.account.counts["new"] += count
        return True

    def _meet_one(self, numbered: NumberedRow, met: list[tuple[Any, Match]]) -> None:
        row = self.reader.read(*numbered)
        if isinstance(row, NotTaken):
            self.account.refuse(row)
        else:
            met.append((row, self._meet(row)))

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
            kept = self.repeats.setdefault(-1 - one, [])
            if values not in kept:
                kept.append(values)
            return "repeated", []
        old = olds[one]
        changes = additions(old, values, self.plan.labels)
        if not changes:
            return "same", []
        added = told(old, changes, self.plan.labels) if self.account.wants("changed") else []
        old.update(changes)
        self.fills.setdefault(one, []).append(values)
        return "changed", added

    def _join(self, number: int, more: Sequence[Values]) -> None:
        """What rows further down in the list add to somebody who is new."""
        values, has_changed = self.plan.people.take(number), False
        for one in more:
            if changes := additions(values, one, self.plan.labels):
                values.update(changes)
                has_changed = True
        if has_changed:
            self.plan.people.put_back(number, values)

    def _load(self, ids: list[int]) -> dict[int, Values]:
        """What we have of these customers, with what this list has already added to them."""
        if not ids:
            return {}
        olds = load(self.session, ids, self.lists)
        for one, old in olds.items():
            for values in self.fills.get(one, ()):
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
