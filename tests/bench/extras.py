"""What takes longer or needs data of its own: ten idle plugins, further plugins, growth to a million."""

import shutil
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from loyalapp.app import create_app
from loyalapp.core import clock
from loyalapp.core.config import Config
from loyalapp.core.db import db
from loyalapp.core.logs import close_log
from loyalapp.features.settings import service as settings
from loyalapp.plugin_system import making
from tests.bench import data, servers, table
from tests.bench.races import Race, in_rounds, regulars

MANIFEST = """id = "{name}"
version = "1.0.0"
api = ">=1.0,<2"
author = "bench"
license = "MIT"
[name]
en = "{name}"
ur = "{name}"
hi = "{name}"
[summary]
en = "Does nothing."
ur = "Does nothing."
hi = "Does nothing."
"""
IDLE = '''"""A plugin that is asked everything and answers nothing."""
from loyalapp.sdk import hookimpl

@hookimpl
def nav_links():
    return []

@hookimpl
def quick_actions():
    return None

@hookimpl
def today_entries(day, limit):
    return []

@hookimpl
def customer_panels(customer_id):
    return []
'''


def idle_plugins(rows: data.Rows, rounds: int, count: int) -> None:
    """The list page with ten more plugins against the list page without them."""
    folder = rows.folder / "idle"
    _copy_with_plugins(rows.data, folder)
    race = Race("ten idle plugins, list page", ["/customers/"], ["/customers/"], 1.10, 1.05)
    with servers.app(folder) as many, servers.app(rows.data) as few:
        ours, theirs = many.visitor(), few.visitor()
        for _turn in range(20):
            ours.get("/customers/"), theirs.get("/customers/")
        in_rounds([race], rounds, lambda one: one.run(ours, theirs, 2 * count))
    shutil.rmtree(folder)
    table.races([race])


def _copy_with_plugins(source: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("*.lock", "*.sock", "logs", "plugins"))
    for number in range(10):
        home = folder / "plugins" / f"idle_{number}"
        home.mkdir(parents=True)
        (home / "plugin.toml").write_text(MANIFEST.format(name=home.name), "utf-8")
        (home / "plugin.py").write_text(IDLE, "utf-8")


def long_timelines(rounds: int, count: int, customers: int = 2_000, entries: int = 5_000) -> None:
    """The pages of customers with thousands of entries against the floor's page of the same, and a Today of them."""
    rows = data.rows(customers, entries)
    whose = data.on_today(customers)[: data.CAPACITY]
    theirs = [f"/customers/{one}" for one in whose]
    ends = {f"/customers/{one}": f"/customers/{one}/timeline?from={quote(_far_back(entries))}" for one in whose}
    told = f"{entries:,} entries"
    races = [
        Race(f"one customer, {told}", theirs, theirs, 7, 5),
        Race("  first page of the timeline", [f"{one}/timeline" for one in theirs], theirs, 7, 5),
        Race("  last page of the timeline", [ends[one] for one in theirs], theirs, 7, 5),
        Race("  briefing", [f"{one}/briefing" for one in theirs], theirs, 7, 5),
        Race(f"Today, {data.CAPACITY} lines, {told} each", ["/"], ["/"], 6, 4),
    ]
    with servers.app(rows.data) as app, servers.floor(rows.floor) as floor:
        ours, other = app.visitor(), floor.visitor()
        for race in races:
            race.run(ours, other, len(whose))
            race.ratios.clear(), race.times.clear()
        in_rounds(races, rounds, lambda race: race.run(ours, other, count))
    table.races(races)


def _far_back(entries: int) -> str:
    """A place of the timeline near its end, as its addresses name it."""
    return f"{(clock.now() - timedelta(days=entries - 30)).isoformat()},0"


MOST_MILLISECONDS = 10  # that a further plugin may add to a start


def further_plugins(rounds: int, count: int = 10) -> None:
    """What each plugin more adds to a start: ten with a page, a table and words, as `plugin new` makes them."""
    with tempfile.TemporaryDirectory() as place:
        few, many = Path(place) / "few", Path(place) / "many"
        set_up(few)
        shutil.copytree(few, many)
        for number in range(count):
            names = {"en": f"Number {number}", "ur": f"نمبر {number}", "hi": f"नंबर {number}"}
            making.make(many / "plugins", f"number_{number}", names, "bench")
        for folder in (few, many):
            _until_answered(folder)  # tables, words and templates are made once
        added = sorted(1000 * (_until_answered(many) - _until_answered(few)) / count for _turn in range(rounds))
    middle = statistics.median(added)
    table.line("each further plugin, start", middle, MOST_MILLISECONDS, None, "ms", (added[0], added[-1]))


def set_up(folder: Path) -> None:
    app = create_app(Config.from_options(data_dir=folder))
    with app.app_context():
        settings.set_up("انمول مشینری", "PK", "لاہور", "ur")
        db.session.remove()
        db.engine.dispose()
    close_log()


def _until_answered(folder: Path) -> float:
    with servers.app(folder) as server:
        server.visitor().get("/")
        return time.perf_counter() - server.started


def growth(rounds: int, count: int, few: int = 10_000, many: int = 1_000_000) -> None:
    """The same pages with a hundred times as many customers."""
    small, large = data.rows(few), data.rows(many)
    races = [
        Race(f"{few:,} to {many:,}: list", ["/customers/"], ["/customers/"], 1.3, 1.1),
        Race(f"{few:,} to {many:,}: customer", regulars(many), regulars(few), 1.3, 1.1),
        Race(f"{few:,} to {many:,}: Today", ["/"], ["/"], 1.3, 1.1),
    ]
    with servers.app(large.data) as far, servers.app(small.data) as near:
        ours, theirs = far.visitor(), near.visitor()
        for race in races:
            race.run(ours, theirs, 10)
            race.ratios.clear(), race.times.clear()
        in_rounds(races, rounds, lambda race: race.run(ours, theirs, count))
    table.races(races)
