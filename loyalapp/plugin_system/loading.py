"""Loads the plugins at startup, each in isolation: one that fails is named and left out, everything else runs."""

import importlib
import sys
import time
import types
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask
from jinja2 import FileSystemLoader
from sqlalchemy.orm import RelationshipProperty
from sqlalchemy.orm import registry as orm_registry

from loyalapp.core.db import db
from loyalapp.core.i18n import Texts
from loyalapp.core.logs import log
from loyalapp.core.migrations import NewerData, is_behind, migrate
from loyalapp.plugin_system import discovery, state
from loyalapp.plugin_system.calls import Registry
from loyalapp.plugin_system.discovery import Plugin
from loyalapp.plugin_system.templates import speak_plugin_words

RESERVED = frozenset({"core", "forms", "install", "installed", "kept", "loyalapp", "restart", "static", "ui"})


class BadPlugin(Exception):
    """The plugin breaks a rule of the contract; the text says which, for its author."""


def load_plugins(app: Flask, plugins: Registry) -> None:
    """Load every plugin that is wanted and fits, in the order of what they need."""
    for plugin in discovery.in_order(plugins.plugins.values()):
        plugin.status, plugin.reason = _verdict(plugins, plugin)
        if plugin.status == discovery.RUNNING:
            _load_safely(app, plugins, plugin)


def _verdict(plugins: Registry, plugin: Plugin) -> tuple[str, str]:
    """Whether a plugin may run, before any of its code has run."""
    wish = plugins.states.of(plugin.id)
    if wish.wish in (state.OFF, state.PAUSED, state.QUARANTINED):
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
    plugins.states.starting(plugin.id)
    try:
        _load(app, plugins, plugin)
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- a plugin must not stop the start
        log.exception("plugin %s could not be loaded", plugin.id)
        _take_out(plugins, plugin)
        plugin.status = discovery.FAILED
        plugin.details = f"{type(error).__name__}: {error}"
    plugin.load_seconds = time.perf_counter() - begun


def _load(app: Flask, plugins: Registry, plugin: Plugin) -> None:
    if plugin.id in RESERVED or plugin.id in app.blueprints:
        raise BadPlugin(f"the name {plugin.id} is taken by LoyalApp itself")
    module = import_plugin(plugin.id, plugin.folder)
    _check_hooks(plugins, plugin, module)
    _check_tables(plugin)
    _migrate_tables(app, plugin)
    plugin.texts = Texts(plugin.id, plugin.folder / "translations", app.extensions["loyalapp.data"].work)
    speak_plugin_words(app, plugin.id, plugin.texts)
    _add_pages(app, plugin, module)
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


def _check_hooks(plugins: Registry, plugin: Plugin, module: types.ModuleType) -> None:
    plugins.pluggy.register(module, name=plugin.id)
    for hook in plugins.pluggy.get_hookcallers(module) or []:
        if not hook.has_spec():
            raise BadPlugin(f"there is no hook called {hook.name}")
        if any(one.plugin is module and (one.wrapper or one.hookwrapper) for one in hook.get_hookimpls()):
            raise BadPlugin(f"{hook.name} may not be a wrapper")


def _check_tables(plugin: Plugin) -> None:
    models = sys.modules.get(f"plugins.{plugin.id}.models")
    if models is None:
        return
    base = getattr(models, "Base", None)
    if base is None:
        raise BadPlugin("models.py needs a class Base with metadata = sdk.metadata(id)")
    for table in base.metadata.tables.values():
        if not table.name.startswith(f"plg_{plugin.id}_"):
            raise BadPlugin(f"the table {table.name} must begin with plg_{plugin.id}_")
        for key in table.foreign_keys:
            _ = key.column  # a wrong name fails here and not on a page
    _check_relationships(base)
    base.registry.configure(cascade=True)


def _check_relationships(base: Any) -> None:
    """A relationship that writes itself into a core class would outlive the plugin, and break the core with it."""
    for mapper in base.registry.mappers:
        for name, found in mapper._props.items():  # noqa: SLF001 -- the public way would configure the mappers first
            if isinstance(found, RelationshipProperty) and (found.backref or found.back_populates):
                target = found.argument if isinstance(found.argument, type) else None
                if target is not None and not issubclass(target, base):
                    raise BadPlugin(f"{mapper.class_.__name__}.{name} may not have a backref into a core class")


def migrations_folder(plugin: Plugin) -> Path:
    """Where a plugin keeps its migrations."""
    return plugin.folder / "migrations"


def version_table(plugin_id: str) -> str:
    """Each plugin has a version table of its own: a shared one stops the core when a plugin's folder goes."""
    return f"plg_{plugin_id}_version"


def _migrate_tables(app: Flask, plugin: Plugin) -> None:
    folder = migrations_folder(plugin)
    if not folder.is_dir():
        return
    with app.app_context():
        try:
            behind = is_behind(db.engine, folder, version_table(plugin.id))
        except NewerData as error:
            raise BadPlugin(f"its data is from a newer version ({error})") from error
        if behind:
            app.extensions["loyalapp.before_migration"]()
            migrate(db.engine, folder, version_table(plugin.id))


def _add_pages(app: Flask, plugin: Plugin, module: types.ModuleType) -> None:
    make = getattr(module, "pages", None)
    pages = make() if make else Blueprint(plugin.id, __name__)
    if not isinstance(pages, Blueprint) or pages.name != plugin.id:
        raise BadPlugin("pages() must answer with sdk.blueprint(id)")
    _check_templates(app, plugin)
    pages.template_folder = str(plugin.folder / "templates")
    app.register_blueprint(pages, url_prefix=f"/plugins/{plugin.id}")


def _check_templates(app: Flask, plugin: Plugin) -> None:
    """A template that cannot be compiled is found now and not when a customer stands at the counter."""
    folder = plugin.folder / "templates"
    strangers = [one.name for one in folder.iterdir() if one.name != plugin.id] if folder.is_dir() else []
    if strangers:
        raise BadPlugin(f"templates must lie in templates/{plugin.id}/, not {strangers[0]}")
    loader = FileSystemLoader(str(folder))
    for name in loader.list_templates():
        loader.load(app.jinja_env, name)
