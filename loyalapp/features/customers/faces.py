"""What a customer is told by: names, numbers, place, firm; of the list, or of somebody who is only being typed in."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from loyalapp.core import phones
from loyalapp.core.db import rows
from loyalapp.core.sounds import joined
from loyalapp.core.textkeys import norm
from loyalapp.features.customers.filling import SEVERAL
from loyalapp.features.customers.models import Customer, Phone
from loyalapp.features.settings import service as settings


@dataclass(frozen=True)
class Face:
    """What one customer is told by; also somebody who is only being typed in (id 0)."""

    id: int
    name: str
    names: tuple[str, ...]
    firm: str
    place: str
    email: str
    numbers: frozenset[str]

    def sounds(self) -> set[str]:
        """The name as it is heard, from every script it is known in; by its letters where hardly anything is heard."""
        return {sound if len(sound := joined(one)) > 1 else f"={norm(one)}" for one in self.names}


def face_of(customer: Customer) -> Face:
    """What a customer of the list is told by."""
    return faces_of([customer.id])[customer.id]


def typed(values: Mapping[str, Any]) -> Face:
    """What somebody is told by who is being typed in; what is no number yet tells nothing."""
    names = (values.get(one) for one in ("name", "name_ur", "name_hi", "name_en"))
    numbers = [one for row in values.get("phones") or () for one in _dialled(row.get("number") or "")]
    return Face(
        0,
        values.get("name") or "",
        tuple(one for one in names if one),
        values.get("firm") or "",
        values.get("place") or "",
        values.get("email") or "",
        frozenset(numbers),
    )


def _dialled(text: str) -> Iterator[str]:
    region = settings.firm().region
    for one in SEVERAL.split(text):
        with suppress(ValueError):
            yield phones.parse(one, region)


def faces_of(ids: Iterable[int]) -> dict[int, Face]:
    """By two questions, however many they are."""
    wanted = sorted(ids)
    if not wanted:
        return {}
    numbers: dict[int, set[str]] = {}
    for owner, number in rows(select(Phone.customer_id, Phone.number).where(Phone.customer_id.in_(wanted))):
        numbers.setdefault(owner, set()).add(number)
    columns = (Customer.name, Customer.name_ur, Customer.name_hi, Customer.name_en)
    query = select(Customer.id, *columns, Customer.firm, Customer.place, Customer.email)
    return {
        one: Face(
            one, names[0], tuple(filter(None, names)), firm or "", place or "", email or "",
            frozenset(numbers.get(one, ())),
        )
        for one, *names, firm, place, email in rows(query.where(Customer.id.in_(wanted)).order_by(Customer.id))
    }  # fmt: skip
