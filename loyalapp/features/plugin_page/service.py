"""What can be wished of plugins, and what is said about each."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask import current_app

from loyalapp.core.i18n import _
from loyalapp.core.paths import shipped
from loyalapp.features.plugin_page import news
from loyalapp.plugin_system import discovery, signatures, state, supervision
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.discovery import Plugin
from loyalapp.plugin_system.manifest import BadManifest, read_manifest
from loyalapp.plugin_system.places import Places
from loyalapp.plugin_system.settling import AT_RUN, ROLLED_BACK

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
    action: str
    whom: str
    is_wished_on: bool
    before: str | None
    coming: str | None
    may_go: bool
    news: list[news.News]


def cards(language: str) -> list[Card]:
    """Every plugin by name, first those that somebody installed, each with one sentence and one button."""
    plugins = registry()
    return sorted(
        (_card(one, plugins.states.of(one.id).wish == state.ON, language) for one in plugins.plugins.values()),
        key=lambda one: (one.plugin.shipped, one.name),
    )


def _card(plugin: Plugin, is_wished_on: bool, language: str) -> Card:
    stamp, dye, sentence = _fate(plugin)
    if plugin.reason == ROLLED_BACK:
        sentence = _("The new version did not start. The version before it is back with the next start.")
    button, action, whom = _button(plugin, is_wished_on=is_wished_on)
    places = _places()
    card = Card(
        plugin,
        plugin.name(language),
        plugin.summary(language),
        stamp,
        dye,
        sentence,
        button,
        action,
        whom,
        is_wished_on,
        before=places.version_before(plugin.id),
        coming=_coming(plugin),
        may_go=places.installed(plugin.id).is_dir(),
        news=news.of(plugin),
    )
    return _linked(card) if plugin.is_linked else card


def _button(plugin: Plugin, *, is_wished_on: bool) -> tuple[str, str, str]:
    """The one button of a state: its words, the address it sends to, and the plugin that is meant."""
    if plugin.status in news.TROUBLES:
        words, whom = news.button(plugin)
        return (words, "start", whom) if words else (_("Switch off"), "switch_off", plugin.id)
    if is_wished_on:
        return _("Switch off"), "switch_off", plugin.id
    return _("Switch on"), "switch_on", plugin.id


def _linked(card: Card) -> Card:
    """A plugin under development cannot be switched off, changed or removed: it is there for this run only."""
    if card.plugin.status == discovery.RUNNING:
        card = replace(card, stamp=_("Under development"), dye="indigo")
    return replace(card, button="", is_wished_on=True, before=None, coming=None, may_go=False)


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
        discovery.PAUSED: (_("Paused"), "madder", _why_paused(plugin.reason)),
        discovery.QUARANTINED: (
            _("Left out"),
            "madder",
            _("LoyalApp stopped while this plugin was at work, so the plugin was left out. Your data is safe.")
            if plugin.reason == AT_RUN
            else _("It did not come to an end while LoyalApp was starting, so it was left out. Your data is safe.")
            if plugin.reason == supervision.HUNG
            else _("LoyalApp stopped while this plugin was starting, so the plugin was left out. Your data is safe."),
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
            _("It needs the plugin %(name)s, which is not running.", name=news.name_of(plugin.reason)),
        ),
        discovery.SAFE_MODE: (_("Safe mode"), "marigold", _("LoyalApp was started without plugins this time.")),
    }[plugin.status]


def _why_paused(reason: str) -> str:
    return {
        supervision.SLOW: _("It answered too slowly again and again, so we paused it. Your data is safe."),
        supervision.HUNG: _("It did not come to an end, so we stopped it. Your data is safe."),
        supervision.FULL: _("It took nearly all of the memory, so we stopped it. Your data is safe."),
        supervision.PAGE: _("One of its pages failed three times, so we paused it. Your data is safe."),
    }.get(supervision.kind_of_pause(reason), _("It failed three times, so we paused it. Your data is safe."))


def switch_on(plugin_id: str) -> None:
    """From the next start on it runs."""
    registry().states.set_wish(plugin_id, state.ON)


def switch_off(plugin_id: str) -> bool:
    """From the next start on it does not run; its data stays. Answers whether it is off already: it did not run."""
    plugins = registry()
    plugins.states.set_wish(plugin_id, state.OFF)
    plugin = plugins.plugins.get(plugin_id)
    if plugin is None or plugin.module is not None or plugin.status == discovery.SAFE_MODE:
        return False
    plugin.status, plugin.reason = discovery.OFF, ""
    return True


def is_restart_needed() -> bool:
    """Whether a wish is waiting for the next start."""
    plugins = registry()
    return bool(_places().coming_ids()) or any(
        (plugins.states.of(one.id).wish == state.ON) != (one.status == discovery.RUNNING)
        for one in plugins.plugins.values()
        if not one.is_linked
        and one.status in (discovery.RUNNING, discovery.OFF, discovery.PAUSED, discovery.QUARANTINED)
    )
