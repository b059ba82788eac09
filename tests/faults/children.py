"""Deeds done in children of one warm process, where they may die: the program is loaded once, not for each death.

Whoever uses this keeps no database open and no thread at work while it makes a child.
"""

import os
import pickle
import select
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple

LENGTH = struct.Struct("<I")
KILLED_ITSELF = 77
PATIENCE = 120.0  # seconds without a word after which a child hangs
Tell = Callable[[Any], None]


class Life(NamedTuple):
    """What became of a child. `told`: what it had told until its end, in order; `fault`: the traceback of a bug."""

    told: list[Any]
    died: bool
    fault: str
    seconds: float


def live(deed: Callable[[Tell], object], *, kill_after: float | None = None) -> Life:
    """Do it in a child of this process.

    :param deed: is given a function by which it tells what it has done; what it told has been done for certain.
    :param kill_after: seconds after its first word at which it is killed without a warning.
    """
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _as_child(deed, writing)
    os.close(writing)
    try:
        raw, seconds = _listen(reading, child, kill_after)
    finally:
        os.close(reading)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    words = _unpacked(raw)
    fault = "".join(one[1] for one in words if isinstance(one, tuple) and one[0] == "fault")
    told = [one for one in words if not (isinstance(one, tuple) and one[0] == "fault")]
    return Life(told, code in (-signal.SIGKILL, KILLED_ITSELF), fault, seconds)


def answer(deed: Callable[[], Any]) -> Any:
    """What a function answers, found out in a child, which takes whatever it opened along.

    :raises AssertionError: with the child's traceback, if it failed there.
    """
    life = live(lambda tell: tell(deed()))
    assert life.told, life.fault or "the child died"
    assert not life.fault, life.fault
    return life.told[0]


def _as_child(deed: Callable[[Tell], object], writing: int) -> None:
    def tell(word: Any) -> None:
        raw = pickle.dumps(word)
        os.write(writing, LENGTH.pack(len(raw)) + raw)

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # it is made to fail, and would say so at length
    code = 0
    try:
        deed(tell)
    except BaseException:  # noqa: BLE001 -- nothing of a child may come back into its parent
        tell(("fault", traceback.format_exc()))
        code = 1
    finally:
        os._exit(code)


def _listen(reading: int, child: int, kill_after: float | None) -> tuple[bytes, float]:
    """Everything it tells, and how long it lived after its first word; killed in time where that is wished."""
    raw, first, until = b"", 0.0, time.monotonic() + PATIENCE
    is_to_die = kill_after is not None
    while True:
        ready, _w, _x = select.select([reading], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            os.kill(child, signal.SIGKILL)
            assert is_to_die, "a child hangs"
            is_to_die, until = False, time.monotonic() + PATIENCE
            continue
        piece = os.read(reading, 1 << 16)
        if not piece:
            return raw, time.monotonic() - (first or time.monotonic())
        raw += piece
        if kill_after is None:
            until = time.monotonic() + PATIENCE  # whoever speaks does not hang
        elif not first:
            until = time.monotonic() + kill_after
        first = first or time.monotonic()


def _unpacked(raw: bytes) -> list[Any]:
    """The whole words; half a one, at whose writing it died, was not told."""
    words, at = [], 0
    while at + LENGTH.size <= len(raw):
        (length,) = LENGTH.unpack_from(raw, at)
        if at + LENGTH.size + length > len(raw):
            break
        words.append(pickle.loads(raw[at + LENGTH.size : at + LENGTH.size + length]))  # noqa: S301 -- from our own child
        at += LENGTH.size + length
    return words


# ---- the moments at which a child touches a file ----

TOUCHING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "shutil.rmtree"}


def at_touch(number: int, do: Callable[[], object]) -> Callable[[], None]:
    """From now on the `number`-th touch of a file that changes it (from 0) does this first; answers how to end that."""
    left, is_armed = [number], [True]

    def look(event: str, words: tuple[Any, ...]) -> None:
        if not is_armed[0] or not _is_touch(event, words):
            return
        left[0] -= 1
        if left[0] < 0:
            is_armed[0] = False
            do()

    def disarm() -> None:
        is_armed[0] = False

    sys.addaudithook(look)
    return disarm


def each_touch(do: Callable[[], object]) -> None:
    """From now on every touch of a file that changes it does this first."""
    sys.addaudithook(lambda event, words: do() if _is_touch(event, words) else None)


def _is_touch(event: str, words: tuple[Any, ...]) -> bool:
    is_writing = event == "open" and isinstance(words[1], str) and bool(set(words[1]) & set("wxa+"))
    return event in TOUCHING or is_writing


def die() -> None:
    """As by `kill -9`: nothing is tidied up."""
    os._exit(KILLED_ITSELF)
