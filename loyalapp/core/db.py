"""The database: one SQLAlchemy object, the SQLite settings that keep data safe, and the types our tables share.

SQLite is used through the `sqlcipher3` driver (a current SQLite on every platform). Settings and reasons:
WAL and `synchronous=FULL` so that what was acknowledged survives power loss; `BEGIN IMMEDIATE` for what writes,
because a plain BEGIN lets a read grow into a write and fail with "database is locked"; `query_only` for reads.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import DateTime, Engine, Executable, MetaData, Result, Text, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from loyalapp.core import at_hand
from loyalapp.core.moment import context_number, of_the_moment, this_app
from loyalapp.core.paths import flush
from loyalapp.core.sqlite import CACHE_KIB, connector, plan_once

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
MIGRATION_LOCK = 4711
ROOM_KIB = 8_000
KEPT_OPEN = 10  # connections: one for each thread of the server; one more would begin each page without its memory
OF_PAGE, LEAN = "loyalapp.page", "loyalapp.lean"
QUERY_ONLY = "loyalapp.query_only"
ROWS_BEFORE = "loyalapp.rows_before"  # how many rows a connection had changed when its transaction began

reading: ContextVar[bool] = ContextVar("reading", default=False)


class PageSession(FlaskSession):
    """A session that joins in where a page that only shows has begun to read already."""

    def get_bind(self, *words: Any, **options: Any) -> Engine | Connection:
        """What a question goes to."""
        if options.get("bind") is None and reading.get() and LEAN in of_the_moment():
            return of_page()[0]
        return super().get_bind(*words, **options)


class Base(DeclarativeBase):
    """The core's tables; each plugin has a base of its own, so that a broken mapper harms only the plugin."""

    metadata = MetaData(naming_convention=NAMES)


OF_SESSIONS = {"expire_on_commit": False, "class_": PageSession, "scopefunc": context_number}
db = SQLAlchemy(model_class=Base, session_options=OF_SESSIONS)


def metadata_for_plugin(plugin_id: str) -> MetaData:
    """The table catalogue of one plugin, kept apart from the core's."""
    return MetaData(naming_convention=NAMES, info={"plugin": plugin_id})


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware on our side, stored as UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy calls it so
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy calls it so
        return value.replace(tzinfo=UTC) if value else None


