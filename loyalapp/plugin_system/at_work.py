"""Notes which plugin is being called just now, so that one that kills the running program is known at the next start.

The notes lie in a file mapped into memory: noting costs a microsecond, and what is noted outlives a dead process. They
do not blame anybody for a power cut, which is no plugin's doing: notes of an earlier run of the computer are void.
Only the one program that runs on its data folder (window or server) keeps them.
"""

import mmap
import sys
import time
from collections import deque
from pathlib import Path
from types import TracebackType

from loyalapp.core.logs import log

NAME = "at-work"
SLOTS, WIDTH = 32, 64  # calls at one time; bytes for an id
EMPTY = b"\0" * WIDTH
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
LONGEST_CALL = 10.0  # seconds; one that is still at work when the program is closed after that hangs
CLOCKS_APART = 120.0  # seconds by which two reckonings of the same boot may differ


class Notes:
    """The notes of this run; without a file nothing is noted."""

    def __init__(self) -> None:
        self._page: mmap.mmap | None = None
        self._free: deque[int] = deque(range(1, SLOTS + 1))
        self._since: dict[int, float] = {}

    def open(self, folder: Path) -> None:
        """Begin with an empty page; where that fails (a full disk), the run goes on without."""
        file = folder / NAME
        try:
            file.write_bytes(_boot().encode().ljust(WIDTH, b"\0") + EMPTY * SLOTS)
            with file.open("r+b") as stream:
                self._page = mmap.mmap(stream.fileno(), 0)
        except (OSError, ValueError):
            log.exception("who is at work could not be noted; the run goes on")

    def call(self, plugin_id: str) -> "Call":
        """`with notes.call(id):` round each call of a plugin."""
        return Call(self, plugin_id)

    def put(self, plugin_id: str) -> int:
        """Note it; answers where, 0 where there is no room."""
        if self._page is None or not self._free:
            return 0
        try:
            slot = self._free.pop()
        except IndexError:  # another thread was faster
            return 0
        self._page[slot * WIDTH : (slot + 1) * WIDTH] = plugin_id.encode()[:WIDTH].ljust(WIDTH, b"\0")
        self._since[slot] = time.monotonic()
        return slot

    def take_away(self, slot: int) -> None:
        """The call came to its end."""
        if slot and self._page is not None:
            self._page[slot * WIDTH : (slot + 1) * WIDTH] = EMPTY
            self._since.pop(slot, None)
            self._free.append(slot)

    def close(self) -> None:
        """The program is closed in order: only what hangs stays noted."""
        for slot, since in list(self._since.items()):
            if time.monotonic() - since < LONGEST_CALL:
                self.take_away(slot)


class Call:
    """One call of a plugin, while it lasts."""

    __slots__ = ("_notes", "_plugin_id", "_slot")

    def __init__(self, notes: Notes, plugin_id: str) -> None:
        self._notes, self._plugin_id, self._slot = notes, plugin_id, 0

    def __enter__(self) -> None:
        self._slot = self._notes.put(self._plugin_id)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._notes.take_away(self._slot)


def last_words(folder: Path) -> set[str]:
    """Who was at work when the run before this one died; asked before `open`."""
    try:
        page = (folder / NAME).read_bytes().ljust(WIDTH, b"\0")
    except OSError:
        return set()
    boot, *slots = (page[at : at + WIDTH].rstrip(b"\0") for at in range(0, len(page), WIDTH))
    if not _is_this_boot(boot.decode("utf-8", "replace")):
        return set()
    return {one.decode("utf-8", "replace") for one in slots if one}


def _boot() -> str:
    """What tells this run of the computer from the one before."""
    if sys.platform == "linux" and BOOT_ID.is_file():
        return BOOT_ID.read_text("ascii").strip()
    return str(time.time() - time.monotonic())


def _is_this_boot(noted: str) -> bool:
    here = _boot()
    try:
        return abs(float(noted) - float(here)) < CLOCKS_APART
    except ValueError:
        return noted == here
