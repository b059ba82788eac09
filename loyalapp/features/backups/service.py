"""Makes copies of the database by the backup API, checks them, and lists what is there."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from flask import Flask, current_app

from loyalapp.core.clock import now
from loyalapp.core.db import copy_database, db
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.core.paths import DataFolder

SUFFIX = ".loyalbackup"
KEPT = 30


@dataclass(frozen=True)
class Copy:
    """One copy in the backups folder."""

    path: Path
    made_at: datetime
    size: int


def create() -> Copy:
    """Copy the database now.

    :raises LoyalAppError: if the copy cannot be written, or the data lies on PostgreSQL.
    """
    if db.engine.dialect.name != "sqlite":
        raise LoyalAppError(
            _("Your data lies on the office server. Please ask the person who looks after it for copies.")
        )
    folder: DataFolder = current_app.extensions["loyalapp.data"]
    target = folder.backups / f"loyalapp-{now():%Y%m%d-%H%M%S-%f}{SUFFIX}"
    try:
        copy_database(db.engine, target)
    except OSError as error:
        raise LoyalAppError(_("The copy could not be written. Perhaps the disk is full.")) from error
    _thin(folder.backups)
    return _copy(target)


def copy_once(app: Flask) -> None:
    """The copy before a migration: one for all migrations of a start. A new, empty database needs none."""
    done = app.extensions.setdefault("loyalapp.copied_at_start", [])
    with app.app_context():
        if not done and db.engine.dialect.name == "sqlite":
            target = app.extensions["loyalapp.data"].backups / f"before-update-{now():%Y%m%d-%H%M%S-%f}{SUFFIX}"
            copy_database(db.engine, target)
            done.append(target)


def verify(path: Path) -> bool:
    """Whether a copy can be opened, is whole, and holds our tables."""
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- only for copies of SQLite

    link = dbapi2.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
    try:
        whole = link.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        tables = {row[0] for row in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return bool(whole and {"customer", "alembic_version"} <= tables)
    except dbapi2.DatabaseError:
        return False
    finally:
        link.close()


def copies() -> list[Copy]:
    """What is in the backups folder, the newest first."""
    folder: DataFolder = current_app.extensions["loyalapp.data"]
    return sorted((_copy(one) for one in folder.backups.glob(f"*{SUFFIX}")), key=lambda one: one.made_at, reverse=True)


def _copy(path: Path) -> Copy:
    about = path.stat()
    return Copy(path, datetime.fromtimestamp(about.st_mtime, UTC), about.st_size)


def _thin(folder: Path) -> None:
    oldest_first = sorted(folder.glob(f"loyalapp-*{SUFFIX}"))
    for old in oldest_first[:-KEPT]:
        old.unlink()
