"""One run of the benchmark: makes the rows, starts the servers, measures in rounds, prints the table."""

import argparse
import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from tests.bench import cards, data, extras, lists, papers, problems, servers, table
from tests.bench.races import Race, crowd_races, in_rounds, page_races
from tests.bench.servers import Server, Visitor

WARM_UP = 3
# Makes the app forget what it remembered of its data.
CHANGE = "INSERT OR REPLACE INTO setting (key, value) VALUES ('bench', abs(random()))"
MEGABYTE = 1024 * 1024


def measure(chosen: argparse.Namespace) -> None:
    """Everything that was wished for."""
    wished = [one for one in chosen.only.split(",") if one]
    rounds, count = (3, 25) if chosen.quick else (chosen.rounds, 60)
    table.head()
    for name, part in ROWS_OF_THEIR_OWN.items():
        if not wished or name in wished:
            part(rounds, count)
    if wished == ["imports"]:
        lists.imports(quick=chosen.quick)
    elif not set(wished) <= ROWS_OF_THEIR_OWN.keys() or not wished:
        _of_customers(chosen, wished, rounds, count)


def _of_customers(chosen: argparse.Namespace, wished: list[str], rounds: int, count: int) -> None:
    rows = data.rows(chosen.customers)
    if not wished or "memory" in wished:
        memory(rows)
    with servers.app(rows.data) as app, servers.floor(rows.floor) as floor:
        for name, part in PARTS.items():
            if not wished or name in wished:
                part(rows, app, floor, rounds, count)
    if not wished or "start" in wished:
        start(rows.data, rounds if chosen.quick else rounds + 2)
        extras.further_plugins(rounds)
    if not wished or "idle" in wished:
        extras.idle_plugins(rows, rounds, count)
    if chosen.imports or "imports" in wished:
        lists.imports(quick=chosen.quick)
    if chosen.growth:
        extras.growth(rounds, count)


def pages(rows: data.Rows, app: Server, floor: Server, rounds: int, count: int) -> None:
    """One client at a time."""
    ours, theirs = app.visitor(), floor.visitor()
    changing = data.connector(rows.data / "loyalapp.sqlite3")()
    races = [
        *page_races(rows.customers, last_cursor(rows)),
        Race("  Today just after a change", ["/"], ["/"], 0, before=lambda: changing.execute(CHANGE)),
    ]
    for race in races:
        warm_up(race, ours, theirs)
    in_rounds(races, rounds, lambda race: race.run(ours, theirs, count))
    changing.close()
    table.races(races)


def warm_up(race: Race, ours: Visitor, theirs: Visitor) -> None:
    """Every page once or more, so that nothing is measured that happens only once."""
    for _turn in range(WARM_UP):
        for visitor, paths in ((ours, race.ours), (theirs, race.theirs)):
            for path in paths:
                visitor.get(path)


def last_cursor(rows: data.Rows) -> str:
    """What stands behind "next" on the last page but one."""
    link = data.connector(rows.data / "loyalapp.sqlite3")()
    last = link.execute(
        "SELECT id, sort_key FROM customer WHERE removed_at IS NULL ORDER BY sort_key DESC, id DESC LIMIT 1 OFFSET 25"
    ).fetchone()
    link.close()
    return f"{last[0]}~{last[1]}"


def clients(rows: data.Rows, app: Server, floor: Server, rounds: int, count: int) -> None:
    """Eight at once."""
    races = crowd_races(rows.customers)
    in_rounds(races, rounds, lambda race: race.run_crowd(app, floor, count))
    table.races(races)


def memory(rows: data.Rows) -> None:
    """A fresh server, and two hundred mixed requests."""
    with servers.app(rows.data) as fresh:
        visitor = fresh.visitor()
        paths = [path for race in page_races(rows.customers, last_cursor(rows)) for path in race.ours[:10]]
        for turn in range(200):
            visitor.get(paths[turn % len(paths)])
        table.line("server memory after 200 requests", fresh.memory() / MEGABYTE, 90, 75, "MB")


def weight(_rows: data.Rows, app: Server, _floor: Server, _rounds: int, _count: int) -> None:
    """What a browser fetches for a first view in Urdu (with its fonts), and for a page later."""
    visitor = app.visitor()
    page = visitor.get("/customers/").decode()
    later = len(page.encode())
    first = later + sum(visitor.weigh(path) for path in _needed(visitor, page))
    table.line("page weight, first view", first / 1024, 500, None, "KB")
    table.line("page weight, later", later / 1024, 40, None, "KB")
    table.line("  Today with 40 lines", len(visitor.get("/")) / 1024, 0, None, "KB")


def _needed(visitor: Visitor, page: str) -> list[str]:
    """Sheets, scripts and icons of a page, and the fonts that an Urdu page with Latin words takes."""
    found = [one.partition("#")[0] for one in re.findall(r'(?:href|src)="(/static/[^"]+)"', page)]
    sheets = [one for one in found if ".css" in one]
    fonts = re.findall(r"url\(\"?([^)\"]+woff2[^)\"]*)", "".join(visitor.get(one).decode() for one in sheets))
    scripts = _imported(visitor, [one for one in found if ".js" in one])
    urdu = [f"/static/fonts/{Path(one).name}" for one in fonts if "nastaliq" in one or "noto-sans-latin" in one]
    return list(dict.fromkeys([*found, *scripts, *urdu]))


def _imported(visitor: Visitor, scripts: list[str]) -> list[str]:
    names = [
        name
        for one in scripts
        for name in re.findall(r'from "\./([\w.]+)"|import "\./([\w.]+)"', visitor.get(one).decode())
    ]
    return [f"/static/js/{first or second}" for first, second in names]


def start(folder: Path, rounds: int) -> None:
    """From the start of the process to the first page, against hello."""
    race = Race("start to the first answered page", [], [], 3.3, 2.8)
    _until_answered(servers.app(folder)), _until_answered(servers.hello())  # the very first start compiles
    for _round in range(rounds):
        (folder / "plugins" / "state.json").unlink(missing_ok=True)
        race.add(_until_answered(servers.app(folder)), _until_answered(servers.hello()))
    table.races([race])


def _until_answered(starting: AbstractContextManager[Server]) -> float:
    with starting as server:
        server.visitor().get("/")
        return time.perf_counter() - server.started


PARTS: dict[str, Callable[[data.Rows, Server, Server, int, int], None]] = {
    "pages": pages,
    "clients": clients,
    "weight": weight,
}
ROWS_OF_THEIR_OWN: dict[str, Callable[[int, int], None]] = {
    "long": extras.long_timelines,
    "problems": problems.problems,
    "cards": cards.cards,
    "papers": papers.sheets,
}
