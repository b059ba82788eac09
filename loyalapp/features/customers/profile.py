"""One customer as plain values that nobody can change, read once for a page, whoever asks for them.

An entity takes ten times as long, and plugins would each read one of their own.
"""

from collections import namedtuple
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Boolean, bindparam, cast, literal, null, select, union_all

from loyalapp.core.days import PartialDay
from loyalapp.core.db import rows
from loyalapp.core.memory import once
from loyalapp.features.customers.models import Customer, Fact, Phone

_KEYS = ("search_", "sort_key", "sound_key")  # made from the rest, never shown
_COLUMNS = [one for one in Customer.__table__.c if not one.key.startswith(_KEYS)]
_WHO = bindparam("customer_id")
# Put together once: that takes longer than its answer.
COLUMNS = select(*_COLUMNS).where(Customer.__table__.c.id == _WHO)
HANGING = union_all(
    select(
        Fact.id, Fact.text, Fact.source, Fact.learned_on, Fact.may_use, Fact.do_not_mention, literal(1).label("is_fact")
    ).where(Fact.customer_id == _WHO),
    select(Phone.id, Phone.number, Phone.label, null(), Phone.on_whatsapp, cast(null(), Boolean), literal(0)).where(
        Phone.customer_id == _WHO
    ),
)


class KnownPhone(NamedTuple):
    """A phone number, as `models.Phone` says."""

    id: int
    number: str
    label: str | None
    on_whatsapp: bool


class KnownFact(NamedTuple):
    """Something we learned, as `models.Fact` says."""

    id: int
    text: str
    source: str | None
    learned_on: date
    may_use: bool
    do_not_mention: bool


class Profile(namedtuple("Profile", [*(one.key for one in _COLUMNS), "phones", "facts"])):  # noqa: PYI024 -- its names are the model's
    """The columns of `models.Customer`, the phones in order, the facts with the newest first."""

    __slots__ = ()

    @property
    def birthday(self) -> PartialDay | None:
        """The birthday, with or without its year."""
        known: Any = self
        if known.birth_month is None or known.birth_day is None:
            return None
        return PartialDay(known.birth_year, known.birth_month, known.birth_day)


def read(customer_id: int) -> Any:
    """The profile; None if there is no such customer. Removed ones have one too."""
    return once(f"customers.profile.{customer_id}", lambda: _read(customer_id))


def _read(customer_id: int) -> Profile | None:
    asked = {"customer_id": customer_id}
    found = rows(COLUMNS, asked).one_or_none()
    if found is None:
        return None
    phones, facts = [], []
    for *values, is_fact in rows(HANGING, asked):
        facts.append(KnownFact(*values)) if is_fact else phones.append(KnownPhone(*values[:3], values[4]))
    newest = sorted(facts, key=lambda one: (one.learned_on, one.id), reverse=True)
    return Profile(*found, tuple(sorted(phones)), tuple(newest))
