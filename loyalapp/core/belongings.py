"""Whatever in the database belongs to one customer, also in tables of plugins that are switched off or gone.

A row belongs to a customer if a foreign key leads from it to the customer, straight or over rows that belong to the
customer. Everything happens in the session's transaction, with a fixed number of statements per table.

Two rules decide where a foreign key alone cannot:

- A row that may not move to another customer, because its place there is taken (one row per customer, the same tag)
  or because it ties the two together, stays where it is: nothing is overwritten and nothing is lost.
- A row whose foreign key is emptied when the customer goes (`ON DELETE SET NULL`) is meant to outlive the customer:
  an erasure empties the foreign key and leaves the row.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, exists, false, not_, or_, select, tuple_
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
    """Every row of a customer (or of several) by table, the customer's own among them; empty tables are left out."""
    link, family, ids = *_at_work(), _ids(customer)
    found = {}
    for name, table in family.tables.items():
        mine = _belongs(family, name, ids, with_let_go=True)
        told = link.execute(select(table).where(mine).order_by(*family.key(name)))
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
    for name, column in family.holders():
        asked = _asked(family, name, column, from_id, to_id, moves)
        if keys := _keys(link, family, name, asked):
            moves.append(Move(name, column, keys))
            _shift(link, family, moves[-1], asked, to_id)
    _drop_doubles(link, family, moves)
    db.session.expire_all()
    return moves


def move_back(moves: Sequence[Move], from_id: int, to_id: int) -> list[Move]:
    """Undo `repoint(from_id, to_id)`: give back what it moved, as far as it is still there; answers what went back."""
    link, family = _at_work()
    back: list[Move] = []
    for part in _parts(family, moves, to_id):
        asked = and_(_are(family, part), _asked(family, part.table, part.column, to_id, from_id, back))
        if keys := _keys(link, family, part.table, asked):
            back.append(Move(part.table, part.column, keys))
            _shift(link, family, back[-1], asked, from_id)
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


def _together(table: Table, columns: Sequence[str]) -> ColumnElement[Any]:
    return table.c[columns[0]] if len(columns) == 1 else tuple_(*(table.c[one] for one in columns))


# ---- what moves ----


def _asked(family: Kin, name: str, column: str, from_id: int, to_id: int, moves: Sequence[Move]) -> ColumnElement[bool]:
    """Which rows of a table are to move by this column: those that find a free place and leave no owner behind."""
    table, other = family.tables[name], family.tables[name].alias()
    asked = [table.c[column] == from_id]
    for unique in family.uniques(name, column):
        same = [other.c[one] == (to_id if one == column else table.c[one]) for one in sorted(unique)]
        asked.append(not_(exists(select(1).select_from(other).where(*same)).correlate(table)))
    beside = {one for holder, one in family.holders() if holder == name} - {column}
    asked += [or_(table.c[one].is_(None), table.c[one].not_in([from_id, to_id])) for one in sorted(beside)]
    if name == OWNER:
        asked.append(table.c.id.not_in([from_id, to_id]))
    asked += [_follow(family, tie, moves) for tie in family.ties_of(name) if _leans(family, tie, column)]
    return and_(*asked)


def _leans(family: Kin, tie: Tie, column: str) -> bool:
    """Whether the column repeats the customer's id from an owner that itself belongs to the customer."""
    if tie.owner in (OWNER, tie.table) or column not in tie.columns:
        return False
    return (tie.owner, tie.owner_columns[tie.columns.index(column)]) in family.holders()


def _follow(family: Kin, tie: Tie, moves: Sequence[Move]) -> ColumnElement[bool]:
    """Whose owner has moved."""
    table, above = family.tables[tie.table], family.tables[tie.owner]
    gone = [_are(family, move) for move in moves if move.table == tie.owner]
    owners = select(*(above.c[one] for one in tie.owner_columns)).where(or_(false(), *gone))
    return _together(table, tie.columns).in_(owners)


def _keys(link: Connection, family: Kin, name: str, asked: ColumnElement[bool]) -> list[Key]:
    found = link.execute(select(*family.key(name)).where(asked).order_by(*family.key(name)))
    return [[_plain(value) for value in row] for row in found]


def _parts(family: Kin, moves: Sequence[Move], to_id: int) -> Iterator[Move]:
    """What had moved, a few hundred rows at a time, by the keys it has now: the customer may be a part of the key."""
    for move in moves:
        if move.table in family.tables and move.column in family.tables[move.table].c:  # else it was deleted since
            names = [one.name for one in family.key(move.table)]
            keys = [
                [to_id if name == move.column else value for name, value in zip(names, key, strict=True)]
                for key in move.keys
            ]
            for start in range(0, len(keys), AT_ONCE):
                yield Move(move.table, move.column, keys[start : start + AT_ONCE])


def _are(family: Kin, move: Move) -> ColumnElement[bool]:
    """Exactly these rows."""
    columns = family.key(move.table)
    keys = [tuple(_value(column, one) for column, one in zip(columns, key, strict=True)) for key in move.keys]
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in keys])
    return tuple_(*columns).in_(keys)


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
