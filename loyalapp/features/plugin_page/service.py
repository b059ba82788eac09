"""What can be wished of plugins, and what is said about each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import current_app

from loyalapp.core.i18n import _
from loyalapp.core.paths import shipped
from loyalapp.plugin_system import discovery, signatures, state
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.discovery import Plugin
from loyalapp.plugin_system.manifest import BadManifest, read_manifest
from loyalapp.plugin_system.places import Places
from loyalapp.plugin_system.settling import ROLLED_BACK

if TYPE_CHECKING:
    from loyalapp.plugin_system.installer import Review


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
    before: str | None
    coming: str | None
    may_go: bool


def cards(language: str) -> list[Card]:
    """Every plugin by name, each with one sentence and one button."""
    plugins = registry()
    return sorted(
        (_card(one, plugins.states.of(one.id).wish == state.ON, language) for one in plugins.plugins.values()),
        key=lambda one: one.name,
    )


def _card(plugin: Plugin, is_wished_on: bool, language: str) -> Card:
    stamp, dye, sentence = _fate(plugin)
    if plugin.reason == ROLLED_BACK:
        sentence = _("The new version did not start. The version before it is back with the next start.")
    button = {
        discovery.RUNNING: _("Switch off"),
        discovery.OFF: _("Switch on"),
        discovery.SAFE_MODE: _("Switch off"),
    }.get(plugin.status, _("Try again"))
    if is_wished_on != (plugin.status == discovery.RUNNING) and plugin.status in (discovery.RUNNING, discovery.OFF):
        button = _("Switch on") if plugin.status == discovery.RUNNING else _("Switch off")
    places = _places()
    return Card(
        plugin,
        plugin.name(language),
        plugin.summary(language),
        stamp,
        dye,
        sentence,
        button,
        is_wished_on,
        before=places.version_before(plugin.id),
        coming=_coming(plugin),
        may_go=places.installed(plugin.id).is_dir(),
    )


def _places() -> Places:
    return Places(current_app.extensions["loyalapp.data"].plugins, shipped("plugins"))


def _coming(plugin: Plugin) -> str | None:
    """The version that takes its place with the next start."""
    places = _places()
    arriving = places.arriving(plugin.id)
    try:
        return read_manifest(arriving, any_name=True).version if arriving != places.installed(plugin.id) else None
    except BadManifest:
        return None


def card_of(plugin_id: str, language: str) -> Card | None:
    """One plugin as the page shows it; None where it is not there."""
    plugin = registry().plugins.get(plugin_id)
    return _card(plugin, registry().states.of(plugin_id).wish == state.ON, language) if plugin else None


def shown(review: "Review", language: str) -> dict[str, Any]:
    """What the page of a plugin that waits for the user's yes says."""
    manifest = review.package.manifest
    return {
        "review": review,
        "manifest": manifest,
        "name": manifest.name[language],
        "summary": manifest.summary[language],
        "signer": _signer(review),
        "uses": [
            (*_use(key), reason.get(language) or reason.get("en", ""), key in review.newly_asked)
            for key, reason in manifest.access.items()
        ],
    }


def _use(key: str) -> tuple[str, str]:
    """Sign and word of what a plugin says it uses; a word we do not know is shown as its author wrote it."""
    return {
        "customers": ("people", _("Customers")),
        "interactions": ("list", _("Contacts")),
        "purchases": ("bag", _("Sales")),
        "files": ("file", _("Files")),
        "messages": ("send", _("Messages")),
        "network": ("send", _("Internet")),
        "settings": ("sliders", _("Settings")),
        "today": ("today", _("Today")),
    }.get(key, ("info", key))


def _signer(review: "Review") -> str:
    return {
        signatures.KNOWN: _("Signed by the same maker as the version you have"),
        signatures.NEW: _("Signed by its maker, seen for the first time"),
        signatures.UNSIGNED: _("Not signed by anyone"),
    }[review.signer]


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
    return bool(_places().coming_ids()) or any(
        (plugins.states.of(one.id).wish == state.ON) != (one.status == discovery.RUNNING)
        for one in plugins.plugins.values()
        if one.status in (discovery.RUNNING, discovery.OFF, discovery.PAUSED, discovery.QUARANTINED)
    )
