"""The kinds of work that are killed: a day in the shop, bringing a backup back, new tables, the first start, plugins.

Each is prepared, done in a child that tells what is acknowledged, and looked at afterwards as the next start finds it.
"""

import random
import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import text

from loyalapp.core.db import connector, db
from loyalapp.core.paths import DataFolder
from loyalapp.features.backups import service as backups
from loyalapp.features.customers import service as customers
from loyalapp.plugin_system import discovery, state
from loyalapp.plugin_system.calls import registry
from tests.conftest import open_app
from tests.faults import places, shop
from tests.faults.children import Tell
from tests.plugin_system.parcels import parcel

BEFORE_RENEWAL = 20  # days of one shop, after which it begins anew, so that looking at it stays quick


class Day:
    """Recording, lists, backups and half-typed forms, in one shop through many deaths."""

    name = "a day in the shop"

    def __init__(self, home: Path, template: Path, seed: int, url: str | None = None) -> None:
        self.data, self.template, self.url = home / "shop", template, url
        self.dice, self.told, self.turn = random.Random(seed), [], 0

    def prepare(self) -> None:
        if self.turn % BEFORE_RENEWAL == 0:
            places.copied(self.template, self.data)
            self.told = [] if not self.url else self.told  # a server's data stays
        self.turn += 1
        self.deed = shop.busy_day(self.data, str(self.turn), self.dice.randrange(1 << 30), self.url)

    def do(self, tell: Tell) -> None:
        self.deed(tell)

    def faults(self, told: list[Any]) -> list[str]:
        return shop.faults_of(self.data, [*self.told, *told], self.url)


class Restore:
    """A backup takes the place of the data, wholly or not at all; what was there before is kept."""

    name = "bringing a backup back"

    def __init__(self, home: Path, template: Path, _seed: int) -> None:
        self.data, self.template = home / "restored", template

    def prepare(self) -> None:
        places.copied(self.template, self.data)

    def do(self, tell: Tell) -> None:
        app = open_app(self.data)
        with app.app_context():
            customers.add({"name": "In the backup"})
            copy = backups.create().path
            customers.add({"name": "After the backup"})
            tell("written")
            backups.restore(copy)
            tell("wished")
        places.ended(app)
        open_app(self.data)
        tell("restored")

    def faults(self, told: list[Any]) -> list[str]:
        app = open_app(self.data)
        with app.app_context():
            names = set(db.session.execute(text("SELECT name FROM customer")).scalars())
            found = shop.faults_of_file(self.data)
        places.ended(app)
        if "written" not in told:
            return found
        is_back = "After the backup" not in names
        if "In the backup" not in names or ("wished" in told and not is_back):
            found.append(f"neither before nor after: {told}, {names}")
        if is_back and "After the backup" not in self._kept():
            found.append("what was there before was not kept")
        return found

    def _kept(self) -> set[str]:
        newest = max(DataFolder(self.data).backups.glob("before-restore-*"), default=None)
        if newest is None:
            return set()
        link = connector(newest)()
        names = {row[0] for row in link.execute("SELECT name FROM customer")}
        link.execute("PRAGMA journal_mode = DELETE")
        link.close()
        return names


class Update:
    """Data of an older version is brought to the newest form."""

    name = "updating old data"

    def __init__(self, home: Path, _template: Path, seed: int) -> None:
        self.data, self.dice = home / "old", random.Random(seed)

    def prepare(self) -> None:
        self.release = self.dice.choice(places.released())
        places.unpacked(self.release, self.data)
        self.rows = counted(self.data)

    def do(self, tell: Tell) -> None:
        tell("begins")
        open_app(self.data)
        tell("updated")

    def faults(self, _told: list[Any]) -> list[str]:
        app = open_app(self.data)
        left_out = [one.id for one in registry(app).plugins.values() if one.status == discovery.QUARANTINED]
        for plugin_id in left_out:  # it was at work when the program died, so it is tried again when the user says so
            registry(app).states.set_wish(plugin_id, state.ON)
        if left_out:
            places.ended(app)
            app = open_app(self.data)
        with app.app_context():
            found = shop.faults_of_file(self.data)
        found += [
            f"{one.id}: {one.status}" for one in registry(app).plugins.values() if one.status != discovery.RUNNING
        ]
        places.ended(app)
        return [*found, *(f"lost while updating: {what}" for what in less_than(self.rows, counted(self.data)))]


class FirstStart:
    """The tables are made."""

    name = "the first start"

    def __init__(self, home: Path, _template: Path, _seed: int) -> None:
        self.data = home / "new"

    def prepare(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)

    def do(self, tell: Tell) -> None:
        tell("begins")
        open_app(self.data)
        tell("made")

    def faults(self, _told: list[Any]) -> list[str]:
        return shop.faults_of(self.data, [])


class Plugins:
    """A plugin comes, is updated and goes."""

    name = "installing a plugin"

    def __init__(self, home: Path, template: Path, _seed: int) -> None:
        self.data, self.template = home / "plugged", template
        self.files = [parcel(home / one, version=one) for one in ("1.0.0", "1.1.0")]

    def prepare(self) -> None:
        places.copied(self.template, self.data)

    def do(self, tell: Tell) -> None:
        tell("begins")
        for file in self.files:
            places.put_in(places.installer(self.data), file)
            tell(("installed", file))
        app = open_app(self.data)
        registry(app).states.set_wish("stock", state.ON)
        places.ended(app)
        open_app(self.data)
        tell("runs")

    def faults(self, told: list[Any]) -> list[str]:
        app = open_app(self.data)
        plugin = registry(app).plugins.get("stock")
        places.ended(app)
        at_least = max([str(word[1].parent.name) for word in told if isinstance(word, tuple)], default="")
        version = "" if plugin is None else plugin.manifest.version if plugin.manifest else "unreadable"
        if version not in {"", "1.0.0", "1.1.0"} or version < at_least:
            return [f"a plugin between its versions: {version!r} after {at_least!r}"]
        return []


WORKS = (Day, Restore, Day, Update, Day, Plugins, Day, Restore, Day, Update, Day, FirstStart)


def counted(data: Path) -> dict[str, int]:
    """The number of rows of each table of a database, but of those the program may clear by itself."""
    link = connector(DataFolder(data).database)()
    try:
        names = [row[0] for row in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        own = [name for name in names if not name.startswith(("customer_index_", "sqlite_"))]
        return {name: link.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in own}
    finally:
        link.close()


def less_than(before: dict[str, int], after: dict[str, int]) -> list[str]:
    """The tables that are gone, or have fewer rows than before."""
    return [f"{name}: {after.get(name)} of {rows} rows" for name, rows in before.items() if after.get(name, -1) < rows]
