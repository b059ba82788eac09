"""Has a list worked out: a short one here and now, a long one by a process of its own, which can be stopped."""

import errno
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from loyalapp.core import sealing
from loyalapp.core.clock import today
from loyalapp.core.db import db, only_reading
from loyalapp.core.textkeys import norm
from loyalapp.features.imports import plan_process, reading, sentences
from loyalapp.features.imports.choices import Choices
from loyalapp.features.imports.plan_process import PLAN, REFUSED, ROWS, Task
from loyalapp.features.imports.planning import Plan, Progress, Surroundings
from loyalapp.features.imports.reading import SourceList
from loyalapp.features.imports.refusals import UnreadableList
from loyalapp.features.imports.sheets import environment
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff

MODULE = "loyalapp.features.imports.plan_start"
Child = subprocess.Popen[bytes]
LONG = {reading.TEXT: 1 << 20, reading.CARDS: 1 << 20, reading.SHEET: 1 << 18}  # bytes; a workbook is packed


@contextmanager
def beginning(file: Path) -> Iterator[Child | None]:
    """For a long list the process that will work it out, started before the list is even opened; else None.

    It is ended with the block.
    """
    if file.stat().st_size < LONG[reading.form_of(file)]:
        yield None
        return
    child = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        yield child
    finally:
        _end(child)


def work_out(source: SourceList, chosen: Choices, progress: Progress, child: Child | None = None) -> Plan:
    """What will become of a list; changes nothing.

    :param progress: is told how many rows were read; may raise to stop.
    :param child: the process that `beginning` gave; without one it is worked out here.
    :raises UnreadableList: if the list cannot be read to its end, changes while it is read, or the disk is full.
    """
    before = reading.standing(source.path)
    try:
        made = _by_a_process(child, source, chosen, progress) if child else _here(source, chosen, progress)
    except OSError as error:
        raise of_full_disk(error) from error
    if reading.standing(source.path) != before:
        made.close()
        raise UnreadableList("growing")
    return made


def _around() -> Surroundings:
    with only_reading():
        members = staff.active()
    labels = sentences.labels() | {f"salesman_id-{number}": name for number, name in members}
    salesmen = {norm(name): number for number, name in members}
    folder = current_app.extensions["loyalapp.data"].work
    return Surroundings(settings.firm().currency, today(), labels, salesmen, folder)


def _here(source: SourceList, chosen: Choices, progress: Progress) -> Plan:
    around = _around()
    with only_reading(), Session(db.engine) as session:
        return plan_process.worked_out(session, source, chosen, around, progress)


def _by_a_process(child: Child, source: SourceList, chosen: Choices, progress: Progress) -> Plan:
    engine, around = db.engine, _around()
    on_sqlite = engine.dialect.name == "sqlite"
    url = None if on_sqlite else engine.url.render_as_string(hide_password=False)
    database: Path = current_app.extensions["loyalapp.data"].database
    return _answer(child, Task(source, chosen, around, url, database, sealing.secret_of(database)), progress)


def _answer(child: Child, task: Task, progress: Progress) -> Plan:
    streams: Any = child
    with suppress(BrokenPipeError), streams.stdin:
        pickle.dump(task, streams.stdin)
    for line in streams.stdout:
        word, _, rest = line.strip().partition(b" ")
        if word == ROWS:
            progress(int(rest))
        elif word == REFUSED:
            raise UnreadableList(rest.decode())
        elif word == PLAN:
            plan: Plan = pickle.load(streams.stdout)  # noqa: S301 -- from our own process
            return plan
    fault = streams.stderr.read().decode("utf-8", "replace")
    if "No space left" in fault or "is full" in fault:
        raise UnreadableList("full")
    raise RuntimeError(f"the process that works lists out has failed: {fault[-4000:]}")


def _end(child: Child) -> None:
    """End it, also half-way; what it had written down goes with it."""
    with suppress(OSError):
        child.kill()
    for stream in (child.stdout, child.stderr):
        if stream:
            stream.close()
    child.wait()


def of_full_disk(error: Exception) -> Exception:
    """A full disk is no bug; everything else is."""
    said = str(error)
    full = "is full" in said or "No space left" in said or getattr(error, "errno", None) == errno.ENOSPC
    return UnreadableList("full") if full else error
