"""Puts the app together; reads like a table of contents."""

import importlib
import threading
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from loyalapp.core import damage, i18n, logs, sealing
from loyalapp.core import db as database
from loyalapp.core.config import Config
from loyalapp.core.db import db
from loyalapp.core.migrations import is_behind, migrate, stored
from loyalapp.core.moment import this_app
from loyalapp.core.paths import PACKAGE, DataFolder, shipped
from loyalapp.features.backups import waiting
from loyalapp.features.imports import cut_off
from loyalapp.features.screen import service as screens
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff
from loyalapp.plugin_system import at_work, discovery, loading, settling, state, templates
from loyalapp.plugin_system.calls import Registry
from loyalapp.plugin_system.starting import Sentinel
from loyalapp.web import door, late, shell
from loyalapp.web.addresses import House

FEATURES = (
    "welcome",
    "today",
    "customers",
    "lists",
    "interactions",
    "catalogue",
    "groups",
    "loyalty",
    "promises",
    "needs",
    "timeline",
    "catch_up",
    "reach",
    "briefing",
    "my_day",
    "standards",
    "imports",
    "search",
    "backups",
    "first_aid",
    "privacy",
    "plugin_page",
    "bring_back",
    "duplicates",
    "staff",
    "safety",
    "desk",
    "drafts",
    "territory",
    "settings",
    "screen",
    "spellings",
    "help",
)
MIGRATIONS = PACKAGE / "migrations"
VERSION_TABLE = "alembic_version"


@dataclass
class Run:
    """What this run of the app shares with its window and server."""

    config: Config
    data: DataFolder
    restart_wanted: threading.Event = field(default_factory=threading.Event)
    restart_in_safe_mode: bool = False


def create_app(config: Config) -> Flask:
    """The app on its data folder, brought to the newest form, with every plugin that works.

    :raises UnusableDataFolder: if the data folder cannot be written.
    :raises NewerData: if the data was written by a newer program.
    :raises Damaged: if the file of the data is damaged; then nothing in it was changed.
    :raises Sealed: if the data is encrypted, and nobody has given the password.
    """
    data = DataFolder(config.data_dir)
    data.prepare()
    app = _empty_app(config, data)
    sentinel = Sentinel(data.plugins, is_guest=config.is_guest)
    with sentinel.watching():
        if not config.database_url:
            _settle_files(config, data)
        database.install(app, config.database_url, data.database)
        _bring_up_to_date(app)
        _speak(app, config, data)
        door.install(app, data.secret_key())
        shell.install(app)
        plugins = _find_plugins(app, config, data, sentinel)
        _add_features(app, plugins)
        loading.load_plugins(app, plugins)
        _judge_updates(app, plugins, data)
    _finish_restore(app, data)
    _take_back_half_a_list(app)
    return app


def _settle_files(config: Config, data: DataFolder) -> None:
    """What the last run left to be done with the files of the data, before anybody opens them."""
    if (data.root / sealing.FILE).is_file():
        from loyalapp.features.safety import turning  # noqa: PLC0415 -- most data is not encrypted

        turning.settle(data, is_guest=config.is_guest)
    if config.is_guest:
        return
    if waiting.is_waiting(data) or waiting.is_unfinished(data):
        from loyalapp.features.backups import restoring  # noqa: PLC0415 -- most starts bring nothing back

        restoring.settle(data)
    damage.check_at_start(data)


def _take_back_half_a_list(app: Flask) -> None:
    """A long list that was being written when the program was cut off leaves nothing behind.

    One that was being undone goes on doing so while the app is open already.
    """
    if not app.extensions["loyalapp"].config.is_guest:
        with app.app_context():
            if cut_off.is_any():
                from loyalapp.features.imports import undo_jobs  # noqa: PLC0415 -- most starts find nothing

                undo_jobs.set_right()
            db.session.remove()
        cut_off.clear_away(app.extensions["loyalapp.data"].work)


def _finish_restore(app: Flask, data: DataFolder) -> None:
    """The end of a start with a backup that was brought back."""
    if waiting.is_unfinished(data):
        from loyalapp.features.backups import service as backups  # noqa: PLC0415 -- most starts bring nothing back

        backups.finish_restore(app)


def _empty_app(config: Config, data: DataFolder) -> Flask:
    app = House(
        "loyalapp", static_folder=str(PACKAGE / "web" / "static"), template_folder=str(PACKAGE / "web" / "templates")
    )
    app.config.update(
        SECRET_KEY=data.secret_key(),
        TESTING=config.testing,
        PROPAGATE_BUGS=config.testing,
        DOOR_OPEN=config.door_open,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
    )
    app.extensions["loyalapp"] = Run(config, data)
    app.extensions["loyalapp.data"] = data
    app.extensions["loyalapp.open_file"] = open_file
    logs.open_log(data.logs)
    return app


