"""Puts the rows of a step back as they were: what it took away, what it changed, and away with what it added.

A row that somebody changed since stays as it is (of a customer, only what was changed), and so does an added row that
something now stands on (a contact with a customer who came with a list) together with whatever came along with it.
"""

import json
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Table,
    Text,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.sql.dml import Insert

from loyalapp.core.kinship import Tie, kin
from loyalapp.features.bring_back import images
from loyalapp.features.bring_back.marks import ROW, STAYS, Marks


def restore(marks: Marks) -> None:
    """All of the step, in the caller's transaction; `marks.left` says what stayed."""
    for table in marks.tables.values():
        _give_new_ids(marks, table)
        _put_back(marks, table)
    for table in marks.tables.values():
        _reset(marks, table)
    _take_out(marks)


# ---- rows that the step took away ----


def _put_back(marks: Marks, table: Table) -> None:
    marks.leave(table, and_(marks.gone(table), marks.stands(table)))
    values, possible = _values(marks, table, marks.columns(table))
    asked = select(*values).select_from(ROW).where(marks.gone(table), ~marks.stands(table), *possible)
    insert = _insert(marks, table).from_select([column.name for _, column in marks.columns(table)], asked)
    if marks.link.execute(insert.on_conflict_do_nothing()).rowcount:  # type: ignore[attr-defined]  -- both databases have it
        marks.alter(table, table.c.keys())
    marks.leave(table, and_(marks.gone(table), ~marks.stands(table)))


def _insert(marks: Marks, table: Table) -> Insert:
    if marks.link.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert  # noqa: PLC0415 -- slow import
    else:
        from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]  # noqa: PLC0415 -- slow import
    return insert(table)


def _values(
    marks: Marks, table: Table, columns: list[tuple[int, Column[Any]]]
) -> tuple[list[ColumnElement[Any]], list[ColumnElement[bool]]]:
    """The kept values, and on what they depend: a row that is named must be there, or is named no more."""
    above = {column.name: (name, key) for column, name, key in images.parents(table)}
    values, possible = [], []
    for place, column in columns:
        kept = images.value(marks.link, ROW.c.before, place, column)
        if column.name in above:
            there = _is_there(marks, table, kept, *above[column.name])
            if column.nullable:
                kept = case((there, kept), else_=None)
            else:
                possible.append(there)
        values.append(kept.label(column.name))
    return values, possible


def _is_there(marks: Marks, table: Table, kept: ColumnElement[Any], name: str, key: str) -> ColumnElement[bool]:
    other = images.table_of(marks.link, name).alias()
    there = exists(select(1).select_from(other).where(other.c[key] == kept)).correlate(ROW)
    if name != table.name:
        return there
    beside = ROW.alias()  # or comes back in the same breath
    comes = select(1).select_from(beside).where(marks.is_gone(table, cast(kept, Text), beside))
    return or_(there, exists(comes).correlate(ROW))


def _give_new_ids(marks: Marks, table: Table) -> None:
    """SQLite gives the number of a row that went to the next that comes: who comes back then gets a new one."""
    if not images.numbered(table):
        return
    key = next(iter(table.primary_key.columns))
    taken = marks.link.execute(
        select(ROW.c.row_id, ROW.c.before).where(marks.gone(table), marks.stands(table)).order_by(ROW.c.row_id)
    ).all()
    if not taken:
        return
    places = {column.name: place for place, column in marks.columns(table)}
    highest = marks.link.scalar(select(func.max(cast(ROW.c.row_id, BigInteger))).where(marks.rows(table))) or 0
    free = max(highest, marks.link.scalar(select(func.max(key))) or 0)
    for old, before in taken:
        free += 1
        array = json.loads(before)
        array[places[key.name]] = free
        mark = and_(marks.rows(table), ROW.c.row_id == old)
        marks.link.execute(update(ROW).where(mark).values(row_id=str(free), before=_json(array)))
        _name_anew(marks, table, int(old), free)


def _name_anew(marks: Marks, table: Table, old: int, new: int) -> None:
    """Rows that come back with one that got a new number name it by that number."""
    for child in marks.tables.values():
        places = {column.name: place for place, column in marks.columns(child)}
        for column, above, _key in images.parents(child):
            if above == table.name and column.name in places:
                place = places[column.name]
                named = images.value(marks.link, ROW.c.before, place, column) == old
                found = marks.link.execute(select(ROW.c.row_id, ROW.c.before).where(marks.gone(child), named)).all()
                for row_id, before in found:
                    array = json.loads(before)
                    array[place] = new
                    mark = and_(marks.rows(child), ROW.c.row_id == row_id)
                    marks.link.execute(update(ROW).where(mark).values(before=_json(array)))


def _json(array: list[Any]) -> str:
    return json.dumps(array, ensure_ascii=False)


# ---- rows that the step changed ----


