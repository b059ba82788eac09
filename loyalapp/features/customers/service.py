"""What can be done with customers: add, change, remove, find, list, learn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm.exc import StaleDataError

from loyalapp.core import phones
from loyalapp.core.clock import now, today
from loyalapp.core.db import db, rows
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.core.i18n import _, current_language
from loyalapp.core.memory import until_changed
from loyalapp.core.textkeys import plain
from loyalapp.features.customers import keys, questions, search_index
from loyalapp.features.customers.address import script_of, with_respect
from loyalapp.features.customers.models import Customer, Fact, Phone
from loyalapp.features.settings import service as settings

LONGEST_NAME = 200
PAGE = 25
FROM_A_CONTACT = "contact"  # where a fact comes from, kept as a word of ours and shown in the reader's language
LONGEST_ID = 9
LARGEST_ID = 2**31
SCRIPT_NAMES = {"ur": "name_ur", "hi": "name_hi", "en": "name_en"}
keys_of = keys.keys_of  # for features that insert customers in bulk
set_keys = keys.set_keys


@dataclass(frozen=True)
class Page:
    """One page of the list. `before` and `after` are cursors for the neighbouring pages, None at an end."""

    rows: Sequence[Any]
    total: int
    before: str | None
    after: str | None


def get(customer_id: int) -> Customer:
    """One customer with phones and facts.

    :raises NotFound: if there is none, or it was removed.
    """
    found = questions.one(customer_id) if 0 < customer_id < LARGEST_ID else None
    if found is None or found.removed_at is not None:
        raise NotFound(_("This customer is not in the list any more."))
    return found


def add(values: Mapping[str, Any]) -> Customer:
    """Add a customer. `values` has the columns' names; `phones` is a list of numbers as people type them.

    :raises LoyalAppError: if the name is missing or too long, or a number cannot be a phone number.
    """
    customer = Customer()
    _fill(customer, values)
    db.session.add(customer)
    db.session.flush()
    search_index.index(db.session, [customer.id])
    db.session.commit()
    return customer


def change(customer_id: int, values: Mapping[str, Any], version: int | None = None) -> Customer:
    """Change a customer.

    :param version: the version the user saw; if somebody changed the customer since, nothing is overwritten.
    :raises Conflict: if it was changed meanwhile.
    """
    customer = get(customer_id)
    if version is not None and version != customer.version:
        raise Conflict(
            _("Somebody else changed this customer just now. Please look at the new page and write your change again.")
        )
    _fill(customer, values)
    try:
        db.session.flush()
    except StaleDataError as error:
        db.session.rollback()
        raise Conflict(
            _("Somebody else changed this customer just now. Please look at the new page and write your change again.")
        ) from error
    search_index.index(db.session, [customer.id])
    db.session.commit()
    return customer


def remove(customer_id: int) -> None:
    """Take a customer out of every list; the rows stay, so that it can be brought back."""
    customer = get(customer_id)
    customer.removed_at = now()
    db.session.flush()
    search_index.index(db.session, [customer_id])
    db.session.commit()


def bring_back(customer_id: int) -> None:
    """Undo `remove`."""
    db.session.execute(update(Customer).where(Customer.id == customer_id).values(removed_at=None))
    search_index.index(db.session, [customer_id])
    db.session.commit()


def _fill(customer: Customer, values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        if key != "phones":
            setattr(customer, key, _cleaned(key, value))
    if not (customer.name or "").strip():
        raise LoyalAppError(_("Please write a name. Everything else can wait."), field="name")
    if len(customer.name) > LONGEST_NAME:
        raise LoyalAppError(_("This name is very long. Please shorten it to 200 letters."), field="name")
    if "phones" in values:
        _set_phones(customer, values["phones"])
    set_first_deal(customer, customer.since)
    keys.set_keys(customer)


def set_first_deal(customer: Customer, day: date | None) -> None:
    """The anniversary of the first deal (E3) is that of the earliest day we know; in the caller's transaction."""
    if day is not None:
        customer.since = min(day, customer.since or day)
        customer.since_month, customer.since_day = customer.since.month, customer.since.day


