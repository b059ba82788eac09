"""Opens files of backups: which are locked with a password, what they hold, whether they are whole.

A backup is a SQLite file: all tables of the data, one more that says what it is (`loyalapp_backup`), and what was half
written in forms. A key is what stands behind `PRAGMA key`: a password, or a raw key as SQLCipher writes it (x'…').
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from loyalapp.core import sealing
from loyalapp.features.backups import folders
from loyalapp.features.backups.folders import Brought

SUFFIX = ".loyalbackup"
ABOUT = "loyalapp_backup"
NEEDED = frozenset({"customer", "setting", "alembic_version"})
PLAIN = b"SQLite format 3\0"
PAGE = 4096  # bytes of a page of a locked file
OF_PLUGIN, VERSION = "plg_", "_version"
GUARDS = ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON")
NEWEST = "SELECT max(created_at) FROM "


class Content(NamedTuple):
    """What a backup holds.

    :param version: of the program that made it, "" where it does not say. `why`: the name of its occasion.
    :param last_entry: when the newest customer or contact was written down.
    :param plugins: the ids of plugins whose tables are in it, with their versions ("" where it does not say).
    :param brought: the plugins and languages that are in it themselves. `left_out`: those that had no place in it.
    """

    customers: int
    revision: str
    version: str = ""
    why: str = ""
    made_at: datetime | None = None
    last_entry: datetime | None = None
    plugins: Mapping[str, str] = {}
    brought: Brought = Brought()
    left_out: Sequence[str] = ()


def is_locked(path: Path) -> bool:
    """Whether a file cannot be read without a key; what is no database at all is not locked."""
    with path.open("rb") as stream:
        begins = stream.read(len(PLAIN))
    size = path.stat().st_size
    return begins != PLAIN and size >= PAGE and size % PAGE == 0


def is_one(path: Path) -> bool:
    """Whether a file given to the program is meant to be brought back: by its name, or as a database by its content."""
    if path.suffix.lower() == SUFFIX:
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(len(PLAIN)) == PLAIN
    except OSError:
        return False


def as_key(typed: str) -> str:
    """A password as it is meant, whichever keyboard wrote it."""
    return unicodedata.normalize("NFC", typed.strip())


def keys_of(typed: str) -> list[str]:
    """What somebody typed may be: a password, or the recovery key of encrypted data."""
    secret = sealing.from_paper(typed)
    return [as_key(typed), *([raw(sealing.key_of(secret))] if secret else [])]


def raw(key: bytes) -> str:
    """A key that is no password, as SQLCipher writes it."""
    return f"x'{key.hex()}'"


def fitting_key(path: Path, keys: list[str]) -> str | None:
    """The first of these keys that opens a file; None where none does, "" for one that needs none."""
    if not is_locked(path):
        return ""
    for key in keys:
        with suppress(_driver().DatabaseError), opened(path, key) as link:
            link.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return key
    return None


def _driver() -> Any:
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- only for copies of SQLite

    return dbapi2


@contextmanager
def opened(path: Path, key: str | None = None, *, may_write: bool = False) -> Iterator[Any]:
    """A connection that only reads a backup and trusts nothing in it.

    :param may_write: into other files, which are attached to it.
    """
    link = _driver().connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True, isolation_level=None)
    try:
        link.execute("PRAGMA cipher_log_level = NONE")
        if key:
            link.execute(f"PRAGMA key = {in_quotes(key)}")
        for guard in GUARDS[1 if may_write else 0 :]:
            link.execute(f"PRAGMA {guard}")
        yield link
    finally:
        link.close()


def in_quotes(text: str) -> str:
    """A text as SQL writes it, for the few sentences that take no values."""
    return "'" + text.replace("'", "''") + "'"


def look(path: Path, key: str | None = None) -> Content | None:
    """What a file holds, if it can be opened, is whole, has our tables and nothing that acts by itself; else None."""
    driver = _driver()
    try:
        with opened(path, key) as link:
            if link.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                return None
            content, broken = _content(link), folders.broken(link)
            return content and content._replace(
                left_out=[*content.left_out, *broken], brought=content.brought.without(broken)
            )
    except (driver.DatabaseError, OSError, ValueError, TypeError, AttributeError):
        return None


def glance(path: Path, key: str | None = None) -> Content | None:
    """The same without checking the file as a whole, for a list of many."""
    driver = _driver()
    try:
        with opened(path, key) as link:
            return _content(link)
    except (driver.DatabaseError, OSError, ValueError, TypeError, AttributeError):
        return None


def _content(link: Any) -> Content | None:
    names = link.execute("SELECT type, name FROM sqlite_master").fetchall()
    tables = {name for kind, name in names if kind == "table"}
    if not tables >= NEEDED or any(kind in ("trigger", "view") for kind, _name in names):
        return None
    revision = link.execute("SELECT version_num FROM alembic_version").fetchone()
    if not revision:
        return None
    (count,) = link.execute("SELECT count(*) FROM customer WHERE removed_at IS NULL").fetchone()
    told = about(link) if ABOUT in tables else {}
    plugins = {one[len(OF_PLUGIN) : -len(VERSION)]: "" for one in tables if _is_of_plugin(one)}
    known = {one: str(version) for one, version in dict(told.get("plugins") or {}).items() if one in plugins}
    return Content(
        count,
        str(revision[0]),
        str(told.get("version") or ""),
        str(told.get("why") or ""),
        _moment(told.get("made_at")),
        _moment(_last_entry(link, tables)),
        {**plugins, **known},
        folders.listed(link),
        [str(one) for one in list(told.get("left_out") or ())],
    )


def _is_of_plugin(table: str) -> bool:
    return table.startswith(OF_PLUGIN) and table.endswith(VERSION)


def about(link: Any) -> dict[str, Any]:
    """What a backup says of itself."""
    found = json.loads(link.execute(f"SELECT about FROM {ABOUT}").fetchone()[0])  # noqa: S608 -- our own name
    return found if isinstance(found, dict) else {}


def _last_entry(link: Any, tables: set[str]) -> str | None:
    found = [link.execute(NEWEST + one).fetchone()[0] for one in ("customer", "interaction") if one in tables]
    return max((one for one in found if one), default=None)


def _moment(said: Any) -> datetime | None:
    return datetime.fromisoformat(str(said)).replace(tzinfo=UTC) if said else None
