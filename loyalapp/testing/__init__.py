"""What the tests of a plugin stand on: `pytest_plugins = ["loyalapp.testing"]` at the head of a test file.

The plugin is the folder with a `plugin.toml` round the test file; it is used from there, as `loyalapp plugin run` does,
in the real app on a fresh data folder of its own. This package stands beside the command line, above the app, and
nothing of LoyalApp imports it. PYTEST_DONT_REWRITE: its assertions carry their own words.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from loyalapp.core.i18n import LANGUAGES
from loyalapp.plugin_system.calls import registry
from loyalapp.testing.desk import Desk

__all__ = ["Desk", "app", "client", "customer", "desk", "fresh_data", "language", "plugin_folder"]

FIRM = ("Anmol Machinery", "PK", "Lahore", "en")


@pytest.fixture
def plugin_folder(request: pytest.FixtureRequest) -> Path:
    """The folder of the plugin that is tested."""
    for folder in request.path.parents:
        if (folder / "plugin.toml").is_file():
            return folder
    raise pytest.UsageError(f"no folder round {request.path.name} has a plugin.toml")


@pytest.fixture(scope="session")
def fresh_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with all tables and a firm in Lahore, copied for each test instead of being made each time."""
    from loyalapp.features.settings import service as settings  # noqa: PLC0415 -- slow import

    folder = tmp_path_factory.mktemp("fresh") / "data"
    made = _open(folder)
    with made.app_context():
        settings.set_up(*FIRM)
    _close(made)
    return folder


@pytest.fixture
def app(fresh_data: Path, plugin_folder: Path, tmp_path: Path) -> Iterator[Flask]:
    """The app with the plugin; the test fails where the plugin does not start, or a hook of it fails meanwhile."""
    folder = tmp_path / "data"
    shutil.copytree(fresh_data, folder)
    made = _open(folder, under_development=plugin_folder)
    plugin = registry(made).plugins[plugin_folder.name]
    if plugin.module is None:
        _close(made)
        pytest.fail(f"the plugin is {plugin.status}: {plugin.details or plugin.reason}", pytrace=False)
    yield made
    _close(made)
    if plugin.failures:
        pytest.fail(f"a hook failed: {', '.join(sorted(plugin.failures))}; the log says how", pytrace=False)


def _open(folder: Path, under_development: Path | None = None) -> Flask:
    from loyalapp.app import create_app  # noqa: PLC0415 -- slow import
    from loyalapp.core.config import Config  # noqa: PLC0415 -- slow import

    return create_app(Config.from_options(data_dir=folder, testing=True, under_development=under_development))


def _close(made: Flask) -> None:
    from loyalapp.core.db import db  # noqa: PLC0415 -- slow import
    from loyalapp.core.logs import close_log  # noqa: PLC0415 -- slow import

    with made.app_context():
        db.session.remove()
        db.engine.dispose()
    close_log()


@pytest.fixture
def desk(app: Flask) -> Desk:
    """Somebody at the screen: reads pages, fills in forms, presses buttons."""
    return Desk(app)


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    """Flask's own test client, let in through LoyalApp's door."""
    return desk.browser


@pytest.fixture
def customer(app: Flask) -> int:
    """The number of a customer who has a phone, a place and a birthday."""
    from loyalapp.features.customers import service as customers  # noqa: PLC0415 -- slow import

    known = {"name": "Rukhsana Bibi", "phones": ["0300 1234567"], "place": "Lahore", "birth_month": 5, "birth_day": 4}
    with app.app_context():
        return customers.add(known).id


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, desk: Desk) -> str:
    """The test runs once in each language, and the desk speaks it."""
    desk.speak(request.param)
    return str(request.param)
