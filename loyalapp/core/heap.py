"""The memory that C libraries take is in one heap for all threads, where the system's library can do so (glibc)."""

import ctypes

ONE_HEAP = (-8, 1)  # M_ARENA_MAX: else each of the server's threads has a heap of its own, half of it empty


def share() -> None:
    """Called before there are threads. Python lets one of them work at a time, so none waits for the heap."""
    try:
        ctypes.CDLL(None).mallopt(*ONE_HEAP)
    except (AttributeError, OSError, TypeError):  # another library of another system
        return
