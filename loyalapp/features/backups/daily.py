"""Backups by themselves, in a thread that lives no longer than one of them: no work while nobody does anything.

A page that is asked for looks, at most every quarter of an hour, whether anything changed since the last backup. One is
made each day, and every four hours while changes go on; the second place gets what it missed. The end of the program
waits for none of it: what is half done is left out and made with the next start.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from flask import Flask

from loyalapp.core import clock
from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.core.logs import log
from loyalapp.core.paths import DataFolder
from loyalapp.features.backups import arriving, computer, copies, folders, making, second
from loyalapp.features.backups.computer import OK, Known
from loyalapp.features.backups.copies import BY_HAND, DAILY
from loyalapp.plugin_system.calls import registry

WATCH = "loyalapp.backups"
AT_END = "loyalapp.at_end"  # what the end of the program calls
NOTICED = "loyalapp.noticed"  # counts what Today has to say and the database does not know
AGAIN = 15 * 60.0  # seconds between two looks
EVERY = timedelta(hours=4)
LEAST_FREE = 500_000_000  # bytes; below that it is said that the disk fills up
HALF_MADE = 3600.0  # seconds after which nobody is making it any more
LONGEST_END = 2.0  # seconds that the end of the program is given to stop


class Watch:
    """The thread that is at work, and what it saw."""

    def __init__(self) -> None:
        self.thread: threading.Thread | None = None
        self.is_stopped = False
        self.is_low = False  # whether the disk is nearly full
        self.begins = threading.Lock()

    @property
    def is_busy(self) -> bool:
        """Whether a backup is being made by itself, or brought to the second place."""
        return self.thread is not None and self.thread.is_alive()


class State(NamedTuple):
    """How the backups of this computer fare, for a page."""

    known: Known
    is_low: bool
    is_busy: bool


def watch_of(app: Flask) -> Watch:
    """The watch of this app."""
    found: Watch = app.extensions.setdefault(WATCH, Watch())
    return found


def begin(app: Flask) -> None:
    """Look in a thread whether anything is to be done; one at a time."""
    watch = watch_of(app)
    with watch.begins:
        if watch.is_busy or watch.is_stopped:
            return
        watch.thread = threading.Thread(target=_look, args=(app, watch), name="backup", daemon=True)
        app.extensions.setdefault(AT_END, {})["backups"] = lambda: end(app)
        watch.thread.start()


def end(app: Flask) -> None:
    """The program ends: what is half done goes, and nothing new is begun."""
    watch = watch_of(app)
    watch.is_stopped = True
    if watch.thread is not None:
        watch.thread.join(LONGEST_END)


def _look(app: Flask, watch: Watch) -> None:
    with app.app_context():
        try:
            work(app, watch)
        except making.CalledOff:
            log.info("a backup was left off, since the program ends")
        except Exception:  # noqa: BLE001 -- the edge of a thread: nobody above could tell it; the page says what went wrong
            log.exception("a backup by itself failed")
        finally:
            db.session.remove()


def work(app: Flask, watch: Watch) -> None:
    """One look: a backup if one is due, then what the second place missed, then what there is to say.

    :raises CalledOff: if the program ends.
    """
    data: DataFolder = app.extensions["loyalapp.data"]
    is_low = is_disk_low(data)
    before = (computer.read(data), watch.is_low)
    watch.is_low = is_low
    here = make_daily(app, lambda: watch.is_stopped) if is_due(data) else before[0].here
    there = second.catch_up(data, computer.password(data), lambda: watch.is_stopped)
    _remember(data, here, there)
    if (computer.read(data), is_low) != before:
        app.extensions[NOTICED] = app.extensions.get(NOTICED, 0) + 1


def is_disk_low(data: DataFolder) -> bool:
    """Whether the disk is nearly full."""
    free = second.free(data.root)
    return free is not None and free < max(LEAST_FREE, 3 * making.size_of(data))


def _remember(data: DataFolder, here: str, there: str) -> None:
    known = computer.read(data)
    is_news = (known.here, known.there) != (here, there)
    try:
        computer.change(data, here=here, there=there, since=now().isoformat() if is_news else known.since)
    except OSError:
        log.exception("how the backup went cannot be written down")


def is_due(data: DataFolder) -> bool:
    """Whether anything changed since the newest backup, and that was on another day or hours ago.

    One that is yet to come by this computer's clock does not count: the clock was wrong then, or is wrong now.
    """
    made = (one for one in copies.of(data.backups) if one.kind in (BY_HAND, DAILY))
    newest = next((one for one in made if one.made_at <= now()), None)
    if newest is None:
        return True
    is_old = clock.local(newest.made_at).date() != clock.today() or abs(now() - newest.made_at) >= EVERY
    return is_old and changed_at(data) > newest.made_at


def changed_at(data: DataFolder) -> datetime:
    """When the data was written to last."""
    latest = folders.changed_at(data)
    for file in (data.database, Path(f"{data.database}-wal"), data.work / making.DRAFTS):
        if file.is_file():
            latest = max(latest, file.stat().st_mtime)
    return datetime.fromtimestamp(latest, UTC)


def make_daily(app: Flask, is_stopped: Callable[[], bool]) -> str:
    """Make one; answers how it went, as `Known.here` says it.

    :raises CalledOff: if the program ends.
    """
    data: DataFolder = app.extensions["loyalapp.data"]
    try:
        clear_away(data)
        target = copies.new(data.backups, DAILY)
        making.make(data, target, DAILY, plugins=plugins_of(app), is_thorough=True, is_stopped=is_stopped)
        copies.thin(copies.of(data.backups))
    except OSError as error:
        log.exception("a backup by itself could not be made")
        return second.reason_of(error)
    return OK


def plugins_of(app: Flask) -> dict[str, str]:
    """The plugins that are here, with their versions."""
    with app.app_context():
        found = registry().plugins.values()
    return {one.id: str(one.manifest.version) for one in found if one.manifest is not None}


def clear_away(data: DataFolder) -> None:
    """What a run that was killed has left of backups; not what somebody is just making."""
    before = time.time() - HALF_MADE
    for one in [
        *data.backups.glob("*.part*"),
        *data.work.glob("locked-*"),
        *data.work.glob("*kept-*"),
        *data.work.glob(f"{arriving.PREFIX}*"),
    ]:
        with suppress(OSError):
            if one.stat().st_mtime < before:
                one.unlink(missing_ok=True)
