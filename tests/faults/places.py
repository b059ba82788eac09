"""Data folders to do harm to: a firm with customers, copied each time, and what each released version left behind."""

import gzip
import shutil
from pathlib import Path

from flask import Flask

from loyalapp.core.paths import DataFolder, shipped
from loyalapp.features.customers import service as customers
from loyalapp.features.settings import service as settings
from loyalapp.plugin_system import discovery
from loyalapp.plugin_system.calls import Registry
from loyalapp.plugin_system.installer import Installer
from loyalapp.plugin_system.state import States
from tests.conftest import FIRM, close, open_app

RELEASED = Path(__file__).parent / "released"
SOME_PEOPLE = 30


def make_template(folder: Path) -> None:
    """A firm with some customers."""
    app = open_app(folder)
    with app.app_context():
        settings.set_up(*FIRM)
        for number in range(SOME_PEOPLE):
            customers.add({"name": f"Old friend {number}", "phones": [f"0301 {number:07d}"]})
    close(app)


def copied(template: Path, folder: Path) -> Path:
    """A data folder like the template, in place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    return folder


def released() -> list[Path]:
    """The database of each released version of the tables, the oldest first; made by that version's own program."""
    return sorted(RELEASED.glob("*.gz"))


def unpacked(release: Path, folder: Path) -> Path:
    """A data folder as that version left it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    DataFolder(folder).database.write_bytes(gzip.decompress(release.read_bytes()))
    return folder


def installer(data: Path) -> Installer:
    """What a new process has for plugins: everything read from the disk again, after the settling of a start."""
    home = DataFolder(data)
    home.prepare()
    plugins = Registry(States.read(home.plugins / "state.json"))
    made = Installer(home, plugins)
    made.places.settle()
    plugins.plugins = discovery.discover(shipped("plugins"), home.plugins)
    return made


def put_in(into: Installer, file: Path) -> None:
    """Install a plugin from its file."""
    with file.open("rb") as stream:
        into.install(into.examine(into.stage(stream, file.name)))


def ended(app: Flask) -> None:
    """The end of a run, with every file let go of."""
    close(app)
