"""How tables hang together in the database itself: which lead, by foreign keys, to the rows of one table.

Read from the database and not from our models, so that tables of plugins that are switched off or gone are seen too.
What was read is remembered for each database until its tables change.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Column, Engine, Inspector, MetaData, Table, inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import ReflectedForeignKeyConstraint

MADE_ANEW = frozenset({"customer_word"})  # PostgreSQL's search index: made from the rest, never data of its own
LETS_GO = frozenset({"SET NULL", "SET DEFAULT"})  # the row stays when what it names goes
STANDING = {
    "sqlite": "PRAGMA schema_version",
    "postgresql": "SELECT md5(string_agg(concat(a.attrelid, a.attname, c.oid), ',' ORDER BY a.attrelid, a.attnum, c.oid))"
    " FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid LEFT JOIN pg_constraint c ON c.conrelid = t.oid"
    " WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r' AND a.attnum > 0",
}


@dataclass(frozen=True)
class Tie:
    """A foreign key: `columns` of `table` name rows of `owner` by its `owner_columns`."""

    table: str
    columns: tuple[str, ...]
    owner: str
    owner_columns: tuple[str, ...]
    lets_go: bool


@dataclass(frozen=True)
class Kin:
    """The tables that lead to `root`, owners first, with the foreign keys by which they do."""

    root: str
    tables: Mapping[str, Table]
    ties: tuple[Tie, ...]

    def ties_of(self, table: str) -> list[Tie]:
        """The foreign keys by which the rows of a table belong to somebody."""
        return [one for one in self.ties if one.table == table]

    def holders(self) -> list[tuple[str, Tie]]:
        """Every column that holds the root's id, its table's owners first, with the foreign key it belongs to.

        Also a child whose key repeats the id: `visit_day (customer_id, day)` < `visit_note (customer_id, day)`.
        """
        found: list[tuple[str, Tie]] = []
        for tie in self.ties:
            held = {self.root: {"id"}}
            for column, above in found:
                held.setdefault(above.table, set()).add(column)
            pairs = zip(tie.columns, tie.owner_columns, strict=True)
            found += [(mine, tie) for mine, theirs in pairs if theirs in held.get(tie.owner, ())]
        return found

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
        told = [constraint.columns for constraint in there.constraints if _is_unique(constraint)]
        told += [index.columns for index in there.indexes if index.unique]
        sets = [{one.name for one in columns} for columns in told]
        return [one for one in sets if column in one]


def _is_unique(constraint: Any) -> bool:
    return constraint.__visit_name__ in ("primary_key_constraint", "unique_constraint")


_known: WeakKeyDictionary[Engine, dict[str, tuple[str, Kin]]] = WeakKeyDictionary()


def kin(link: Connection, root: str) -> Kin:
    """The tables that lead to a table, as they stand now."""
    known = _known.setdefault(link.engine, {})
    standing = str(link.execute(text(STANDING[link.dialect.name])).scalar())
    if root not in known or known[root][0] != standing:
        known[root] = (standing, _read(link, root))
    return known[root][1]


def _read(link: Connection, root: str) -> Kin:
    keys = _foreign_keys(inspect(link))
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


def _foreign_keys(looking: Inspector) -> dict[str, list[Tie]]:
    found = looking.get_multi_foreign_keys()
    return {
        table: [_tie(table, key) for key in keys if not key["referred_schema"]]
        for (_schema, table), keys in found.items()
        if table not in MADE_ANEW
    }


def _tie(table: str, key: ReflectedForeignKeyConstraint) -> Tie:
    on_delete = str(key.get("options", {}).get("ondelete") or "").upper()
    columns, owner_columns = tuple(key["constrained_columns"]), tuple(key["referred_columns"])
    return Tie(table, columns, key["referred_table"], owner_columns, on_delete in LETS_GO)


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
