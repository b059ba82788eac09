"""What is remembered of each plugin between two starts: on or off, paused, quarantined, and who was being loaded.

Kept in files beside the plugins, not in the database: a plugin that breaks the database or kills the process must
still be known as the culprit at the next start.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from loyalapp.core.logs import log
from loyalapp.core.paths import write_private

ON, OFF, PAUSED, QUARANTINED = "on", "off", "paused", "quarantined"


@dataclass
class PluginState:
    """The remembered choice and fate of one plugin."""

    wish: str = ON
    reason: str = ""


@dataclass
class States:
    """The state file, and beside it the sentinel: a file that names the plugin being loaded just now."""

    file: Path
    plugins: dict[str, PluginState] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> "States":
        """A missing or damaged file is an empty one: it must never stop a start."""
        try:
            raw: dict[str, Any] = json.loads(file.read_text("utf-8"))
            plugins = {
                str(key): PluginState(str(one["wish"]), str(one["reason"])) for key, one in raw["plugins"].items()
            }
            return cls(file, plugins)
        except FileNotFoundError:
            return cls(file)
        except (ValueError, KeyError, TypeError, AttributeError, OSError):
            log.exception("the state of the plugins cannot be read; every plugin is taken as it is shipped")
            return cls(file)

    def of(self, plugin_id: str) -> PluginState:
        """The state of one plugin; a shipped plugin nobody has touched is on."""
        return self.plugins.setdefault(plugin_id, PluginState())

    def save(self) -> None:
        """Write the file, whole or not at all."""
        content = {"plugins": {key: asdict(one) for key, one in self.plugins.items()}}
        write_private(self.file, json.dumps(content, ensure_ascii=False, indent=1).encode())

    def set_wish(self, plugin_id: str, wish: str, reason: str = "") -> None:
        """Remember on, off, paused or quarantined (with the reason, for the plugin's maker)."""
        self.plugins[plugin_id] = PluginState(wish, reason)
        self.save()

    @property
    def _sentinel(self) -> Path:
        return self.file.with_name("starting")

    def starting(self, who: str) -> None:
        """Note who is at work just now: a plugin's id, or `core`. Not flushed to disk: it outlives a dead process."""
        self._sentinel.write_text(who, "utf-8")

    def started(self) -> None:
        """The start went well."""
        self._sentinel.unlink(missing_ok=True)

    def culprit(self) -> str | None:
        """Who was at work when the last start died; None if it went well."""
        try:
            return self._sentinel.read_text("utf-8").strip() or None
        except OSError:
            return None
