"""What hangs on a customer (numbers, tags, people, days) as rows of its tables, for inserting many at once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from loyalapp.features.customers.models import CustomerDay, Person, Phone, Tag
from loyalapp.features.imports.bulk import Bulk
from loyalapp.features.imports.keyed import PARTS, entries

MODELS: dict[str, tuple[Any, tuple[str, ...]]] = {
    what: (model, ("customer_id", *PARTS[what]))
    for what, model in {"phones": Phone, "tags": Tag, "people": Person, "days": CustomerDay}.items()
}
SAME: dict[str, dict[str, Any]] = {"phones": {"on_whatsapp": True}}


def rows_of(one: int, what: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of one customer's list."""
    return [(one, *entry) for entry in entries(what, values)]


def bulks(session: Session) -> dict[str, Bulk]:
    """What inserts into each table."""
    return {what: Bulk(session, model, columns, SAME.get(what, {})) for what, (model, columns) in MODELS.items()}
