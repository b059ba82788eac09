"""The import of a long list: its cost against a bare one, the memory it takes, and how pages answer meanwhile.

Judged is how long the user waits, since a long list is looked at by two processes at once, one for each core of a small
computer. What the processors worked, ours and those of the processes we start, stands below it without a budget: a
machine that others use too makes every import take longer, but no more work.
"""

import csv
import json
import os
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Self

from loyalapp.app import create_app
from loyalapp.core.config import Config
from loyalapp.core.db import db
from loyalapp.core.logs import close_log
from loyalapp.features.customers import service as customers
from loyalapp.features.settings import service as settings
from tests.bench import data, extras, people, servers, table
from tests.bench.races import Race
from tests.bench.servers import Server, Visitor

MEGABYTE = 1024 * 1024
SHORT, LONG = 10_000, 100_000

SYLLABLES = {
    "ur": "با شا می رو نا دی کا لو سا تی زا فر حم گل جو",
    "hi": "रा मी सु का ना दे शा लो ता वि गो पा जी हे बा",
    "en": "ra mi su ka na de sha lo ta vi go pa ji he ba",
}
UNHEARD = ["bro", "dwi", "fle", "gru", "kla", "pyu", "sto", "tri", "vle", "xo", "zhu"]  # of names that no list has
HEAD = ("Name", "Mobile", "City", "Birthday")


def list_rows(count: int) -> Iterator[tuple[str, str, str, str]]:
    """A list in three scripts in which no name comes twice."""
    for number in range(count):
        language = ("ur", "ur", "hi", "en")[number % 4]
        syllables = SYLLABLES[language].split()
        word = "".join(syllables[number // 15**place % 15] for place in range(5))
        mobile = f"03{number % 50:02d} {number // 50:07d}"
        name = f"{word} {people.LAST[language].split()[number % 15]}"
        yield (name, mobile, people.PLACES[language][number % 4], f"{1 + number % 28:02d}/{1 + number % 12:02d}/1985")


def imports(*, quick: bool) -> None:
    """A long list through the feature, against `csv` and `executemany` into a bare table; then through the window."""
    with tempfile.TemporaryDirectory() as folder:
        files = {count: _written(Path(folder) / f"{count}.csv", count) for count in (SHORT, LONG)}
        races = [Race(f"import of {LONG:,} rows, from the yes", [], [], 30, 15)]
        races.append(Race(f"import of {LONG:,} rows, looking at it too", [], [], 30, 15))
        races.append(Race("  undoing it", [], [], 0))
        races.append(Race("  work of all cores, from the yes", [], [], 0))
        races.append(Race("  work of all cores, looking at it too", [], [], 0))
        races.append(Race("  work of all cores, undoing it", [], [], 0))
        for turn in range(1 if quick else 3):
            theirs = _plainly(files[LONG], Path(folder) / f"plain-{turn}.sqlite3")
            steps = _through_the_feature(files[LONG], Path(folder) / f"data-{turn}", LONG)
            for kind, (looked, brought, undone) in enumerate(zip(*steps, strict=True)):
                ours = (brought, looked + brought, undone)
                for race, seconds in zip(races[3 * kind : 3 * kind + 3], ours, strict=True):
                    race.add(seconds, theirs[kind])
        table.races(races)
        _meanwhile(files, Path(folder))


def _written(file: Path, count: int) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEAD, *list_rows(count)])
    return file


def _clocks() -> tuple[float, float]:
    """Seconds that passed, and that the processors worked for this process and those it started."""
    return time.perf_counter(), sum(os.times()[:4])


def _between(before: tuple[float, float], after: tuple[float, float]) -> tuple[float, float]:
    return after[0] - before[0], after[1] - before[1]


def _plainly(file: Path, database: Path) -> tuple[float, float]:
    began = _clocks()
    link = data.connector(database)()
    link.execute("CREATE TABLE list (name TEXT, mobile TEXT, city TEXT, birthday TEXT)")
    link.execute("BEGIN")
    with file.open(encoding="utf-8", newline="") as stream:
        link.executemany("INSERT INTO list VALUES (?, ?, ?, ?)", csv.reader(stream))
    link.execute("COMMIT")
    link.close()
    return _between(began, _clocks())


