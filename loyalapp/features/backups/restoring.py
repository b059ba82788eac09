"""Brings a backup back: it is checked and put aside, and takes the place of today's data while nobody has that open.

Today's data is kept as a backup of its own first. Whoever was erased since the backup was made is erased again after
it is back (design §1, practice D4): their numbers travel beside the file that waits.
"""

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from sqlalchemy import create_engine

from loyalapp.core.clock import now
from loyalapp.core.db import connector, copy_database, engine_options
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.formats import format_number
from loyalapp.core.i18n import _, isolate_text, ngettext
from loyalapp.core.logs import log
from loyalapp.core.paths import PACKAGE, DataFolder, write_private

SUFFIX = ".loyalbackup"
KEPT_AS = "before-restore-"
WAITING = "restore.sqlite3"  # beside the database, so that taking its place is one rename
ERASED = "restore-erased.json"
NEEDED = frozenset({"customer", "setting", "alembic_version"})
LEAST_FREE = 20_000_000
Person = tuple[int, str]  # an id and the moment the row was made: the same person in every copy of the data


class Content(NamedTuple):
    """What a backup holds."""

    customers: int
    revision: str


def check(path: Path) -> Content:
    """Look at a backup before anything is touched.

    :raises LoyalAppError: if it is damaged, no backup of ours, or made by a newer LoyalApp.
    """
    content = look(path)
    if content is None:
        raise LoyalAppError(_("This file is not a whole backup of LoyalApp. Please choose another one."))
    if not (PACKAGE / "migrations" / "versions" / f"{content.revision}.py").is_file():
        raise LoyalAppError(_("This backup was made by a newer LoyalApp. Please bring LoyalApp up to date first."))
    return content


def look(path: Path) -> Content | None:
    """What a file holds, if it can be opened, is whole and has our tables; else None."""
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- only for copies of SQLite

    link = dbapi2.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
    try:
        tables = {row[0] for row in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if link.execute("PRAGMA quick_check").fetchone()[0] != "ok" or not tables >= NEEDED:
            return None
        (count,) = link.execute("SELECT count(*) FROM customer WHERE removed_at IS NULL").fetchone()
        revision = link.execute("SELECT version_num FROM alembic_version").fetchone()
        return Content(count, str(revision[0])) if revision else None
    except dbapi2.DatabaseError:
        return None
    finally:
        link.close()


def stage(data: DataFolder, path: Path) -> None:
    """Check a backup and let it wait for the moment when nobody has the data open.

    :raises LoyalAppError: if it cannot be brought back, or the disk is full.
    """
    check(path)
    draft = data.root / f"{WAITING}.part"
    try:
        if shutil.disk_usage(data.root).free < 3 * path.stat().st_size + LEAST_FREE:
            raise LoyalAppError(_("There is too little room on the disk. Please make some room and try again."))
        shutil.copyfile(path, draft)
        draft.chmod(0o600)
        check(draft)
        draft.replace(data.root / WAITING)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise LoyalAppError(_("The copy could not be written. Perhaps the disk is full.")) from error


def is_waiting(data: DataFolder) -> bool:
    """Whether a backup takes the place of the data at the next start."""
    return (data.root / WAITING).is_file()


def call_off(data: DataFolder) -> None:
    """The data stays as it is after all."""
    (data.root / WAITING).unlink(missing_ok=True)


def told(path: Path) -> str:
    """What a backup holds, in a sentence.

    :raises LoyalAppError: if it cannot be brought back.
    """
    count = check(path).customers
    return ngettext("It holds %(count)s customer.", "It holds %(count)s customers.", count, count=format_number(count))


def outcome(data: DataFolder) -> str:
    """What became of the wish to bring a backup back, in a sentence."""
    if is_waiting(data):
        return _("LoyalApp is open. The backup takes its place with the next start.")
    kept = max(data.backups.glob(f"{KEPT_AS}*{SUFFIX}"), default=None)
    if kept is None:
        return _("The backup is back.")
    return _("The backup is back. What was there before is kept here: %(file)s", file=isolate_text(kept, ltr=True))


def check_place(database_url: str | None) -> None:
    """Only SQLite's file can be put in place.

    :raises LoyalAppError: for a server.
    """
    if database_url:
        raise LoyalAppError(
            _("Your data lies on the office server. Please ask the person who looks after it for copies.")
        )


# ---- at a start, before the database is opened ----


def settle(data: DataFolder) -> None:
    """Put a waiting backup in the place of the data, unless somebody has the data open.

    Killed at any moment, the next start goes on: the waiting file is the last thing to move, in one rename.
    """
    if not is_waiting(data):
        return
    present = data.database
    try:
        if present.is_file() and not _keep(data):
            log.warning("a backup waits to be brought back, but the data is in use")
            return
        for rest in (f"{present}-wal", f"{present}-shm"):
            Path(rest).unlink(missing_ok=True)
        (data.root / WAITING).replace(present)
    except OSError:
        log.exception("the backup could not be brought back; the data is as it was")
        return
    log.warning("a backup was brought back")


def _keep(data: DataFolder) -> bool:
    """Make a backup of what is there now; False while somebody else uses it."""
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- only for SQLite

    target = data.backups / f"{KEPT_AS}{now():%Y%m%d-%H%M%S-%f}{SUFFIX}"
    try:
        if not _is_ours_alone(data.database):
            return False
        _remember_erased(data)
        address, options = engine_options(None, data.database)
        engine = create_engine(address, **options)
        copy_database(engine, target)
        engine.dispose()
        return _is_ours_alone(data.database)
    except (dbapi2.DatabaseError, OSError):
        log.exception("no copy can be made of what is to be replaced; its files are kept as they are")
        for ending in ("", "-wal", "-shm"):
            file = Path(f"{data.database}{ending}")
            if file.is_file():
                file.replace(f"{target}{ending}")
        return True


def _is_ours_alone(database: Path) -> bool:
    """Leaving WAL is possible for the only one who has the file open, and folds the log back into it."""
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- only for SQLite

    link = dbapi2.connect(str(database), isolation_level=None, timeout=0.2)
    try:
        return bool(link.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except dbapi2.OperationalError:
        return False
    finally:
        link.close()


def _remember_erased(data: DataFolder) -> None:
    """Who was erased in the data that goes, so that the backup does not bring them back."""
    link = connector(data.database)()
    try:
        columns = {row[1] for row in link.execute("PRAGMA table_info(customer)")}
        found: list[Any] = []
        if "erased_at" in columns:
            found = link.execute("SELECT id, created_at FROM customer WHERE erased_at IS NOT NULL").fetchall()
    finally:
        link.close()
    write_private(data.root / ERASED, json.dumps([list(row) for row in found]).encode())


# ---- after it ----


def is_unfinished(data: DataFolder) -> bool:
    """Whether a backup took the place of the data, and somebody may have to be erased again."""
    return (data.root / ERASED).is_file()


def to_erase_again(data: DataFolder) -> list[Person]:
    """Whom the backup brought back though they had been erased: id and the moment their row was made."""
    try:
        found = json.loads((data.root / ERASED).read_text("utf-8"))
        return [(int(one), datetime.fromisoformat(made).isoformat()) for one, made in found]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError):
        log.exception("who has to be erased again cannot be read")
        return []


def erased_again(data: DataFolder) -> None:
    """It is done."""
    (data.root / ERASED).unlink(missing_ok=True)
