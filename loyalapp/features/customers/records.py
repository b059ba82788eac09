"""A customer with everything that hangs on it as plain values, for files: phones in E.164, days in ISO."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from loyalapp.core.db import db
from loyalapp.features.customers.models import Customer
from loyalapp.features.staff import service as staff

PLAIN = (
    "name", "name_ur", "name_hi", "name_en", "address_form", "kind", "firm", "trade", "size", "place", "locality",
    "address", "email", "message_language", "channel", "hours", "stage", "since", "contact_limit", "do_not_mention",
    "notes",
)  # fmt: skip
# The columns of a table; what comes several times is one text there.
COLUMNS = (
    "name", "name_ur", "name_hi", "name_en", "address_form", "kind", "firm", "trade", "size", "place", "locality",
    "address", "email", "message_language", "channel", "hours", "stage", "birthday", "since", "phones", "people",
    "days", "tags", "salesman", "referred_by", "do_not_mention", "notes",
)  # fmt: skip
HANGING = (Customer.phones, Customer.facts, Customer.people, Customer.days, Customer.tags)


def batch(which: ColumnElement[bool], most: int) -> list[dict[str, Any]]:
    """The customers of a condition by their ids, at most so many; a constant number of questions."""
    query = (
        select(Customer)
        .options(*(selectinload(one) for one in HANGING))
        .where(which, Customer.removed_at.is_(None))
        .order_by(Customer.id)
        .limit(most)
    )
    found = db.session.scalars(query).all()
    names = staff.names(one.salesman_id for one in found if one.salesman_id)
    senders = _senders(found)
    return [_record(one, names, senders) for one in found]


def _senders(found: Sequence[Customer]) -> dict[int, str]:
    ids = {one.referred_by_id for one in found if one.referred_by_id}
    query = select(Customer.id, Customer.name).where(Customer.id.in_(ids), Customer.removed_at.is_(None))
    return {row.id: row.name for row in db.session.execute(query)} if ids else {}


def _record(customer: Customer, members: Mapping[int, str], senders: Mapping[int, str]) -> dict[str, Any]:
    plain = {name: getattr(customer, name) for name in PLAIN}
    return {
        "id": customer.id,
        **{name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()},
        "birthday": customer.birthday.text() if customer.birthday else None,
        "phones": [one.number for one in customer.phones],
        "numbers": [
            {"number": one.number, "label": one.label, "on_whatsapp": one.on_whatsapp} for one in customer.phones
        ],
        "people": [
            {"name": one.name, "role": one.role, "number": one.number, "note": one.note} for one in customer.people
        ],
        "days": [{"what": one.what, "kind": one.kind, "day": one.when.text()} for one in customer.days],
        "tags": [one.tag for one in customer.tags],
        "salesman": members.get(customer.salesman_id or 0),
        "referred_by": senders.get(customer.referred_by_id or 0),
        "facts": [
            {
                "text": one.text,
                "source": one.source,
                "learned_on": one.learned_on.isoformat(),
                "may_use": one.may_use,
                "do_not_mention": one.do_not_mention,
            }
            for one in customer.facts
        ],
    }


def person(one: Mapping[str, Any]) -> str:
    """Somebody inside a firm in one line."""
    return " · ".join(filter(None, (one["name"], one["role"], one["number"], one["note"])))


def cells(record: Mapping[str, Any]) -> list[str]:
    """A record as the cells of a table, in the order of `COLUMNS`."""
    several = {
        "phones": ", ".join(record["phones"]),
        "people": "; ".join(map(person, record["people"])),
        "days": "; ".join(f"{one['what'] or one['kind']}: {one['day']}" for one in record["days"]),
        "tags": ", ".join(record["tags"]),
    }
    return [several[name] if name in several else str(record[name] or "") for name in COLUMNS]
