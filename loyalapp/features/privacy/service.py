"""What can be done for a customer who asks about their data: write it down for them, hand it over, erase it."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import func, or_, select

from loyalapp.core import belongings
from loyalapp.core.clock import now, today
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.formats import format_day
from loyalapp.core.i18n import MESSAGE_LANGUAGES, _, current_language, in_language, isolate_text
from loyalapp.core.paths import DataFolder, write_private
from loyalapp.core.typeset import typeset
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer
from loyalapp.features.interactions.models import Interaction
from loyalapp.features.privacy import erasing, holding
from loyalapp.features.privacy.models import Disclosure
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff
from loyalapp.plugin_system.calls import ask

SHEET = Path(__file__).with_name("sheet.typ")
LOG_LINES = 200
MADE_KEYS = frozenset({"search_norm", "search_skeleton", "search_phones", "sort_key"})
Person = tuple[int, str]


def language_of(customer: Customer) -> str:
    """In which language a customer is written to; that of the screen where we do not know."""
    chosen = customer.message_language or ""
    return chosen if chosen in MESSAGE_LANGUAGES else current_language()


# ---- shown and taken along ----


def sheet(customer_id: int) -> bytes:
    """The printable sheet “What we hold about you” as PDF, in the customer's language."""
    customer = customers.get(customer_id)
    language = language_of(customer)
    said, firm = holding.words(language), settings.firm().name
    with in_language("en" if language.endswith("-Latn") else language):
        day = format_day(today())
    return typeset(
        SHEET,
        {
            "language": language,
            "firm": firm,
            "title": said["title"],
            "intro": said["intro"].format(firm=isolate_text(firm)),
            "made": said["made"].format(day=day),
            "nothing": said["nothing"],
            "closing": said["closing"],
            "sections": [asdict(one) for one in holding.sections(customer, _family(customer_id), language)],
        },
        "pdf",
    )


def record(customer_id: int) -> dict[str, Any]:
    """Everything as plain values for another program: the sheet's words, and every row, of plugins off or gone too."""
    customer = customers.get(customer_id)
    ids, language = _family(customer_id), language_of(customer)
    return {
        "made_at": now().isoformat(),
        "firm": settings.firm().name,
        "sheet": [asdict(one) for one in holding.sections(customer, ids, language)],
        "rows": {table: [_plain_row(row) for row in rows] for table, rows in belongings.rows_of(ids).items()},
    }


def hand_over(customer_id: int, form: str) -> Path:
    """Write the sheet (`pdf`) or the file (`json`) into the exports folder and note that it was done.

    :raises LoyalAppError: if the disk is full.
    """
    made = sheet(customer_id) if form == "pdf" else _as_json(record(customer_id))
    data: DataFolder = current_app.extensions["loyalapp.data"]
    target = data.exports / f"customer-{customer_id}-{now():%Y%m%d-%H%M%S}.{form}"
    try:
        write_private(target, made)
    except OSError as error:
        raise LoyalAppError(_("The file could not be written. Perhaps the disk is full.")) from error
    _note("sheet" if form == "pdf" else "file", customer_id, form=form)
    db.session.commit()
    return target


def _as_json(content: dict[str, Any]) -> bytes:
    written = json.dumps(content, ensure_ascii=False, indent=1)
    return written.translate(dict.fromkeys(range(0x2066, 0x206A))).encode()  # isolates are for eyes, not for programs


def _plain_row(row: dict[str, Any]) -> dict[str, Any]:
    return {key: _plain(value) for key, value in row.items() if key not in MADE_KEYS and value not in (None, "")}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value) if isinstance(value, Decimal) else value


# ---- erased ----


def what_is_there(customer_id: int) -> dict[str, int]:
    """How much of what an erasure would take and leave, for the page that asks once more.

    :raises NotFound: if there is no such customer, or it is erased already.
    """
    _check_is_there(customer_id)
    ids = _family(customer_id)
    asked = [select(func.count()).select_from(one).where(one.customer_id.in_(ids)) for one in (Interaction, Purchase)]
    contacts, sales = (int(db.session.scalar(one) or 0) for one in asked)
    return {"contacts": contacts, "sales": sales}


def erase(customer_id: int) -> None:
    """Erase a customer for good, with those who were made one with them.

    :raises NotFound: if there is no such customer, or it is erased already.
    """
    _check_is_there(customer_id)
    _erase(_family(customer_id), "erasure", customer_id)


def empty_out(customer_ids: Sequence[int]) -> None:
    """Erase those who lay in the trash long enough, with one line in the log for all of them."""
    if customer_ids:
        _erase(_family(*customer_ids), "trash", None, len(customer_ids))


def _erase(ids: Sequence[int], kind: str, customer_id: int | None, count: int = 1) -> None:
    answered = [one for number in ids for one in ask("customer_erase", customer_id=number)]
    files = erasing.files_of(ids, answered)
    erasing.wipe(ids)
    _note(kind, customer_id, count=count)
    db.session.commit()
    erasing.delete_files(files)


def _check_is_there(customer_id: int) -> None:
    customer = db.session.get(Customer, customer_id) if 0 < customer_id < customers.LARGEST_ID else None
    if customer is None or customer.erased_at is not None:
        raise NotFound(_("This customer is not in the list any more."))


def erase_again(people: Sequence[Person]) -> None:
    """Erase those who had been erased before a backup brought them back.

    :param people: id and the moment the row was made; a number that belongs to somebody else by now is left alone.
    """
    for customer_id, made in people:
        customer = db.session.get(Customer, customer_id)
        if customer and customer.erased_at is None and customer.created_at.replace(tzinfo=None).isoformat() == made:
            erase(customer_id)


def _family(*customer_ids: int) -> list[int]:
    """These customers, and whoever was made one with them, over any number of steps."""
    family, size = list(customer_ids), 0
    while size != len(family):
        size = len(family)
        asked = select(Customer.id).where(or_(Customer.id.in_(family), Customer.merged_into_id.in_(family)))
        family = sorted(db.session.scalars(asked))
    return family or list(customer_ids)


# ---- the log ----


def log(limit: int = LOG_LINES) -> list[Disclosure]:
    """Who was given what, the newest first."""
    return list(db.session.scalars(select(Disclosure).order_by(Disclosure.id.desc()).limit(limit)))


def names_in(lines: Sequence[Disclosure]) -> dict[int, str]:
    """How those are called whom the log speaks of; whoever was erased has no name any more."""
    found = customers.names({one.customer_id for one in lines if one.customer_id})
    return {customer_id: name for customer_id, name in found.items() if name != erasing.NOBODY}


def list_was_written(count: int, form: str) -> None:
    """Many customers were written to a file."""
    _note("list", None, count=count, form=form)
    db.session.commit()


def _note(kind: str, customer_id: int | None, *, count: int = 1, form: str = "") -> None:
    db.session.add(Disclosure(kind=kind, customer_id=customer_id, count=count, form=form))
    if kind == "list":
        staff.note_deed("export", count=count, form=form)
    elif kind == "erasure":
        staff.note_deed("erasure")
    elif customer_id is not None:
        staff.note_deed("sheet", customer_id)
