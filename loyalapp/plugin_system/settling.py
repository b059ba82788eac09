"""At a start: before any plugin is loaded, what was decided is carried out; after it, a failed update is undone."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from loyalapp.core.logs import log
from loyalapp.core.migrations import migrate, newest, stored
from loyalapp.core.paths import DataFolder, shipped
from loyalapp.plugin_system import discovery
from loyalapp.plugin_system.calls import Registry
from loyalapp.plugin_system.loading import version_table
from loyalapp.plugin_system.places import Places
from loyalapp.plugin_system.refusal import Refusal
from loyalapp.plugin_system.state import States

ROLLED_BACK = "rolled_back"
FAILED_STATES = (discovery.FAILED, discovery.UNREADABLE)


def settle(data: DataFolder, states: States, engine: Engine, before_migration: Callable[[], object]) -> None:
    """Undo the update that killed the last start, put what was announced in its place, tidy up.

    :param before_migration: makes the copy of the database before tables are changed.
    """
    places = Places(data.plugins, shipped("plugins"))
    culprit = states.culprit()
    if culprit and culprit in places.fresh() and _undo(places, culprit, engine, before_migration):
        states.started()  # it was the new version's doing, and that is gone
    for plugin_id in places.coming_ids():
        _bring_data_back(places, plugin_id, engine, before_migration)
    places.settle()


def judge_updates(plugins: Registry, data: DataFolder, engine: Engine, before_migration: Callable[[], object]) -> None:
    """After a start: an update that runs is proven; for one that failed the version before comes back."""
    places = Places(data.plugins, shipped("plugins"))
    for plugin_id in places.fresh():
        plugin = plugins.plugins.get(plugin_id)
        if plugin is None or plugin.status == discovery.RUNNING:
            places.proven(plugin_id)
        elif plugin.status in FAILED_STATES and _undo(places, plugin_id, engine, before_migration):
            plugin.reason = ROLLED_BACK


def _undo(places: Places, plugin_id: str, engine: Engine, before_migration: Callable[[], object]) -> bool:
    old = places.before(plugin_id)
    if old is None:
        return False
    try:
        bring_data_back(engine, plugin_id, places.installed(plugin_id), old, before_migration)
    except Refusal as refusal:
        log.error("the update of %s failed and cannot be undone: %s", plugin_id, refusal.details)
        return False
    log.error("the update of %s did not start; the version before it is back", plugin_id)
    return places.put_back(plugin_id)


def _bring_data_back(places: Places, plugin_id: str, engine: Engine, before_migration: Callable[[], object]) -> None:
    """Where an older version comes, its tables go back first; if they cannot, the newer version stays."""
    here, there = places.installed(plugin_id), places.arriving(plugin_id)
    try:
        bring_data_back(engine, plugin_id, here, there, before_migration)
    except Refusal as refusal:
        log.error("%s cannot go back to the version before: %s", plugin_id, refusal.details)
        places.take_back(plugin_id)


def bring_data_back(
    engine: Engine, plugin_id: str, here: Path, there: Path, before: Callable[[], object] | None = None
) -> None:
    """Take the plugin's tables back to what an older version knows, unless they are that already.

    :param before: called before anything changes; makes the copy of the database.
    :raises Refusal: `cannot_go_back`; then everything is as before.
    """
    at = stored(engine, version_table(plugin_id))
    if at is None or not (here / "migrations").is_dir() or (there / "migrations" / "versions" / f"{at}.py").is_file():
        return
    if before is not None:
        before()
    try:
        migrate(engine, here / "migrations", version_table(plugin_id), newest(there / "migrations") or "base")
    except Exception as error:  # -- it is raised again as what it means
        raise Refusal("cannot_go_back", details=f"{type(error).__name__}: {error}") from error
