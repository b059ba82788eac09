"""Writes what was typed into a customer: every value cleaned and checked, with phones, people, days and tags."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select

from loyalapp.core import phones
from loyalapp.core.clock import today
from loyalapp.core.days import PartialDay
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import MESSAGE_LANGUAGES, _, isolate_text
from loyalapp.core.textkeys import plain
from loyalapp.features.customers import keys, tags
from loyalapp.features.customers.models import (
    CHANNELS,
    KINDS,
    OUTSIDE,
    SIZES,
    STAGES,
    WORTHS,
    Customer,
    CustomerDay,
    Person,
    Phone,
    Tag,
)
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff

T = TypeVar("T", Phone, Person, CustomerDay)

LONGEST_NAME = 200
LONGEST_TEXT = 300
LONGEST = {
    "name": LONGEST_NAME, "name_ur": LONGEST_NAME, "name_hi": LONGEST_NAME, "name_en": LONGEST_NAME, "address_form": 60,
    "address": 500, "notes": 20_000, "do_not_mention": 1000, "worth_why": 1000,
}  # fmt: skip
LINES_KEPT = frozenset({"notes", "do_not_mention", "address", "worth_why"})
NEVER_NONE = frozenset({"name", "notes", "do_not_mention"})
ONE_OF = {
    "stage": (*STAGES, *OUTSIDE),
    "kind": KINDS,
    "size": (*SIZES, None),
    "channel": (*CHANNELS, None),
    "message_language": (*MESSAGE_LANGUAGES, None),
    "worth": (*WORTHS, None),
}
CHILDREN = frozenset({"phones", "people", "days", "tags"})
MOST_ROWS = 100  # of phones, people or days of one customer
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
SEVERAL = re.compile(r"[,;،؛\n]")
Row = Mapping[str, Any]


def fill(customer: Customer, values: Mapping[str, Any]) -> None:
    """Write the values into the customer, in the caller's transaction.

    :param values: columns by name; `phones` and `people` and `days` are lists of rows by column (a phone may be just
        the number as people type it, a line without anything counts for nothing), `tags` a list of words.
    :raises LoyalAppError: naming the field, and in a list the line: `people-1-name`.
    """
    for key, value in values.items():
        if key not in CHILDREN:
            setattr(customer, key, _cleaned(customer, key, value))
    if not (customer.name or "").strip():
        raise LoyalAppError(_("Please write a name. Everything else can wait."), field="name")
    _check_days(customer, values)
    _fill_children(customer, values)
    set_first_deal(customer, customer.since)
    keys.set_keys(customer)


def set_first_deal(customer: Customer, day: date | None) -> None:
    """The anniversary of the first deal (E3) is that of the earliest day we know; in the caller's transaction."""
    first = min(filter(None, (day, customer.since)), default=None)
    customer.since = first
    customer.since_month, customer.since_day = (first.month, first.day) if first else (None, None)


def _fill_children(customer: Customer, values: Mapping[str, Any]) -> None:
    if "phones" in values:
        _write(customer.phones, _phones(customer, values["phones"]), Phone)
    if "people" in values:
        _write(customer.people, _people(values["people"]), Person)
    if "days" in values:
        _write(customer.days, _days(values["days"]), CustomerDay)
    if "tags" in values:
        _set_tags(customer, values["tags"])


def _write(have: list[T], wanted: Sequence[dict[str, Any]], make: Callable[..., T]) -> None:
    """The rows in their order take the wanted values; those that are left over go, those that are missing come."""
    for row, values in zip(have, wanted, strict=False):
        for key, value in values.items():
            setattr(row, key, value)
    new = [make(**values) for values in wanted[len(have) :]]
    del have[len(wanted) :]
    have.extend(new)


# ---- one value ----


def _cleaned(customer: Customer, key: str, value: Any) -> Any:
    if isinstance(value, str):
        value = plain(value, keep_lines=key in LINES_KEPT)
        if not value and key not in NEVER_NONE:
            value = None
    if key in ONE_OF and value not in ONE_OF[key]:
        raise LoyalAppError(_("Please choose one of the list."), field=key)
    if isinstance(value, str):
        _check_length(value, LONGEST.get(key, LONGEST_TEXT), key)
    if value and value != getattr(customer, key) and key in _CHECKS:
        _CHECKS[key](customer, value)
    return value


def _check_length(text: str, most: int, field: str) -> None:
    if len(text) <= most:
        return
    if field.startswith("name"):
        raise LoyalAppError(_("This name is very long. Please shorten it to 200 letters."), field=field)
    raise LoyalAppError(_("This is very long. Please shorten it to %(most)s letters.", most=most), field=field)


def _check_email(_customer: Customer, text: str) -> None:
    if not _EMAIL.fullmatch(text):
        raise LoyalAppError(_("This does not look like an e-mail address. Please look once more."), field="email")


def _check_salesman(_customer: Customer, number: int) -> None:
    staff.get(number)


