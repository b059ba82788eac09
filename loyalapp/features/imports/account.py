"""The plain account of an import: how many rows became what, which were not taken and why, what is kept as a note."""

from collections import Counter
from typing import Any

from loyalapp.core.i18n import lazy_gettext
from loyalapp.features.imports.rows import NotTaken, Remark

MOST_REMARKS = 2_000
MOST_DOUBTS = 2_000
FIRST_ROWS = 20

# Why a row was not taken.
REASONS = {
    "total": lazy_gettext("It adds up the others."),
    "header": lazy_gettext("It repeats the headings."),
    "long": lazy_gettext("It is far too long for one row; perhaps the file is damaged there."),
    "nobody": lazy_gettext("It has no name, no phone and no firm."),
    "no_day": lazy_gettext("It does not say on which day it was sold."),
    "not_day": lazy_gettext("The day of the sale cannot be understood."),
    "future": lazy_gettext("The day of the sale is still to come."),
    "return": lazy_gettext("The amount is below zero: it gives something back and is no sale."),
    "which": lazy_gettext(
        "Several customers have this name. Please write the phone number in the list and bring it in again."
    ),
}
# Why a row was taken but should be looked at.
DOUBTS = {
    "same_phone": lazy_gettext("Same number as another customer, but another name. Both are kept."),
    "same_name": lazy_gettext("Same name as another customer, but another number. Both are kept."),
    "other_name": lazy_gettext("The number belongs to a customer with another name. It was written down there."),
    "which": lazy_gettext("Several customers have this name and firm. A new one was added."),
    "twice": lazy_gettext("The same sale stands in the list twice, without a bill number. Both are kept."),
}
# Why a value is in the notes.
WHY = {
    "not_phone": lazy_gettext("no phone number"),
    "not_email": lazy_gettext("no e-mail address"),
    "second_email": lazy_gettext("a second e-mail address"),
    "not_day": lazy_gettext("no such day"),
    "year_only": lazy_gettext("only a year"),
    "not_language": lazy_gettext("no language we know"),
    "not_amount": lazy_gettext("no amount"),
    "not_quantity": lazy_gettext("no quantity"),
    "not_currency": lazy_gettext("no currency"),
    "long": lazy_gettext("too long for its field"),
    "form": lazy_gettext("two forms of address"),
    "unnamed": lazy_gettext("no name, so the number stands for it"),
    "beyond": lazy_gettext("beyond the last heading"),
}


class Account:
    """Counts and remembers, row by row."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.kept: Counter[tuple[str, str]] = Counter()
        self.not_taken: list[list[Any]] = []
        self.remarks: list[Remark] = []
        self.doubts: list[list[Any]] = []
        self.first: list[dict[str, Any]] = []

    def refuse(self, row: NotTaken) -> None:
        """A row that is not taken."""
        self.counts["not_taken"] += 1
        self.not_taken.append([row.number, row.why, row.text])
        self.show(row.number, row.text, "not_taken", row.why)

    def remark(self, remarks: list[Remark]) -> None:
        """Values that are kept as notes."""
        for one in remarks:
            self.counts["remarks"] += 1
            self.kept[one.column, one.why] += 1
            if len(self.remarks) < MOST_REMARKS:
                self.remarks.append(one)

    def doubt(self, number: int, why: str, name: str, other: str) -> None:
        """A row that was taken in a way that should be looked at."""
        self.counts["doubtful"] += 1
        if len(self.doubts) < MOST_DOUBTS:
            self.doubts.append([number, why, name, other])

    def show(self, number: int, text: str, what: str, why: str = "") -> None:
        """One of the first rows, for the preview."""
        if len(self.first) < FIRST_ROWS:
            self.first.append({"number": number, "text": text, "what": what, "why": why})

    def kept_by_column(self) -> list[list[Any]]:
        """Column, reason and how often, for what went into the notes; the most frequent first."""
        return [[column, why, times] for (column, why), times in self.kept.most_common()]

    def stored(self, **more: Any) -> dict[str, Any]:
        """Plain values for the database."""
        return {
            "not_taken": self.not_taken,
            "doubts": self.doubts,
            "kept": self.kept_by_column(),
            "remarks": [list(one) for one in self.remarks],
            **more,
        }
