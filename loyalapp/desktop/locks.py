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


@contextmanager
def held(file: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock for a while; where another holds it, say so once by `waiting()` and wait."""
    handle = take(file)
    if handle is None:
        waiting()
    while handle is None:
        time.sleep(0.3)
        handle = take(file)
    try:
        yield
    finally:
        os.close(handle)
