"""One raw row of a list as clean values; whatever cannot be understood becomes a note and a remark, never nothing."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from loyalapp.core.textkeys import norm

LONGEST_NAME = 200
LONGEST_FIELD = 300
LONGEST_CELL = 200_000


_norm_of_firm = lru_cache(4096)(norm)


class Remark(NamedTuple):
    """A value that is kept as a note: its row and column, what it was, and why (a key of `account.WHY`)."""

    number: int
    column: str
    value: str
    why: str


@dataclass(slots=True)
class NotTaken:
    """A row that is not brought in, and why (a key of `account.REASONS`)."""

    number: int
    why: str
    text: str


@dataclass(slots=True)
class Who:
    """The person or firm a row speaks of. `phones` in E.164; `birth` is (year or None, month, day).

    `people`: [name, role, number] each; `days`: [what, kind, year or None, month, day] each.
    """

    number: int
    name: str = ""
    form: str | None = None
    kind: str = "person"
    other_names: list[str] = field(default_factory=list)
    firm: str | None = None
    trade: str | None = None
    place: str | None = None
    locality: str | None = None
    address: str | None = None
    email: str | None = None
    phones: list[str] = field(default_factory=list)
    language: str | None = None
    birth: tuple[int | None, int, int] | None = None
    since: date | None = None
    size: str | None = None
    channel: str | None = None
    hours: str | None = None
    salesman: int | None = None
    tags: list[str] = field(default_factory=list)
    people: list[list[str | None]] = field(default_factory=list)
    days: list[list[Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    key: tuple[str, str] | None = None

    def name_key(self) -> tuple[str, str]:
        """Name and firm in one spelling, worked out once."""
        if self.key is None:
            self.key = norm(self.name), _norm_of_firm(self.firm) if self.firm else ""
        return self.key


@dataclass(slots=True)
class ContactRow(Who):
    """A row of a list of people."""


@dataclass(slots=True)
class SaleRow(Who):
    """A row of a list of sales: who, and what was sold. Amount in minor units of `currency`."""

    bought_on: date = date.min
    item: str = ""
    group: str | None = None
    quantity: Decimal = Decimal(1)
    amount: int | None = None
    currency: str | None = None
    invoice: str | None = None
    serial: str | None = None
    warranty: date | None = None


def as_text(cell: Any) -> str:
    """A cell as it can be shown and kept in a note."""
    if isinstance(cell, date):
        return f"{cell.day:02}-{cell.month:02}-{cell.year}"
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return "" if cell is None else str(cell)


def whole_row(cells: list[Any], longest: int = 300) -> str:
    """A row in one line, for the account of what was not taken."""
    text = " · ".join(" ".join(part.split()) for cell in cells if (part := as_text(cell).strip()))
    return text if len(text) <= longest else f"{text[:longest]} …"
