"""Gathers what hangs on one customer besides phones and facts with one question, for the customer's page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Integer, Row, Text, bindparam, cast, literal, null, select, union_all
from sqlalchemy.orm import aliased

from loyalapp.core.days import PartialDay
from loyalapp.core.db import rows
from loyalapp.features.customers.models import Customer, CustomerDay, Person, Phone, Tag
from loyalapp.features.staff.models import StaffMember

FEW = 5


class SomeDay(NamedTuple):
    """A day that matters to the customer; `what` is empty for the birthday of the firm."""

    what: str
    kind: str
    when: PartialDay


@dataclass
class About:
    """What hangs on a customer. `referred_by`, `sent` and `same_number` are rows with id and names of customers.

    `sent`: a few whom this customer sent to us; `same_number`: others who have one of the numbers too.
    """

    people: list[Any] = field(default_factory=list)
    days: list[SomeDay] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    salesman: str = ""
    referred_by: Any = None
    sent: list[Any] = field(default_factory=list)
    same_number: list[Any] = field(default_factory=list)


def _part(kind: str, key: Any, texts: Sequence[Any], numbers: Sequence[Any] = ()) -> Any:
    """One part of the question; parts that have no such column answer with nothing there."""
    texts = [*texts, *[cast(null(), Text)] * (4 - len(texts))]
    numbers = [*numbers, *[cast(null(), Integer)] * (3 - len(numbers))]
    named = [one.label(f"text_{place}") for place, one in enumerate(texts)]
    counted = [one.label(f"number_{place}") for place, one in enumerate(numbers)]
    return select(literal(kind).label("kind"), key.label("id"), *named, *counted)


_WHO = bindparam("customer_id")
_NAMES = (Customer.name, Customer.name_ur, Customer.name_hi, Customer.name_en)
_MINE, _THEIRS = aliased(Phone), aliased(Phone)
_SENT = (
    select(Customer.id, *_NAMES)
    .where(Customer.referred_by_id == _WHO, Customer.removed_at.is_(None))
    .order_by(Customer.id.desc())
    .limit(FEW)
    .subquery()
)
_SAME_NUMBER = (
    select(Customer.id, *_NAMES)
    .join(_THEIRS, _THEIRS.customer_id == Customer.id)
    .join(_MINE, _MINE.number == _THEIRS.number)
    .where(_MINE.customer_id == _WHO, _THEIRS.customer_id != _WHO, Customer.removed_at.is_(None))
    .distinct()
    .limit(FEW)
    .subquery()
)
# Put together once: that takes longer than its answer.
QUESTION = union_all(
    _part("person", Person.id, (Person.name, Person.role, Person.number, Person.note)).where(
        Person.customer_id == _WHO
    ),
    _part(
        "day",
        CustomerDay.id,
        (CustomerDay.what, CustomerDay.kind),
        (CustomerDay.year, CustomerDay.month, CustomerDay.day),
    ).where(CustomerDay.customer_id == _WHO),
    _part("tag", Tag.id, (Tag.tag, Tag.tag_key)).where(Tag.customer_id == _WHO),
    _part("salesman", StaffMember.id, (StaffMember.name,)).where(StaffMember.id == bindparam("salesman_id")),
    _part("referred_by", Customer.id, _NAMES).where(
        Customer.id == bindparam("referred_by_id"), Customer.removed_at.is_(None)
    ),
    _part("sent", _SENT.c.id, [_SENT.c[one.key] for one in _NAMES]),
    _part("same_number", _SAME_NUMBER.c.id, [_SAME_NUMBER.c[one.key] for one in _NAMES]),
)


class Named(NamedTuple):
    """A customer by id and names, as far as a link needs it."""

    id: int
    name: str
    name_ur: str | None
    name_hi: str | None
    name_en: str | None


class Insider(NamedTuple):
    """Somebody inside a firm."""

    name: str
    role: str | None
    number: str | None
    note: str | None


def about(customer: Customer) -> About:
    """Everything that hangs on a customer besides phones and facts; one question."""
    facts = {
        "customer_id": customer.id,
        "salesman_id": customer.salesman_id,
        "referred_by_id": customer.referred_by_id,
    }
    found = About()
    for row in sorted(rows(QUESTION, facts), key=lambda one: one.id):
        _take(found, row)
    found.days.sort(key=lambda one: (one.kind, one.when.month, one.when.day))
    return found


def _take(found: About, row: Row[Any]) -> None:
    if row.kind == "person":
        found.people.append(Insider(row.text_0, row.text_1, row.text_2, row.text_3))
    elif row.kind == "day":
        found.days.append(SomeDay(row.text_0, row.text_1, PartialDay(row.number_0, row.number_1, row.number_2)))
    elif row.kind == "tag":
        found.tags.append(row.text_0)
    elif row.kind == "salesman":
        found.salesman = row.text_0
    else:
        _take_customer(found, row)


def _take_customer(found: About, row: Row[Any]) -> None:
    named = Named(row.id, row.text_0, row.text_1, row.text_2, row.text_3)
    if row.kind == "referred_by":
        found.referred_by = named
    else:
        getattr(found, row.kind).append(named)
