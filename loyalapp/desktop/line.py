"""A line of threads before one door: each goes in when the one before has left, in the order in which they came.

A semaphore keeps no order: of eight that came again and again, every twentieth saw a dozen others go in before it.
"""

import threading
import time
from collections import deque
from typing import Any


class Line:
    """Lets in one at a time; whoever stays longer than `patience` seconds goes on, but keeps nobody out any longer."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._waiting: deque[Any] = deque()  # a locked lock each, which is unlocked to call its thread
        self._inside: Any = None
        self._since = 0.0

    def enter(self) -> Any:
        """Wait for one's turn; answers the place, for `leave`."""
        place = threading.Lock()
        with self._lock:
            if self._inside is None:
                self._let_in(place)
                return place
            place.acquire()
            self._waiting.append(place)
        while not place.acquire(timeout=self._patience):
            if self._goes_past(place):
                break
        return place

    def leave(self, place: Any) -> None:
        """Call whoever waits longest, if that has not gone past meanwhile."""
        with self._lock:
            if self._inside is not place:
                return
            self._inside = None
            if self._waiting:
                following = self._waiting.popleft()
                self._let_in(following)
                following.release()

    def _goes_past(self, place: Any) -> bool:
        """Whether one who waits need not do so any longer: it was just called, or is first behind one who is slow."""
        with self._lock:
            if self._inside is place:
                return True
            is_first = bool(self._waiting) and self._waiting[0] is place
            if not is_first or time.monotonic() - self._since < self._patience:
                return False
            self._let_in(self._waiting.popleft())
            return True

    def _let_in(self, place: Any) -> None:
        self._inside, self._since = place, time.monotonic()
