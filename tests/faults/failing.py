"""Lets a deed fail at its first, second, third … step in one of four ways, and looks at what is there afterwards."""

import contextlib
import errno
import random
import resource
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from loyalapp.core.db import db
from tests.faults import children, places
from tests.faults.children import Tell
from tests.faults.deeds import Deed, opened

PIECE = 4096  # bytes: a page of the database
MOST = 4000  # steps: what has more has no end


class Failures(NamedTuple):
    """What making deeds fail showed: at how many steps each was disturbed (by "deed: way"), and what was half done."""

    tried: Counter[str]
    faults: list[str]

    def lines(self) -> list[str]:
        """To be read in a note."""
        told = [f"  {count:4} times {what}" for what, count in self.tried.items()]
        head = f"made to fail: {self.tried.total()} times; half done or damaged: {len(self.faults)}"
        return [head, *told, *(f"  {one}" for one in self.faults[:20])]


def _refuse() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@contextlib.contextmanager
def _statement(number: int) -> Iterator[None]:
    """The `number`-th statement or commit is refused by the database."""
    left = [number]

    def look(*given: Any, **_named: Any) -> None:
        left[0] -= 1
        if left[0] == -1:
            raise OperationalError(str(given[2:3]), None, OSError("disk I/O error"))

    for what in ("before_cursor_execute", "commit"):
        event.listen(Engine, what, look)
    try:
        yield
    finally:
        for what in ("before_cursor_execute", "commit"):
            event.remove(Engine, what, look)


@contextlib.contextmanager
def _write(number: int) -> Iterator[None]:
    """The `number`-th file that is made, renamed or taken away is refused by the disk."""
    disarm = children.at_touch(number, _refuse)
    try:
        yield
    finally:
        disarm()


@contextlib.contextmanager
def _full(number: int) -> Iterator[None]:
    """No file may be written beyond so many pages, also by SQLite: a disk that is full from some moment on."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (number * PIECE + PIECE // 2, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextlib.contextmanager
def _death(number: int) -> Iterator[None]:
    """The program dies at the `number`-th file that is made, renamed or taken away."""
    disarm = children.at_touch(number, children.die)
    yield
    disarm()


WAYS: dict[str, Callable[[int], contextlib.AbstractContextManager[None]]] = {
    "a statement was refused": _statement,
    "a file could not be touched": _write,
    "the disk was full": _full,
    "it died at a file": _death,
}


def steps_of(way: str, deed: Deed, app: Flask | None, data: Path) -> int:
    """How many steps a deed has in which it can fail this way, counted while it is done undisturbed."""

    def count() -> int:
        counted = [0]

        def one_more(*_words: Any, **_named: Any) -> None:
            counted[0] += 1

        if way == "a statement was refused":
            for what in ("before_cursor_execute", "commit"):
                event.listen(Engine, what, one_more)
        elif way != "the disk was full":
            children.each_touch(one_more)
        _done(deed, app, data)
        if way == "the disk was full":
            sizes = {one: one.stat().st_size for one in data.rglob("*") if one.is_file()}
            growing = {one: size for one, size in sizes.items() if deed.needs_app is False or one.suffix != ".sqlite3"}
            return max(growing.values()) // PIECE + 1
        return counted[0]

    steps: int = children.answer(count)
    assert steps < MOST, f"{deed.name}: {steps} steps"
    return steps


def _done(deed: Deed, app: Flask | None, data: Path) -> None:
    with app.app_context() if app else contextlib.nullcontext():
        deed.do(data)
        if app:
            db.session.remove()


def make_fail(deed: Deed, template: Path, home: Path, way: str, moments: Callable[[int], list[int]]) -> Failures:
    """Make a deed fail one way at each of these of its steps.

    :param moments: is told how many steps there are; answers at which it is to fail.
    """

    def try_all(tell: Tell) -> None:
        data, pristine = home / "deed", home / "pristine"
        children.answer(lambda: deed.make(template, pristine))
        places.copied(pristine, data)
        with opened(deed, data) as app:
            before = children.answer(lambda: deed.state(data))
            places.copied(pristine, data)
            steps = steps_of(way, deed, app, data)
            after = children.answer(lambda: deed.state(data))
            for step in moments(steps):
                places.copied(pristine, data)
                children.live(lambda _tell, step=step: _fail(deed, app, data, WAYS[way](step)))
                found = children.live(lambda say: say(deed.state(data)))
                state = found.told[0] if found.told else found.fault
                is_whole = state in (before, after)
                tell("" if is_whole else f"at {step} of {steps}: {state}, not {before} or {after}")

    life = children.live(try_all)
    where = f"{deed.name}: {way}"
    faults = [f"{where} {fault}" for fault in life.told if fault]
    return Failures(Counter({where: len(life.told)}), [*faults, *([f"{where}: {life.fault}"] if life.fault else [])])


def _fail(deed: Deed, app: Flask | None, data: Path, trouble: contextlib.AbstractContextManager[None]) -> None:
    with contextlib.ExitStack() as around, trouble:
        if app:
            around.enter_context(app.app_context())
        deed.do(data)
        if app:
            db.session.remove()


def sample(most: int, seed: int) -> Callable[[int], list[int]]:
    """At most so many of a deed's steps, at random; always the first and the last."""
    dice = random.Random(seed)

    def moments(steps: int) -> list[int]:
        inner = range(1, max(1, steps - 1))
        some = inner if len(inner) <= most - 2 else dice.sample(inner, max(0, most - 2))
        return sorted({0, steps - 1, *some} - {-1})

    return moments
