"""What a plugin has to keep to, looked at while it is loaded: its hooks, its tables, its templates."""

import contextlib
import hashlib
import os
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from jinja2 import FileSystemLoader
from sqlalchemy.orm import RelationshipProperty

from loyalapp import __version__
from loyalapp.plugin_system.discovery import Plugin

if TYPE_CHECKING:
    from loyalapp.plugin_system.calls import Registry


class BadPlugin(Exception):
    """The plugin breaks a rule of the contract; the text says which, for its author."""


def check_hooks(plugins: "Registry", plugin: Plugin, module: types.ModuleType) -> None:
    """Enter its hooks into the catalogue.

    :raises BadPlugin: for one that nobody asks, and for wrappers.
    """
    plugins.pluggy.register(module, name=plugin.id)
    for hook in plugins.pluggy.get_hookcallers(module) or []:
        if not hook.has_spec():
            raise BadPlugin(f"there is no hook called {hook.name}")
        if any(one.plugin is module and (one.wrapper or one.hookwrapper) for one in hook.get_hookimpls()):
            raise BadPlugin(f"{hook.name} may not be a wrapper")


def check_tables(plugin: Plugin) -> None:
    """Whether its tables are its own, and lead to what is there.

    :raises BadPlugin: if not.
    """
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


def check_templates(app: Flask, plugin: Plugin) -> None:
    """A template that cannot be compiled is found now and not when a customer stands at the counter.

    Those of a plugin that were found whole are looked at again when a file of them has changed.

    :raises BadPlugin: if one lies elsewhere than in the plugin's own folder.
    """
    folder = plugin.folder / "templates"
    if not folder.is_dir():
        return
    strangers = [one.name for one in folder.iterdir() if one.name != plugin.id]
    if strangers:
        raise BadPlugin(f"templates must lie in templates/{plugin.id}/, not {strangers[0]}")
    known = app.extensions["loyalapp.data"].work / f"templates-{plugin.id}.txt"
    state = _state_of(folder)
    if known.is_file() and known.read_text("ascii", "replace") == state:
        return
    loader = FileSystemLoader(str(folder))
    for name in loader.list_templates():
        loader.load(app.jinja_env, name)
    with contextlib.suppress(OSError):  # a full disk: they are looked at again next time
        known.write_text(state, "ascii")


def _state_of(folder: Path) -> str:
    """Changes with every change of a file in the folder."""
    made = hashlib.blake2b(f"{__version__} {folder}".encode(), digest_size=16)
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            found = os.stat(os.path.join(place, name))  # noqa: PTH116, PTH118 -- some hundred files at each start
            made.update(f"{place}/{name} {found.st_mtime_ns} {found.st_size}".encode("utf-8", "surrogatepass"))
    return made.hexdigest()
