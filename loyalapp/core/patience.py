"""Ends code of others that takes too long or takes too much memory; asleep while no such code runs.

One thread looks four times a second at what is running. What is over its time gets an exception raised inside it,
which ends any loop in Python and any long query of SQLite. What waits inside C (a sleep, a socket) cannot be ended;
the owner is told that it is stuck, and goes on without it.

Counted is the work that a thread does; what waits, perhaps only because the computer is busy, has longer.
"""

import ctypes
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from loyalapp.core.logs import log

T = TypeVar("T")

HAS_CLOCKS = hasattr(time, "pthread_getcpuclockid")  # not on Windows and macOS
LOOK = 0.25  # seconds between two looks
AGAIN = 1.0  # seconds until one that did not end is told so again; it is stuck then
MOST_MEMORY = 1_500_000_000  # bytes by which the program may grow during one task
STEPS = 1_000_000  # of SQLite's machine, after which a query asks whether it may go on (some 20 ms)
WAITING = 2  # times as long as it may work, a task may take altogether
STATM = Path("/proc/self/statm")


class OutOfPatience(BaseException):
    """Raised inside a task by the watching thread; no `except Exception` of its author catches it."""


class TookTooLong(TimeoutError):
    """What the owner of a task gets to see."""


class TookTooMuch(MemoryError):
    """The same, of memory."""


class Task:
    """Something that may take only so long; made by the thread that does it.

    :param seconds: that it may work; `longest`: that it may take altogether, twice as long if not given.
    :param when_stuck: called from the watching thread if it goes on nevertheless.
    """

    __slots__ = (
        "clock",
        "grown_from",
        "is_over",
        "seconds",
        "strikes",
        "thread",
        "too_much",
        "until",
        "when_stuck",
        "worked",
        "worked_from",
    )

    def __init__(
        self, seconds: float, when_stuck: Callable[[], object] | None = None, longest: float | None = None
    ) -> None:
        self.thread = threading.get_ident()
        self.clock = time.pthread_getcpuclockid(self.thread) if HAS_CLOCKS else None
        self.seconds = seconds
        self.until = time.monotonic() + (longest or WAITING * seconds)
        self.when_stuck = when_stuck
        self.strikes = 0
        self.is_over = False
        self.too_much = False
        self.grown_from: int | None = None
        self.worked_from = 0.0
        self.worked = 0.0  # seconds, as far as the watch has seen


class _Watch:
    """The tasks under way, and the thread that looks at them."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []
        self.lock = threading.Lock()
        self.is_looking = False
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """There is something to look at."""
        self.is_looking = True
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="patience", daemon=True)
            self._thread.start()
        self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            while self.tasks or self._goes_to_sleep():
                time.sleep(LOOK)
                for task in self._strike():
                    self._tell_owner(task)

    def _goes_to_sleep(self) -> bool:
        """False when it may; a task that began in this very moment keeps it awake."""
        self.is_looking = False
        if self.tasks:
            self.is_looking = True
        return self.is_looking

    def _strike(self) -> list[Task]:
        """Raise the exception in each task that is over its limits; answers those that did not heed it."""
        now, memory = time.monotonic(), _memory()
        with self.lock:
            late = [task for task in self.tasks if self._is_over_limits(task, now, memory)]
            for task in late:
                task.strikes += 1
                task.until = now + AGAIN * task.strikes
                _raise_in(task.thread)
        return [task for task in late if task.strikes == 2]

    def _is_over_limits(self, task: Task, now: float, memory: int) -> bool:
        if task.is_over:
            return False
        worked = _worked(task)
        if task.grown_from is None:
            task.grown_from, task.worked_from = memory, worked
        elif not task.strikes and memory - task.grown_from > MOST_MEMORY:
            task.too_much = True
            return True
        task.worked = worked - task.worked_from
        return now >= task.until or (not task.strikes and task.worked >= task.seconds)

    def _tell_owner(self, task: Task) -> None:
        if task.when_stuck is not None:
            try:
                task.when_stuck()
            except Exception:  # noqa: BLE001 -- the watch must go on
                log.exception("what to do with a task that is stuck failed")


_watch = _Watch()


def run(do: Callable[[], T], seconds: float) -> T:
    """Do it, for no longer than `seconds` of work and twice as long altogether.

    :raises TookTooLong: if it was ended for the time it took.
    :raises TookTooMuch: if it was ended for the memory it took.
    """
    return carry_out(Task(seconds), do)


def carry_out(task: Task, do: Callable[[], T]) -> T:
    """Do it within the limits of a task. Tasks may begin others of their own.

    :raises TookTooLong: if it was ended for the time it took.
    :raises TookTooMuch: if it was ended for the memory it took.
    """
    try:
        try:
            _watch.tasks.append(task)
            if not _watch.is_looking:
                _watch.wake()
            return do()
        finally:
            _end(task)
    except (OutOfPatience, Exception) as error:  # -- it is raised again, as what it means
        _end(task)
        if not task.strikes:
            raise  # an error of its own, or the end of the task that this one is part of
        # Where SQLite was told to end, or the author caught what was raised, it comes out as something else.
        raise (TookTooMuch("too much memory") if task.too_much else TookTooLong(f"over {task.seconds:g} s")) from error


def _end(task: Task) -> None:
    """From here on nothing is raised for this task; what was raised and has not arrived yet is taken back."""
    task.is_over = True
    with _watch.lock:  # a strike under way comes to its end
        if task in _watch.tasks:
            _watch.tasks.remove(task)
    if task.strikes:
        _raise_in(task.thread, None)


def _raise_in(thread: int, error: type[BaseException] | None = OutOfPatience) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error) if error else None)


def is_running_out() -> bool:
    """Whether the task of this thread has been told to end; long queries ask it."""
    here = threading.get_ident()
    return any(task.thread == here and task.strikes for task in _watch.tasks)


def let_queries_ask(link: Any) -> None:
    """A query of this SQLite connection ends too when the task that it is part of has to."""
    link.set_progress_handler(is_running_out, STEPS)


def _worked(task: Task) -> float:
    """Seconds for which its thread has had the processor; where the system does not tell, the whole program has."""
    with suppress(OSError):  # the thread is gone
        return time.clock_gettime(task.clock) if task.clock is not None else time.process_time()
    return 0.0


def _memory() -> int:
    """Bytes that the program holds; 0 where the system does not tell without more ado (Windows)."""
    with suppress(OSError, ValueError, IndexError):
        return int(STATM.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS, where it is the highest so far


def _begin_anew() -> None:
    """A forked child has no watching thread."""
    global _watch  # noqa: PLW0603 -- one watch for each process
    _watch = _Watch()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
