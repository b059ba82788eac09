"""Decides for every row of a list of sales: whose it is, and whether we have it already.

With a bill number a sale is known by bill, customer, item, amount and serial number; without one by the day instead of
the bill. Equal bill numbers of two customers are two sales. Without bill and serial number two equal rows of one list
are two sales (somebody may buy the same thing twice a day) and are told as doubtful; brought in again, both are known.
Two more are known and told as doubtful: a bill and item that we have with another amount or serial number (a list that
was corrected), and what was written down by hand on that day without a bill, with this amount, item, or only its group.
"""

import hashlib
from collections import Counter
from typing import Any

from sqlalchemy import select

from loyalapp.core.textkeys import norm
from loyalapp.features.catalogue import product_groups
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.imports.choices import JOIN
from loyalapp.features.imports.known import Match, Unclear
from loyalapp.features.imports.merging import Values
from loyalapp.features.imports.planning import Planner
from loyalapp.features.imports.rows import NotTaken, SaleRow, as_text
from loyalapp.features.imports.sale_reader import NO_ITEM, SaleReader


class SalePlanner(Planner):
    """Goes through a list of sales."""

    READER = SaleReader
    reader: SaleReader

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._seen: Counter[bytes] = Counter()
        self._used: Counter[Any] = Counter()
        self._groups = {norm(name): name for name in self.session.scalars(product_groups.NAMES)}

    def _decide(self, rows: list[SaleRow]) -> None:
        found: list[tuple[SaleRow, Match, int]] = []
        for row in rows:
            self._sort(row)
            self._mark_notes(row)
            try:
                found.append((row, *self._buyer(row)))
            except Unclear:
                self.account.refuse(
                    NotTaken(row.number, "which", f"{row.name} · {row.item} · {as_text(row.bought_on)}")
                )
        ids = [buyer for _, _, buyer in found if buyer > 0]
        olds, sold = self._load(ids), self._sold_to(ids)
        for row, match, buyer in found:
            self._settle_sale(row, match, buyer, olds, sold)

    def _sort(self, row: SaleRow) -> None:
        """A group of ours by its name, a new one while there is room; else it is kept as a note."""
        if row.group is None:
            return
        key = norm(row.group)
        if key not in self._groups and len(row.group) <= product_groups.LONGEST and self._has_room():
            self._groups[key] = row.group
        given, row.group = row.group, self._groups.get(key)
        if row.group is None:
            self.reader.keep_group(row, given, "long_group" if self._has_room() else "group_full")
        elif row.item == NO_ITEM:
            row.item = row.group

    def _has_room(self) -> bool:
        return len(self._groups) < product_groups.MOST

    def _mark_notes(self, row: SaleRow) -> None:
        """A note about a sale says which one, since it will stand in the customer's notes."""
        tag = row.invoice or f"{as_text(row.bought_on)} {row.item}"
        row.notes = [f"{tag}: {note}" for note in row.notes]

    def _buyer(self, row: SaleRow) -> tuple[Match, int]:
        match = self.known.buyer(row, join=self.choices.same_name == JOIN)
        buyer = match.customer or -1 - self.plan.people.count
        return self._welcome(row, match), buyer

    def _settle_sale(self, row: SaleRow, match: Match, buyer: int, olds: dict[int, Values], sold: Counter[Any]) -> None:
        self.account.remark(row.remarks)
        if match.customer is None:
            self.account.counts["new"] += 1
        elif self.add_to(buyer, row, olds)[0] == "changed":
            self.account.counts["changed"] += 1
        what, doubt = self._is_new(row, buyer, sold)
        if what == "sale_new":
            self.plan.sales.add(_packed(row, buyer))
        self.account.counts[what] += 1
        for why in filter(None, [match.doubt, doubt]):
            self.account.doubt(row.number, why, row.name, self.known.people.get(match.other, ""))
        shown = "doubtful" if match.doubt or doubt else what
        if self.account.wants(shown):
            parts = [part for part in (row.name, row.item, as_text(row.bought_on), row.invoice) if part]
            self.account.show(row.number, parts, shown, why=match.doubt or doubt)

    def _is_new(self, row: SaleRow, buyer: int, sold: Counter[Any]) -> tuple[str, str]:
        """What becomes of the sale, and what is doubtful about it."""
        key = _key(buyer, row.bought_on, row.item, row.amount, row.serial, row.invoice)
        before = self._seen[key]
        self._seen[key] += 1
        bill = _bill(buyer, row.invoice, row.item)
        if before < sold[key]:
            self._used[bill] += 1
            return "sale_known", ""
        if before and (row.invoice or row.serial):
            return "sale_repeated", ""
        if row.invoice and self._is_there([bill], sold):
            return "sale_known", "corrected"
        if self._is_there(_ways_by_hand(buyer, row), sold):
            return "sale_known", "by_hand"
        return "sale_new", "twice" if before else ""

    def _is_there(self, ways: list[Any], sold: Counter[Any]) -> bool:
        """Whether one of our sales answers to this that no row of the list has answered to yet."""
        for way in ways:
            if self._used[way] < sold[way]:
                self._used[way] += 1
                return True
        return False

    def _sold_to(self, ids: list[int]) -> Counter[Any]:
        """How often each sale stands in the database, for these customers."""
        wanted = list(dict.fromkeys(ids))
        query = select(
            Purchase.customer_id,
            Purchase.bought_on,
            Purchase.item,
            Purchase.amount_minor,
            Purchase.serial,
            Purchase.invoice,
            Purchase.import_id,
            Purchase.product_id,
        ).where(Purchase.customer_id.in_(wanted))
        found: Counter[Any] = Counter()
        for *sale, import_id, product_id in self.session.execute(query) if wanted else ():
            buyer, day, item, amount, _serial, invoice = sale
            found[_key(*sale)] += 1
            if invoice:
                found[_bill(buyer, invoice, item)] += 1
            elif import_id is None:
                found[_by_hand(buyer, day, amount, item if product_id else None)] += 1
        return found


def _bill(buyer: int, invoice: str | None, item: str) -> tuple[Any, ...]:
    return ("bill", buyer, (invoice or "").casefold(), norm(item))


def _by_hand(buyer: int, day: Any, amount: int | None, item: str | None) -> tuple[Any, ...]:
    """What is known of a sale that was written down in haste: its amount, else its item, else only the day."""
    return ("hand", buyer, day.toordinal(), amount, None if amount is not None else item and norm(item))


def _ways_by_hand(buyer: int, row: SaleRow) -> list[Any]:
    known = [(row.amount, None), (None, row.item), (None, None)] if row.amount is not None else [(None, row.item)]
    return [_by_hand(buyer, row.bought_on, amount, item) for amount, item in known]


def _key(buyer: int, day: Any, item: str, amount: int | None, serial: str | None, invoice: str | None) -> bytes:
    when = invoice.casefold() if invoice else day.toordinal()
    return hashlib.blake2b(repr((buyer, when, norm(item), amount, serial)).encode(), digest_size=16).digest()


def _packed(row: SaleRow, buyer: int) -> list[Any]:
    day = row.bought_on.toordinal()
    until = row.warranty.toordinal() if row.warranty else None
    paid = (row.amount, row.currency, row.invoice)
    return [buyer, day, row.item, str(row.quantity), *paid, row.serial, until, row.group]
