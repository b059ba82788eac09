"""Writes all customers to a file: JSON for programs, CSV and Excel for people, vCard for phones."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.core.paths import DataFolder, write_private
from loyalapp.features.customers.models import Customer

BATCH = 500
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take such a text for a formula
COLUMNS = (
    "name", "name_ur", "name_hi", "name_en", "address_form", "firm", "trade", "place", "locality", "address", "email",
    "message_language", "stage", "birthday", "since", "phones", "notes",
)  # fmt: skip


def write(form: str, out: Path | None = None) -> Path:
    """Write everybody; returns where the file lies (the exports folder unless said otherwise).

    :param form: `json`, `csv`, `xlsx` or `vcf`.
    :raises LoyalAppError: if the file cannot be written.
    """
    content = {"json": _as_json, "csv": _as_csv, "xlsx": _as_xlsx, "vcf": _as_vcards}[form]()
    data: DataFolder = current_app.extensions["loyalapp.data"]
    target = out or data.exports / f"customers-{now():%Y%m%d-%H%M%S}.{form}"
    try:
        write_private(target, content)
    except OSError as error:
        raise LoyalAppError(_("The file could not be written. Perhaps the disk is full.")) from error
    return target


def records() -> Iterator[dict[str, Any]]:
    """Every customer as plain values: phones in E.164, days in ISO, facts as text."""
    last = 0
    while batch := _after(last):
        yield from map(_record, batch)
        last = batch[-1].id
        db.session.expunge_all()


def _after(last: int) -> Sequence[Customer]:
    query = (
        select(Customer)
        .options(selectinload(Customer.phones), selectinload(Customer.facts))
        .where(Customer.id > last, Customer.removed_at.is_(None))
        .order_by(Customer.id)
        .limit(BATCH)
    )
    return db.session.scalars(query).all()


def _record(customer: Customer) -> dict[str, Any]:
    plain = {name: getattr(customer, name) for name in COLUMNS if name not in ("birthday", "phones")}
    return {
        "id": customer.id,
        **{name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()},
        "birthday": customer.birthday.text() if customer.birthday else None,
        "phones": [one.number for one in customer.phones],
        "do_not_mention": customer.do_not_mention,
        "facts": [
            {"text": one.text, "source": one.source, "learned_on": one.learned_on.isoformat()} for one in customer.facts
        ],
    }


def _as_json() -> bytes:
    return json.dumps({"customers": list(records())}, ensure_ascii=False, indent=1).encode()


def _rows() -> Iterator[list[str]]:
    yield list(COLUMNS)
    for record in records():
        yield [", ".join(record["phones"]) if name == "phones" else str(record[name] or "") for name in COLUMNS]


def _as_csv() -> bytes:
    """With a byte-order mark, so that spreadsheets read Urdu and Hindi, and safe against formulas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in _rows():
        writer.writerow([f"'{cell}" if cell.startswith(DANGEROUS) else cell for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _as_xlsx() -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 -- slow import
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 -- slow import

    book = Workbook(write_only=True)
    sheet = book.create_sheet("LoyalApp")
    for row in _rows():
        cells = [WriteOnlyCell(sheet, value=text) for text in row]
        for cell in cells:
            cell.data_type = "s"  # a text that begins with = stays a text
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _as_vcards() -> bytes:
    import vobject  # noqa: PLC0415 -- slow import

    cards = []
    for record in records():
        card = vobject.vCard()
        card.add("fn").value = record["name"]
        card.add("n").value = vobject.vcard.Name(family=record["name"])
        for number in record["phones"]:
            card.add("tel").value = number
        if record["firm"]:
            card.add("org").value = [record["firm"]]
        if record["birthday"]:
            card.add("bday").value = record["birthday"]
        cards.append(card.serialize())
    return "".join(cards).encode()
