"""What the user settled before a list is brought in: what its columns mean and how doubtful things are to be read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from loyalapp.features.imports import columns, reading
from loyalapp.features.imports.columns import KEEP, LEAVE, Column
from loyalapp.features.imports.refusals import UnreadableList

REGIONS = ("PK", "IN")
ORDERS = ("dmy", "mdy")
STAGES = ("customer", "prospect")
APART, JOIN = "apart", "join"
WHO = frozenset({"name", "given", "family", "phone", "firm", "email"})


@dataclass(frozen=True)
class Choices:
    """How a list is to be read.

    `stage`: what new people are, "customer" or "prospect". `same_name`: a sale to somebody whose name we know, but
    with another number, goes to a customer of its own ("apart") or to the one of that name ("join").
    """

    kind: str
    columns: tuple[Column, ...]
    order: str = "dmy"
    region: str = "PK"
    stage: str = "customer"
    same_name: str = APART

    def indexes(self, meaning: str) -> tuple[int, ...]:
        """The columns with this meaning, from the left."""
        return tuple(column.index for column in self.columns if column.meaning == meaning)


def proposed(source: reading.SourceList, region: str) -> Choices:
    """What we would do if the user changed nothing.

    :param region: the firm's own, for a list that does not show whose numbers it holds.
    """
    stage = "prospect" if source.form == reading.CARDS else "customer"
    return Choices(source.kind, source.columns, source.guess.order, source.guess.region or region, stage)


def chosen(base: Choices, wishes: Mapping[str, Any]) -> Choices:
    """The proposal with the user's wishes: `kind`, `order`, `region`, `stage`, `same_name`, and `column-N` = meaning.

    :raises UnreadableList: if no column is left that says who somebody is.
    """
    kind = wishes.get("kind") if wishes.get("kind") in columns.MEANINGS else base.kind
    found = tuple(replace(one, meaning=_wished(one, wishes, kind)) for one in base.columns)
    if not any(one.meaning in WHO for one in found):
        raise UnreadableList("columns")
    return Choices(
        kind,
        columns.for_kind(found, kind),
        _one_of(ORDERS, wishes.get("order"), base.order),
        _one_of(REGIONS, wishes.get("region"), base.region),
        _one_of(STAGES, wishes.get("stage"), base.stage),
        _one_of((APART, JOIN), wishes.get("same_name"), base.same_name),
    )


def _wished(column: Column, wishes: Mapping[str, Any], kind: str) -> str:
    wish = wishes.get(f"column-{column.index}", column.meaning)
    return wish if wish in columns.MEANINGS[kind] or wish in (KEEP, LEAVE) else column.meaning


def _one_of(known: tuple[str, ...], wish: Any, usual: str) -> str:
    return wish if wish in known else usual
