"""Decides for every row of a list what will become of it, without changing anything.

The same decisions make the preview and, written down in spools, the import itself.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from loyalapp.features.customers.models import Customer, Phone
from loyalapp.features.imports.account import Account
from loyalapp.features.imports.choices import Choices
from loyalapp.features.imports.known import Known, Match
from loyalapp.features.imports.merging import COLUMNS, KEYS, Values, additions, keys, used_columns, values_of
from loyalapp.features.imports.reader import Reader
from loyalapp.features.imports.reading import SourceList
from loyalapp.features.imports.rows import ContactRow, NotTaken, SaleRow, Who
from loyalapp.features.imports.spool import Spool

ROWS_AT_ONCE = 500
SINCE = COLUMNS.index("since")
STORED = (*COLUMNS, *KEYS, "phones")
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Surroundings:
    """What the firm decides about every list: its currency, today, its words, and a folder for passing files."""

    currency: str
    today: date
    labels: Mapping[str, str]
    folder: Path


@dataclass
class Plan:
    """What will become of a list. New customers are counted from 0; -1 - that number stands for them in `sales`."""

    kind: str
    stage: str
    labels: Mapping[str, str]
    people: Spool
    sales: Spool
    account: Account = field(default_factory=Account)
    repeats: dict[int, list[Values]] = field(default_factory=dict)
    fills: dict[int, list[Values]] = field(default_factory=dict)
    used: tuple[str, ...] = COLUMNS

    def close(self) -> None:
        """Throw the spools away."""
        self.people.close()
        self.sales.close()


def packed(values: Values) -> list[Any]:
    """Values of a customer as plain ones, for a spool, with the keys they are found by (worked out before the lock)."""
    since = values["since"]
    plain = [values[column] for column in COLUMNS]
    plain[SINCE] = since and since.toordinal()
    return [*plain, *keys(values).values(), values["phones"]]


def unpacked(record: list[Any]) -> Values:
    """The values again, and the keys."""
    values: Values = dict(zip(STORED, record, strict=True))
    if values["since"]:
        values["since"] = date.fromordinal(values["since"])
    return values


class Planner:
    """Goes through a list of people."""

    READER = Reader

    def __init__(self, session: Session, source: SourceList, choices: Choices, around: Surroundings) -> None:
        self.session, self.source, self.choices, self.around = session, source, choices, around
        self.reader = self.READER(source, choices, currency=around.currency, today=around.today, labels=around.labels)
        titles = {column.meaning: self.reader.titles[column.index] for column in reversed(choices.columns)}
        self.known = Known.of(session, by_sound_too=choices.kind == "sales")
        self.plan = Plan(
            choices.kind, choices.stage, {**around.labels, **titles}, Spool(around.folder), Spool(around.folder)
        )
        self.plan.used = used_columns(
            {column.meaning for column in choices.columns}, names=len(choices.indexes("name"))
        )
        self.account = self.plan.account

    def go_through(self, progress: Progress) -> Plan:
        """Read the whole list and decide about every row.

        :param progress: is told after every few hundred rows how many were read; may raise to stop.
        :raises UnreadableList: if the list cannot be read to its end.
        """
        with ExitStack() as if_it_fails:
            if_it_fails.callback(self.plan.close)
            self.account.counts["rows"] = self._go_through(progress)
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
        for number, cells in self.source.rows():
            portion.append(self.reader.read(number, cells))
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
            self.plan.people.add(packed(values_of(row, self.choices.stage)))
            return Match(None, match.doubt, match.other)
        self.known.add_phones(match.customer, row.phones)
        return match

    def _settle(self, row: Who, match: Match, olds: dict[int, Values]) -> None:
        self.account.remark(row.remarks)
        if match.doubt:
            self.account.doubt(row.number, match.doubt, row.name, self.known.people.get(match.other, ""))
        what = self.add_to(match.customer, row, olds) if match.customer else "new"
        self.account.counts[what] += 1
        self.account.show(row.number, _in_short(row), "doubtful" if match.doubt else what, match.doubt)

    def add_to(self, one: int, row: Who, olds: dict[int, Values]) -> str:
        """What a row adds to somebody we know: "repeated" (higher up in this list), "same", or "changed"."""
        values = values_of(row, self.choices.stage)
        if one < 0:
            kept = self.plan.repeats.setdefault(-1 - one, [])
            if values not in kept:
                kept.append(values)
            return "repeated"
        old = olds[one]
        changes = additions(old, values, self.plan.labels)
        if not changes:
            return "same"
        old.update(changes)
        self.plan.fills.setdefault(one, []).append(values)
        return "changed"

    def _load(self, ids: list[int]) -> dict[int, Values]:
        """What we have of these customers, with what this list has already added to them."""
        olds = load(self.session, ids)
        for one, old in olds.items():
            for values in self.plan.fills.get(one, ()):
                old.update(additions(old, values, self.plan.labels))
        return olds


def load(session: Session, ids: list[int]) -> dict[int, Values]:
    """The stored values of customers by id."""
    olds: dict[int, Values] = {}
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        some = wanted[start : start + ROWS_AT_ONCE]
        query = select(Customer.id, *(getattr(Customer, column) for column in COLUMNS)).where(Customer.id.in_(some))
        for one, *values in session.execute(query):
            olds[one] = {**dict(zip(COLUMNS, values, strict=True)), "phones": []}
        for one, number in session.execute(
            select(Phone.customer_id, Phone.number).where(Phone.customer_id.in_(some)).order_by(Phone.id)
        ):
            olds[one]["phones"].append(number)
    return olds


def _in_short(row: Who) -> str:
    return " · ".join(filter(None, [row.name, row.firm, *row.phones[:1], row.place]))
