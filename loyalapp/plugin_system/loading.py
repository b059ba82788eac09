"""Loads the plugins at startup, each in isolation: one that fails is named and left out, everything else runs."""

import importlib
import sys
import threading
import time
import types
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import registry as orm_registry

from loyalapp.core import patience
from loyalapp.core.db import db
from loyalapp.core.errors import NewerData
from loyalapp.core.i18n import Texts
from loyalapp.core.logs import log
from loyalapp.core.migrations import is_behind, migrate
from loyalapp.plugin_system import budgets, checking, discovery, pages, state, supervision
from loyalapp.plugin_system.calls import Registry
from loyalapp.plugin_system.checking import BadPlugin
from loyalapp.plugin_system.discovery import Plugin
from loyalapp.plugin_system.reports import trace
from loyalapp.plugin_system.starting import CORE, NOBODY
from loyalapp.plugin_system.templates import speak_plugin_words
from loyalapp.plugin_system.whereabouts import said

RESERVED = frozenset(
    {"core", "details", "forms", "install", "installed", "kept", "loyalapp", "restart", "seen", "static", "ui"}
)


def load_plugins(app: Flask, plugins: Registry) -> None:
    """Load every plugin that is wanted and fits, in the order of what they need."""
    for plugin in discovery.in_order(plugins.plugins.values()):
        plugin.status, plugin.reason = _verdict(plugins, plugin)
        if plugin.status == discovery.RUNNING:
            _load_safely(app, plugins, plugin)
    plugins.sentinel.at_work(CORE)


def _verdict(plugins: Registry, plugin: Plugin) -> tuple[str, str]:
    """Whether a plugin may run, before any of its code has run."""
    wish = state.PluginState() if plugin.is_linked else plugins.states.of(plugin.id)
    if wish.wish in (state.OFF, state.PAUSED, state.QUARANTINED):
        plugin.trace = wish.details
        return wish.wish, wish.reason
    if plugins.safe_mode:
        return discovery.SAFE_MODE, ""
    if plugin.manifest is None or not plugin.manifest.fits():
        return discovery.INCOMPATIBLE, plugin.manifest.api if plugin.manifest else ""
    if missing := discovery.unmet_need(plugin, plugins.running):
        return discovery.MISSING_NEED, missing
    return discovery.RUNNING, ""


def _load_safely(app: Flask, plugins: Registry, plugin: Plugin) -> None:
    begun = time.perf_counter()
    plugins.sentinel.at_work(_who(plugin))
    try:
        _load(app, plugins, plugin)
    except BaseException as error:  # -- a plugin must not stop the start, whatever it raises
        if isinstance(error, KeyboardInterrupt) and threading.current_thread() is threading.main_thread():
            raise  # the user pressed Ctrl+C
        log.exception("plugin %s could not be loaded", plugin.id)
        _take_out(plugins, plugin)
        plugin.status = discovery.FAILED
        plugin.details, plugin.trace = (
            said(error, plugin.folder),
            trace(error, plugin.folder, is_ours=isinstance(error, BadPlugin)),
        )
        if isinstance(error, (patience.TookTooLong, patience.TookTooMuch)):
            _leave_out(plugins, plugin)  # the next start would wait as long again
    plugin.load_seconds = time.perf_counter() - begun


def _who(plugin: Plugin) -> str:
    """Whom the next start would blame; of one under development it knows nothing."""
    return NOBODY if plugin.is_linked else plugin.id


def _leave_out(plugins: Registry, plugin: Plugin) -> None:
    plugin.status, plugin.reason = discovery.QUARANTINED, supervision.HUNG
    if not plugin.is_linked:
        plugins.states.set_wish(plugin.id, state.QUARANTINED, plugin.reason, plugin.trace)


def _load(app: Flask, plugins: Registry, plugin: Plugin) -> None:
    if plugin.id in RESERVED or plugin.id in app.blueprints:
        raise BadPlugin(f"the name {plugin.id} is taken by LoyalApp itself")
    module = patience.run(lambda: import_plugin(plugin.id, plugin.folder), budgets.LOADING)
    checking.check_hooks(plugins, plugin, module)
    checking.check_tables(plugin)
    _migrate_tables(app, plugins, plugin)
    plugin.texts = Texts(plugin.id, plugin.folder / "translations", app.extensions["loyalapp.data"].work)
    speak_plugin_words(app, plugin.id, plugin.texts)
    _add_pages(app, plugins, plugin, module)
    plugin.module = module


def _take_out(plugins: Registry, plugin: Plugin) -> None:
    """pluggy's register() leaves half a plugin behind when it fails."""
    if plugins.pluggy.has_plugin(plugin.id):
        plugins.pluggy.unregister(name=plugin.id)
    plugin.module = None
    _dispose_mappers(plugin)
    _forget(plugin.id)


def _dispose_mappers(plugin: Plugin) -> None:
    """A mapper that cannot be configured would be tried again with every change of a core row it points at."""
    base = getattr(sys.modules.get(f"plugins.{plugin.id}.models"), "Base", None)
    if isinstance(found := getattr(base, "registry", None), orm_registry):
        found.dispose()


def import_plugin(plugin_id: str, folder: Path) -> types.ModuleType:
    """Import `plugins.<id>.plugin` from its folder: shipped or installed, one name for code, tests and tools."""
    package = sys.modules.get(f"plugins.{plugin_id}")
    if package is None or list(package.__path__) != [str(folder)]:
        if package is not None:
            _forget(plugin_id)
        home = sys.modules.setdefault("plugins", _empty_package("plugins", []))
        package = _empty_package(f"plugins.{plugin_id}", [str(folder)])
        sys.modules[package.__name__] = package
        setattr(home, plugin_id, package)
    return importlib.import_module(f"plugins.{plugin_id}.plugin")


def _empty_package(name: str, path: list[str]) -> types.ModuleType:
    package = types.ModuleType(name)
    package.__path__ = path
    return package


def _forget(plugin_id: str) -> None:
    for name in [
        one for one in sys.modules if one == f"plugins.{plugin_id}" or one.startswith(f"plugins.{plugin_id}.")
    ]:
        del sys.modules[name]


def migrations_folder(plugin: Plugin) -> Path:
    """Where a plugin keeps its migrations."""
    return plugin.folder / "migrations"


def version_table(plugin_id: str) -> str:
    """Each plugin has a version table of its own: a shared one stops the core when a plugin's folder goes."""
    return f"plg_{plugin_id}_version"


def _migrate_tables(app: Flask, plugins: Registry, plugin: Plugin) -> None:
    folder = migrations_folder(plugin)
    if not folder.is_dir():
        return
    with app.app_context():
        try:
            behind = is_behind(db.engine, folder, version_table(plugin.id))
        except NewerData as error:
            raise BadPlugin(f"its data is from a newer version ({error})") from error
        if behind:
            plugins.sentinel.at_work(CORE)  # the copy may take long, and is not the plugin's doing
            app.extensions["loyalapp.before_migration"]()
            plugins.sentinel.at_work(_who(plugin), 3 * budgets.MIGRATING)
            patience.run(lambda: migrate(db.engine, folder, version_table(plugin.id)), budgets.MIGRATING)


def _add_pages(app: Flask, plugins: Registry, plugin: Plugin, module: types.ModuleType) -> None:
    checking.check_templates(app, plugin)
    make = getattr(module, "pages", None)
    pages.add(app, plugins, plugin, patience.run(make, budgets.LOADING) if make else pages.Pages(plugin.id, __name__))
