"""Brings tables to their newest form at start, wholly or not at all; the same runner serves core and plugins.

A folder of migrations holds `versions/*.py`, one straight line: file name = date + words = revision id, so that
the newest one is the last in alphabetical order and Alembic (slow to import) is needed only when something is behind.
"""

from pathlib import Path

from sqlalchemy import Engine, inspect
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from loyalapp.core.db import MIGRATION_LOCK
from loyalapp.core.errors import NewerData


def newest(folder: Path) -> str | None:
    """Revision id of the newest migration in the folder."""
    return max((file.stem for file in (folder / "versions").glob("[0-9]*.py")), default=None)


def stored(engine: Engine, version_table: str) -> str | None:
    """Revision id the database stands at; None for a new one."""
    with engine.connect() as link:
        try:
            found = link.exec_driver_sql(f'SELECT version_num FROM "{version_table}"').scalar()  # noqa: S608 -- our own name
        except DBAPIError:
            link.rollback()
            if inspect(link).has_table(version_table):  # asked only now: at most starts it is there
                raise
            return None
        return str(found) if found else None


def is_behind(engine: Engine, folder: Path, version_table: str) -> bool:
    """Whether there is anything to migrate.

    :raises NewerData: if the database stands at a revision this program does not know.
    """
    here, there = newest(folder), stored(engine, version_table)
    if there and not (folder / "versions" / f"{there}.py").is_file():
        raise NewerData(there)
    return here != there


def migrate(engine: Engine, folder: Path, version_table: str, back_to: str | None = None) -> None:
    """Bring one set of tables to its newest form in one transaction; on any error everything is as before.

    :param back_to: an older revision to go back to instead, by the `downgrade()` of each newer one.
    """
    from alembic.config import Config  # noqa: PLC0415 -- slow import
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415 -- slow import
    from alembic.script import ScriptDirectory  # noqa: PLC0415 -- slow import

    scripts = ScriptDirectory(str(folder))
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as link:
        raw = link.connection.dbapi_connection
        if sqlite:
            # ON plus a batch migration (drop and rename) would cascade and empty the child tables.
            raw.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]  # -- the driver's own connection
        try:
            context = EnvironmentContext(
                Config(),
                scripts,
                fn=lambda revision, _: (
                    scripts._downgrade_revs(back_to, revision) if back_to else scripts._upgrade_revs("head", revision)  # noqa: SLF001 -- the documented programmatic way
                ),
            )
            with link.begin(), context as environment:
                if not sqlite:
                    link.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
                environment.configure(
                    connection=link, version_table=version_table, render_as_batch=True, transaction_per_migration=False
                )
                environment.run_migrations()
                _check_owners(link)
        finally:
            if sqlite:
                raw.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]  # -- the driver's own connection


def _check_owners(link: Connection) -> None:
    if link.dialect.name == "sqlite" and (broken := link.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"rows left without their owner: {broken[:3]}")
