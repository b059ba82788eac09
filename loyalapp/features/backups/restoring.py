"""Brings a backup back: it is checked and put aside, and takes the place of today's data while nobody has that open.

Today's data is kept as a backup of its own first. Whoever was erased since the backup was made is erased again after
it is back (design §1, practice D4): their numbers travel beside the file that waits.
"""

import json
import os
import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from loyalapp.core import sealing
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.formats import format_number
from loyalapp.core.i18n import _, isolate_text, lazy_gettext, ngettext
from loyalapp.core.logs import log
from loyalapp.core.paths import PACKAGE, DataFolder, write_private
from loyalapp.core.sqlite import connector
from loyalapp.features.backups import copies, files, folders, making
from loyalapp.features.backups.files import SUFFIX, Content, look
from loyalapp.features.backups.waiting import ERASED, WAITING, is_unfinished, is_waiting

KEPT_AS = "before-restore-"
Person = tuple[int, str]  # an id and the moment the row was made: the same person in every copy of the data


def check(path: Path, key: str | None = None) -> Content:
    """Look at a backup before anything is touched.

    :param key: what opens it where it is locked.
    :raises LoyalAppError: if it is damaged, no backup of ours, or made by a newer LoyalApp.
    """
    content = look(path, key)
    if content is None:
        raise LoyalAppError(lazy_gettext("This file is not a whole backup of LoyalApp. Please choose another one."))
    if not (PACKAGE / "migrations" / "versions" / f"{content.revision}.py").is_file():
        if content.version:
            newer = lazy_gettext(
                "This backup was made by %(program)s, which is newer than this one. Please bring LoyalApp up to date"
                " first.",
                program=isolate_text(f"LoyalApp {content.version}", ltr=True),
            )
            raise LoyalAppError(newer)
        raise LoyalAppError(
            lazy_gettext("This backup was made by a newer LoyalApp. Please bring LoyalApp up to date first.")
        )
    return content


def stage(data: DataFolder, path: Path, key: str | None = None) -> None:
    """Check a backup and let it wait for the moment when nobody has the data open, encrypted as that is.

    :param key: what opens it where it is locked.
    :raises LoyalAppError: if it cannot be brought back, or the disk is full.
    """
    check(path, key)
    draft = data.root / f"{WAITING}.part"
    try:
        if shutil.disk_usage(data.root).free < 3 * path.stat().st_size + making.LEAST_FREE:
            raise LoyalAppError(
                lazy_gettext("There is too little room on the disk. Please make some room and try again.")
            )
        _write_anew(data, path, key, draft)
        check(draft, data_key(data, draft))
        making.settle_down(draft, data.root / WAITING)
    except (OSError, _driver_fault()) as error:
        raise LoyalAppError(lazy_gettext("The copy could not be written. Perhaps the disk is full.")) from error
    finally:
        making.clear_away(data.root / WAITING)


def data_key(data: DataFolder, path: Path) -> str | None:
    """What opens a file that is encrypted as the data is; None where that is not, or nobody knows the key."""
    key = sealing.key_in_use(path) if path.is_relative_to(data.root) else _whole_key(data)
    return files.raw(key) if key else None


def _whole_key(data: DataFolder) -> bytes | None:
    secret = sealing.secret_of(data.database)
    return sealing.key_of(secret) if secret else None


def _write_anew(data: DataFolder, path: Path, key: str | None, draft: Path) -> None:
    """With the key of the data of today, or none, whatever the backup was locked with."""
    making.clear_away(data.root / WAITING)
    os.close(os.open(draft, os.O_CREAT | os.O_RDWR, 0o600))
    is_sealed = data.database.is_file() and sealing.key_in_use(data.database) is not None
    with files.opened(path, key, may_write=True) as link:
        making.rewrite(link, draft, data_key(data, draft) or "" if is_sealed else "")


def _driver_fault() -> type[Exception]:
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- only for SQLite

    fault: type[Exception] = dbapi2.DatabaseError
    return fault


def call_off(data: DataFolder) -> None:
    """The data stays as it is after all."""
    (data.root / WAITING).unlink(missing_ok=True)


def told(path: Path, key: str | None = None) -> str:
    """What a backup holds, in a sentence.

    :raises LoyalAppError: if it cannot be brought back.
    """
    count = check(path, key).customers
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
    """Put a waiting backup in the place of the data, unless somebody has the data open; and what lies beside it.

    Killed at any moment, the next start goes on: the waiting file is the last thing to move, in one rename.
    """
    if is_waiting(data):
        _take_its_place(data)
    if is_unfinished(data) and not is_waiting(data):
        _bring_folders(data)


def _bring_folders(data: DataFolder) -> None:
    """Plugins and languages that are in the backup; where they cannot be written, the data is back all the same."""
    try:
        with closing(connector(data.database)()) as link:
            is_told = link.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (files.ABOUT,)).fetchone()
            told = files.about(link) if is_told else {}
        folders.bring_back(data, [str(one) for one in list(told.get("off") or ())])
    except (OSError, ValueError, TypeError, _driver_fault()):
        log.exception("the plugins and languages of the backup could not be put in their places")


def _take_its_place(data: DataFolder) -> None:
    present = data.database
    try:
        if present.is_file() and not _keep(data):
            log.warning("a backup waits to be brought back, but the data is in use")
            return
        if not is_unfinished(data):
            write_private(data.root / ERASED, b"[]")  # the start has to know that it is not yesterday's data
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

    target = copies.new(data.backups, copies.RESTORE)
    try:
        if not _is_ours_alone(data.database):
            return False
        _remember_erased(data)
        making.make(data, target, copies.RESTORE)
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
        link.execute("PRAGMA cipher_log_level = NONE")
        sealing.give_key(link, sealing.key_in_use(database))
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
