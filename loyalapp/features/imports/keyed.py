"""Customers of a list on their way to the database: as plain values, and with the keys they are found by."""

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Any

from loyalapp.core.textkeys import norm
from loyalapp.features.customers.keys import keys_of, plain_keys
from loyalapp.features.imports.merging import COLUMNS, KEYS, LISTS, Values, values_of
from loyalapp.features.imports.rows import Who

PLAIN = (*COLUMNS, *LISTS)
STORED = (*COLUMNS, *KEYS)
# What makes one entry of each of `LISTS`.
PARTS = {
    "phones": ("number",),
    "tags": ("tag", "tag_key"),
    "people": ("name", "role", "number"),
    "days": ("what", "kind", "year", "month", "day"),
}
SINCE = COLUMNS.index("since")
NAMES = ("name", "name_ur", "name_hi", "name_en")
AROUND = ("firm", "place", "locality", "trade")
MORE = ("notes", "address", "email")
Columns = Mapping[str, Sequence[Any]]


def packed(row: Who, stage: str) -> Sequence[Any]:
    """Somebody new as plain values in the order of `PLAIN`, for a spool; what is empty is None, but for the notes."""
    if row.other_names or row.since:
        return plain(values_of(row, stage))
    year, month, day = row.birth or (None, None, None)
    return (
        row.name, None, None, None, row.form, row.firm, row.trade, row.place, row.locality, row.address, row.email,
        row.language, row.size, row.channel, row.hours, row.salesman, row.kind, stage, year, month, day,
        None, None, None, "\n".join(row.notes), row.phones or None, row.tags or None, row.people or None,
        row.days or None,
    )  # fmt: skip


def plain(values: Values) -> list[Any]:
    """Values of a customer in the order of `PLAIN`."""
    found = [values[column] for column in COLUMNS]
    if since := found[SINCE]:
        found[SINCE] = since.isoformat()
    return [*found, *(values[what] or None for what in LISTS)]


def unpacked(record: Sequence[Any]) -> Values:
    """The values again."""
    values: Values = dict(zip(PLAIN, record, strict=True))
    if values["since"]:
        values["since"] = date.fromisoformat(values["since"])
    return values | {what: list(values[what] or ()) for what in LISTS}


def all_packed(some: Sequence[Values]) -> bytes:
    """What several rows say about one customer, for a file."""
    return marshal.dumps([plain(values) for values in some])


def all_unpacked(kept: bytes) -> list[Values]:
    """The same again."""
    return [unpacked(record) for record in marshal.loads(kept)]  # noqa: S302 -- our own, written by `all_packed`


def entries(what: str, values: Sequence[Any]) -> list[Sequence[Any]]:
    """The entries of one customer's list as rows of its table; see `PARTS`."""
    if what == "phones":
        return [(number,) for number in values]
    if what == "tags":
        return [(tag, norm(tag)) for tag in values]
    return list(values)


def with_keys(columns: Columns, size: int) -> Columns:
    """Columns of `PLAIN` with those of the keys: worked out some hundred at a time, before the lock."""
    numbers, people = (columns.get(what, repeat(None, size)) for what in ("phones", "people"))
    names, around, more = (_together(columns, some, size) for some in (NAMES, AROUND, MORE))
    found = [tuple(_keys(*one)) for one in zip(names, around, numbers, more, people, strict=True)]
    return {**columns, **dict(zip(KEYS, zip(*found, strict=True), strict=True))}


def _together(there: Columns, names: Sequence[str], size: int) -> Iterator[tuple[Any, ...]]:
    """Row by row what stands in some of the columns."""
    columns = [there[name] for name in names if name in there]
    return zip(*columns, strict=True) if columns else repeat((), size)


def _keys(
    names: Sequence[str | None],
    around: tuple[str | None, ...],
    numbers: Sequence[str] | None,
    more: Sequence[str | None],
    people: Sequence[Sequence[Any]] | None,
) -> Iterable[str]:
    """What somebody with these values is found and sorted by; the people inside a firm are found too."""
    if len(names) == 1 and numbers and len(numbers) == 1 and not people and not any(more):
        return plain_keys(str(names[0]), around, numbers[0])
    if people:
        names = [*names, *(one[0] for one in people)]
        numbers = [*(numbers or ()), *(one[2] for one in people if one[2])]
    return keys_of(names, around, numbers or (), more).values()
