"""Makes a backup: by the backup API while the data is in use, checked and counted before it gets its name.

Without an app, since one is made also before the data is opened.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from errno import EIO, ENOSPC, EROFS
from pathlib import Path
from typing import Any

from loyalapp import __version__
from loyalapp.core import disks, sealing
from loyalapp.core.clock import now
from loyalapp.core.paths import DataFolder, flush, flush_folder
from loyalapp.core.sqlite import connector
from loyalapp.features.backups import files, folders

LEAST_FREE = 20_000_000  # bytes that stay free beside a backup
PIECE = 2000  # pages copied before it is asked whether to go on
OPERATIONS = 200_000  # of SQLite between two such questions
DRAFT = "draft"
DRAFTS = "drafts.sqlite3"
PARTS = (".part", ".part-journal", ".part-wal", ".part-shm")
NUMBERS = {disks.FULL: ENOSPC, disks.READ_ONLY: EROFS, disks.FAULT: EIO}


# What a backup says of itself, and the files that lie beside the data.
Further = tuple[dict[str, Any], list[folders.Kept]]


class CalledOff(Exception):
    """The program ends, or nobody wants it any more."""


def make(
    data: DataFolder,
    target: Path,
    why: str,
    *,
    plugins: Mapping[str, str] | None = None,
    is_thorough: bool = False,
    is_stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Make a backup of the data as it is now; where that is encrypted, with the same key.

    :param is_thorough: look also whether every index knows every row, which takes three times as long.
    :param is_stopped: asked now and then; True ends it, and nothing of it stays.
    :raises OSError: if it cannot be written (the disk is full, cannot be written, is gone), or came out damaged.
    :raises CalledOff: if it was stopped.
    """
    draft = Path(f"{target}.part")
    kept, left = folders.collect(data)
    told = {"version": __version__, "why": why, "made_at": now().isoformat(), "plugins": dict(plugins or {})}
    told |= {"off": folders.switched_off(data), "left_out": left}
    with _one_that_leaves_nothing(target, is_stopped):
        check_room(target.parent, size_of(data) + sum(len(one.content) for one in kept))
        _copy(data, draft, (told, kept), is_stopped, "integrity_check" if is_thorough else "quick_check")
        settle_down(draft, target)


def lock(source: Path, target: Path, key: str, is_stopped: Callable[[], bool] = lambda: False) -> None:
    """Write a backup anew, locked with a password, and check it.

    :param source: lies in the data folder, whose key it may need.
    :raises OSError: if it cannot be written, or came out damaged.
    :raises CalledOff: if it was stopped.
    """
    draft = Path(f"{target}.part")
    with _one_that_leaves_nothing(target, is_stopped):
        check_room(target.parent, source.stat().st_size)
        os.close(os.open(draft, os.O_CREAT | os.O_RDWR, 0o600))
        own_key = sealing.key_in_use(source)
        with files.opened(source, files.raw(own_key) if own_key else None, may_write=True) as link:
            link.set_progress_handler(is_stopped, OPERATIONS)
            counts = counted(link)
            rewrite(link, draft, key)
        with files.opened(draft, key) as link:
            _verify(link, counts, "quick_check")
        draft.replace(target)


def size_of(data: DataFolder) -> int:
    """About how many bytes a backup takes."""
    found = 0
    for file in (data.database, Path(f"{data.database}-wal")):
        with suppress(OSError):
            found += file.stat().st_size
    return found


def check_room(folder: Path, size: int) -> None:
    """See that so many bytes have room in a folder.

    :raises OSError: ENOSPC, where they have not.
    """
    if shutil.disk_usage(folder).free < size + LEAST_FREE:
        raise OSError(ENOSPC, os.strerror(ENOSPC), str(folder))


def settle_down(draft: Path, target: Path) -> None:
    """Give a whole file its name, so that no power cut takes it away again."""
    with suppress(PermissionError):  # a stick knows no owners
        draft.chmod(0o600)
    flush(draft)
    draft.replace(target)
    flush_folder(target.parent)