class Json(TypeDecorator[Any]):
    """Plain values as JSON text, readable on both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 -- SQLAlchemy calls it so
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 -- SQLAlchemy calls it so
        return None if value is None else json.loads(value)


def rows(question: Executable, facts: Mapping[str, Any] | None = None) -> Result[*tuple[Any, ...]]:
    """The rows of a question for plain columns, in the session's transaction but past its bookkeeping.

    On the way round through the session a question that is put together once takes twice as long.
    """
    if reading.get():
        link = of_page()[0]
    else:
        db.session.flush()
        link = db.session.connection()
    if short := at_hand.by_short_way(question, link):
        with suppress(KeyError, link.dialect.loaded_dbapi.Error):  # -- on the long way it is told what is wrong
            return short.answer(link, facts or {})
    return link.execute(at_hand.plain(question), facts)


def of_page() -> tuple[Connection, dict[str, Any]]:
    """The connection of a page that only shows, and what may be remembered as long as its transaction lasts.

    The page asks for it dozens of times, and its session gives the same one to whoever is asked something.
    """
    kept = of_the_moment()
    known: tuple[Connection, dict[str, Any]] | None = kept.get(OF_PAGE)
    if known is None or not known[0].in_transaction():
        known = kept[OF_PAGE] = (_lean() if LEAN in kept else db.session.connection(), {})
    return known


def has_read() -> bool:
    """Whether the page has a transaction already."""
    known = of_the_moment().get(OF_PAGE)
    return bool(db.session.registry.has() or (known and known[0].in_transaction()))


def _lean() -> Connection:
    leave_page()
    link: Connection = this_app().extensions["loyalapp.engine"].connect()
    link.begin()
    of_the_moment()[LEAN] = link
    return link


def show_page() -> None:
    """From here to `leave_page` the request only reads: without a session, which costs as much as five questions.

    Whoever needs one all the same gets one on the same connection.
    """
    reading.set(True)
    of_the_moment()[LEAN] = None


def leave_page() -> None:
    """What a page that only showed had read with goes back; asked again, it reads what is there by then."""
    kept = of_the_moment()
    if link := kept.get(LEAN):
        kept[LEAN] = None
        link.close()


def engine_options(url: str | None, path: Path) -> tuple[str, dict[str, Any]]:
    """Address and options for Flask-SQLAlchemy: PostgreSQL where a URL is given, else the SQLite file."""
    if url:
        return url, {"pool_pre_ping": True, "hide_parameters": True}
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- PostgreSQL desks do not need it

    # The connection that was used last is taken first: what it remembers (`core.memory`) is the freshest.
    return f"sqlite:///{path}", {
        "module": dbapi2,
        "creator": connector(path),
        "pool_use_lifo": True,
        "pool_size": KEPT_OPEN,
        "hide_parameters": True,  # else the log would hold what somebody typed whenever a statement fails
    }


def install(app: Flask, url: str | None, path: Path) -> None:
    """Bind the database to the app and watch its transactions."""
    if not url:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    address, options = engine_options(url, path)
    app.config["SQLALCHEMY_DATABASE_URI"] = address
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        engine = app.extensions["loyalapp.engine"] = db.engine
    if not url:
        plan_once(engine)
    event.listen(engine, "begin", _begin)
    changed = app.extensions["loyalapp.changes"] = [0]
    # The engine must not know the app: Flask-SQLAlchemy keeps an engine as long as its app, and neither would end.
    event.listen(engine, "commit", lambda _link: _count_change(changed))


def _begin(link: Connection) -> None:
    only_reading = reading.get()
    if link.dialect.name == "sqlite":
        raw: Any = link.connection.driver_connection  # twice a page: straight to the driver
        # Only where it changes: setting it makes SQLite prepare every statement of the connection anew.
        if link.info.get(QUERY_ONLY, False) != only_reading:
            raw.execute(f"PRAGMA query_only = {'ON' if only_reading else 'OFF'}")
            link.info[QUERY_ONLY] = only_reading
        raw.execute("BEGIN" if only_reading else "BEGIN IMMEDIATE")
        link.info[ROWS_BEFORE] = raw.total_changes
    elif only_reading:
        link.exec_driver_sql("SET TRANSACTION READ ONLY")


def has_written(link: Connection) -> bool:
    """Whether the transaction under way has changed a row; only SQLite tells, elsewhere it may always have."""
    if link.dialect.name != "sqlite":
        return True
    raw: Any = link.connection.driver_connection
    return bool(raw.total_changes != link.info.get(ROWS_BEFORE))


def _count_change(changed: list[int]) -> None:
    if not reading.get():
        changed[0] += 1


def changes(app: Flask) -> int:
    """How many writing transactions this process has committed; with `data_version` it dates what we remember.

    An app without data, as the one that helps with damaged data, commits none.
    """
    count: int = app.extensions.get("loyalapp.changes", [0])[0]
    return count


def data_version(link: Connection) -> int:
    """A number that changes when another connection changed the SQLite file; it means nothing to other connections."""
    raw: Any = link.connection.driver_connection
    return int(raw.execute("PRAGMA data_version").fetchone()[0])


@contextmanager
def only_reading() -> Iterator[None]:
    """Whatever touches the database inside this block may not change it."""
    token = reading.set(True)
    try:
        yield
    finally:
        reading.reset(token)


@contextmanager
def own_session() -> Iterator[Session]:
    """A session of its own for work outside a request; committed at the end, rolled back on any error."""
    with Session(db.engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def roomy(session: Session) -> Iterator[None]:
    """More memory for pages while very many rows are written on this connection: a third faster on SQLite."""
    link = session.connection()
    if link.dialect.name != "sqlite":
        yield
        return
    raw: Any = link.connection.driver_connection
    raw.execute(f"PRAGMA cache_size = {-ROOM_KIB}")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
        raw.execute("PRAGMA shrink_memory")


def copy_database(engine: Engine, target: Path) -> None:
    """Copy a SQLite database with the backup API while it may be in use, and check the copy before it gets its name.

    :raises OSError: if the copy is damaged or cannot be written.
    """
    draft = target.with_name(target.name + ".part")
    draft.unlink(missing_ok=True)
    source = Path(str(engine.url.database))
    copy = connector(draft, like=source)()
    link = connector(source)()
    try:
        link.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
    finally:
        link.close()
        copy.close()
    if verdict != "ok":
        raise OSError(f"the copy of the database is damaged: {verdict}")
    draft.chmod(0o600)
    flush(draft)
    draft.replace(target)
