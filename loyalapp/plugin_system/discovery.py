"""Finds the plugins that are there, shipped or installed, and the order in which they can be loaded."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from loyalapp.core.i18n import Texts
from loyalapp.plugin_system.manifest import BadManifest, Manifest, in_range, read_manifest, version_numbers
from loyalapp.plugin_system.records import Record

# What became of a plugin in this run. Each has one sentence and one button on the Plugins page.
RUNNING, OFF, PAUSED, QUARANTINED = "running", "off", "paused", "quarantined"
UNREADABLE, INCOMPATIBLE, MISSING_NEED, FAILED, SAFE_MODE = (
    "unreadable",
    "incompatible",
    "missing_need",
    "failed",
    "safe_mode",
)


@dataclass
class Plugin:
    """One plugin in this run: what it says of itself, and what became of it."""

    id: str
    folder: Path
    shipped: bool
    manifest: Manifest | None = None
    is_linked: bool = False
    status: str = OFF
    reason: str = ""
    details: str = ""
    trace: str = ""
    module: ModuleType | None = None
    texts: Texts | None = None
    load_seconds: float = 0.0
    failures: dict[str, int] = field(default_factory=dict)
    record: Record = field(default_factory=Record)

    def name(self, language: str) -> str:
        """Its name in a language; its id where the manifest cannot be read."""
        return self.manifest.name[language] if self.manifest else self.id

    def summary(self, language: str) -> str:
        """Its one sentence in a language."""
        return self.manifest.summary[language] if self.manifest else ""


def link(folder: Path) -> Plugin:
    """A plugin under development: used straight from its maker's folder, in this run only, and on whatever was wished.

    Nothing is remembered of it, so that the next ordinary start knows nothing of it.
    """
    plugin = _candidate(folder, is_shipped=False)
    plugin.is_linked = True
    return plugin


def discover(shipped: Path, installed: Path) -> dict[str, Plugin]:
    """All plugins by id. An installed one of the same id takes the place of a shipped one."""
    found = {}
    for home, is_shipped in ((shipped, True), (installed, False)):
        if home.is_dir():
            for folder in sorted(home.iterdir()):
                if folder.is_dir() and not folder.name.startswith((".", "_")):
                    found[folder.name] = _candidate(folder, is_shipped)
    return found


def _candidate(folder: Path, is_shipped: bool) -> Plugin:
    plugin = Plugin(folder.name, folder, is_shipped)
    try:
        plugin.manifest = read_manifest(folder)
    except BadManifest as error:
        plugin.status, plugin.details = UNREADABLE, str(error)
    return plugin


def in_order(plugins: Iterable[Plugin]) -> list[Plugin]:
    """Sorted so that what a plugin needs comes before it; what cannot be satisfied is marked and left out."""
    waiting = {one.id: one for one in plugins if one.manifest}
    ordered: list[Plugin] = []
    while waiting:
        ready = [one for one in waiting.values() if not (set(_needs(one)) & waiting.keys() - {one.id})]
        for plugin in sorted(ready or waiting.values(), key=lambda one: one.id):
            del waiting[plugin.id]
            ordered.append(plugin)
            if not ready:
                break
    return ordered


def unmet_need(plugin: Plugin, running: dict[str, Plugin]) -> str | None:
    """The id of the first plugin that this one needs and that does not run in a fitting version."""
    for needed, wanted in _needs(plugin).items():
        other = running.get(needed)
        if other is None or other.manifest is None or not in_range(version_numbers(other.manifest.version), wanted):
            return needed
    return None


def _needs(plugin: Plugin) -> dict[str, str]:
    return plugin.manifest.needs if plugin.manifest else {}
