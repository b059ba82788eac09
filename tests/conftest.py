"""What every test stands on: the real app on a real SQLite file, and on a real PostgreSQL where it matters."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient

from loyalapp.app import create_app
from loyalapp.core.config import Config
from loyalapp.core.db import db
from loyalapp.core.logs import close_log
from loyalapp.features.settings import service as settings
from loyalapp.web.door import launch_path
from tests import postgres

# No test fails on the clock of a busy machine. What made an example fail is not traced line by line ("explain"):
# tracing, and the browser's greenlets, in one process left Python 3.11 in an endless loop.
TRACED = hypothesis.Phase.explain
hypothesis.settings.register_profile(
    "ours",
    deadline=None,
    phases=[one for one in hypothesis.Phase if one is not TRACED],
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("ours")
# No password safe of this computer is touched, nor one that a test made for itself found by the next.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FIRM = ("Anmol Machinery", "PK", "Lahore", "en")


def close(app: Flask) -> None:
    """Let go of every file of an app."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    close_log()


def open_app(folder: Path, **options) -> Flask:
    """The real app on a data folder."""
    return create_app(Config.from_options(data_dir=folder, testing=True, **options))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    """A data folder with all tables and a firm, copied for each test instead of being migrated each time."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    app = open_app(folder)
    with app.app_context():
        settings.set_up(*FIRM)
    compile_pages(app)
    close(app)
    del app
    # What every test stands on is looked through no more: collecting it again and again was a third of the whole run.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    return folder


def compile_pages(app: Flask) -> None:
    """Keep every template compiled in the data folder, as after some use: it is most of a test's time."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)


def compiled_pages(prepared: Path, folder: Path) -> Path:
    """A data folder that has nothing yet but compiled templates."""
    shutil.copytree(prepared / "work", folder / "work", copy_function=os.link)  # some 240 files; nobody writes into one
    return folder


def copied(prepared: Path, folder: Path) -> Path:
    """A data folder like the prepared one."""
    shutil.copytree(prepared, folder, ignore=shutil.ignore_patterns("work"))
    return compiled_pages(prepared, folder)


@pytest.fixture
def data_dir(prepared, tmp_path) -> Path:
    """A data folder of its own, set up as a firm in Lahore that speaks English."""
    return copied(prepared, tmp_path / "data")


@pytest.fixture
def app(data_dir) -> Iterator[Flask]:
    """The app on SQLite; no app context is left pushed, so that a forgotten commit shows."""
    made = open_app(data_dir)
    yield made
    close(made)


@pytest.fixture
def client(app) -> FlaskClient:
    """A browser that came in through the launch link."""
    return through_the_door(app)


def through_the_door(app: Flask) -> FlaskClient:
    """A client with the door's cookie."""
    browser = app.test_client()
    assert browser.get(launch_path(app)).status_code == 200
    return browser


@pytest.fixture
def csrf(client) -> Callable[[str], dict[str, str]]:
    """The token of a page's form: `client.post(url, data={**csrf(), …})`."""

    def token(page: str = "/customers/new") -> dict[str, str]:
        text = client.get(page).get_data(as_text=True)
        return {"csrf_token": text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]}

    return token


# ---- Chromium ----


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests; a second Playwright in the same thread would be refused."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


# ---- PostgreSQL ----


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory) -> Iterator[str]:
    """A server with a database `prepared` that each test copies."""
    with postgres.server() as url:
        postgres.create_database(url, "prepared")
        app = open_app(tmp_path_factory.mktemp("prepared-pg") / "data", database_url=f"{url}prepared")
        with app.app_context():
            settings.set_up(*FIRM)
        close(app)
        yield url


@pytest.fixture
def postgres_app(postgres_server, prepared, tmp_path) -> Iterator[Flask]:
    """The app on PostgreSQL."""
    name = postgres.copy_database(postgres_server, "prepared")
    made = open_app(compiled_pages(prepared, tmp_path / "pg-data"), database_url=f"{postgres_server}{name}")
    yield made
    close(made)
    postgres.drop_database(postgres_server, name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_app(request) -> Flask:
    """The app on each database: for what services and pages must do alike on both."""
    return request.getfixturevalue("app" if request.param == "sqlite" else "postgres_app")


@pytest.fixture
def any_client(any_app) -> FlaskClient:
    """A browser on each database."""
    return through_the_door(any_app)


# ---- an app with an example of everything ----


def filled_app(request: pytest.FixtureRequest, folder: Path) -> Flask:
    """The app on the database of the parameter, with an example of everything; a bug is a page, as for users."""
    from tests import walk  # stands on this module

    options, prepared = {}, request.getfixturevalue("prepared")
    if request.param == "postgres":
        compiled_pages(prepared, folder)
        server = request.getfixturevalue("postgres_server")
        options["database_url"] = f"{server}{postgres.copy_database(server, 'prepared')}"
    else:
        copied(prepared, folder)
    app = open_app(folder, **options)
    app.config["PROPAGATE_BUGS"] = False
    walk.fill(app)
    return app


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def book(request, tmp_path_factory) -> Iterator[tuple[Flask, FlaskClient]]:
    """One filled app for all tests of a module, and a browser that came in."""
    app = filled_app(request, tmp_path_factory.mktemp("book") / "data")
    yield app, through_the_door(app)
    close(app)
