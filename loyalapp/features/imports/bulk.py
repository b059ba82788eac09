"""Inserts many rows of one table by the driver's own `executemany`: three times faster than going through objects."""

from operator import itemgetter
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session


class Bulk:
    """Inserts into one table, with some columns the same in every row."""

    def __init__(self, session: Session, model: Any, columns: tuple[str, ...], same: dict[str, Any]) -> None:
        self._link = session.connection()
        dialect, table = self._link.dialect, model.__table__
        compiled: Any = insert(table).compile(dialect=dialect, column_keys=[*columns, *same])
        self._sql = str(compiled)
        self._order = compiled.positiontup if compiled.positional else None
        self._converters = {
            name: convert
            for name in (*columns, *same)
            if (convert := table.c[name].type.dialect_impl(dialect).bind_processor(dialect))
        }
        self._same = {name: self._converted(name, value) for name, value in same.items()}
        self._converters = {name: convert for name, convert in self._converters.items() if name in columns}

    def _converted(self, name: str, value: Any) -> Any:
        return self._converters[name](value) if name in self._converters else value

    def insert(self, rows: list[dict[str, Any]]) -> None:
        """The rows, each with a value for every column."""
        if not rows:
            return
        for row in rows:
            row.update(self._same)
            for name, convert in self._converters.items():
                if row[name] is not None:
                    row[name] = convert(row[name])
        whole: Any = list(map(itemgetter(*self._order), rows)) if self._order else rows
        self._link.exec_driver_sql(self._sql, whole)
