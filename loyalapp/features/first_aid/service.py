"""What can be done for damaged data: save what can be read, compare it with the last good backup, and choose.

Nothing here writes into the damaged file. What is chosen waits beside it, and takes its place at the next start, by the
same way on which a backup comes back; the damaged file is kept among the backups.
"""

import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from loyalapp.core import damage
from loyalapp.core.db import db
from loyalapp.core.errors import Damaged, LoyalAppError
from loyalapp.core.i18n import current_language, lazy_gettext
from loyalapp.core.logs import log
from loyalapp.core.moment import this_app
from loyalapp.core.paths import DataFolder, shipped
from loyalapp.core.sqlite import connector
from loyalapp.features.backups import files, restoring
from loyalapp.features.backups import service as backups
from loyalapp.features.backups.copies import Copy
from loyalapp.features.backups.files import Content
from loyalapp.features.first_aid import headless, rescuing
from loyalapp.features.first_aid.rescuing import Saved
from loyalapp.plugin_system.manifest import BadManifest, read_manifest

RESCUED = "rescued.sqlite3"
COUNTED = ("customer", "interaction", "purchase", "promise")
_one_at_a_time = threading.Lock()


class Difference(NamedTuple):
    """One kind of entry in what was saved and in the last good backup. `table`: ours, or `plg_` and a plugin's id.

    :param only_saved: are not in the backup, `only_there`: are in the backup only; None where there is none.
    """

    table: str
    saved: int
    there: int | None = None
    only_saved: int | None = None
    only_there: int | None = None


class Outcome(NamedTuple):
    """What was saved, against the last good backup. `gaps`: tables of which something could not be read."""

    lines: Sequence[Difference]
    gaps: Sequence[str]


class Found(NamedTuple):
    """The last good backup."""

    copy: Copy
    content: Content


def last_good() -> Found | None:
    """The newest backup of this computer that is whole; None where there is none."""
    copy = backups.last_good()
    return Found(copy, backups.content(copy)) if copy else None


def bring_back() -> None:
    """The last good backup takes the place of the damaged data at the next start.

    :raises LoyalAppError: if there is none, or no room for it.
    """
    found = last_good()
    if found is None:
        raise LoyalAppError(lazy_gettext("There is no whole backup in the folder of backups."))
    restoring.stage(_data(), found.copy.path, backups.key_of(found.copy.path))
    _end_of_doubt()


def rescue() -> Outcome:
    """Save what can be read into a file beside the damaged one.

    :raises LoyalAppError: if nothing can be read, or the disk is full.
    """
    data = _data()
    driver = _driver()
    with _one_at_a_time:
        try:
            saved = _rescued(data.database, data.root / RESCUED)
        except (driver.DatabaseError, OSError) as error:
            log.exception("nothing could be saved of the damaged data")
            raise LoyalAppError(_nothing()) from error
        if not saved.is_anything:
            raise LoyalAppError(_nothing())
        log.warning("saved of the damaged data: %s; not whole: %s; left: %s", saved.rows, saved.gaps, saved.left)
        return Outcome(_differences(data.root / RESCUED), saved.gaps)


def can_be_saved(found: Damaged) -> bool:
    """Whether it is worth trying to read what is left."""
    return found.kind == damage.BROKEN or (found.kind == damage.STRANGE and headless.may_help(_data().database))


def _rescued(file: Path, target: Path) -> Saved:
    """By SQLite where that opens the file, else page by page.

    :raises sqlcipher3's DatabaseError: if neither can be done.
    """
    try:
        return rescuing.rescue(file, target)
    except _driver().DatabaseError:
        if not headless.may_help(file):
            raise
    found = last_good()
    then = headless.then_of(found.copy.path, backups.key_of(found.copy.path)) if found else headless.Then()
    return headless.rescue(file, target, then)


def go_on_with_rescued() -> None:
    """What was saved takes the place of the damaged data at the next start.

    :raises LoyalAppError: if nothing was saved, or there is no room for it.
    """
    data = _data()
    file = data.root / RESCUED
    if not file.is_file():
        raise LoyalAppError(lazy_gettext("Please save first what can be read."))
    restoring.stage(data, file, restoring.data_key(data, file))
    file.unlink()
    _end_of_doubt()


def begin_anew() -> None:
    """The next start begins with empty data, as the very first one did.

    :raises LoyalAppError: if there is data after all.
    """
    data = _data()
    if data.database.is_file() and data.database.stat().st_size:
        raise LoyalAppError(lazy_gettext("There is data here. It stays as it is."))
    damage.allow_new(data)


def check_all() -> list[str]:
    """Look at everything in the open database: what is wrong, in SQLite's words; the next start looks again then.

    :raises LoyalAppError: if the data lies on PostgreSQL.
    """
    restoring.check_place(None if backups.is_ours() else str(db.engine.url))
    link: Any = db.session.connection().connection.driver_connection
    found = damage.all_faults(link)
    if found:
        log.error("the data is damaged: %s", found)
        damage.note_doubt(_data())
    return found


def _differences(file: Path) -> list[Difference]:
    with closing(connector(file)()) as link:
        kinds = _kinds(link)
        saved = {kind: _who(link, tables) for kind, tables in kinds.items()}
        link.execute("PRAGMA journal_mode = DELETE")
    found = last_good()
    if found is None:
        return [Difference(kind, len(those)) for kind, those in saved.items() if those or kind in COUNTED]
    with files.opened(found.copy.path, backups.key_of(found.copy.path)) as link:
        there = {kind: _who(link, tables) for kind, tables in kinds.items()}
    return [
        Difference(kind, len(mine), len(there[kind]), len(mine - there[kind]), len(there[kind] - mine))
        for kind, mine in saved.items()
        if mine or there[kind] or kind in COUNTED
    ]


def _kinds(link: Any) -> dict[str, list[str]]:
    """What is counted, with its tables: our own kinds, and what each plugin has written down."""
    names = [row[0] for row in link.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    plugins = [
        one.removesuffix(files.VERSION)
        for one in names
        if one.startswith(files.OF_PLUGIN) and one.endswith(files.VERSION)
    ]
    own = {
        one: [name for name in names if name.startswith(f"{one}_") and name != one + files.VERSION] for one in plugins
    }
    return {**{one: [one] for one in COUNTED}, **own}


def name_of(kind: str) -> str:
    """What a plugin is called whose entries are counted; its id where it cannot say."""
    plugin_id = kind.removeprefix(files.OF_PLUGIN)
    for home in (_data().plugins, shipped("plugins")):
        with suppress(BadManifest):
            return read_manifest(home / plugin_id).name[current_language()]
    return plugin_id


def _who(link: Any, tables: Sequence[str]) -> set[tuple[Any, ...]]:
    """The rows of tables, by what stays the same in every copy of the data."""
    found: set[tuple[Any, ...]] = set()
    for table in tables:
        columns = {row[1] for row in link.execute(f'PRAGMA table_info("{table}")')}
        names = ", ".join(one for one in ("id", "created_at") if one in columns) or ("rowid" if columns else "")
        if names:
            found |= {(table, *row) for row in link.execute(f'SELECT {names} FROM "{table}"')}  # noqa: S608 -- names of our own tables
    return found


def _end_of_doubt() -> None:
    (_data().root / damage.DOUBT).unlink(missing_ok=True)


def _data() -> DataFolder:
    data: DataFolder = this_app().extensions["loyalapp.data"]
    return data


def _driver() -> Any:
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- only where something is damaged

    return dbapi2


def _nothing() -> Any:
    return lazy_gettext("Nothing of it can be read any more. Please bring back a backup.")
