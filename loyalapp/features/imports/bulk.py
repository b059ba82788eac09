"""Inserts many rows of one table by the driver's own `executemany`: three times faster than going through objects."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import literal
from sqlalchemy.orm import Session

from loyalapp.core.db import db


class Bulk:
    """Inserts into one table. `columns`: those of the rows, in their order; `same`: those that are alike in every row.

    What is alike stands in the statement itself: handing it over with every row would cost a fifth of the time.
    """

    def __init__(self, session: Session, model: Any, columns: Sequence[str], same: dict[str, Any]) -> None:
        self._link = session.connection()
        dialect, table = self._link.dialect, model.__table__
        quote = dialect.identifier_preparer.quote
        mark = "?" if dialect.paramstyle == "qmark" else "%s"
        alike = literally(model, same, dialect)
        self._sql = "INSERT INTO {} ({}) VALUES ({})".format(  # noqa: S608 -- our own names and values
            quote(table.name), ", ".join(map(quote, [*columns, *same])), ", ".join([*[mark] * len(columns), *alike])
        )
        found = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in columns]
        self._converters = [(place, convert) for place, convert in enumerate(found) if convert]

    def insert(self, rows: Sequence[Sequence[Any]]) -> None:
        """The rows, each a tuple with a value for every column."""
        if not rows:
            return
        if self._converters:
            rows = [self._converted(list(row)) for row in rows]
        self._link.exec_driver_sql(self._sql, rows)  # type: ignore[arg-type] -- tuples, as the driver wants them

    def _converted(self, row: list[Any]) -> tuple[Any, ...]:
        for place, convert in self._converters:
            if row[place] is not None:
                row[place] = convert(row[place])
        return tuple(row)


def literally(model: Any, values: Mapping[str, Any], dialect: Any = None) -> list[str]:
    """Values of columns as they stand in a statement, also of a driver that marks parameters by a per cent sign."""
    dialect = dialect or db.engine.dialect
    found = [literal(value, model.__table__.c[name].type) for name, value in values.items()]
    return [str(one.compile(dialect=dialect, compile_kwargs={"literal_binds": True})) for one in found]
