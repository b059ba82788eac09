"""How a row is kept as JSON and read back, by the database itself; both databases build and read JSON, each its way."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice
from typing import Any

from sqlalchemy import Column, ColumnElement, LargeBinary, Table, Text, cast, func, literal, null, select
from sqlalchemy.engine import Connection

from loyalapp.core.kinship import kin

OWNER = "customer"
AT_ONCE = 5_000
ARGUMENTS = 90  # PostgreSQL takes a hundred for one function
# They count changes; that they went on says nothing.
COUNTING = frozenset({"version", "updated_at"})
FINGERPRINT = 32  # letters


def table_of(link: Connection, name: str) -> Table:
    """A table as it stands in the database, also one of a plugin that is off or gone."""
    return kin(link, name).tables[name]


def key_of(table: Table) -> ColumnElement[str]:
    """What tells a row of the table apart, as one text."""
    parts = [cast(one, Text) for one in table.primary_key.columns]
    return reduce(lambda left, right: left + literal("\x1f") + right, parts)


def numbered(table: Table) -> bool:
    """Whether the rows are told apart by one whole number."""
    keys = list(table.primary_key.columns)
    return len(keys) == 1 and issubclass(keys[0].type.python_type, int)


def portions(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """As many ids as one statement takes."""
    rest = iter(ids)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def these(table: Table, ids: Sequence[Any]) -> ColumnElement[bool]:
    """Rows by their ids; a key of several columns is given as the text of `key_of`."""
    keys = list(table.primary_key.columns)
    return keys[0].in_(ids) if len(keys) == 1 else key_of(table).in_(ids)


def kept(link: Connection, columns: Sequence[Column[Any]]) -> ColumnElement[Any]:
    """The values of these columns as one JSON array."""
    return _array(link, [_encoded(link, one) for one in columns])


def left(link: Connection, columns: Sequence[Column[Any]]) -> ColumnElement[Any]:
    """The same for a row that a step leaves behind: without what only counts changes or is made from values."""
    return _array(link, [cast(null(), Text) if is_made(one.name) else _encoded(link, one) for one in columns])


def _array(link: Connection, values: Sequence[ColumnElement[Any]]) -> ColumnElement[Any]:
    if link.dialect.name == "sqlite":
        return func.json_array(*values)
    starts = range(0, len(values), ARGUMENTS)
    arrays = [func.jsonb_build_array(*values[start : start + ARGUMENTS]) for start in starts]
    return cast(reduce(lambda left, right: left.op("||")(right), arrays), Text)


def fingerprint(link: Connection, table: Table, columns: Sequence[str]) -> ColumnElement[str]:
    """Changes with any of the values, but not with the counting of changes and the keys that are made from values."""
    found: ColumnElement[str] = func.md5(kept(link, [table.c[one] for one in columns if not is_made(one)]))
    return found


def is_made(column: str) -> bool:
    """Whether a column only counts changes, or is made from the values of others."""
    return column in COUNTING or column.startswith("search_") or column.endswith("_key")


def value(link: Connection, array: Any, place: int, column: Column[Any]) -> ColumnElement[Any]:
    """One value out of the array, fit for its column."""
    if link.dialect.name == "sqlite":
        found: Any = func.json_extract(array, f"$[{place}]", type_=column.type)
        return func.unhex(found, type_=column.type) if _is_binary(column) else found
    from sqlalchemy.dialects.postgresql import JSONB  # noqa: PLC0415 -- slow import

    text = cast(array, JSONB).op("->>")(place)
    return func.decode(text, "hex") if _is_binary(column) else cast(text, column.type)


def owner(link: Connection, table: Table, below: frozenset[str] = frozenset()) -> ColumnElement[Any] | None:
    """Whose row it is: the customer that the row names, or that a row above it names; None where rows are nobody's."""
    if table.name == OWNER:
        return table.c.id
    leading = parents(table)
    for column, above, _key in leading:
        if above == OWNER:
            return column
    for column, above, key in leading:
        if above not in below | {table.name}:
            higher = table_of(link, above)
            found = owner(link, higher, below | {table.name})
            if found is not None:
                return select(found).where(higher.c[key] == column).correlate(table).scalar_subquery()
    return None


def parents(table: Table) -> list[tuple[Column[Any], str, str]]:
    """Each column that names a row of another table, with that table and its column."""
    keys = [one for one in table.foreign_key_constraints if len(one.elements) == 1]
    named = [(table.c[one.column_keys[0]], *one.elements[0].target_fullname.split(".")) for one in keys]
    return sorted(named, key=lambda one: one[0].name)  # type: ignore[return-value]  -- a table and a column


def _encoded(link: Connection, column: Column[Any]) -> ColumnElement[Any]:
    if not _is_binary(column):
        return column
    return func.hex(column) if link.dialect.name == "sqlite" else func.encode(column, "hex")


def _is_binary(column: Column[Any]) -> bool:
    return isinstance(column.type, LargeBinary)
