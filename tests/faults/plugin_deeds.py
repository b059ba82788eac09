"""The same for plugins: each is wholly the old one or wholly the new one, byte for byte, or there is none."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, inspect

from loyalapp.core.db import engine_options
from loyalapp.core.paths import DataFolder
from loyalapp.plugin_system import discovery, leaving, leftovers, packing, state
from loyalapp.plugin_system.installer import Installer
from loyalapp.plugin_system.signatures import Trusted, make_key
from tests.faults import places
from tests.faults.deeds import Deed
from tests.plugin_system.parcels import parcel

VERSIONS = ("1.0.0", "1.1.0")
TABLES = ("CREATE TABLE plg_stock_version (version_num TEXT)", "CREATE TABLE plg_stock_item (what TEXT)")


class PluginDeed(Deed):
    """What is done with the plugin `stock`: `before` are the versions put in beforehand."""

    needs_app = False

    def __init__(
        self, name: str, before: int, do: Callable[["PluginDeed", Path], object], *, wish: str = "off"
    ) -> None:
        self.name, self._before, self._do, self._wish = name, before, do, wish
        self.files: list[Path] = []

    def make(self, template: Path, data: Path) -> None:  # noqa: ARG002 -- it needs no customers
        self.parcels(data.parent)
        shutil.rmtree(data, ignore_errors=True)
        for file in self.files[: self._before]:
            places.put_in(places.installer(data), file)
        places.installer(data)
        if self._before:
            places.installer(data).plugins.states.set_wish("stock", self._wish)
            with self.engine(data).begin() as link:
                for table in TABLES:
                    link.exec_driver_sql(table)

    def parcels(self, home: Path) -> None:
        """Two versions, both signed, so that their signer has to be known with them."""
        if not (home / "key.pem").is_file():
            make_key(home / "key.pem")
        self.files = [parcel(home / one, version=one, key=home / "key.pem") for one in VERSIONS]

    def engine(self, data: Path) -> Any:
        """The database of a data folder."""
        address, options = engine_options(None, DataFolder(data).database)
        return create_engine(address, **options)

    def do(self, data: Path) -> None:
        self.files = [next((data.parent / one).glob("*.loyalplugin")) for one in VERSIONS]
        self._do(self, data)

    def state(self, data: Path) -> Any:
        door = places.installer(data)
        place = door.places.installed("stock")
        there = packing.contents(place).items() if place.is_dir() else ()
        left = sorted(inspect(self.engine(data)).get_table_names()) if DataFolder(data).database.is_file() else []
        return {name: file.read_bytes() for name, file in there}, self._odd(door, left)

    def _odd(self, door: Installer, left: list[str]) -> list[str]:
        """What goes together with no version of it."""
        found = [] if len(left) in (0, len(TABLES)) else [f"some of its tables: {left}"]
        place = door.places.installed("stock")
        if place.is_dir():
            plugin = door.plugins.plugins["stock"]
            found += [] if plugin.status == discovery.OFF else [f"it is {plugin.status}"]
            found += [] if Trusted.read(door.places.trusted).keys else ["its signer is not known"]
            found += ["it is there without its tables"] if self._before and not left else []
        return found


def _put(deed: PluginDeed, data: Path) -> None:
    places.put_in(places.installer(data), deed.files[deed._before])


def _put_while_it_runs(deed: PluginDeed, data: Path) -> None:
    _put(deed, data)
    places.installer(data)


def _put_back(_deed: PluginDeed, data: Path) -> None:
    places.installer(data).places.put_back("stock")


def _go_back(_deed: PluginDeed, data: Path) -> None:
    door = places.installer(data).places
    previous = door.previous("stock")
    assert previous is not None
    door.announce("stock", previous)
    door.arrive("stock")


def _remove(deed: PluginDeed, data: Path, how: str) -> None:
    leaving.remove(places.installer(data), "stock", how, deed.engine(data))


PLUGIN_DEEDS = (
    partial(PluginDeed, "installing a plugin", 0, _put),
    partial(PluginDeed, "updating a plugin", 1, _put),
    partial(PluginDeed, "updating a plugin that runs", 1, _put_while_it_runs, wish=state.ON),
    partial(PluginDeed, "undoing an update", 2, _put_back),
    partial(PluginDeed, "going back to the version before", 2, _go_back),
    *(
        partial(PluginDeed, f"removing a plugin ({how})", 1, partial(_remove, how=how))
        for how in (leftovers.KEEP, leftovers.SAVE, leftovers.DELETE)
    ),
)
