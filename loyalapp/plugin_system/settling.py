"""At a start: before any plugin is loaded, what was decided is carried out; after it, a failed update is undone.

What is undone by itself, or left out because it killed the program, is written down, so that the user can be told.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy import Engine

from loyalapp.core.logs import log
from loyalapp.core.migrations import migrate, newest, stored
from loyalapp.core.paths import DataFolder, shipped
from loyalapp.plugin_system import discovery, state
from loyalapp.plugin_system.calls import Registry
from loyalapp.plugin_system.discovery import Plugin
from loyalapp.plugin_system.loading import version_table
from loyalapp.plugin_system.places import Places
from loyalapp.plugin_system.refusal import Refusal
from loyalapp.plugin_system.starting import Sentinel
from loyalapp.plugin_system.state import States

ROLLED_BACK = "rolled_back"
UNDONE = "undone:"  # how the news of an undone update is called
AT_START, AT_RUN = "start", "run"
FAILED_STATES = (discovery.FAILED, discovery.UNREADABLE)


def settle(
    data: DataFolder, states: States, sentinel: Sentinel, engine: Engine, before_migration: Callable[[], object]
) -> None:
    """Undo the update that killed the last start, put what was announced in its place, tidy up.

    :param before_migration: makes the copy of the database before tables are changed.
    """
    places = Places(data.plugins, shipped("plugins"))
    culprit = sentinel.culprit
    if culprit and culprit in places.fresh() and _undo(places, states, culprit, engine, before_migration):
        sentinel.is_explained()  # it was the new version's doing, and that is gone
    for plugin_id in places.coming_ids():
        _bring_data_back(places, plugin_id, engine, before_migration)
    places.settle()


def judge_updates(plugins: Registry, data: DataFolder, engine: Engine, before_migration: Callable[[], object]) -> None:
    """After a start: an update that runs is proven; for one that failed the version before comes back."""
    places = Places(data.plugins, shipped("plugins"))
    states = plugins.states
    for plugin_id in places.fresh():
        plugin = plugins.plugins.get(plugin_id)
        if plugin is None or plugin.status == discovery.RUNNING:
            places.proven(plugin_id)
            if states.of(plugin_id).undone:
                states.change(plugin_id, undone="", undone_details="")
        elif _failed_now(plugin) and _undo(
            places, states, plugin_id, engine, before_migration, plugin.trace or plugin.details
        ):
            plugin.reason = ROLLED_BACK
            if plugin.status == discovery.QUARANTINED:
                states.set_wish(plugin_id, state.ON)  # the version before was none that hangs
    for plugin in plugins.running.values():
        _forget_what_was_seen(states, plugin.id)


def _failed_now(plugin: Plugin) -> bool:
    """Whether it was tried in this start, and failed or had to be ended."""
    return plugin.status in FAILED_STATES or (plugin.status == discovery.QUARANTINED and plugin.load_seconds > 0)


def leave_out_culprits(plugins: Registry, last_words: Iterable[str]) -> None:
    """Who killed the last start, or was at work when the last run died, is left out until somebody tries it again."""
    culprits = dict.fromkeys(last_words, AT_RUN)
    if plugins.sentinel.culprit:
        culprits[plugins.sentinel.culprit] = AT_START
    for culprit, when in culprits.items():
        plugin = plugins.plugins.get(culprit)
        if plugin and not plugin.is_linked and plugins.states.of(culprit).wish == state.ON:
            log.error("plugin %s was at work when the program died (%s); it is left out", culprit, when)
            plugins.states.set_wish(culprit, state.QUARANTINED, when)


def _forget_what_was_seen(states: States, plugin_id: str) -> None:
    """It runs: should the same trouble come back, that is news."""
    found = states.of(plugin_id)
    kept = tuple(one for one in found.seen if found.undone and one.startswith(UNDONE))
    if kept != found.seen:
        states.change(plugin_id, seen=kept)


def _undo(
    places: Places,
    states: States,
    plugin_id: str,
    engine: Engine,
    before_migration: Callable[[], object],
    details: str = "",
) -> bool:
    old, version = places.before(plugin_id), places.version(plugin_id)
    if old is None:
        return False
    try:
        bring_data_back(engine, plugin_id, places.installed(plugin_id), old, before_migration)
    except Refusal as refusal:
        log.error("the update of %s failed and cannot be undone: %s", plugin_id, refusal.details)
        return False
    log.error("the update of %s did not start; the version before it is back", plugin_id)
    if not places.put_back(plugin_id):
        return False
    states.change(plugin_id, undone=version or "?", undone_details=details)
    return True


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