def _bring_up_to_date(app: Flask) -> None:
    """Migrate the core's tables, after a copy of the database if it holds anything."""
    with app.app_context():
        app.extensions["loyalapp.before_migration"] = lambda: _copy_once(app)
        app.extensions["loyalapp.copy_before"] = _copy_before
        if is_behind(db.engine, MIGRATIONS, VERSION_TABLE):
            if stored(db.engine, VERSION_TABLE):
                _copy_once(app)
            else:
                app.extensions["loyalapp.copied_at_start"] = [None]  # new and empty: there is nothing to copy
            migrate(db.engine, MIGRATIONS, VERSION_TABLE)


def _copy_once(app: Flask) -> None:
    from loyalapp.features.backups import service as backups  # noqa: PLC0415 -- most starts change no tables

    backups.copy_once(app)


def _copy_before(why: str) -> None:
    from loyalapp.features.backups import service as backups  # noqa: PLC0415 -- most runs do nothing that risky

    backups.before(why)


def _speak(app: Flask, config: Config, data: DataFolder) -> None:
    """Words in three languages, and the firm's formats."""
    app.config["LANGUAGE"] = config.language or "en"
    i18n.install(app, shipped("translations"), data.work, data.root / "languages")
    settings.remember_firm(app)
    screens.remember(app)
    app.extensions["loyalapp.screen"] = screens.signs
    if config.language:
        app.config["LANGUAGE"] = config.language
    app.extensions["loyalapp.language_was_chosen"] = lambda chosen: _remember_language(app, chosen)


def _remember_language(app: Flask, chosen: str) -> None:
    """Where we are several, a language is of who sits there; else it is the computer's."""
    seated = staff.at_desk()
    if seated is None:
        settings.remember_language(app, chosen)
    else:
        staff.speak(seated, chosen)


def open_file(file: Path) -> str:
    """The page on which a file that the program was started with goes on: a list, a plugin, or a backup."""
    from loyalapp.features.backups import arriving, files  # noqa: PLC0415 -- most starts bring no file
    from loyalapp.features.imports import jobs  # noqa: PLC0415 -- the same
    from loyalapp.features.plugin_page import installing  # noqa: PLC0415 -- the same

    if installing.is_plugin_file(file):
        return installing.open_file(file)
    if files.is_one(file):
        return f"/backups/{arriving.take_from(this_app().extensions['loyalapp.data'], file).path.name}/bring-back"

    return f"/imports/{jobs.begin_with(file).id}/columns"


def _find_plugins(app: Flask, config: Config, data: DataFolder, sentinel: Sentinel) -> Registry:
    states = state.States.read(data.plugins / "state.json")
    if not config.is_guest:
        with app.app_context():
            settling.settle(data, states, sentinel, db.engine, app.extensions["loyalapp.before_migration"])
    is_wished = config.safe_mode or (config.ask_safe_mode is not None and config.ask_safe_mode())
    sentinel.is_safe_mode = is_wished or sentinel.wants_safe_mode
    plugins = Registry(states, safe_mode=sentinel.is_safe_mode, sentinel=sentinel, is_strict=config.testing)
    plugins.plugins = discovery.discover(shipped("plugins"), data.plugins)
    if config.under_development:
        linked = discovery.link(config.under_development)
        plugins.plugins[linked.id] = linked
        app.config["TEMPLATES_AUTO_RELOAD"] = True
    settling.leave_out_culprits(plugins, at_work.last_words(data.plugins) if config.is_seated else set())
    if config.is_seated:
        plugins.notes.open(data.plugins)
    app.extensions["loyalapp.plugins"] = plugins
    templates.install(app)
    return plugins


def _judge_updates(app: Flask, plugins: Registry, data: DataFolder) -> None:
    """An update that did not start gives its place back to the version before."""
    if not plugins.sentinel.is_guest:
        with app.app_context():
            settling.judge_updates(plugins, data, db.engine, app.extensions["loyalapp.before_migration"])


def _add_features(app: Flask, plugins: Registry) -> None:
    """Each feature brings its tables, the addresses of its pages and, where it has some, its answers to hooks."""
    for name in FEATURES:
        package, folder = f"loyalapp.features.{name}", PACKAGE / "features" / name
        if (folder / "models.py").is_file():
            importlib.import_module(f"{package}.models")  # what brings back, joins and erases looks at all tables
        app.register_blueprint(late.pages_of(package, folder))
        if (folder / "everywhere.py").is_file():
            app.register_blueprint(importlib.import_module(f"{package}.everywhere").pages)
        if (folder / "hooks.py").is_file():
            plugins.pluggy.register(importlib.import_module(f"{package}.hooks"), name=f"core.{name}")
