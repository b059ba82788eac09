"""What can be wished of plugins, and what is said about each."""

from dataclasses import dataclass

from loyalapp.core.i18n import _
from loyalapp.plugin_system import discovery, state
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.discovery import Plugin


@dataclass(frozen=True)
class Card:
    """One plugin as the page shows it: stamp, sentence and button."""

    plugin: Plugin
    name: str
    summary: str
    stamp: str
    dye: str
    sentence: str
    button: str
    is_wished_on: bool


def cards(language: str) -> list[Card]:
    """Every plugin by name, each with one sentence and one button."""
    plugins = registry()
    return sorted(
        (_card(one, plugins.states.of(one.id).wish == state.ON, language) for one in plugins.plugins.values()),
        key=lambda one: one.name,
    )


def _card(plugin: Plugin, is_wished_on: bool, language: str) -> Card:
    stamp, dye, sentence = _fate(plugin)
    button = {
        discovery.RUNNING: _("Switch off"),
        discovery.OFF: _("Switch on"),
        discovery.SAFE_MODE: _("Switch off"),
    }.get(plugin.status, _("Try again"))
    if is_wished_on != (plugin.status == discovery.RUNNING) and plugin.status in (discovery.RUNNING, discovery.OFF):
        button = _("Switch on") if plugin.status == discovery.RUNNING else _("Switch off")
    return Card(plugin, plugin.name(language), plugin.summary(language), stamp, dye, sentence, button, is_wished_on)


def _fate(plugin: Plugin) -> tuple[str, str, str]:
    """Stamp, colour and sentence of a state."""
    return {
        discovery.RUNNING: (_("On"), "neem", ""),
        discovery.OFF: (_("Off"), "plain", ""),
        discovery.PAUSED: (_("Paused"), "madder", _("It failed three times, so we paused it. Your data is safe.")),
        discovery.QUARANTINED: (
            _("Left out"),
            "madder",
            _("LoyalApp stopped while this plugin was starting, so the plugin was left out. Your data is safe."),
        ),
        discovery.FAILED: (
            _("Not working"),
            "madder",
            _("It could not be started. Everything else goes on as usual. Please tell its maker."),
        ),
        discovery.INCOMPATIBLE: (_("Does not fit"), "marigold", _("It was made for another version of LoyalApp.")),
        discovery.UNREADABLE: (
            _("Not complete"),
            "marigold",
            _("Its description cannot be read. Please ask its maker for a new file."),
        ),
        discovery.MISSING_NEED: (
            _("Needs another"),
            "marigold",
            _("It needs the plugin %(name)s, which is not running.", name=plugin.reason),
        ),
        discovery.SAFE_MODE: (_("Safe mode"), "marigold", _("LoyalApp was started without plugins this time.")),
    }[plugin.status]


def switch_on(plugin_id: str) -> None:
    """From the next start on it runs."""
    registry().states.set_wish(plugin_id, state.ON)


def switch_off(plugin_id: str) -> None:
    """From the next start on it does not run; its data stays."""
    registry().states.set_wish(plugin_id, state.OFF)


def is_restart_needed() -> bool:
    """Whether a wish is waiting for the next start."""
    plugins = registry()
    return any(
        (plugins.states.of(one.id).wish == state.ON) != (one.status == discovery.RUNNING)
        for one in plugins.plugins.values()
        if one.status in (discovery.RUNNING, discovery.OFF, discovery.PAUSED, discovery.QUARANTINED)
    )
