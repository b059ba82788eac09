"""Whatever in the database belongs to one customer, also in tables of plugins that are switched off or gone.

A row belongs to a customer if a foreign key leads from it to the customer, straight or over rows that belong to the
customer. Everything happens in the session's transaction, with a fixed number of statements per table.

Two rules decide where a foreign key alone cannot:

- A row that may not move to another customer, because its place there is taken (one row per customer, the same tag)
  or because it ties the two together, stays where it is: nothing is overwritten and nothing is lost.
- A row whose foreign key is emptied when the customer goes (`ON DELETE SET NULL`) is meant to outlive the customer:
  an erasure empties the foreign key and leaves the row.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, exists, not_, or_, select, tuple_
from sqlalchemy.engine import Connection

from loyalapp.core.db import db
from loyalapp.core.kinship import Kin, Tie, kin

OWNER = "customer"
Ids = int | Collection[int]
Key = list[Any]  # what tells a row apart: the values of its primary key, as JSON can hold them
AT_ONCE = 500


@dataclass(frozen=True)
class Move:
    """Rows that went from one customer to another: which column of which table, and the keys they had before."""

    table: str
    column: str
    keys: list[Key] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For a place where it can be kept until somebody wants it undone."""
        return {"table": self.table, "column": self.column, "keys": self.keys}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Move":
        """What `as_json` gave."""
        return cls(kept["table"], kept["column"], kept["keys"])


def tables() -> list[str]:
    """The tables with rows of customers, owners first; `customer` itself is the first."""
    return list(kin(db.session.connection(), OWNER).tables)


def rows_of(customer: Ids) -> dict[str, list[dict[str, Any]]]:
    """Every row of a customer (or of several) by table, the customer's own row among them; empty tables are left out."""
    link, family, ids = *_at_work(), _ids(customer)
    found = {}
    for name, table in family.tables.items():
        told = link.execute(select(table).where(_belongs(family, name, ids, with_let_go=True)).order_by(*family.key(name)))
        if rows := [dict(row) for row in told.mappings()]:
            found[name] = rows
    return found


def erase(customer: Ids, keep: Collection[str] = ()) -> dict[str, int]:
    """Delete every row of a customer (or of several) and say how many by table; the customer's own row stays.

    :param keep: tables whose rows stay as they are, because the caller makes them anonymous.
    """
    link, family, ids = *_at_work(), _ids(customer)
    gone = {}
    for tie in family.ties:
        if tie.owner == OWNER and tie.lets_go and tie.table not in keep:
            table = family.tables[tie.table]
            column = table.c[_holding(tie)]
            link.execute(table.update().where(column.in_(ids)).values({column.name: None}))
    for name in reversed([one for one in family.tables if one != OWNER and one not in keep]):
        count = link.execute(family.tables[name].delete().where(_belongs(family, name, ids))).rowcount
        if count:
            gone[name] = count
    db.session.expire_all()
    return gone


def repoint(from_id: int, to_id: int) -> list[Move]:
    """Give every row of one customer to another; answers what moved, for `move_back`."""
    link, family = _at_work()
    moves: list[Move] = []
    for column, tie in family.holders():
        asked = _asked(family, column, tie, from_id, to_id, moves)
        keys = _keys(link, family, tie.table, asked)
        if keys:
            _shift(link, family, Move(tie.table, column, keys), asked, to_id)
            moves.append(Move(tie.table, column, keys))
    _drop_doubles(link, family, moves)
    db.session.expire_all()
    return moves


def move_back(moves: Sequence[Move], from_id: int, to_id: int) -> list[Move]:
    """Undo `repoint(from_id, to_id)`: give back what it moved, as far as it is still there; answers what went back."""
    link, family = _at_work()
    back: list[Move] = []
    for move in moves:
        if move.table not in family.tables or move.column not in family.tables[move.table].c:
            continue  # the plugin's data was deleted since
        now = _keys_now(family, move, to_id)
        for start in range(0, len(now), AT_ONCE):
            part = Move(move.table, move.column, now[start : start + AT_ONCE])
            asked = and_(_are(family, part), *_fits(family, move.table, move.column, from_id, to_id))
            asked = and_(asked, family.tables[move.table].c[move.column] == to_id)
            keys = _keys(link, family, move.table, asked)
            _shift(link, family, Move(move.table, move.column, keys), asked, from_id)
            back.append(Move(move.table, move.column, keys))
    _drop_doubles(link, family, back)
    db.session.expire_all()
    return back


# ---- what belongs ----


def _at_work() -> tuple[Connection, Kin]:
    db.session.flush()
    link = db.session.connection()
    return link, kin(link, OWNER)


def _ids(customer: Ids) -> list[int]:
    return [customer] if isinstance(customer, int) else list(customer)


def _holding(tie: Tie) -> str:
    return tie.columns[tie.owner_columns.index("id")]


