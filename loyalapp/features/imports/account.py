"""The plain account of an import: how many rows became what, which were not taken and why, what is kept as a note."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loyalapp.core.i18n import lazy_gettext
from loyalapp.features.imports.rows import NotTaken, Remark

MOST_REFUSED = MOST_REMARKS = MOST_DOUBTS = 2_000
SHOWN_ROWS = 50
MOST_SHOWN = 200

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
    "corrected": lazy_gettext(
        "We have this bill and item with another amount or serial number. The sale stays as it is: "
        "please look which is right."
    ),
    "by_hand": lazy_gettext("This sale seems to be written down by hand already, so it is not added once more."),
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
    "not_size": lazy_gettext("no size we know: small, middle, large"),
    "not_channel": lazy_gettext("no way to reach somebody that we know"),
    "not_salesman": lazy_gettext("nobody of this name works here"),
    "not_tag": lazy_gettext("no tag: too long, or a faith or festival"),
    "not_amount": lazy_gettext("no amount"),
    "not_quantity": lazy_gettext("no quantity"),
    "group_full": lazy_gettext("a new product group, and there are fifteen already"),
    "long_group": lazy_gettext("too long for a product group"),
    "not_currency": lazy_gettext("no currency"),
    "long": lazy_gettext("too long for its field"),
    "form": lazy_gettext("two forms of address"),
    "unnamed": lazy_gettext("no name, so the number stands for it"),
    "beyond": lazy_gettext("beyond the last heading"),
}


class Account:
    """Counts and remembers, row by row; of what repeats itself thousands of times only the first rows are kept."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.kept: Counter[tuple[str, str]] = Counter()
        self.refused: Counter[str] = Counter()
        self.doubted: Counter[str] = Counter()
        self.not_taken: list[list[Any]] = []
        self.remarks: list[Remark] = []
        self.doubts: list[list[Any]] = []
        self.rows: dict[str, list[dict[str, Any]]] = {}

    def refuse(self, row: NotTaken) -> None:
        """A row that is not taken."""
        self.counts["not_taken"] += 1
        self.refused[row.why] += 1
        if len(self.not_taken) < MOST_REFUSED:
            self.not_taken.append([row.number, row.why, row.text])
        self.show(row.number, [row.text], "not_taken", why=row.why)

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
        self.doubted[why] += 1
        if len(self.doubts) < MOST_DOUBTS:
            self.doubts.append([number, why, name, other])

    def wants(self, what: str) -> bool:
        """Whether another row of this kind is to be shown in the preview."""
        return len(self.rows.get(what, ())) < SHOWN_ROWS

    def show(self, number: int, parts: list[str], what: str, *, why: str = "", added: Sequence[str] = ()) -> None:
        """A row for the preview, under what will happen to it; its parts stand one beside the other."""
        if self.wants(what):
            self.rows.setdefault(what, []).append({"number": number, "parts": parts, "why": why, "added": list(added)})

    def kept_by_column(self) -> list[list[Any]]:
        """Column, reason and how often, for what went into the notes; the most frequent first."""
        return [[column, why, times] for (column, why), times in self.kept.most_common()]

    def stored(self, **more: Any) -> dict[str, Any]:
        """Plain values for the database."""
        return {
            "not_taken": self.not_taken,
            "refused": dict(self.refused.most_common()),
            "doubts": self.doubts,
            "doubted": dict(self.doubted.most_common()),
            "kept": self.kept_by_column(),
            "remarks": [list(one) for one in self.remarks],
            **more,
        }


# ---- put together for reading ----

BEFORE = ("doubtful", "not_taken", "changed", "sale_new", "new", "sale_known", "sale_repeated", "same", "repeated")


@dataclass(frozen=True)
class Group:
    """Rows with one fate and one reason. `count`: all of them; `rows`: those that are shown, [number, parts, more]."""

    what: str
    why: str
    count: int
    rows: list[list[Any]]


def grouped_before(account: Account) -> list[Group]:
    """The rows of a preview by what will happen to them and why; what needs a look comes first."""
    found = []
    for what in BEFORE:
        rows = account.rows.get(what, [])
        totals = {"doubtful": account.doubted, "not_taken": account.refused}.get(what, {"": account.counts[what]})
        for why in dict.fromkeys(row["why"] for row in rows):
            some = [[row["number"], row["parts"], row["added"]] for row in rows if row["why"] == why]
            found.append(Group(what, why, max(totals.get(why, 0), len(some)), some))
    return found


def grouped_after(stored: Mapping[str, Any]) -> list[Group]:
    """The rows of an import that were not taken or should be looked at, by their reason."""
    found = []
    for what, rows, totals in (("not_taken", "not_taken", "refused"), ("doubtful", "doubts", "doubted")):
        by_reason: dict[str, list[list[Any]]] = {}
        for number, why, text, *other in stored.get(rows, []):
            by_reason.setdefault(why, []).append([number, [text, *(one for one in other if one and one != text)]])
        counts = stored.get(totals, {})
        found += [Group(what, why, max(counts.get(why, 0), len(some)), some) for why, some in by_reason.items()]
    return found


def grouped_kept(kept: Sequence[Sequence[Any]], remarks: Sequence[Sequence[Any]]) -> list[Group]:
    """What went into the notes, by column and reason; the most frequent first."""
    by_reason: dict[tuple[str, str], list[list[Any]]] = {}
    for number, column, value, why in remarks:
        by_reason.setdefault((column, why), []).append([number, [value]])
    return [Group(column, why, times, by_reason.get((column, why), [])[:MOST_SHOWN]) for column, why, times in kept]
