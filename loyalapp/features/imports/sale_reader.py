"""Reads the rows of a list of sales: who, and what was sold to them on which day."""

from typing import Any

from loyalapp.core import money
from loyalapp.features.imports import values
from loyalapp.features.imports.reader import Reader
from loyalapp.features.imports.rows import LONGEST_FIELD, SaleRow, Who

NO_ITEM = "—"


class SaleReader(Reader):
    """A reader that also knows days, items and amounts."""

    def _new(self, number: int) -> SaleRow:
        return SaleRow(number)

    def _deal(self, row: SaleRow, cells: list[Any]) -> str | None:
        """Fill in the sale; the answer is the reason why it cannot be taken."""
        if why := self._sold_on(row, cells):
            return why
        row.item = self._fitting(row, self._first("item"), self.text(cells, "item"), LONGEST_FIELD) or NO_ITEM
        row.group = self.text(cells, "group") or None
        row.invoice = self._fitting(row, self._first("invoice"), self.text(cells, "invoice"), LONGEST_FIELD) or None
        row.serial = self._fitting(row, self._first("serial"), self.text(cells, "serial"), LONGEST_FIELD) or None
        self._quantity(row, cells)
        self._warranty(row, cells)
        return self._amount(row, cells)

    def keep_group(self, row: SaleRow, text: str, why: str) -> None:
        """A product group that cannot be one is not lost."""
        self._remark(row, self._first("group"), text, why)

    def _sold_on(self, row: SaleRow, cells: list[Any]) -> str | None:
        index = self._first("date")
        if index is None or not self._at(cells, index):
            return "no_day"
        try:
            row.bought_on = values.full_day(cells[index], self.choices.order)
        except ValueError:
            return "not_day"
        if row.bought_on > self.today:
            return "future"
        return None if row.bought_on.year >= values.OLDEST else "not_day"

    def _quantity(self, row: SaleRow, cells: list[Any]) -> None:
        index = self._first("quantity")
        if index is None or not (text := self._at(cells, index)):
            return
        try:
            row.quantity, unit = values.quantity_of(cells[index])
            if unit:
                row.item = f"{row.item} ({unit})" if row.item != NO_ITEM else unit
        except ValueError:
            self._remark(row, index, text, "not_quantity")

    def _warranty(self, row: SaleRow, cells: list[Any]) -> None:
        index = self._first("warranty")
        if index is None or not (text := self._at(cells, index)):
            return
        try:
            row.warranty = values.full_day(cells[index], self.choices.order)
        except ValueError:
            self._remark(row, index, text, "not_day")

    def _amount(self, row: SaleRow, cells: list[Any]) -> str | None:
        row.currency = self._currency(row, cells)
        index = self._first("amount")
        if index is None or not (text := self._at(cells, index)):
            return None
        try:
            cell = cells[index]
            number = isinstance(cell, int | float) and not isinstance(cell, bool)
            row.amount = money.from_number(cell, row.currency) if number else money.parse(text, row.currency)
        except ValueError:
            self._remark(row, index, text, "not_amount")
        return "return" if row.amount is not None and row.amount < 0 else None

    def _currency(self, row: Who, cells: list[Any]) -> str:
        index = self._first("currency")
        if index is None or not (text := self._at(cells, index)):
            return self.currency
        try:
            return values.currency_of(text, self.currency)
        except ValueError:
            self._remark(row, index, text, "not_currency")
            return self.currency
