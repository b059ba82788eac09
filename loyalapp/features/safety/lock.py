"""The lock of the window, for those who share a computer: shut after idle time or at will, opened with a PIN.

It is one for the whole program: no page answers, whichever window or browser asks. It stays shut over a restart.
"""

import time
from pathlib import Path
from typing import Any

from flask import current_app

from loyalapp.core.paths import write_private
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import pins
from loyalapp.features.staff import service as staff

KEPT = "loyalapp.lock"
FILE = "locked"
CHOICES = (0, 2, 5, 10, 30)  # minutes; 0: only at will
GRACE = 60  # seconds: the page itself locks first, and says about once a minute that somebody is there


class Lock:
    """Whether the window is shut, and when somebody was last heard of."""

    def __init__(self, file: Path, *, is_shut: bool) -> None:
        self._file, self.is_shut = file, is_shut
        self._heard = _clocks()

    def hear(self) -> None:
        """Somebody is there."""
        self._heard = _clocks()

    def idle(self) -> float:
        """For how many seconds nobody was; a clock that was set back or stood still hides nothing."""
        return max(now - before for now, before in zip(_clocks(), self._heard, strict=True))

    def shut(self) -> None:
        """Nobody looks in any more."""
        if not self.is_shut:
            self.is_shut = True
            try:
                write_private(self._file, b"")
            except OSError:  # a full disk: it stays shut as long as the program runs
                return

    def open(self) -> None:
        """Somebody has shown who they are."""
        self.is_shut = False
        self._file.unlink(missing_ok=True)
        self.hear()


def _clocks() -> tuple[float, float]:
    """Two, since one of them stands still while a computer sleeps, and the other is set by people."""
    return time.monotonic(), time.time()


def lock() -> Lock:
    """The lock of this program; where it locks by itself, it begins shut."""
    known: Lock | None = current_app.extensions.get(KEPT)
    if known is None:
        file: Path = current_app.extensions["loyalapp.data"].work / FILE
        known = current_app.extensions[KEPT] = Lock(file, is_shut=minutes() > 0 or file.is_file())
    return known


def minutes() -> int:
    """After how many idle minutes it shuts by itself; 0 for never."""
    firm = current_app.config["FIRM"]
    return firm.lock_after if firm else 0


def choose(after: int) -> None:
    """Let it shut by itself after so many idle minutes, or not at all (0)."""
    lock().hear()
    settings.save_firm(settings.firm()._replace(lock_after=after))
    staff.note_at_once("settings")


def is_shut() -> bool:
    """Whether no page may answer now; also where nobody was there for so long that it has to shut."""
    ours, after = lock(), minutes() * 60
    if not ours.is_shut and after and ours.idle() > after + GRACE:
        ours.shut()
    if ours.is_shut and keepers():
        return True
    ours.hear()
    return False


def keepers() -> list[Any]:
    """Who can open it: those of us who have a PIN. Without any it never shuts."""
    return [one for one in staff.here() if one.has_pin]


def shut() -> bool:
    """Shut it now; False where nobody could open it again."""
    if not keepers():
        return False
    lock().shut()
    return True


def open_with(staff_member_id: int, pin: str) -> Any:
    """Open it with the PIN of one of us, and answer who that is.

    :raises LoyalAppError: if it is another PIN, or too early for the next try.
    """
    found = next((one for one in keepers() if one.id == staff_member_id), None)
    if found is None:
        raise pins.NotRight(pins.not_right())
    pins.check(found.id, pin)
    lock().open()
    return found
