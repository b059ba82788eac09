"""The rows of one plugin: counted, saved as a copy, and deleted; also those of plugins that are gone.

Tables are told apart by their names, `plg_<id>_…`. Where one id begins with another (`gift`, `gift_cards`), a table
belongs to the longest id that is known, so that removing the one never touches the other.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Inspector, MetaData, Table, func, inspect, select
from sqlalchemy import Text as TextType
from sqlalchemy import cast as as_type
from sqlalchemy.engine import Connection

from loyalapp.core.paths import write_private

KEEP, SAVE, DELETE = "keep", "save", "delete"  # what may become of the data of a plugin that is removed
PREFIX, VERSION = "plg_", "_version"
ROWS_AT_ONCE = 1_000


@dataclass(frozen=True)
class Kept:
    """What a plugin left behind: rows, and about how many bytes they take."""

    plugin_id: str
    rows: int
    size: int


def tables_of(engine: Engine, plugin_id: str, present: Collection[str]) -> list[str]:
    """The tables of one plugin, its version table among them."""
    return _by_owner(engine, {*present, plugin_id}).get(plugin_id, [])


def kept_data(engine: Engine, present: Collection[str]) -> list[Kept]:
    """The data of plugins that are not there any more, by id."""
    owned = _by_owner(engine, present)
    found = []
    with engine.connect() as link:
        for plugin_id in sorted(owned.keys() - set(present)):
            names = [one for one in owned[plugin_id] if one != f"{PREFIX}{plugin_id}{VERSION}"]
            measured = [_measure(link, one) for one in _reflected(link, names)]
            found.append(Kept(plugin_id, sum(rows for rows, _ in measured), sum(size for _, size in measured)))
    return found


def save_copy(engine: Engine, plugin_id: str, present: Collection[str], target: Path) -> None:
    """Write all rows into a JSON file, whole or not at all.

    :raises OSError: if it cannot be written.
    """
    names = tables_of(engine, plugin_id, present)
    with engine.connect() as link:
        tables = {one.name: _rows(link, one) for one in _reflected(link, names)}
    content = {"plugin": plugin_id, "tables": tables}
    write_private(target, json.dumps(content, ensure_ascii=False, indent=1, default=_plain).encode("utf-8", "replace"))


def delete(engine: Engine, plugin_id: str, present: Collection[str]) -> None:
    """Drop all tables of one plugin in one transaction."""
    names = tables_of(engine, plugin_id, present)
    with engine.connect() as link:
        tables = _reflected(link, names)
    with engine.begin() as link:
        for table in reversed(tables):
            table.drop(link)


def _rows(link: Connection, table: Table) -> list[dict[str, Any]]:
    return [dict(row) for row in link.execute(select(table)).mappings()]


def _by_owner(engine: Engine, present: Collection[str]) -> dict[str, list[str]]:
    """The tables of plugins by id, of those that are present and of those whose version table is still there."""
    looking = inspect(engine)
    names = [one for one in looking.get_table_names() if one.startswith(PREFIX)]
    gone = {one[len(PREFIX) : -len(VERSION)] for one in names if one.endswith(VERSION) and _is_version(looking, one)}
    owned: dict[str, list[str]] = {}
    for name in sorted(names):
        owners = [one for one in {*gone, *present} if name.startswith(f"{PREFIX}{one}_")]
        if owners:
            owned.setdefault(max(owners, key=len), []).append(name)
    return owned


def _is_version(looking: Inspector, table: str) -> bool:
    """Alembic's own table, and not one of a plugin that happens to be called so."""
    return [column["name"] for column in looking.get_columns(table)] == ["version_num"]


def _reflected(link: Connection, names: Collection[str]) -> list[Table]:
    """The tables as they are in the database, owners before what belongs to them."""
    there = MetaData()
    there.reflect(link, only=list(names), resolve_fks=False)
    return [one for one in _in_order(there) if one.name in names]


def _in_order(there: MetaData) -> list[Table]:
    """`sorted_tables` would look for the core's tables that ours refer to."""
    waiting, ordered = dict(there.tables), []
    while waiting:
        free = [name for name, table in waiting.items() if not (_owners(table) & waiting.keys() - {name})]
        ordered += [waiting.pop(name) for name in free or list(waiting)]
    return ordered


def _owners(table: Table) -> set[str]:
    return {key.target_fullname.rsplit(".", 1)[0] for key in table.foreign_keys}


def _measure(link: Connection, table: Table) -> tuple[int, int]:
    size = sum((func.coalesce(func.length(as_type(one, TextType)), 0) for one in table.columns), start=0)
    rows, total = link.execute(select(func.count(), func.coalesce(func.sum(size), 0)).select_from(table)).one()
    return int(rows), int(total)


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)