def _cleaned(key: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    kept = plain(value, keep_lines=key in {"notes", "do_not_mention", "address"})
    return kept if kept or key in {"name", "notes", "do_not_mention"} else None


def _what_is_wrong(typed: str, region: str) -> str:
    missing = phones.missing_digits(typed, region)
    if missing == 1:
        return _("This number is one digit short: %(number)s. Please look once more.", number=typed)
    if missing == -1:
        return _("This number has one digit too many: %(number)s. Please look once more.", number=typed)
    return _("This does not look like a phone number: %(number)s. Please look once more.", number=typed)


def _set_phones(customer: Customer, typed: Iterable[str]) -> None:
    region = settings.firm().region
    numbers: dict[str, None] = {}
    for text in typed:
        if text and text.strip():
            try:
                numbers[phones.parse(text, region)] = None
            except ValueError as error:
                raise LoyalAppError(_what_is_wrong(text.strip(), region), field="phones") from error
    kept = {one.number: one for one in customer.phones}
    customer.phones = [kept.get(number) or Phone(number=number) for number in numbers]


# ---- lists ----


def page(after: str | None = None, before: str | None = None, size: int = PAGE) -> Page:
    """One page of the list in the order of names, by keyset: as fast on page 4,000 as on page 1."""
    cursor, backwards = (before, True) if before else (after, False)
    key, number = _cursor(cursor) if cursor else ("", 0)
    query = (questions.BEFORE if backwards else questions.AFTER) if cursor else questions.FIRST
    found = list(rows(query, {"key": key, "number": number, "size": size + 1}))
    more = len(found) > size
    found = found[:size][::-1] if backwards else found[:size]
    has_before, has_after = (more, True) if backwards else (bool(cursor), more)
    return Page(
        found,
        total(),
        _mark(found[0]) if found and has_before else None,
        _mark(found[-1]) if found and has_after else None,
    )


def _mark(row: Any) -> str:
    return f"{row.id}~{row.sort_key}"


def _cursor(mark: str) -> tuple[str, int]:
    number, found, key = mark.partition("~")
    if not found or not number.isdecimal() or len(number) > LONGEST_ID or "\0" in key:
        raise NotFound(_("This page of the list is not there."))
    return key, int(number)


def total() -> int:
    """How many customers there are; counted again only after a change."""
    return until_changed("customers.total", lambda: rows(questions.TOTAL).scalar() or 0)


def find(text: str, limit: int = 20) -> Sequence[Any]:
    """Customers that answer to a name in any script, a place, or part of a phone number; best first."""
    return listed(search_index.find_ids(plain(text), limit))


def listed(ids: Sequence[int]) -> Sequence[Any]:
    """The rows of a list for these ids, in their order."""
    found = {row.id: row for row in rows(questions.ROWS, {"ids": list(ids)})}
    return [found[one] for one in ids if one in found]


def present(ids: Iterable[int]) -> set[int]:
    """Those of the ids whose customers are (still) in the list."""
    return set(rows(questions.PRESENT, {"ids": list(ids)}).scalars())


def numbers_of(ids: Sequence[int]) -> dict[int, str]:
    """The first phone number of each customer, by id."""
    return {row.customer_id: row.number for row in rows(questions.NUMBERS, {"ids": list(ids)})}


def by_phone(text: str) -> Sequence[Any]:
    """Customers with exactly this number; empty if it is not a number."""
    try:
        number = phones.parse(text, settings.firm().region)
    except ValueError:
        return []
    ids = db.session.scalars(select(Phone.customer_id).where(Phone.number == number).order_by(Phone.id)).all()
    return listed(list(ids))


def names(ids: Iterable[int]) -> dict[int, str]:
    """How each customer is called with respect, in the letters of the interface where we know them, by id."""
    ids = list(ids)
    return {row.id: addressed(row) for row in rows(questions.NAMES, {"ids": ids})} if ids else {}


def name_in(customer: Any, language: str) -> str:
    """The name in the script of a language where we know it so, else as it was written."""
    wanted = language if language in SCRIPT_NAMES else "en"
    written: str = customer.name
    return written if script_of(written) == wanted else getattr(customer, SCRIPT_NAMES[wanted]) or written


def addressed(customer: Any, language: str | None = None) -> str:
    """The customer with name and form of address, in a language (the interface's if none is given)."""
    spoken = name_in(customer, language or current_language())
    form = customer.address_form
    if form and script_of(form) != script_of(spoken):
        form = None
    return with_respect(spoken, form)


def other_names(customer: Customer) -> list[str]:
    """The name in the letters that are not on the page's first line."""
    shown = name_in(customer, current_language())
    known = (customer.name, customer.name_ur, customer.name_hi, customer.name_en)
    return [name for name in dict.fromkeys(known) if name and name != shown]


def contact_limit(customer: Any) -> int:
    """How many unasked contacts in 30 days this customer bears (E4)."""
    return customer.contact_limit if customer.contact_limit is not None else settings.firm().contact_limit


# ---- what we learn ----


def learn(customer_id: int, text: str, source: str | None = None, *, do_not_mention: bool = False) -> int:
    """Write down a fact about a customer, with where it comes from (D2, D4).

    :raises LoyalAppError: if nothing was written.
    """
    get(customer_id)
    fact = add_fact(customer_id, text, source, do_not_mention=do_not_mention)
    db.session.commit()
    return fact.id


def add_fact(customer_id: int, text: str, source: str | None = None, *, do_not_mention: bool = False) -> Fact:
    """The same in the caller's transaction."""
    kept = plain(text)
    if not kept:
        raise LoyalAppError(_("Please write what you learned."), field="text")
    fact = Fact(customer_id=customer_id, text=kept, source=source, learned_on=today(), do_not_mention=do_not_mention)
    db.session.add(fact)
    return fact


def has_examples() -> bool:
    """Whether example customers are among the real ones."""
    return db.session.scalar(select(Customer.id).where(Customer.is_example).limit(1)) is not None


def remove_examples() -> int:
    """Take all example data out in one step: whatever hangs on an example customer goes with it."""
    ids = list(db.session.scalars(select(Customer.id).where(Customer.is_example)))
    db.session.execute(update(Customer).where(Customer.is_example).values(removed_at=now()))
    search_index.index(db.session, ids)
    db.session.execute(delete(Customer).where(Customer.is_example))
    db.session.commit()
    return len(ids)
