"""What the head of every page says of plugins: who was left out and why, what can be done, until somebody has seen it.

Everything here is remembered from the start or from the moment it happened; no page asks the database for it.
"""

import zlib
from typing import Any, NamedTuple

from loyalapp.core.i18n import _, current_language, isolate_text, lazy_gettext
from loyalapp.plugin_system import discovery, reports, state, supervision
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.discovery import Plugin
from loyalapp.plugin_system.settling import ROLLED_BACK, UNDONE

SAFE_MODE = "safe_mode"
TROUBLES = (
    discovery.FAILED,
    discovery.PAUSED,
    discovery.QUARANTINED,
    discovery.INCOMPATIBLE,
    discovery.UNREADABLE,
    discovery.MISSING_NEED,
)
HOPELESS = (discovery.INCOMPATIBLE, discovery.UNREADABLE)  # trying again changes nothing
MOST = 2  # more are told in one sentence
SENTENCES = {
    discovery.FAILED: lazy_gettext(
        "The plugin %(name)s is not working and was left out. Everything else goes on, and your data is safe."
    ),
    discovery.PAUSED: lazy_gettext(
        "The plugin %(name)s made trouble and was paused. Everything else goes on, and your data is safe."
    ),
    discovery.QUARANTINED: lazy_gettext(
        "The plugin %(name)s stopped LoyalApp and was left out. Everything else goes on, and your data is safe."
    ),
    supervision.HUNG: lazy_gettext(
        "The plugin %(name)s held up LoyalApp and was left out. Everything else goes on, and your data is safe."
    ),
    discovery.INCOMPATIBLE: lazy_gettext(
        "The plugin %(name)s was made for another version of LoyalApp and was left out. Your data is safe."
    ),
    discovery.UNREADABLE: lazy_gettext(
        "The plugin %(name)s is not complete and was left out. Everything else goes on, and your data is safe."
    ),
}


class News(NamedTuple):
    """One thing that happened, with what can be done about it."""

    plugin_id: str
    key: str
    name: str
    sentence: str
    report: str = ""
    try_again: str = ""  # the plugin that is switched on, and the program started again
    button: str = ""
    may_switch_off: bool = False

    @property
    def is_past(self) -> bool:
        """Whether it is over, and only to be known."""
        return self.key.startswith(UNDONE)

    @property
    def token(self) -> str:
        """What the button “I have seen it” sends."""
        return f"{self.plugin_id}|{self.key}"


def unseen() -> list[News]:
    """What nobody has put away yet."""
    plugins = registry()
    states, told = plugins.states.lately(), []
    for plugin in plugins.plugins.values():
        found = states.get(plugin.id) or state.PluginState()
        told += [one for one in _told(plugin, found) if one.key not in found.seen]
    return told


def of(plugin: Plugin) -> list[News]:
    """What there is to be told of one plugin."""
    return _told(plugin, registry().states.of(plugin.id))


def _told(plugin: Plugin, found: state.PluginState) -> list[News]:
    if not _may_have_a_past(plugin):
        found = state.PluginState()
    told = []
    if plugin.status in TROUBLES and (found.wish != state.OFF or plugin.is_linked):
        told.append(_trouble(plugin, found))
    if found.undone and plugin.reason != ROLLED_BACK:
        told.append(_undone(plugin, found))
    return told


def _may_have_a_past(plugin: Plugin) -> bool:
    return not plugin.is_linked


def _trouble(plugin: Plugin, found: state.PluginState) -> News:
    mark = found.at or f"{zlib.crc32(plugin.details.encode()):x}"
    version = plugin.manifest.version if plugin.manifest else ""
    words, whom = button(plugin)
    return News(
        plugin.id,
        f"{plugin.status}:{version}:{plugin.reason}:{mark}",
        _name(plugin),
        _sentence(plugin, found),
        report(plugin),
        try_again=whom,
        button=words,
        may_switch_off=not plugin.is_linked,
    )


