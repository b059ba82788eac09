"""What pages, commands and other parts do with backups: make one, list and open them, bring one back."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from flask import Flask, current_app
from sqlalchemy import inspect, text

from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import _, lazy_gettext
from loyalapp.core.moment import this_app
from loyalapp.core.paths import DataFolder, write_private
from loyalapp.features.backups import (
    arriving,
    computer,
    copies,
    daily,
    files,
    folders,
    making,
    restoring,
    second,
    waiting,
)
from loyalapp.features.backups.copies import BY_HAND, UPDATE, Copy
from loyalapp.features.backups.files import Content
from loyalapp.features.drafts import service as drafts
from loyalapp.features.privacy import service as privacy
from loyalapp.features.staff import service as staff

BY = "restore-by.txt"
KEYS = "loyalapp.backup_keys"
KEPT_OPEN = 20 * 60  # seconds that the password of a backup is remembered
LONGEST_PASSWORD = 200
SHORTEST_PASSWORD = 6
ANYBODY = text("SELECT id FROM customer LIMIT 1")
REFUSALS = {
    computer.FULL: lazy_gettext("There is too little room on the disk for a backup. Please make some room first."),
    computer.READ_ONLY: lazy_gettext("Nothing can be written into the folder of backups. Please see to that first."),
    computer.FAULT: lazy_gettext("The backup could not be made: the disk may be damaged. Please look after it soon."),
}


class Seen(NamedTuple):
    """One backup as a page shows it. `content`: None where it is locked, or cannot be read."""

    copy: Copy
    content: Content | None
    is_locked: bool


def create(kind: str = BY_HAND) -> Copy:
    """Make a backup now; the second place gets it too, as soon as it can.

    :raises LoyalAppError: if it cannot be made, or the data lies on PostgreSQL.
    """
    folder = _our_folder()
    db.session.rollback()
    target = copies.new(folder.backups, kind)
    app = _app()
    is_by_hand = kind == BY_HAND
    try:
        making.make(folder, target, kind, plugins=daily.plugins_of(app), is_thorough=is_by_hand)
        copies.thin(copies.of(folder.backups))
    except OSError as error:
        raise LoyalAppError(REFUSALS[second.reason_of(error)]) from error
    if is_by_hand and app.extensions["loyalapp"].config.is_seated:
        daily.begin(app)
    return next(one for one in copies.of(folder.backups) if one.path == target)


def before(why: str) -> None:
    """A backup before something that cannot easily be taken back: `import`, `plugin`, `mending`, `encryption`.

    Where nothing changed since the last backup, that one is enough. A server makes its own.

    :raises LoyalAppError: if it cannot be made; what was to be done should not be done then.
    """
    data: DataFolder = this_app().extensions["loyalapp.data"]
    if not is_ours() or not data.database.is_file():
        return
    is_empty = db.session.scalar(ANYBODY) is None
    db.session.rollback()  # what comes next wants to write, perhaps on another connection
    if is_empty:
        return
    newest = next(iter(copies.of(data.backups)), None)
    if newest is None or daily.changed_at(data) > newest.made_at:
        create(f"{copies.BEFORE}{why}")


def copy_once(app: Flask) -> None:
    """The copy before a migration: one for all migrations of a start. A new, empty database needs none.

    :raises OSError: if it cannot be made.
    """
    done = app.extensions.setdefault("loyalapp.copied_at_start", [])
    with app.app_context():
        if not done and is_ours():
            data: DataFolder = app.extensions["loyalapp.data"]
            target = copies.new(data.backups, UPDATE)
            making.make(data, target, UPDATE)
            done.append(target)


def verify(path: Path) -> bool:
    """Whether a copy can be opened, is whole, and holds our tables."""
    return files.look(path, key_of(path)) is not None


def copies_here() -> list[Copy]:
    """What is in the backups folder, the newest first."""
    data: DataFolder = this_app().extensions["loyalapp.data"]
    return copies.of(data.backups)


def last_good() -> Copy | None:
    """The newest backup that is whole and could be brought back; None where there is none."""
    for one in copies_here():
        try:
            restoring.check(one.path, key_of(one.path))
        except LoyalAppError:
            continue
        return one
    return None


def seen(copy: Copy) -> Seen:
    """A backup for a list, with what a short look into it tells."""
    key = key_of(copy.path)
    is_locked = key is None and files.is_locked(copy.path)
    return Seen(copy, None if is_locked else files.glance(copy.path, key), is_locked)


def find(name: str) -> Copy:
    """A backup by its file name: of this computer, of the second place, or one that was just given to us.

    :raises NotFound: if it is not there (any more).
    :raises LoyalAppError: if the data lies on PostgreSQL.
    """
    data = _our_folder()
    places: tuple[Callable[[], list[Copy]], ...] = (
        lambda: copies.of(data.backups),
        lambda: arriving.waiting(data),
        lambda: second.there(data),
    )
    for place in places:
        found = next((one for one in place() if one.path.name == name), None)
        if found is not None:
            return found
    raise NotFound(_("This backup is not there any more."))


def is_locked(copy: Copy) -> bool:
    """Whether its password has to be typed first."""
    return key_of(copy.path) is None and files.is_locked(copy.path)


def unlock(copy: Copy, typed: str) -> None:
    """Try a password or recovery key, and remember it for a while.

    :raises LoyalAppError: if it does not open the backup.
    """
    key = files.fitting_key(copy.path, files.keys_of(typed)) if len(typed) <= LONGEST_PASSWORD else None
    if not key:
        raise LoyalAppError(_("This is not the password of this backup. Please try again."), field="password")
    known: dict[str, tuple[str, float]] = this_app().extensions.setdefault(KEYS, {})
    known[copy.path.name] = (key, time.monotonic())


def content(copy: Copy) -> Content:
    """What a backup holds, after a look at the whole of it.

    :raises LoyalAppError: if it cannot be brought back.
    """
    return restoring.check(copy.path, key_of(copy.path))


def key_of(path: Path) -> str | None:
    """What opens a backup: what was typed lately, the key of the data, or the password of the second place; or None."""
    data: DataFolder = this_app().extensions["loyalapp.data"]
    if not files.is_locked(path):
        return None
    typed, at = this_app().extensions.get(KEYS, {}).get(path.name, ("", 0.0))
    if typed and time.monotonic() - at < KEPT_OPEN:
        return str(typed)
    keys = [one for one in (restoring.data_key(data, path), computer.password(data)) if one]
    return files.fitting_key(path, keys)


def restore(path: Path) -> None:
    """Let a backup take the place of the data at the next start; today's data becomes a backup of its own.

    :raises LoyalAppError: if it cannot be brought back, or the data lies on PostgreSQL.
    """
    folder = _our_folder()
    restoring.stage(folder, path, key_of(path))
    write_private(folder.root / BY, staff.doer().encode())


def finish_restore(app: Flask) -> None:
    """After a start with a backup that was brought back: whoever had been erased since is erased again."""
    folder: DataFolder = app.extensions["loyalapp.data"]
    if waiting.is_waiting(folder):
        return  # it could not take its place yet
    with app.app_context():
        if inspect(db.engine).has_table(files.ABOUT):  # what was saved of damaged data knows of no drafts
            drafts.as_then()
            db.session.execute(text(f"DROP TABLE {files.ABOUT}"))
            db.session.execute(text(f"DROP TABLE IF EXISTS {folders.TABLE}"))
            db.session.commit()
        if people := restoring.to_erase_again(folder):
            privacy.erase_again(people)
        db.session.remove()
    restoring.erased_again(folder)
    _note_who(app, folder)


def _note_who(app: Flask, folder: DataFolder) -> None:
    """In the data that is back it is written down who brought it back."""
    file = folder.root / BY
    if file.is_file() and not waiting.is_waiting(folder):
        with app.app_context():
            staff.note_at_once("restore", whom=file.read_text("utf-8", "replace"))
            db.session.remove()
        file.unlink(missing_ok=True)


def is_ours() -> bool:
    """Whether the data lies in a file of ours, and not on a server."""
    return db.engine.dialect.name == "sqlite"


def _our_folder() -> DataFolder:
    restoring.check_place(None if is_ours() else str(db.engine.url))
    folder: DataFolder = current_app.extensions["loyalapp.data"]
    return folder


# ---- the second place ----


def choose_place(typed: str) -> None:
    """Backups go there too from now on, the newest ones at once.

    :raises LoyalAppError: if the folder does not fit.
    """
    second.choose(_our_folder(), typed)
    daily.begin(_app())


def leave_place() -> None:
    """No second place any more; what lies there stays."""
    computer.change(_our_folder(), second="", there="", there_until="", since="")
    this_app().extensions[daily.NOTICED] = this_app().extensions.get(daily.NOTICED, 0) + 1


def set_password(typed: str, again: str) -> None:
    """Lock what goes to the second place from now on; an empty one locks nothing.

    :raises LoyalAppError: if it is too short or the two are not the same.
    """
    data, key = _our_folder(), files.as_key(typed)
    if key and len(key) < SHORTEST_PASSWORD:
        raise LoyalAppError(_("Please choose a longer password, of at least six letters."), field="password")
    if len(key) > LONGEST_PASSWORD or not key.isprintable():
        raise LoyalAppError(_("Please choose a shorter password of ordinary letters."), field="password")
    if key != files.as_key(again):
        raise LoyalAppError(_("The two are not the same. Please type the password once more."), field="again")
    computer.keep_password(data, key)


def state() -> daily.State:
    """How the backups of this computer fare."""
    if not is_ours():
        return daily.State(computer.Known(), is_low=False, is_busy=False)
    data, watch = _our_folder(), daily.watch_of(_app())
    known = computer.read(data)
    if known.folder is not None and not watch.is_busy:
        is_here = second.is_here(data)
        there = known.there if is_here else computer.GONE
        known = known._replace(there="" if is_here and there == computer.GONE else there)
    return daily.State(known, daily.is_disk_low(data), watch.is_busy)


def _app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- the documented way to the real app
    return app
