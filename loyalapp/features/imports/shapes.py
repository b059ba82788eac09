"""Remembers what the user chose for a list, and offers it again for the next list with the same headings."""

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from loyalapp.core.clock import now
from loyalapp.features.imports.choices import Choices
from loyalapp.features.imports.models import Shape
from loyalapp.features.imports.reading import CARDS, SourceList
from loyalapp.features.imports.words import plain_key

FEWEST_HEADINGS = 2


def key_of(source: SourceList) -> str | None:
    """The same for all lists of one shape; None for a list without headings, which could be any."""
    if source.form == CARDS:
        return None
    titles = [plain_key(column.title) for column in source.columns]
    if sum(map(bool, titles)) < FEWEST_HEADINGS:
        return None
    return hashlib.sha256("\x1f".join(titles).encode()).hexdigest()


def wishes_for(session: Session, source: SourceList) -> Mapping[str, Any]:
    """What was chosen for the last list of this shape."""
    key = key_of(source)
    found = session.get(Shape, key) if key else None
    return found.wishes if found else {}


def remember(session: Session, source: SourceList, choices: Choices) -> None:
    """Keep what was chosen, in the caller's transaction."""
    if (key := key_of(source)) is None:
        return
    wishes = {f"column-{column.index}": column.meaning for column in choices.columns}
    wishes |= {"kind": choices.kind, "order": choices.order, "region": choices.region, "stage": choices.stage}
    if choices.kind == "sales":
        wishes["same_name"] = choices.same_name
    if choices.old_font:
        wishes["old_font"] = choices.old_font
    session.merge(Shape(key=key, wishes=wishes, used_at=now()))
