"""Writes all customers to a file: JSON for programs, CSV and Excel for people, vCard for phones."""

import csv
import io
import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from flask import current_app

from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.core.paths import DataFolder, write_private
from loyalapp.features.customers import records
from loyalapp.features.customers.models import Customer
from loyalapp.plugin_system.calls import tell

Records = Iterator[dict[str, Any]]
BATCH = 500
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take such a text for a formula


def write(form: str, out: Path | None = None, ids: Sequence[int] | None = None) -> Path:
    """Write everybody; returns where the file lies (the exports folder unless said otherwise).

    :param form: `json`, `csv`, `xlsx` or `vcf`.
    :param ids: only these customers.
    :raises LoyalAppError: if the file cannot be written.
    """
    counted = itertools.count()
    found = (one for one, _number in zip(everybody(ids), counted, strict=False))
    content = {"json": _as_json, "csv": _as_csv, "xlsx": _as_xlsx, "vcf": _as_vcards}[form](found)
    data: DataFolder = current_app.extensions["loyalapp.data"]
    target = out or data.exports / f"customers-{now():%Y%m%d-%H%M%S}.{form}"
    try:
        write_private(target, content)
    except OSError as error:
        raise LoyalAppError(_("The file could not be written. Perhaps the disk is full.")) from error
    tell("customers_were_exported", count=next(counted), form=form)
    return target


def everybody(ids: Sequence[int] | None = None) -> Iterator[dict[str, Any]]:
    """Every customer, or these, as plain values: phones in E.164, days in ISO, facts as text."""
    for some in _all() if ids is None else _these(sorted(ids)):
        yield from some
        db.session.expunge_all()


def _all() -> Iterator[Sequence[dict[str, Any]]]:
    last = 0
    while some := records.batch(Customer.id > last, BATCH):
        last = some[-1]["id"]
        yield some


def _these(ids: Sequence[int]) -> Iterator[Sequence[dict[str, Any]]]:
    return (records.batch(Customer.id.in_(ids[start : start + BATCH]), BATCH) for start in range(0, len(ids), BATCH))


def _as_json(found: Records) -> bytes:
    return json.dumps({"customers": list(found)}, ensure_ascii=False, indent=1).encode()


def _rows(found: Records) -> Iterator[list[str]]:
    yield list(records.COLUMNS)
    yield from map(records.cells, found)


def _as_csv(found: Records) -> bytes:
    """With a byte-order mark, so that spreadsheets read Urdu and Hindi, and safe against formulas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in _rows(found):
        writer.writerow([f"'{cell}" if cell.startswith(DANGEROUS) else cell for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _as_xlsx(found: Records) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 -- slow import
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 -- slow import

    book = Workbook(write_only=True)
    sheet = book.create_sheet("LoyalApp")
    for row in _rows(found):
        cells = [WriteOnlyCell(sheet, value=text) for text in row]
        for cell in cells:
            cell.data_type = "s"  # a text that begins with = stays a text
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _as_vcards(found: Records) -> bytes:
    return "".join(_card(record) for record in found).encode()


def _card(record: dict[str, Any]) -> str:
    """One customer as a vCard 3.0; what phones have no place for stands in the note."""
    import vobject  # noqa: PLC0415 -- slow import

    card = vobject.vCard()
    card.add("fn").value = record["name"]
    card.add("n").value = vobject.vcard.Name(family=record["name"])
    for place, one in enumerate(record["numbers"], start=1):
        _add_number(card, f"item{place}", one)
    for key, name in (("email", "email"), ("trade", "title"), ("birthday", "bday")):
        if record[key]:
            card.add(name).value = record[key]
    if record["firm"]:
        card.add("org").value = [record["firm"]]
    if record["tags"]:
        card.add("categories").value = record["tags"]
    if record["address"] or record["locality"] or record["place"]:
        street, area, city = (record[key] or "" for key in ("address", "locality", "place"))
        card.add("adr").value = vobject.vcard.Address(street=street, extended=area, city=city)
    if notes := "\n".join(filter(None, [record["notes"], *(records.person(one) for one in record["people"])])):
        card.add("note").value = notes
    return str(card.serialize())


def _add_number(card: Any, group: str, one: dict[str, Any]) -> None:
    phone = card.add("tel")
    phone.value, phone.group = one["number"], group
    if one["label"]:
        label = card.add("x-ablabel")
        label.value, label.group = one["label"], group
