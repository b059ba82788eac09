"""Where drafts lie: on SQLite in a file of their own, so that typing makes no page forget what it remembered.

Pages remember what they read until anybody changes the database (`core.memory`), and a draft is kept every few seconds.
On PostgreSQL, where nothing is remembered beyond a page, they lie with all the rest.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, Delete, Engine, NullPool, Row, Select, create_engine, delete, insert, inspect, select
from sqlalchemy.orm import scoped_session
from sqlalchemy.schema import CreateTable

from loyalapp.core.db import db, rows
from loyalapp.core.moment import this_app
from loyalapp.core.sqlite import connector
from loyalapp.features.drafts.models import DRAFT

FILE = "drafts.sqlite3"
ENGINE = "loyalapp.drafts"
TABLE = CreateTable(DRAFT, if_not_exists=True)  # in one step, since two pages may ask in the same moment
Link = Connection | scoped_session[Session]


@contextmanager
def changing() -> Iterator[Link]:
    """What is changed in here is kept at its end; after an error nothing of it is."""
    if not _has_own_file():
        yield db.session
        db.session.commit()
        return
    with _engine().begin() as link:
        link.exec_driver_sql("BEGIN IMMEDIATE")
        link.execute(TABLE)
        yield link


def erase(statement: Delete) -> None:
    """Carry it out in the caller's transaction, and at once in the file of their own."""
    db.session.execute(statement)
    if _has_own_file() and _file().is_file():
        with changing() as link:
            link.execute(statement)


def found(question: Select[Any]) -> list[Row[Any]]:
    """The rows of a question."""
    if not _has_own_file():
        return list(rows(question))
    if not _file().is_file():
        return []
    with _engine().begin() as link:
        link.execute(TABLE)
        return list(link.execute(question))


def as_then() -> None:
    """After a backup came back: half written is what was half written when it was made, and nothing of today.

    The backup carries it in the database; from there it moves to the file of its own.
    """
    if not _has_own_file():
        return
    there = inspect(db.engine).has_table(DRAFT.name)
    told = [row._asdict() for row in db.session.execute(select(DRAFT))] if there else []
    with changing() as link:
        link.execute(delete(DRAFT))
        if told:
            link.execute(insert(DRAFT), told)
    if there:
        db.session.execute(delete(DRAFT))
    db.session.commit()


def _has_own_file() -> bool:
    return db.engine.dialect.name == "sqlite"


def _file() -> Path:
    folder: Path = this_app().extensions["loyalapp.data"].work
    return folder / FILE


def _engine() -> Engine:
    """Opened anew each time: seldom enough, and nothing is left open that an end of the program would have to close."""
    known: dict[str, Any] = this_app().extensions
    if ENGINE not in known:
        from sqlcipher3 import dbapi2  # noqa: PLC0415 -- PostgreSQL desks do not need it

        os.close(os.open(_file(), os.O_CREAT | os.O_RDWR, 0o600))
        known[ENGINE] = create_engine("sqlite://", module=dbapi2, creator=connector(_file()), poolclass=NullPool)
    engine: Engine = known[ENGINE]
    return engine
