"""Makes copies of the database by the backup API, checks them, lists what is there, and brings one back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, current_app

from loyalapp.core.clock import now
from loyalapp.core.db import copy_database, db
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import _
from loyalapp.core.paths import DataFolder, write_private
from loyalapp.features.backups import restoring
from loyalapp.features.backups.restoring import SUFFIX, Content
from loyalapp.features.privacy import service as privacy
from loyalapp.features.staff import service as staff

KEPT = 30
BY = "restore-by.txt"
BEFORE_UPDATE = "before-update-"


@dataclass(frozen=True)
class Copy:
    """One copy in the backups folder."""

    path: Path
    made_at: datetime
    size: int

    @property
    def is_before_update(self) -> bool:
        """Whether it was made by itself, before a new version changed the data."""
        return self.path.name.startswith(BEFORE_UPDATE)


def create() -> Copy:
    """Copy the database now.

    :raises LoyalAppError: if the copy cannot be written, or the data lies on PostgreSQL.
    """
    folder = _our_folder()
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
            target = app.extensions["loyalapp.data"].backups / f"{BEFORE_UPDATE}{now():%Y%m%d-%H%M%S-%f}{SUFFIX}"
            copy_database(db.engine, target)
            done.append(target)


def verify(path: Path) -> bool:
    """Whether a copy can be opened, is whole, and holds our tables."""
    return restoring.look(path) is not None


def copies() -> list[Copy]:
    """What is in the backups folder, the newest first."""
    folder: DataFolder = current_app.extensions["loyalapp.data"]
    return sorted((_copy(one) for one in folder.backups.glob(f"*{SUFFIX}")), key=lambda one: one.made_at, reverse=True)


def named(name: str) -> tuple[Copy, Content]:
    """A copy of the backups folder by its file name, with what it holds.

    :raises NotFound: if it is not there (any more).
    :raises LoyalAppError: if it cannot be brought back.
    """
    found = next((one for one in copies() if one.path.name == name), None)
    if found is None:
        raise NotFound(_("This backup is not there any more."))
    return found, restoring.check(found.path)


def restore(path: Path) -> None:
    """Let a backup take the place of the data at the next start; today's data becomes a backup of its own.

    :raises LoyalAppError: if it cannot be brought back, or the data lies on PostgreSQL.
    """
    folder = _our_folder()
    restoring.stage(folder, path)
    write_private(folder.root / BY, staff.doer().encode())


def finish_restore(app: Flask) -> None:
    """After a start with a backup that was brought back: whoever had been erased since is erased again."""
    folder: DataFolder = app.extensions["loyalapp.data"]
    if people := restoring.to_erase_again(folder):
        with app.app_context():
            privacy.erase_again(people)
    restoring.erased_again(folder)
    _note_who(app, folder)


def _note_who(app: Flask, folder: DataFolder) -> None:
    """In the data that is back it is written down who brought it back."""
    file = folder.root / BY
    if file.is_file() and not restoring.is_waiting(folder):
        with app.app_context():
            staff.note_at_once("restore", whom=file.read_text("utf-8", "replace"))
            db.session.remove()
        file.unlink(missing_ok=True)


def _our_folder() -> DataFolder:
    restoring.check_place(None if db.engine.dialect.name == "sqlite" else str(db.engine.url))
    folder: DataFolder = current_app.extensions["loyalapp.data"]
    return folder


def _copy(path: Path) -> Copy:
    about = path.stat()
    return Copy(path, datetime.fromtimestamp(about.st_mtime, UTC), about.st_size)


def _thin(folder: Path) -> None:
    oldest_first = sorted(folder.glob(f"loyalapp-*{SUFFIX}"))
    for old in oldest_first[:-KEPT]:
        old.unlink()
