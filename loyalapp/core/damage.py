"""Damage of the SQLite file: looked for quickly at each start, wholly on demand; a look changes nothing in the data.

A file is looked through from end to end where it is short, where the last run did not come to its end (its log is still
there), and where something could not be read; else only its first pages are, and the daily backup looks at the rest.
"""

from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from loyalapp.core import sealing
from loyalapp.core.errors import Damaged
from loyalapp.core.noise import seems_sealed
from loyalapp.core.paths import DataFolder
from loyalapp.core.sqlite import connector

GONE, STRANGE, BROKEN, LOCKED = "gone", "strange", "broken", "locked"
SHORT = 2_000_000  # bytes that are looked through in a few milliseconds
MOST = 20  # faults that are told
DOUBT = "look-closely"  # a file beside the data: the next start looks at all of it
ANEW = "begin-anew"  # another: the next start may begin with empty data
SIGNS = ("malformed", "not a database", "database corruption")


def check_at_start(data: DataFolder) -> None:
    """Look at the data before it is opened.

    :raises Damaged: if it cannot be worked with.
    """
    file = data.database
    size = file.stat().st_size if file.is_file() else 0
    anew = data.root / ANEW
    if not size:
        if any(data.backups.glob("*.loyalbackup")) and not anew.is_file():
            raise Damaged(GONE)
        return  # the very first start
    anew.unlink(missing_ok=True)
    doubt = data.root / DOUBT
    log = Path(f"{file}-wal")
    is_doubtful = doubt.is_file() or (log.is_file() and log.stat().st_size > 0)
    if found := faults(file, closely=is_doubtful or size <= SHORT, most=1):
        raise Damaged(_kind(file, found[0]), found[0])
    if doubt.is_file():
        doubt.unlink()


def _kind(file: Path, said: str) -> str:
    if SIGNS[1] not in said:
        return BROKEN
    return LOCKED if sealing.secret_of(file) is None and seems_sealed(file) else STRANGE


def faults(file: Path, *, closely: bool = True, most: int = MOST) -> list[str]:
    """What is wrong with a database, in SQLite's words; nothing where all is well."""
    driver = _driver()
    try:
        with closing(connector(file)()) as link:
            link.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if not closely:
                return []
            return [row[0] for row in link.execute(f"PRAGMA quick_check({most})") if row[0] != "ok"]
    except driver.DatabaseError as error:
        if is_sign(error):
            return [str(error)]
        raise


def all_faults(link: Any) -> list[str]:
    """The slow look at everything, indexes and owners of rows too, by a connection of the driver."""
    try:
        found = [row[0] for row in link.execute(f"PRAGMA integrity_check({MOST})") if row[0] != "ok"]
        owners = link.execute("PRAGMA foreign_key_check").fetchmany(MOST)
    except _driver().DatabaseError as error:
        return [str(error)]
    return [*found, *(f"{row[0]}: a row without its owner in {row[2]}" for row in owners)]


def is_sign(error: BaseException) -> bool:
    """Whether an error of the database says that its file is damaged."""
    said = str(error)
    return any(sign in said for sign in SIGNS)


def note_doubt(data: DataFolder) -> None:
    """Something could not be read; the next start looks at everything."""
    with suppress(OSError):
        (data.root / DOUBT).touch(mode=0o600)


def allow_new(data: DataFolder) -> None:
    """Let the next start begin with empty data, though there are backups of other data."""
    (data.root / ANEW).touch(mode=0o600)


def _driver() -> Any:
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- PostgreSQL desks do not need it

    return dbapi2
