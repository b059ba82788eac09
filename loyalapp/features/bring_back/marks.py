"""The rows of one step, and how each stands against its table now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, Table, and_, cast, exists, func, inspect, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import FromClause

from loyalapp.features.bring_back import images
from loyalapp.features.bring_back.models import UndoRow, UndoStep

ROW: Table = UndoRow.__table__  # type: ignore[assignment]  -- a declarative table is a Table
STAYS = "stays"  # stands in `after` of a row that the step added and that may not go any more


@dataclass
class Marks:
    """The tables of a step, those first whose rows others name.

    `left`: what could not be put back as it was, by table: the rows' ids and whose they are. `by_force`: tables whose
    rows are put back whatever happened to them since. `altered`: which columns got other values, by table. `mixed`:
    customers of whose row a part was put back. `only`: the customers whose rows it is about now, where they are not
    all of them.
    """

    link: Connection
    step: UndoStep
    tables: dict[str, Table] = field(default_factory=dict)
    left: list[tuple[str, str, int | None]] = field(default_factory=list)
    by_force: frozenset[str] = frozenset()
    altered: dict[str, set[str]] = field(default_factory=dict)
    mixed: set[int] = field(default_factory=set)
    only: range | None = None

    def __post_init__(self) -> None:
        there = inspect(self.link)
        names = [one for one in self.step.columns if there.has_table(one)]
        found = {one: images.table_of(self.link, one) for one in names}
        self.tables = {one: found[one] for one in _named_first(found)}

    def backwards(self) -> list[Table]:
        """The tables, those first whose rows name others."""
        return list(self.tables.values())[::-1]

    def columns(self, table: Table) -> list[tuple[int, Column[Any]]]:
        """The columns whose values are kept, with their place in the array; one that is gone since is left out."""
        names = self.step.columns[table.name]
        return [(place, table.c[name]) for place, name in enumerate(names) if name in table.c]

    def rows(self, table: Table, marks: Any = ROW) -> ColumnElement[bool]:
        """The step's rows of this table."""
        return and_(self.any_row(marks), marks.c.table_name == table.name)

    def any_row(self, marks: Any = ROW) -> ColumnElement[bool]:
        """The step's rows of all tables."""
        if self.only is None:
            return marks.c.step_id == self.step.id  # type: ignore[no-any-return]  -- of a table that stands for another
        some = marks.c.customer_id.between(self.only.start, self.only.stop - 1)
        return and_(some, marks.c.step_id + 0 == self.step.id)  # a sum, so that the index of the customers is taken

    def gone(self, table: Table, marks: Any = ROW) -> ColumnElement[bool]:
        """Rows that the step took away."""
        return and_(self.rows(table, marks), marks.c.before.is_not(None), marks.c.after.is_(None))

    def is_gone(self, table: Table, row_id: ColumnElement[str], marks: Any) -> ColumnElement[bool]:
        """The same for one row, found by its key: asked for each row of a portion, a walk through it took minutes."""
        key = and_(marks.c.step_id == self.step.id, marks.c.table_name == table.name, marks.c.row_id == row_id)
        some = [] if self.only is None else [(marks.c.customer_id + 0).between(self.only.start, self.only.stop - 1)]
        return and_(key, marks.c.before.is_not(None), marks.c.after.is_(None), *some)

    def changed(self, table: Table) -> ColumnElement[bool]:
        """Rows that the step changed."""
        return and_(self.rows(table), ROW.c.before.is_not(None), ROW.c.after.is_not(None))

    def added(self, table: Table, marks: Any = ROW) -> ColumnElement[bool]:
        """Rows that the step added."""
        return and_(self.rows(table, marks), marks.c.before.is_(None), marks.c.after.is_not(None))

    def same(self, table: Table, marks: Any = ROW) -> ColumnElement[bool]:
        """The row of the table that a mark speaks of."""
        told = images.key_of(table) == marks.c.row_id
        if not images.numbered(table):
            return told
        # Said both ways, so that the index of either side serves whichever the database goes through.
        return and_(next(iter(table.primary_key.columns)) == cast(marks.c.row_id, BigInteger), told)

    def stands(self, table: Table) -> ColumnElement[bool]:
        """Whether the row is in its table."""
        return exists(select(1).select_from(table).where(self.same(table))).correlate(ROW)

    def untouched(self, table: Table) -> ColumnElement[bool]:
        """Whether nobody has changed the row since the step."""
        was = func.substr(ROW.c.after, 1, images.FINGERPRINT)
        return images.fingerprint(self.link, table, self.step.columns[table.name]) == was

    def with_rows(self, table: Table) -> FromClause:
        """Marks beside the rows they speak of."""
        return ROW.join(table, self.same(table))

    def alter(self, table: Table, columns: Iterable[str]) -> None:
        """Remember what was put back."""
        self.altered.setdefault(table.name, set()).update(columns)

    def leave(self, table: Table, which: ColumnElement[bool], source: FromClause = ROW) -> None:
        """Remember rows that stay as they are."""
        found = self.link.execute(select(ROW.c.row_id, ROW.c.customer_id).select_from(source).where(which))
        self.left += [(table.name, row_id, customer_id) for row_id, customer_id in found]


def _named_first(tables: Mapping[str, Table]) -> Iterator[str]:
    named = {name: {above for _, above, _ in images.parents(table)} - {name} for name, table in tables.items()}
    try:
        order = list(TopologicalSorter(named).static_order())
    except CycleError:  # two tables that name each other: one of them has to be the first
        order = list(tables)
    return (one for one in order if one in tables)
