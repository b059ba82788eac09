"""Why a customer answers to a search where the line in the list does not show it: the line of the notes, a person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, literal, select, union_all

from loyalapp.core.db import rows
from loyalapp.core.matching import Sought
from loyalapp.features.customers.models import Customer, Fact, Person, Tag

LONGEST = 120
_THESE: Any = bindparam("ids", expanding=True)
_HIDDEN: Any = union_all(
    select(Person.customer_id, Person.name.label("one"), Person.role.label("two")).where(
        Person.customer_id.in_(_THESE)
    ),
    select(Tag.customer_id, Tag.tag, literal("")).where(Tag.customer_id.in_(_THESE)),
    *(
        select(Customer.id, column, literal("")).where(Customer.id.in_(_THESE))
        for column in (Customer.notes, Customer.address, Customer.email, Customer.trade)
    ),
    select(Fact.customer_id, Fact.text, literal("")).where(
        Fact.customer_id.in_(_THESE), Fact.do_not_mention.is_(False)
    ),
)


def reasons(text: str, shown: Sequence[Any]) -> dict[int, str]:
    """What answers to the words, by the ids of those rows of a list that do not show it themselves."""
    sought = Sought(text)
    ids = [one.id for one in shown if not sought.met_by(f"{one.name} {one.firm} {one.locality} {one.place}")]
    found: dict[int, tuple[int, str]] = {}
    hidden: Any = rows(_HIDDEN, {"ids": ids}) if ids and sought else ()
    for one, what, beside in hidden:
        for line in [*(what or "").splitlines(), beside or ""]:
            count = sought.count_in(line)
            if count > found.get(one, (0, ""))[0]:
                found[one] = (count, _cut(line if line == beside or not beside else f"{line}, {beside}"))
    return {one: line for one, (_count, line) in found.items()}


def _cut(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]} …"
