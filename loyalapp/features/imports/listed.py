"""What hangs on a customer (numbers, tags, people, days) as rows of its tables, for inserting many at once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from loyalapp.core.textkeys import norm
from loyalapp.features.customers.models import CustomerDay, Person, Phone, Tag
from loyalapp.features.imports.bulk import Bulk

MODELS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "phones": (Phone, ("customer_id", "number")),
    "tags": (Tag, ("customer_id", "tag", "tag_key")),
    "people": (Person, ("customer_id", "name", "role", "number")),
    "days": (CustomerDay, ("customer_id", "what", "kind", "year", "month", "day")),
}
SAME: dict[str, dict[str, Any]] = {"phones": {"on_whatsapp": True}}


def entries(one: int, what: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of one customer's list."""
    if what == "phones":
        return [(one, number) for number in values]
    if what == "tags":
        return [(one, tag, norm(tag)) for tag in values]
    return [(one, *entry) for entry in values]


def bulks(session: Session) -> dict[str, Bulk]:
    """What inserts into each table."""
    return {what: Bulk(session, model, columns, SAME.get(what, {})) for what, (model, columns) in MODELS.items()}