def _through_the_feature(file: Path, folder: Path, count: int) -> list[tuple[float, float]]:
    """Looking at the list (read, checked, kept), from the yes to the last row (written, searchable), and undoing it.

    Of each the seconds that passed and those worked.
    """
    from loyalapp.features.imports import service

    app = create_app(Config.from_options(data_dir=folder))
    with app.app_context():
        settings.set_up("انمول مشینری", "PK", "لاہور", "ur")
        steps = [_clocks()]
        preview = service.plan(file)
        steps.append(_clocks())
        outcome = service.carry_out(preview)
        steps.append(_clocks())
        assert customers.total() == count, outcome.counts
        service.undo(outcome.import_id)
        steps.append(_clocks())
        assert customers.total() == 0
        db.session.remove()
        db.engine.dispose()
    close_log()
    return [_between(before, after) for before, after in pairwise(steps)]


# ---- through the window ----


class Others:
    """Somebody who looks at the customers all the time, and now and then adds one."""

    def __init__(self, server: Server) -> None:
        self.seen: list[float] = []
        self.saved: list[float] = []
        self._server, self._over = server, threading.Event()
        self._threads = [threading.Thread(target=one) for one in (self._look, self._save)]

    def __enter__(self) -> Self:
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_given: object) -> None:
        self._over.set()
        for one in self._threads:
            one.join()
        assert self.seen, "nobody was answered"
        assert self.saved, "nobody could save"

    def _look(self) -> None:
        visitor = self._server.visitor()
        while not self._over.wait(0.02):
            self.seen.append(visitor.time("/customers/"))

    def _save(self) -> None:
        visitor = self._server.visitor()
        while True:
            began = time.perf_counter()
            visitor.send("/customers/new", {"name": _somebody_new()})
            self.saved.append(time.perf_counter() - began)
            if self._over.wait(0.5):
                return


def _somebody_new() -> str:
    """A name like none that is there: one that looks like another would be asked about before it is saved."""
    return " ".join("".join(random.choices(UNHEARD, k=5)) for _word in range(2)).title()


def _meanwhile(files: dict[int, Path], folder: Path) -> None:
    """The app's own memory with a short and a long list, and the waits of others during the long one."""
    peaks = {}
    for count, file in files.items():
        extras.set_up(folder / f"window-{count}")
        with servers.app(folder / f"window-{count}") as server:
            visitor = server.visitor()
            visitor.get("/customers/")
            with Others(server) as quiet:
                time.sleep(3)
            with Others(server) as busy:
                import_id = _bring(visitor, file)
            peaks[count] = server.memory() / MEGABYTE
            table.line(f"app's memory, import of {count:,} rows", peaks[count], 0, None, "MB")
            if count == LONG:
                _waits("import", busy, quiet)
                with Others(server) as busy:
                    _undo(visitor, import_id)
                _waits("undoing", busy, quiet)
    table.line("app's memory, ten times as many rows", peaks[LONG] / peaks[SHORT], 0, None)


def _waits(what: str, busy: Others, quiet: Others) -> None:
    seen, rested = (1000 * statistics.quantiles(one.seen, n=20)[18] for one in (busy, quiet))
    table.line(f"list during an {what}, p95 (quiet {rested:.0f} ms)", seen, 0, None, "ms")
    saved = [1000 * one for one in busy.saved]
    table.line(f"adding a customer during an {what}, longest", max(saved, default=0), 0, None, "ms")


def _bring(visitor: Visitor, file: Path) -> int:
    """Look at it, say yes, wait for the end."""
    settle = visitor.send("/imports/new", {}, file)
    state = settle.replace("/columns", "/state")
    _until_done(visitor, state)
    visitor.send(settle, {"do": "bring"})
    _until_done(visitor, state)
    found = visitor.get("/imports/new").decode().partition('href="/imports/1"')
    assert found[1], "the list is there"
    return 1


def _undo(visitor: Visitor, import_id: int) -> None:
    visitor.send(f"/imports/{import_id}/undo", {})
    _until_done(visitor, f"/imports/{import_id}/undo/state")


def _until_done(visitor: Visitor, state: str) -> None:
    while json.loads(visitor.get(state))["busy"]:
        time.sleep(0.2)
