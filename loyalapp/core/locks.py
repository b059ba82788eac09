"""A lock file that the operating system lets go of when its holder dies, so that none is ever left behind."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def take(file: Path) -> int | None:
    """The open handle of a lock now held, or None where somebody else holds it; closing the handle lets it go."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _try(handle)
    except OSError:
        os.close(handle)
        return None
    return handle


def is_held(file: Path) -> bool:
    """Whether somebody holds the lock just now."""
    if not file.is_file():
        return False
    handle = take(file)
    if handle is not None:
        os.close(handle)
    return handle is None


def take_within(file: Path, seconds: float) -> int | None:
    """As `take`, but the holder is waited for so long."""
    until = time.monotonic() + seconds
    while (handle := take(file)) is None and time.monotonic() < until:
        time.sleep(0.02)
    return handle


@contextmanager
def held(file: Path, waiting: Callable[[], None] | None = None, pause: float = 0.3) -> Iterator[None]:
    """Hold the lock for a while; where another holds it, say so once by `waiting()` and wait."""
    handle = take(file)
    if handle is None and waiting is not None:
        waiting()
    while handle is None:
        time.sleep(pause)
        handle = take(file)
    try:
        yield
    finally:
        os.close(handle)