def _belongs(family: Kin, name: str, ids: Sequence[int], *, with_let_go: bool = False) -> ColumnElement[bool]:
    """Which rows of a table belong to the customers.

    :param with_let_go: also those that would outlive the customer.
    """
    table = family.tables[name]
    if name == OWNER:
        return table.c.id.in_(ids)
    ways: list[ColumnElement[bool]] = []
    for tie in family.ties_of(name):
        if tie.owner == OWNER and (with_let_go or not tie.lets_go):
            ways.append(table.c[_holding(tie)].in_(ids))
        elif tie.owner not in (OWNER, name):
            above = family.tables[tie.owner]
            owners = select(*(above.c[one] for one in tie.owner_columns))
            owners = owners.where(_belongs(family, tie.owner, ids, with_let_go=with_let_go))
            ways.append(_together(table, tie.columns).in_(owners))
    return or_(*ways) if ways else table.c[family.key(name)[0].name].in_([])


def _together(table: Table, columns: Sequence[str]) -> Any:
    return table.c[columns[0]] if len(columns) == 1 else tuple_(*(table.c[one] for one in columns))


# ---- what moves ----


def _asked(family: Kin, column: str, tie: Tie, from_id: int, to_id: int, moves: Iterable[Move]) -> ColumnElement[bool]:
    """Which rows of a table are to move by this column."""
    table = family.tables[tie.table]
    wanted = [table.c[column] == from_id, *_fits(family, tie.table, column, to_id, from_id)]
    if tie.owner != OWNER:  # it goes where its owner went, and stays where its owner stayed
        above = family.tables[tie.owner]
        gone = [move for move in moves if move.table == tie.owner and move.column in tie.owner_columns]
        owners = select(*(above.c[one] for one in tie.owner_columns)).where(or_(*(_are(family, one) for one in gone)))
        wanted.append(_together(table, tie.columns).in_(owners) if gone else not_(table.c[column] == from_id))
    return and_(*wanted)


def _fits(family: Kin, name: str, column: str, to_id: int, from_id: int) -> list[ColumnElement[bool]]:
    """The place at the other customer is free, and the row does not tie the two together."""
    table, other = family.tables[name], family.tables[name].alias()
    fits: list[ColumnElement[bool]] = []
    for unique in family.uniques(name, column):
        same = [other.c[one] == (to_id if one == column else table.c[one]) for one in sorted(unique)]
        fits.append(not_(exists(select(1).where(*same).select_from(other)).correlate(table)))
    beside = {held for held, tie in family.holders() if tie.table == name} - {column}
    fits += [or_(table.c[one].is_(None), table.c[one].not_in([from_id, to_id])) for one in sorted(beside)
             if not _same_key(family, name, one, column)]
    if name == OWNER:
        fits.append(table.c.id.not_in([from_id, to_id]))
    return fits


def _same_key(family: Kin, name: str, one: str, other: str) -> bool:
    """Whether two columns repeat the same id on purpose, as parts of one foreign key and another."""
    del family, name
    return one == other


def _keys(link: Connection, family: Kin, name: str, asked: ColumnElement[bool]) -> list[Key]:
    found = link.execute(select(*family.key(name)).where(asked).order_by(*family.key(name)))
    return [[_plain(value) for value in row] for row in found]


def _keys_now(family: Kin, move: Move, to_id: int) -> list[Key]:
    """The keys of moved rows as they are now: where the customer is a part of the key, it is the new one."""
    names = [one.name for one in family.key(move.table)]
    return [[to_id if name == move.column else value for name, value in zip(names, key, strict=True)] for key in move.keys]


def _are(family: Kin, move: Move) -> ColumnElement[bool]:
    """Exactly these rows."""
    columns = family.key(move.table)
    keys = [[_value(column, one) for column, one in zip(columns, key, strict=True)] for key in move.keys]
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in keys])
    return or_(*(and_(*(column.is_not_distinct_from(one) for column, one in zip(columns, key, strict=True))) for key in keys))


def _shift(link: Connection, family: Kin, move: Move, asked: ColumnElement[bool], to_id: int) -> None:
    """Change the column; where other rows lean on it, put copies in place, so that those can follow."""
    table = family.tables[move.table]
    if not family.is_leant_on(move.table, move.column):
        link.execute(table.update().where(asked).values({move.column: to_id}))
        return
    copies = [{**row, move.column: to_id} for row in link.execute(select(table).where(asked)).mappings()]
    if copies:
        link.execute(table.insert(), copies)


def _drop_doubles(link: Connection, family: Kin, moves: Sequence[Move]) -> None:
    """Take out what copies were made of, those who lean first."""
    for move in reversed(moves):
        if move.keys and family.is_leant_on(move.table, move.column):
            link.execute(family.tables[move.table].delete().where(_are(family, move)))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _value(column: Any, plain: Any) -> Any:
    kind = column.type.python_type
    if isinstance(plain, str) and issubclass(kind, date):
        return datetime.fromisoformat(plain) if issubclass(kind, datetime) else date.fromisoformat(plain)
    return Decimal(plain) if isinstance(plain, str) and issubclass(kind, Decimal) else plain