def _undone(plugin: Plugin, found: state.PluginState) -> News:
    sentence = _(
        "The new version %(version)s of %(name)s did not start, so the version before it is back. Your data is safe.",
        version=isolate_text(found.undone, ltr=True),
        name=isolate_text(_name(plugin)),
    )
    return News(plugin.id, f"{UNDONE}{found.undone}", _name(plugin), sentence, _report_of_update(plugin, found))


def _sentence(plugin: Plugin, found: state.PluginState) -> str:
    name = isolate_text(_name(plugin))
    if plugin.reason == ROLLED_BACK:
        return _(
            "The new version %(version)s of %(name)s did not start. The version before it comes back with the next "
            "start, and your data is safe.",
            version=isolate_text(found.undone, ltr=True),
            name=name,
        )
    if plugin.status == discovery.MISSING_NEED:
        return _(
            "The plugin %(name)s is waiting: it needs %(other)s, which is not running.",
            name=name,
            other=isolate_text(name_of(plugin.reason)),
        )
    is_hung = plugin.status == discovery.QUARANTINED and plugin.reason == supervision.HUNG
    return str(SENTENCES[supervision.HUNG if is_hung else plugin.status]) % {"name": name}


def button(plugin: Plugin) -> tuple[str, str]:
    """The button that may help, and the plugin that it switches on."""
    if plugin.is_linked or plugin.status in HOPELESS:
        return "", ""
    if plugin.reason == ROLLED_BACK:
        return _("Restart now"), plugin.id
    other = registry().plugins.get(plugin.reason)
    if plugin.status == discovery.MISSING_NEED:
        if other is None or other.status != discovery.OFF:
            return "", ""
        return _("Switch on %(name)s", name=isolate_text(_name(other))), other.id
    return _("Try again"), plugin.id


def _name(plugin: Plugin) -> str:
    return plugin.name(current_language())


def name_of(plugin_id: str) -> str:
    """What a plugin is called; its id where it is not here."""
    plugin = registry().plugins.get(plugin_id)
    return _name(plugin) if plugin else plugin_id


# ---- for its maker ----


def report(plugin: Plugin) -> str:
    """What can be copied and sent to the plugin's maker; nothing of the customers is in it."""
    found = registry().states.of(plugin.id)
    wanted = f"{plugin.status} {plugin.reason}".strip()
    return reports.report(plugin, wanted, reports.what_is_known(plugin), found.at, registry().plugins.values())


def _report_of_update(plugin: Plugin, found: state.PluginState) -> str:
    what = found.undone_details or "the program stopped while it was starting"
    return reports.report(plugin, f"update to {found.undone} undone", what, "", registry().plugins.values())


# ---- safe mode ----


def safe_mode() -> dict[str, Any] | None:
    """What is said while the program runs without plugins; None where it runs with them."""
    plugins = registry()
    if not plugins.safe_mode:
        return None
    sentence = (
        _("LoyalApp could not open twice in a row, so this time it opened without plugins. Your data is safe.")
        if plugins.sentinel.wants_safe_mode
        else _("LoyalApp is open without plugins this time. Your data is safe.")
    )
    return {"sentence": sentence, "is_seen": plugins.sentinel.is_seen}


# ---- seen ----


def put_away(tokens: list[str]) -> None:
    """Somebody has seen these; they come back when something new happens."""
    plugins = registry()
    for token in tokens:
        plugin_id, _bar, key = token.partition("|")
        if token == SAFE_MODE:
            plugins.sentinel.is_seen = True
        elif plugin_id in plugins.plugins and key in {one.key for one in of(plugins.plugins[plugin_id])}:
            seen = plugins.states.of(plugin_id).seen
            current = {one.key for one in of(plugins.plugins[plugin_id])}
            plugins.states.change(plugin_id, seen=(*(one for one in seen if one in current and one != key), key))
