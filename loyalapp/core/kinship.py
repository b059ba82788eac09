"""How tables hang together in the database itself: which lead, by foreign keys, to the rows of one table.

Read from the database and not from our models, so that tables of plugins that are switched off or gone are seen too.
What was read is remembered for each database until its tables change.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Column, Engine, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint, inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import ReflectedForeignKeyConstraint

MADE_ANEW = frozenset({"customer_word"})  # PostgreSQL's search index: made from the rest, never data of its own
LETS_GO = frozenset({"SET NULL", "SET DEFAULT"})  # the row stays when what it names goes
STANDING = {
    "sqlite": "PRAGMA schema_version",
    "postgresql": """SELECT md5(string_agg(a.attrelid || a.attname || coalesce(c.oid, 0), ''
        ORDER BY a.attrelid, a.attnum, c.oid))
        FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid LEFT JOIN pg_constraint c ON c.conrelid = t.oid
        WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r' AND a.attnum > 0""",
}
# SQLAlchemy reads what happens on a delete from the words of the table, and misses it where it stands beside a column.
ON_DELETE = """SELECT t.name, k."from", k.on_delete FROM sqlite_master t, pragma_foreign_key_list(t.name) k
    WHERE t.type = 'table'"""


class Tie(NamedTuple):
    """A foreign key: `columns` of `table` name rows of `owner` by its `owner_columns`."""

    table: str
    columns: tuple[str, ...]
    owner: str
    owner_columns: tuple[str, ...]
    lets_go: bool


class Kin(NamedTuple):
    """The tables that lead to `root`, owners first, with the foreign keys by which they do."""

    root: str
    tables: Mapping[str, Table]
    ties: tuple[Tie, ...]

    def ties_of(self, table: str) -> list[Tie]:
        """The foreign keys by which the rows of a table belong to somebody."""
        return [one for one in self.ties if one.table == table]

    def holders(self) -> list[tuple[str, str]]:
        """Every table and column that holds the root's id, owners first.

        Also a child whose key repeats the id: `visit_day (customer_id, day)` < `visit_note (customer_id, day)`.
        """
        held: dict[tuple[str, str], None] = {(self.root, "id"): None}
        for tie in self.ties:
            pairs = zip(tie.columns, tie.owner_columns, strict=True)
            held.update({(tie.table, mine): None for mine, theirs in pairs if (tie.owner, theirs) in held})
        return list(held)[1:]

    def is_leant_on(self, table: str, column: str) -> bool:
        """Whether other tables' keys repeat this column, so that it cannot simply be changed."""
        return any(tie.owner == table and column in tie.owner_columns for tie in self.ties)

    def key(self, table: str) -> list[Column[Any]]:
        """By which columns a row is told apart: its primary key, or everything where there is none."""
        there = self.tables[table]
        return list(there.primary_key.columns) or list(there.columns)

    def uniques(self, table: str, column: str) -> list[set[str]]:
        """The sets of columns, this one among them, of which no two rows may have the same."""
        there = self.tables[table]
        told = [one for one in there.constraints if isinstance(one, PrimaryKeyConstraint | UniqueConstraint)]
        unique = [index for index in there.indexes if index.unique]
        sets = [{one.name for one in columns.columns} for columns in (*told, *unique)]
        return [one for one in sets if column in one]


_known: WeakKeyDictionary[Engine, dict[str, tuple[str, Kin]]] = WeakKeyDictionary()


def kin(link: Connection, root: str) -> Kin:
    """The tables that lead to a table, as they stand now."""
    known = _known.setdefault(link.engine, {})
    standing = str(link.execute(text(STANDING[link.dialect.name])).scalar())
    if root not in known or known[root][0] != standing:
        known[root] = (standing, _read(link, root))
    return known[root][1]


def _read(link: Connection, root: str) -> Kin:
    keys = _foreign_keys(link)
    family = _family(keys, root)
    there = MetaData()
    there.reflect(link, only=list(family), resolve_fks=False)
    order = _owners_first(keys, family)
    ties = [
        tie
        for position, table in enumerate(order)
        for tie in keys[table]
        if tie.owner == root or (tie.owner in order[:position] and not tie.lets_go)
    ]
    return Kin(root, {name: there.tables[name] for name in order}, tuple(ties))


def _foreign_keys(link: Connection) -> dict[str, list[Tie]]:
    on_delete: dict[tuple[str, str], str] = {}
    if link.dialect.name == "sqlite":
        on_delete = {(table, column): what for table, column, what in link.execute(text(ON_DELETE))}
    return {
        table: [_tie(table, key, on_delete) for key in keys if not key["referred_schema"]]
        for (_schema, table), keys in inspect(link).get_multi_foreign_keys().items()
        if table not in MADE_ANEW
    }


def _tie(table: str, key: ReflectedForeignKeyConstraint, on_delete: Mapping[tuple[str, str], str]) -> Tie:
    columns, owner_columns = tuple(key["constrained_columns"]), tuple(key["referred_columns"])
    read = str(key.get("options", {}).get("ondelete") or "")
    lets_go = on_delete.get((table, columns[0]), read).upper() in LETS_GO
    return Tie(table, columns, key["referred_table"], owner_columns, lets_go)


def _family(keys: Mapping[str, list[Tie]], root: str) -> set[str]:
    """The root, whatever names it, and whatever cannot be without one of those."""
    family, size = {root}, 0
    while size != len(family):
        size = len(family)
        family |= {
            table
            for table, ties in keys.items()
            if any(tie.owner == root or (tie.owner in family and not tie.lets_go) for tie in ties)
        }
    return family


def _owners_first(keys: Mapping[str, list[Tie]], family: set[str]) -> list[str]:
    """Where two tables name each other, one of them has to be the first."""
    return list(_ordered({table: {tie.owner for tie in keys[table]} & family - {table} for table in sorted(family)}))


def _ordered(waiting: dict[str, set[str]]) -> Iterator[str]:
    while waiting:
        free = [name for name, owners in waiting.items() if not owners & waiting.keys()] or [next(iter(waiting))]
        for name in free:
            del waiting[name]
            yield name