def _check_referrer(customer: Customer, number: int) -> None:
    known = select(Customer.id).where(Customer.id == number, Customer.removed_at.is_(None))
    with db.session.no_autoflush:
        found = db.session.scalar(known)
    if found is None:
        raise LoyalAppError(_("This customer is not in the list any more."), field="referred_by")
    if number == customer.id:
        raise LoyalAppError(_("Nobody can have sent themselves. Please choose somebody else."), field="referred_by")


_CHECKS: dict[str, Callable[[Customer, Any], None]] = {
    "email": _check_email,
    "salesman_id": _check_salesman,
    "referred_by_id": _check_referrer,
}


def _check_days(customer: Customer, values: Mapping[str, Any]) -> None:
    """What is typed as a birthday or as the first deal is a day of the calendar that has been."""
    if "birth_day" in values and customer.birth_day:
        _past(_day(customer.birth_year, customer.birth_month, customer.birth_day, "birthday"), "birthday")
    if values.get("since") and customer.since:
        _past(PartialDay.of(customer.since), "since")


def _day(year: int | None, month: int | None, day: int | None, field: str) -> PartialDay:
    try:
        return PartialDay(year, month or 0, day or 0)
    except ValueError as error:
        raise LoyalAppError(_("There is no such day. Please look once more."), field=field) from error


def _past(day: PartialDay, field: str) -> PartialDay:
    whole = day.as_date()
    if whole and whole > today():
        raise LoyalAppError(_("This day is still to come. Please look once more."), field=field)
    return day


# ---- lines: phones, people, days, tags ----


def _text(row: Row, key: str, place: str, most: int = LONGEST_TEXT) -> str | None:
    kept = plain(row.get(key) or "")
    _check_length(kept, most, f"{place}-{key}")
    return kept or None


def _lines(rows: Iterable[Row], name: str) -> list[tuple[str, Row]]:
    """Each line with its place in the form."""
    lines = [(f"{name}-{number}", row) for number, row in enumerate(rows)]
    if len(lines) > MOST_ROWS:
        raise LoyalAppError(_("These are very many lines. Please keep the most useful ones."), field=name)
    return lines


def _phones(customer: Customer, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Each number once; what is known about a number and not said anew stays."""
    known = {one.number: {"label": one.label, "on_whatsapp": one.on_whatsapp} for one in customer.phones}
    found: dict[str, dict[str, Any]] = {}
    for place, row in _lines(({"number": row} if isinstance(row, str) else row for row in rows), "phones"):
        said = {key: row[key] for key in ("on_whatsapp",) if key in row}
        said |= {"label": _text(row, "label", place, LONGEST_NAME)} if "label" in row else {}
        for typed in filter(str.strip, SEVERAL.split(row.get("number") or "")):
            number = phone_number(typed, f"{place}-number")
            found.setdefault(
                number, {"number": number, **known.get(number, {"label": None, "on_whatsapp": True}), **said}
            )
    return list(found.values())


def phone_number(typed: str, field: str) -> str:
    """A number as it was typed, in E.164.

    :raises LoyalAppError: where it is none; the sentence says whether a digit is missing.
    """
    region = settings.firm().region
    try:
        return phones.parse(typed, region)
    except ValueError as error:
        raise LoyalAppError(_what_is_wrong(plain(typed), region), field=field) from error


def _what_is_wrong(typed: str, region: str) -> str:
    missing, shown = phones.missing_digits(typed, region), isolate_text(typed[:40], ltr=True)
    if missing == 1:
        return _("This number is one digit short: %(number)s. Please look once more.", number=shown)
    if missing == -1:
        return _("This number has one digit too many: %(number)s. Please look once more.", number=shown)
    return _("This does not look like a phone number: %(number)s. Please look once more.", number=shown)


def _people(rows: Iterable[Row]) -> list[dict[str, Any]]:
    found = []
    for place, row in _lines(rows, "people"):
        texts = {key: _text(row, key, place) for key in ("name", "role", "note")}
        number = (row.get("number") or "").strip()
        if not any(texts.values()) and not number:
            continue
        if not texts["name"]:
            raise LoyalAppError(_("Please write a name."), field=f"{place}-name")
        found.append({**texts, "number": phone_number(number, f"{place}-number") if number else None})
    return found


def _days(rows: Iterable[Row]) -> list[dict[str, Any]]:
    found = []
    for place, row in _lines(rows, "days"):
        what, kind = _text(row, "what", place), row.get("kind") or "own"
        if not what and not row.get("month"):
            continue
        if not row.get("month"):
            raise LoyalAppError(_("Which day is it? Please write it like 25/12."), field=f"{place}-day")
        if not what and kind == "own":
            raise LoyalAppError(_("What is on this day? Please write a word or two."), field=f"{place}-what")
        day = _day(row.get("year"), row["month"], row["day"], f"{place}-day")
        found.append({"what": what or "", "kind": kind, "year": day.year, "month": day.month, "day": day.day})
    return found


def _set_tags(customer: Customer, words: Iterable[str]) -> None:
    wanted = tags.checked(words)
    customer.tags[:] = [one for one in customer.tags if one.tag_key in wanted]
    have = {one.tag_key: one for one in customer.tags}
    for key, word in wanted.items():
        if key in have:
            have[key].tag = word
        else:
            customer.tags.append(Tag(tag=word, tag_key=key))
