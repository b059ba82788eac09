"""What the user settled before a list is brought in: what its columns mean and how doubtful things are to be read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from loyalapp.features.imports import columns, reading
from loyalapp.features.imports.columns import KEEP, LEAVE, WHO, Column
from loyalapp.features.imports.refusals import UnreadableList

REGIONS = ("PK", "IN")
ORDERS = ("dmy", "mdy")
STAGES = ("customer", "prospect", "unsorted")
APART, JOIN = "apart", "join"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Choices:
    """How a list is to be read.

    `stage`: what new people are; "unsorted" are looked at afterwards, one by one. `same_name`: a sale to somebody whose
    name we know, but with another number, goes to a customer of its own ("apart") or to the one of that name ("join").
    `old_font`: whether cells in an old Hindi font are read as Hindi ("yes", "no", "" where there are none).
    `questions`: what the list does not say and the user was not asked yet, "order" and "old_font".
    """

    kind: str
    columns: tuple[Column, ...]
    order: str = "dmy"
    region: str = "PK"
    stage: str = "customer"
    same_name: str = APART
    old_font: str = ""
    questions: frozenset[str] = frozenset()

    def indexes(self, meaning: str) -> tuple[int, ...]:
        """The columns with this meaning, from the left."""
        return tuple(column.index for column in self.columns if column.meaning == meaning)


def proposed(source: reading.SourceList, region: str) -> Choices:
    """What we would do if the user changed nothing.

    :param region: the firm's own, for a list that does not show whose numbers it holds.
    """
    is_phone_book = source.form == reading.CARDS or bool(source.program)
    in_old_font = bool(source.old_font.columns)
    questions = {"order"} if source.guess.unsure_of else set()
    questions |= {"old_font"} if in_old_font else set()
    return Choices(
        source.kind,
        source.columns,
        source.guess.order,
        source.guess.region or region,
        "unsorted" if is_phone_book else "customer",
        old_font=("yes" if source.old_font.is_read else "no") if in_old_font else "",
        questions=frozenset(questions),
    )


def chosen(base: Choices, wishes: Mapping[str, Any]) -> Choices:
    """The proposal with the user's wishes: the fields of `Choices` by name, and `column-N` = meaning.

    :raises UnreadableList: if no column is left that says who somebody is.
    """
    kind = wishes.get("kind") if wishes.get("kind") in columns.MEANINGS else base.kind
    found = tuple(replace(one, meaning=_wished(one, wishes, kind)) for one in base.columns)
    if not any(one.meaning in WHO for one in found):
        raise UnreadableList("columns")
    answers = {"order": ORDERS, "old_font": (YES, NO)}
    return Choices(
        kind,
        columns.for_kind(found, kind),
        _one_of(ORDERS, wishes.get("order"), base.order),
        _one_of(REGIONS, wishes.get("region"), base.region),
        _one_of(STAGES, wishes.get("stage"), base.stage),
        _one_of((APART, JOIN), wishes.get("same_name"), base.same_name),
        base.old_font,
        frozenset(one for one in base.questions if wishes.get(one) not in answers[one]),
    )


def _wished(column: Column, wishes: Mapping[str, Any], kind: str) -> str:
    wish = wishes.get(f"column-{column.index}", column.meaning)
    return wish if wish in columns.MEANINGS[kind] or wish in (KEEP, LEAVE) else column.meaning


def _one_of(known: tuple[str, ...], wish: Any, usual: str) -> str:
    return wish if wish in known else usual