@contextmanager
def _one_that_leaves_nothing(target: Path, is_stopped: Callable[[], bool]) -> Iterator[None]:
    """The driver's faults become the system's, and half a file goes."""
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- only for copies of SQLite

    clear_away(target)
    try:
        yield
    except dbapi2.DatabaseError as error:
        if is_stopped():
            raise CalledOff from error
        raise OSError(NUMBERS[disks.kind_of(error) or disks.FAULT], str(error), str(target)) from error
    finally:
        clear_away(target)


def clear_away(target: Path) -> None:
    """Take away what a run that was killed has left of a backup."""
    for ending in PARTS:
        with suppress(OSError):
            Path(f"{target}{ending}").unlink(missing_ok=True)


def _copy(data: DataFolder, draft: Path, further: Further, is_stopped: Callable[[], bool], question: str) -> None:
    """Copy, complete and check."""

    def go_on(*_how_far: int) -> None:
        if is_stopped():
            raise CalledOff

    os.close(os.open(draft, os.O_CREAT | os.O_RDWR, 0o600))
    with closing(connector(data.database)()) as link, closing(connector(draft, like=data.database)()) as copy:
        for one in (link, copy):
            one.set_progress_handler(is_stopped, OPERATIONS)
        copy.execute("PRAGMA synchronous = OFF")  # it is flushed as a whole at the end
        link.execute("BEGIN")  # one moment of the data, whatever others write meanwhile
        counts = counted(link)
        link.backup(copy, pages=PIECE, progress=go_on)
        link.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode = DELETE")
        _complete(copy, further, data.work / DRAFTS)
        _verify(copy, counts, question)


def counted(link: Any) -> dict[str, int]:
    """How many rows each table has, but those that a backup has by itself."""
    names = [row[0] for row in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: link.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 -- names of our own tables
        for name in names
        if name not in (files.ABOUT, folders.TABLE, DRAFT) and not name.startswith("sqlite_")
    }


def _verify(link: Any, counts: dict[str, int], question: str) -> None:
    verdict = link.execute(f"PRAGMA {question}").fetchone()[0]
    if verdict != "ok":
        raise OSError(EIO, f"the copy of the database is damaged: {verdict}")
    if counted(link) != counts:
        raise OSError(EIO, "the copy of the database does not hold what it should")
    if folders.broken(link):
        raise OSError(EIO, "the copy does not hold the plugins and languages as they are")


def _complete(copy: Any, further: Further, drafts: Path) -> None:
    """What a backup says of itself, the files beside the data, and what is half written."""
    told, kept = further
    copy.execute("BEGIN")
    folders.put_in(copy, kept)
    copy.execute(f"DROP TABLE IF EXISTS {files.ABOUT}")
    copy.execute(f"CREATE TABLE {files.ABOUT} (about TEXT NOT NULL)")
    copy.execute(f"INSERT INTO {files.ABOUT} VALUES (?)", (json.dumps(told),))  # noqa: S608 -- our own name
    if drafts.is_file():
        _add_what_is_half_written(copy, drafts)
    copy.execute("COMMIT")


def _add_what_is_half_written(copy: Any, drafts: Path) -> None:
    with closing(connector(drafts)()) as link:
        names = [one for one in _columns(link) if one in _columns(copy)]
        if not names:  # killed before its table was made, or a database that never had it
            return
        listed, marks = ", ".join(names), ", ".join("?" * len(names))
        rows = link.execute(f"SELECT {listed} FROM {DRAFT}").fetchall()  # noqa: S608 -- our own names
    copy.executemany(f"INSERT OR REPLACE INTO {DRAFT} ({listed}) VALUES ({marks})", rows)  # noqa: S608 -- as above


def _columns(link: Any) -> list[str]:
    return [row[1] for row in link.execute(f"PRAGMA table_info({DRAFT})")]


def rewrite(link: Any, target: Path, key: str) -> None:
    """Write all that a connection sees into another file, with another key, or none ("")."""
    link.execute("ATTACH ? AS other KEY ?", (str(target), key))
    link.execute("PRAGMA other.synchronous = OFF")
    link.execute("PRAGMA other.journal_mode = OFF")
    link.execute("SELECT sqlcipher_export('other')")
    link.execute("PRAGMA other.journal_mode = DELETE")
    link.execute("DETACH other")
