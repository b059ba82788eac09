"""Copies new customers from where they were kept (`staging`) into our tables.

On SQLite the files are attached, and whole portions copied by a statement each, which no Python has to look at; on
PostgreSQL their rows are read and inserted.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from loyalapp.core import sealing
from loyalapp.core.db import db
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports import listed
from loyalapp.features.imports.bulk import Bulk, literally
from loyalapp.features.imports.keyed import PARTS, STORED
from loyalapp.features.imports.staging import Portion, Staging

SALESMAN = "salesman_id"


@contextmanager
def session_beside(staging: Staging, just_before: Callable[[], None] | None = None) -> Iterator[Session]:
    """A session on a connection that sees the files too; committed at the end, rolled back on any error.

    :param just_before: done when all is ready for it to begin.
    """
    with db.engine.connect() as link:
        raw: Any = link.connection.driver_connection
        files = staging.files if link.dialect.name == "sqlite" else []
        try:
            for place, (file, key) in enumerate(files):
                written = f' KEY "{sealing.as_written(key)}"' if key else ""
                raw.execute(f"ATTACH ? AS {_schema(place)}{written}", (str(file),))
                raw.execute(f"PRAGMA {_schema(place)}.cache_size = -200")  # read once, from its beginning to its end
            if just_before:
                just_before()
            with Session(link, expire_on_commit=False) as session, session.begin():
                yield session
        finally:
            for place in range(len(files)):
                with suppress(link.dialect.loaded_dbapi.Error):  # it was never attached
                    raw.execute(f"DETACH {_schema(place)}")


def _schema(file: int) -> str:
    return f"staged_{file}"


class Arrivals:
    """Inserts portions in one transaction. `same`: columns that are alike for everybody."""

    def __init__(self, session: Session, staging: Staging, same: dict[str, Any]) -> None:
        self._session, self._staging, self._same = session, staging, dict(same)
        self._salesman = same.get(SALESMAN)
        self._columns = [name for name in STORED if name in staging.used or name.startswith(("search_", "so"))]
        if SALESMAN in self._columns:
            self._same.pop(SALESMAN, None)
        self._lists = [what for what in PARTS if what in staging.used]
        self._at_once = session.get_bind().dialect.name == "sqlite"
        self._bulk = None if self._at_once else Bulk(session, Customer, ("id", *self._columns), self._same)
        self._bulks = {} if self._at_once else listed.bulks(session)

    def insert(self, portion: Portion, ids: Sequence[int]) -> None:
        """These customers with these ids, in growing order."""
        if self._at_once:
            self._copy(portion, ids[0] - portion.start)
        else:
            self._put(portion, ids)

    # ---- SQLite ----

    def _copy(self, portion: Portion, shift: int) -> None:
        link = self._session.connection()
        bounds = (shift, portion.start, portion.start + portion.size - 1)
        link.exec_driver_sql(self._copying(portion.file), bounds)
        for what in self._lists:
            model, names = listed.MODELS[what]
            same = listed.SAME.get(what, {})
            values = literally(model, same)
            link.exec_driver_sql(
                f"INSERT INTO {model.__tablename__} ({', '.join([*names, *same])})"  # noqa: S608 -- our own names
                f" SELECT {', '.join(['nr + ?', *PARTS[what], *values])} FROM {_schema(portion.file)}.{what}"
                " WHERE nr BETWEEN ? AND ? ORDER BY nr, turn",
                bounds,
            )

    def _copying(self, file: int) -> str:
        salesman = f"coalesce({SALESMAN}, {self._salesman})" if self._salesman else SALESMAN
        taken = [salesman if name == SALESMAN else name for name in self._columns]
        return (
            f"INSERT INTO customer (id, {', '.join([*self._columns, *self._same])})"  # noqa: S608 -- our own names
            f" SELECT nr + ?, {', '.join([*taken, *literally(Customer, self._same)])} FROM {_schema(file)}.customer"
            " WHERE nr BETWEEN ? AND ? ORDER BY nr"
        )

    # ---- PostgreSQL ----

    def _put(self, portion: Portion, ids: Sequence[int]) -> None:
        rows = self._staging.rows(portion, "customer", self._columns)
        assert self._bulk is not None  # noqa: S101 -- see __init__
        self._bulk.insert([(one, *self._understood(row)) for one, row in zip(ids, rows, strict=True)])
        for what in self._lists:
            entries = self._staging.rows(portion, what, ("nr", *PARTS[what]))
            self._bulks[what].insert([(ids[number - portion.start], *entry) for number, *entry in entries])

    def _understood(self, row: Sequence[Any]) -> Sequence[Any]:
        """Days are kept as text."""
        values = dict(zip(self._columns, row, strict=True))
        if since := values.get("since"):
            values["since"] = date.fromisoformat(since)
        if self._salesman and SALESMAN in values:
            values[SALESMAN] = values[SALESMAN] or self._salesman
        return tuple(values.values())
