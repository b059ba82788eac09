"""Remembers who is at work while the program starts, so that the next start knows what killed this one.

The sentinel is a file beside the plugins that names the plugin being loaded just now (or the core) and counts the
starts in a row that died with no plugin to blame; after two of them the program opens without plugins by itself. A
start that comes to its end takes the file away, so that a power cut in the middle of the day counts for nothing.
"""

import io
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from loyalapp.core.errors import Damaged, LoyalAppError, NewerData
from loyalapp.core.locks import take_within
from loyalapp.core.logs import log
from loyalapp.core.paths import UnusableDataFolder

CORE = "core"
NOBODY = "-"  # no start is under way, but deaths are still remembered
DEATHS_UNTIL_SAFE_MODE = 2
WIDTH = 96  # bytes of the file
PATIENCE = 30.0  # seconds that a start waits for another on the same data
LONGEST_LOAD = 90.0  # seconds that one plugin may take
_handles: set[int] = set()  # of the locks held in this process


@dataclass
class Sentinel:
    """The watch over one start.

    :param folder: where plugins lie.
    :param is_guest: another LoyalApp runs on this data; its start is not this one's affair.
    """

    folder: Path
    is_guest: bool = False
    culprit: str | None = None
    deaths: int = 0
    is_safe_mode: bool = False
    is_seen: bool = False  # the user has put away what is said of safe mode
    _watches: bool = field(default=False, init=False)
    _stream: io.FileIO | None = field(default=None, init=False)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """A whole start; only one that dies in it, or ends in a bug, leaves the sentinel behind."""
        handle = None if self.is_guest else take_within(self.folder / "starting.lock", PATIENCE)
        if handle is None:
            yield
            return
        _handles.add(handle)
        try:
            self._begin()
            yield
            self._end(0 if not self.is_safe_mode else min(self.deaths, DEATHS_UNTIL_SAFE_MODE - 1))
        except (LoyalAppError, UnusableDataFolder, Damaged, NewerData, KeyboardInterrupt):
            self._end(self.deaths)  # told in a sentence, or the user's own doing: neither well nor a death
            raise
        except Exception as error:  # -- it is raised again
            from loyalapp.core import outages  # noqa: PLC0415 -- a start that goes well needs none of it

            if outages.is_one(error):  # the server of the database is not there: no plugin's doing
                self._end(self.deaths)
            raise
        finally:
            self._watches = False
            self._close()
            if handle in _handles:
                _handles.remove(handle)
                os.close(handle)

    @property
    def wants_safe_mode(self) -> bool:
        """Whether the last starts died one after the other and nobody knows why."""
        return self.deaths >= DEATHS_UNTIL_SAFE_MODE

    def at_work(self, who: str, may_take: float | None = None) -> None:
        """Note who is at work just now. Not flushed to the disk: it outlives a dead process, and that is enough.

        :param may_take: seconds, after which it holds up the start; as long as a load may take where nothing is said.
        """
        if self._watches:
            self._write(f"{who} {self.deaths} {may_take or LONGEST_LOAD}")

    def is_explained(self) -> None:
        """The death before was an update's doing, and that is gone again."""
        self.culprit = None

    def _begin(self) -> None:
        who, deaths = read(self.folder)
        self.culprit = who if who not in (None, CORE, NOBODY) else None
        self.deaths = deaths + (who == CORE)
        self._watches = True
        self.at_work(CORE)

    def _end(self, deaths: int) -> None:
        if deaths:
            self._write(f"{NOBODY} {deaths}")
        self._close()
        if not deaths:
            _file(self.folder).unlink(missing_ok=True)

    def _write(self, content: str) -> None:
        """Over what stood there, in a file that stays open: emptying it first would make the disk work each time."""
        try:
            if self._stream is None:
                file = _file(self.folder)
                self._stream = file.open("r+b" if file.is_file() else "xb", buffering=0)
            self._stream.seek(0)
            self._stream.write(content.encode().ljust(WIDTH))
        except OSError:
            log.exception("who is at work could not be noted; the start goes on")

    def _close(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None


def let_go() -> None:
    """A start in this process hangs for ever; the next one shall not wait for it."""
    while _handles:
        os.close(_handles.pop())


def _file(folder: Path) -> Path:
    return folder / "starting"


def read(folder: Path) -> tuple[str | None, int]:
    """Who was at work when a start died (None where none did), and how many died before with nobody to blame."""
    try:
        who, deaths, *_rest = [*_file(folder).read_text("utf-8").split(), "", ""]
    except (OSError, ValueError):
        return None, 0
    return who or None, int(deaths) if deaths.isdecimal() else 0


def _may_take(folder: Path) -> float:
    try:
        return float(_file(folder).read_text("utf-8").split()[2])
    except (OSError, ValueError, IndexError):
        return LONGEST_LOAD


@dataclass
class HangWatch:
    """Looks from outside at a start under way, for a plugin that never comes to its end."""

    folder: Path
    _seen: tuple[str | None, float] = (None, 0.0)

    def hanging(self) -> str | None:
        """The plugin that has been at work for too long; to be asked again and again."""
        who, changed = read(self.folder)[0], 0.0
        try:
            changed = _file(self.folder).stat().st_mtime
        except OSError:
            who = None
        if who in (None, CORE, NOBODY):
            self._seen = (None, 0.0)
            return None
        mark = f"{who} {changed}"
        if self._seen[0] != mark:
            self._seen = (mark, time.monotonic())
        return who if time.monotonic() - self._seen[1] > _may_take(self.folder) else None
