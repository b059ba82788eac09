"""The way back and the way out: to the version before, and out of the house with or without its data."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine

from loyalapp.core.clock import now
from loyalapp.core.db import copy_database, engine_options
from loyalapp.core.paths import write_private
from loyalapp.plugin_system import leftovers, state
from loyalapp.plugin_system.installer import Installer
from loyalapp.plugin_system.refusal import Refusal
from loyalapp.plugin_system.settling import bring_data_back
from loyalapp.plugin_system.signatures import Trusted

# ---- back ----


def go_back(installer: Installer, plugin_id: str, engine: Engine) -> bool:
    """Let the version before take the place again; True where it lies there now, False where the next start does it.

    :raises Refusal: `no_previous`, or `cannot_go_back` where its tables cannot be brought back to their older form.
    """
    places = installer.places
    folder = places.previous(plugin_id)
    if folder is None:
        raise Refusal("no_previous")
    _rehearse(installer, plugin_id, folder, engine)
    if folder.parent == places.shipped:
        places.take_back(plugin_id)
        write_private(places.leaving(plugin_id), b"")
    else:
        places.announce(plugin_id, folder)
    if installer.plugins.states.of(plugin_id).wish == state.ON:
        return False
    try:
        bring_data_back(engine, plugin_id, places.installed(plugin_id), places.arriving(plugin_id))
    except Refusal:
        places.take_back(plugin_id)
        raise
    installer.arrive(plugin_id)
    return True


def _rehearse(installer: Installer, plugin_id: str, folder: Path, engine: Engine) -> None:
    """Bring a copy of the data back first (SQLite; PostgreSQL takes the attempt itself back whole)."""
    if engine.dialect.name != "sqlite":
        return
    copy = installer.data.work / f"rehearsal-{plugin_id}.sqlite3"
    copy_database(engine, copy)
    address, options = engine_options(None, copy)
    rehearsal = create_engine(address, **options)
    try:
        bring_data_back(rehearsal, plugin_id, installer.places.installed(plugin_id), folder)
    finally:
        rehearsal.dispose()
        for one in installer.data.work.glob(f"{copy.name}*"):
            one.unlink(missing_ok=True)


# ---- out ----


def remove(installer: Installer, plugin_id: str, how: str, engine: Engine) -> Path | None:
    """Take an installed plugin away; answers where the copy of its data lies, if there is one.

    :param how: `keep` the data, `save` a copy and delete it, or `delete` it.
    :raises Refusal: `shipped`, `gone`, `needed_by`, or `full` for the copy; then nothing has changed.
    """
    plugins = installer.plugins
    plugin = plugins.plugins.get(plugin_id)
    if plugin is None:
        raise Refusal("gone")
    if plugin.shipped and not installer.places.installed(plugin_id).is_dir():
        raise Refusal("shipped")
    _check_not_needed(installer, plugin_id)
    present = set(plugins.plugins)
    copy = save_copy(installer, plugin_id, engine, present) if how == leftovers.SAVE else None
    _take_out_of_run(installer, plugin_id)
    if how == leftovers.KEEP:
        _remember(installer, plugin_id)
    installer.places.take_out(plugin_id)
    plugins.plugins.pop(plugin_id, None)
    plugins.states.forget(plugin_id)
    if how != leftovers.KEEP:
        delete_data(installer, plugin_id, engine, present)
    installer.places.tidy()
    return copy


def _check_not_needed(installer: Installer, plugin_id: str) -> None:
    """By one that runs or is to run; the command line, and the window in safe mode, run none."""
    plugins = installer.plugins
    for other in plugins.plugins.values():
        is_on = other.module is not None or plugins.states.of(other.id).wish == state.ON
        if is_on and other.manifest is not None and plugin_id in other.manifest.needs:
            raise Refusal("needed_by", name=other.id)


def _take_out_of_run(installer: Installer, plugin_id: str) -> None:
    """Its pages are not found any more and nobody asks it; what it had imported goes with the process."""
    plugins = installer.plugins
    if plugins.pluggy.has_plugin(plugin_id):
        plugins.pluggy.unregister(name=plugin_id)
    plugins.plugins[plugin_id].module = None


def save_copy(installer: Installer, plugin_id: str, engine: Engine, present: set[str]) -> Path:
    """Write all rows of a plugin into the exports folder.

    :raises Refusal: `full`.
    """
    target = installer.data.exports / f"{plugin_id}-{now():%Y%m%d-%H%M%S}.json"
    try:
        leftovers.save_copy(engine, plugin_id, present, target)
    except OSError as error:
        raise Refusal("full", details=str(error)) from error
    return target


def delete_data(installer: Installer, plugin_id: str, engine: Engine, present: set[str]) -> None:
    """Drop its tables, and forget who signed it."""
    leftovers.delete(engine, plugin_id, present)
    Trusted.read(installer.places.trusted).forget(plugin_id)
    names = _names(installer)
    if names.pop(plugin_id, None):
        _write_names(installer, names)


# ---- what stayed behind ----


def names_of_kept(installer: Installer) -> dict[str, dict[str, str]]:
    """What the plugins were called whose data was kept, by id and language."""
    return {plugin_id: dict(names) for plugin_id, names in _names(installer).items() if isinstance(names, dict)}


def _remember(installer: Installer, plugin_id: str) -> None:
    manifest = installer.plugins.plugins[plugin_id].manifest
    if manifest is not None:
        _write_names(installer, {**_names(installer), plugin_id: manifest.name})


def _names(installer: Installer) -> dict[str, Any]:
    try:
        found = json.loads((installer.places.root / "kept.json").read_text("utf-8"))
        return found if isinstance(found, dict) else {}
    except (OSError, ValueError):
        return {}


def _write_names(installer: Installer, names: dict[str, Any]) -> None:
    write_private(installer.places.root / "kept.json", json.dumps(names, ensure_ascii=False, indent=1).encode())