def _reset(marks: Marks, table: Table) -> None:
    keys = {one.name for one in table.primary_key.columns}
    columns = [(place, one) for place, one in marks.columns(table) if one.name not in keys and one.name != "version"]
    values, possible = _values(marks, table, columns)
    fit = [] if table.name in marks.by_force else [marks.untouched(table)]
    marks.leave(table, and_(marks.changed(table), ~marks.stands(table)))
    met = and_(true(), *fit, *possible)
    kept = {column.name: value for (_, column), value in zip(columns, values, strict=True)}
    if fit and table.name == images.OWNER:
        from loyalapp.features.bring_back import partly  # noqa: PLC0415 -- a start takes nothing back

        partly.reset(marks, table, kept, possible)
    else:
        marks.leave(table, and_(marks.changed(table), ~met), marks.with_rows(table))
    new = {name: kept[name] for name in _differing(marks, table, kept, met)}
    if not new:
        return
    marks.alter(table, new)
    if "version" in table.c:
        new["version"] = table.c.version + 1
    marks.link.execute(update(table).values(new).where(marks.same(table), marks.changed(table), met))


def _differing(marks: Marks, table: Table, kept: dict[str, ColumnElement[Any]], met: ColumnElement[bool]) -> list[str]:
    """The columns that any of the rows has to get back: one walk saves writing all the others and their indexes."""
    differs = [func.max(case((table.c[one].is_distinct_from(value), 1), else_=0)) for one, value in kept.items()]
    if not differs:
        return []
    asked = select(*differs).select_from(marks.with_rows(table)).where(marks.changed(table), met)
    return [name for name, differing in zip(kept, marks.link.execute(asked).one(), strict=True) if differing]


# ---- rows that the step added ----


def _take_out(marks: Marks) -> None:
    for table in marks.backwards():
        _let_stay(marks, table, or_(~marks.untouched(table), *_is_needed(marks, table)))
    while sum(_came_along(marks, table) for table in marks.tables.values()):
        for table in marks.backwards():
            _let_stay(marks, table, or_(false(), *_is_needed(marks, table)))
    for table in marks.backwards():
        going = select(*table.primary_key.columns).select_from(marks.with_rows(table))
        going = going.where(marks.added(table), ROW.c.after != STAYS)
        if images.numbered(table):
            which = next(iter(table.primary_key.columns)).in_(going)
        else:
            which = images.key_of(table).in_(select(ROW.c.row_id).where(marks.added(table), ROW.c.after != STAYS))
        if marks.link.execute(table.delete().where(which)).rowcount:
            marks.alter(table, table.c.keys())
        marks.leave(table, and_(marks.added(table), marks.stands(table)))


def _let_stay(marks: Marks, table: Table, which: ColumnElement[bool]) -> int:
    staying = select(ROW.c.row_id).select_from(marks.with_rows(table))
    staying = staying.where(marks.added(table), ROW.c.after != STAYS, which)
    return marks.link.execute(
        update(ROW).where(marks.rows(table), ROW.c.row_id.in_(staying)).values(after=STAYS)
    ).rowcount


def _is_needed(marks: Marks, table: Table) -> list[ColumnElement[bool]]:
    """Whether a row that the step did not add, or that stays, names this one."""
    family = kin(marks.link, table.name)
    return [_is_named(marks, table, family.tables[tie.table], tie) for tie in family.ties if tie.owner == table.name]


def _is_named(marks: Marks, table: Table, child: Table, tie: Tie) -> ColumnElement[bool]:
    naming, beside = child.alias(), ROW.alias()
    key = [cast(naming.c[one.name], ROW.c.row_id.type) for one in child.primary_key.columns]
    asked = [naming.c[mine].is_not(None) for mine in tie.columns]
    if child.name in marks.tables and len(key) == 1:
        goes = and_(marks.added(child, beside), beside.c.after != STAYS, beside.c.row_id == key[0])
        asked.append(~exists(select(1).select_from(beside).where(goes)).correlate(naming))
    if len(tie.columns) == 1 and not _is_indexed(child, tie.columns[0]):  # one walk through the table for all rows
        return table.c[tie.owner_columns[0]].in_(select(naming.c[tie.columns[0]]).where(*asked))
    asked += [naming.c[mine] == table.c[theirs] for mine, theirs in zip(tie.columns, tie.owner_columns, strict=True)]
    return exists(select(1).select_from(naming).where(*asked)).correlate(table)


def _is_indexed(table: Table, column: str) -> bool:
    firsts = {next(iter(index.columns)).name for index in table.indexes}
    return column in firsts | {one.name for one in list(table.primary_key.columns)[:1]}


def _came_along(marks: Marks, table: Table) -> int:
    """What stands on an added row that stays, stays with it."""
    stays = 0
    for column, above, key in images.parents(table):
        if above in marks.tables and not column.nullable:
            higher, beside = marks.tables[above].alias(), ROW.alias()
            same = cast(higher.c[key], ROW.c.row_id.type) == beside.c.row_id
            mark = and_(marks.added(marks.tables[above], beside), beside.c.after == STAYS, same)
            staying = select(higher.c[key]).select_from(beside.join(higher, same)).where(mark)
            stays += _let_stay(marks, table, column.in_(staying))
    return stays
