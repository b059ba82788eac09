"""Customers of a list on their way to the database: as plain values, and with the keys they are found by."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import repeat
from typing import Any

from loyalapp.features.customers.keys import keys_of
from loyalapp.features.imports.merging import COLUMNS, KEYS, LISTS, Values, keys, values_of
from loyalapp.features.imports.rows import Who
from loyalapp.features.imports.spool import Columns

PLAIN = (*COLUMNS, *LISTS)
STORED = (*COLUMNS, *KEYS, *LISTS)
SINCE = COLUMNS.index("since")
NAMES = ("name", "name_ur", "name_hi", "name_en")
AROUND = ("firm", "place", "locality", "trade")
MORE = ("notes", "address", "email")


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
        found[SINCE] = since.toordinal()
    return [*found, *(values[what] or None for what in LISTS)]


def stored(values: Values) -> list[Any]:
    """The same in the order of `STORED`, with the keys."""
    found = plain(values)
    return [*found[: len(COLUMNS)], *keys(values).values(), *found[len(COLUMNS) :]]


def unpacked(record: Sequence[Any]) -> Values:
    """The values again, and the keys."""
    values: Values = dict(zip(STORED, record, strict=True))
    if values["since"]:
        values["since"] = date.fromordinal(values["since"])
    return values | {what: values[what] or [] for what in LISTS}


def with_keys(columns: Columns) -> Columns:
    """Columns in the order of `PLAIN` as those of `STORED`: worked out a portion at a time, before the lock."""
    there = {name: column for name, column in zip(PLAIN, columns, strict=True) if column is not None}
    numbers, people = (there.get(what, repeat(None)) for what in ("phones", "people"))
    names, around, more = (_together(there, some) for some in (NAMES, AROUND, MORE))
    found = [tuple(_keys(*one).values()) for one in zip(names, around, numbers, more, people, strict=False)]
    return [*columns[: len(COLUMNS)], *zip(*found, strict=True), *columns[len(COLUMNS) :]]


def _together(there: dict[str, Sequence[Any]], names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Row by row what stands in some of the columns."""
    columns = [there[name] for name in names if name in there]
    return zip(*columns, strict=True) if columns else repeat(())


def _keys(
    names: Sequence[str | None],
    around: Sequence[str | None],
    numbers: Sequence[str] | None,
    more: Sequence[str | None],
    people: Sequence[Sequence[Any]] | None,
) -> dict[str, str]:
    """See `merging.keys`."""
    if people:
        names = [*names, *(one[0] for one in people)]
        numbers = [*(numbers or ()), *(one[2] for one in people if one[2])]
    return keys_of(names, around, numbers or (), more)
