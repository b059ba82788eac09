"""What can be done with customers: add, change, remove, find, list, learn."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm.exc import StaleDataError

from loyalapp.core import phones
from loyalapp.core.clock import now
from loyalapp.core.db import db, rows
from loyalapp.core.errors import Conflict, NotFound
from loyalapp.core.i18n import _
from loyalapp.core.memory import until_changed
from loyalapp.core.textkeys import plain
from loyalapp.features.customers import (
    asking,
    facts,
    filling,
    gathering,
    keys,
    naming,
    questions,
    removing,
    search_index,
    tags,
)
from loyalapp.features.customers import profile as profiles
from loyalapp.features.customers import reasons as why_found
from loyalapp.features.customers.models import OUTSIDE, Customer, Fact, Phone
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff

PAGE = 25
LONGEST_ID = 9
LARGEST_ID = 2**31
keys_of = keys.keys_of  # for features that insert customers in bulk
set_keys = keys.set_keys
delete_row = removing.delete  # for features and plugins with rows of a customer
set_first_deal = filling.set_first_deal
add_fact, change_fact, drop_fact = facts.add, facts.change, facts.drop
FROM_A_CONTACT = facts.FROM_A_CONTACT
names, name_in, addressed, other_names = naming.names, naming.name_in, naming.addressed, naming.other_names
unknown = asking.unknown
about = gathering.about
tags_in_use = tags.in_use
checked_tags = tags.checked  # for whoever gives tags to many at once
suggest, look_up, Found = search_index.find, search_index.look_up, search_index.Found
reasons = why_found.reasons
OURS = questions.OURS_ANYWHERE
OURS_IN_ORDER = questions.OURS  # for what is read in the order of the list, along its index
OUTSIDERS = questions.OUTSIDE


class Page(NamedTuple):
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


def profile(customer_id: int) -> Any:
    """One customer to be shown, as values that cannot be changed (`profile.Profile`): far faster than `get`.

    :raises NotFound: if there is none, or it was removed.
    """
    found = profiles.read(customer_id) if 0 < customer_id < LARGEST_ID else None
    if found is None or found.removed_at is not None:
        raise NotFound(_("This customer is not in the list any more."))
    return found


def add(values: Mapping[str, Any]) -> Customer:
    """Add a customer with everything that hangs on it, in one transaction.

    :param values: the columns by name; `phones`, `people`, `days` and `tags` as `filling.fill` takes them.
    :raises LoyalAppError: if the name is missing or too long, a number cannot be a phone number, a day is none.
    """
    customer = Customer()
    whose = {"salesman_id": desk} if (desk := staff.at_desk()) else {}
    filling.fill(customer, {**whose, **values})
    db.session.add(customer)
    db.session.flush()
    search_index.index(db.session, [customer.id])
    db.session.commit()
    return customer


def change(customer_id: int, values: Mapping[str, Any], version: int | None = None) -> Customer:
    """Change a customer: what is not among the values stays, phones, people, days and tags too.

    :param version: the version the user saw; if somebody changed the customer since, nothing is overwritten.
    :raises Conflict: if it was changed meanwhile.
    """
    customer = get(customer_id)
    if version is not None and version != customer.version:
        raise _changed_meanwhile()
    with db.session.no_autoflush:  # a change is one step of the version, and written as a whole
        filling.fill(customer, values)
    customer.updated_at = now()  # the version counts changes of phones, people, days and tags as well
    try:
        db.session.flush()
    except StaleDataError as error:
        db.session.rollback()
        raise _changed_meanwhile() from error
    search_index.index(db.session, [customer.id])
    db.session.commit()
    return customer


def _changed_meanwhile() -> Conflict:
    return Conflict(
        _("Somebody else changed this customer just now. Please look at the new page and write your change again.")
    )


def deal_with(customer: Customer, stage: str = "prospect") -> None:
    """Whom we talk or sell to is one of ours, whatever a phone book made of them; in the caller's transaction.

    :param stage: "customer" for somebody who has just bought.
    """
    if customer.stage in OUTSIDE or (stage == "customer" and customer.stage != stage):
        customer.stage = stage


def outside_state() -> tuple[int, int]:
    """Stands still as long as the same customers are removed or none of our business: what figures leave out."""
    return until_changed("customers.outside", lambda: tuple(rows(questions.OUTSIDE_STATE).one()))


def remove(customer_id: int) -> int:
    """Take a customer out of every list; answers the step by which `bring_back.undo` brings them back."""
    return removing.take_out(get(customer_id))


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


def contact_limit(customer: Any) -> int:
    """How many unasked contacts in 30 days this customer bears (E4)."""
    return customer.contact_limit if customer.contact_limit is not None else settings.firm().contact_limit


# ---- what we learn ----


def learn(
    customer_id: int,
    text: str,
    source: str | None = None,
    *,
    learned_on: date | None = None,
    may_use: bool = True,
    do_not_mention: bool = False,
) -> int:
    """Write down a fact about a customer, with where it comes from and what it may be used for (D2, D4).

    :raises LoyalAppError: if nothing was written.
    """
    get(customer_id)
    fact = add_fact(customer_id, text, source, learned_on=learned_on, may_use=may_use, do_not_mention=do_not_mention)
    db.session.commit()
    return fact.id


def get_fact(fact_id: int) -> Fact:
    """One fact of a customer who is in the list.

    :raises NotFound: if one of both is not there any more.
    """
    found = facts.get(fact_id)
    get(found.customer_id)
    return found


def correct_fact(
    fact_id: int,
    text: str,
    source: str | None,
    *,
    learned_on: date | None = None,
    may_use: bool = True,
    do_not_mention: bool = False,
) -> None:
    """Correct a fact.

    :raises NotFound: if it is not there any more.
    :raises LoyalAppError: if nothing was written.
    """
    fact = get_fact(fact_id)
    facts.change(fact, text, source, learned_on=learned_on, may_use=may_use, do_not_mention=do_not_mention)
    db.session.commit()


def forget_fact(fact_id: int) -> int:
    """Strike a fact out; answers the step that brings it back.

    :raises NotFound: if it is not there any more.
    """
    customer = get(facts.get(fact_id).customer_id)
    return removing.delete(customer, "fact", "customer_fact", fact_id)


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
