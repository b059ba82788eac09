"""The zoo: small plugins, each broken in one way, put into a data folder as if they had been installed."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from loyalapp.core import patience
from loyalapp.plugin_system import budgets, loading
from loyalapp.plugin_system.calls import registry
from tests.conftest import close, copied, open_app

ZOO = Path(__file__).parent / "zoo"
DEADLY = {"dies_at_import", "leaves_thread"}  # reach the whole process: only ever loaded in a child


def let_in(data_dir: Path, *ids: str) -> None:
    """Install plugins of the zoo into a data folder."""
    for one in ids:
        shutil.copytree(ZOO / one, data_dir / "plugins" / one, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))


@pytest.fixture
def start(data_dir) -> Iterator[Callable[..., Flask]]:
    """Starts the app with plugins of the zoo; may be called again, as a second start on the same data."""
    made: list[Flask] = []

    def open_with(*ids: str, **options) -> Flask:
        for app in made:
            close(app)
        let_in(data_dir, *ids)
        app = open_app(data_dir, **options)
        app.config["PROPAGATE_BUGS"] = False
        made.append(app)
        return app

    yield open_with
    for app in made:
        close(app)


def impatient(patch: pytest.MonkeyPatch, seconds: float = 3.0) -> None:
    """Nobody can wait as long in a test as in a shop for what never ends."""
    patch.setattr(budgets, "ASKED", budgets.ASKED._replace(end=seconds, longest=4 * seconds))
    patch.setattr(budgets, "PAGE", budgets.PAGE._replace(end=seconds, longest=4 * seconds))
    patch.setattr(budgets, "LOADING", seconds)
    patch.setattr(patience, "MOST_MEMORY", 300_000_000)


@pytest.fixture(scope="module")
def module_patch() -> Iterator[pytest.MonkeyPatch]:
    """Changes of a module's tests, undone after the last of them."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def zoo(prepared, tmp_path_factory, module_patch) -> Iterator[Flask]:
    """One app with the whole zoo in it, beside the shipped plugins."""
    impatient(module_patch)
    folder = tmp_path_factory.mktemp("zoo") / "data"
    copied(prepared, folder)
    let_in(folder, *sorted(one.name for one in ZOO.iterdir() if one.is_dir() and one.name not in DEADLY))
    app = open_app(folder)
    app.config["PROPAGATE_BUGS"] = False
    yield app
    close(app)


@pytest.fixture
def house(data_dir) -> Iterator[Callable[[], Flask]]:
    """Starts the app again and again on the same data, each time inside its context."""
    opened = []

    def start():
        for one in opened:
            close(one)
            for plugin_id in registry(one).plugins:
                loading._forget(plugin_id)  # a real start is a new process
        app = open_app(data_dir)
        opened.append(app)
        app.app_context().push()
        return app

    start.data = data_dir
    yield start
    for one in opened:
        close(one)
