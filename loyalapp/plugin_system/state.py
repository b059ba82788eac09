"""What is remembered of each plugin between two starts: on or off, paused, left out, and what the user has seen.

Kept in a file beside the plugins, not in the database: a plugin that breaks the database or kills the process must
still be known as the culprit at the next start. The window and the command line may both be at work on the file, so
each change is made to what the file says at that moment, under a lock.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from loyalapp.core.clock import now
from loyalapp.core.locks import held
from loyalapp.core.logs import log
from loyalapp.core.paths import write_private

ON, OFF, PAUSED, QUARANTINED = "on", "off", "paused", "quarantined"
TROUBLES = (PAUSED, QUARANTINED)
Stamp = tuple[int, int, int]
LOOKS_APART = 0.5  # seconds between two looks at the file by what stands on every page


class PluginState(NamedTuple):
    """The remembered choice and fate of one plugin.

    :param reason: what it was doing when it was paused (a hook) or left out (`start` or `run`).
    :param details: what its maker should know of that.
    :param at: when that was, in UTC; a later trouble of the same kind is news again.
    :param undone: the version of an update that did not start and was taken back.
    :param undone_details: what its maker should know of that.
    :param seen: the news of it that the user has put away.
    """

    wish: str = ON
    reason: str = ""
    details: str = ""
    at: str = ""
    undone: str = ""
    undone_details: str = ""
    seen: tuple[str, ...] = ()


@dataclass
class States:
    """The state file."""

    file: Path
    plugins: dict[str, PluginState] = field(default_factory=dict)
    _stamp: Stamp | None = None
    _look_next: float = 0.0
    _guard: threading.RLock = field(default_factory=threading.RLock, repr=False)

    @classmethod
    def read(cls, file: Path) -> "States":
        """A missing or damaged file is an empty one: it must never stop a start."""
        states = cls(file)
        states._look_again()
        return states

    def of(self, plugin_id: str) -> PluginState:
        """The state of one plugin; a shipped plugin nobody has touched is on."""
        self._look_again()
        return self.plugins.get(plugin_id) or PluginState()

    def lately(self) -> Mapping[str, PluginState]:
        """The states that are not as shipped, by plugin, for what stands on every page.

        What another process wrote is seen a moment later.
        """
        if time.monotonic() > self._look_next:
            self._look_again()
            self._look_next = time.monotonic() + LOOKS_APART
        return self.plugins

    def set_wish(self, plugin_id: str, wish: str, reason: str = "", details: str = "") -> None:
        """Remember on, off, paused or left out (with the reason, for the plugin's maker)."""
        at = now().isoformat(timespec="seconds") if wish in TROUBLES else ""
        self.change(plugin_id, wish=wish, reason=reason, details=details, at=at)

    def change(self, plugin_id: str, **facts: Any) -> None:
        """Remember something of one plugin, and leave what is remembered of the others."""
        self._write(lambda there: {**there, plugin_id: there.get(plugin_id, PluginState())._replace(**facts)})

    def forget(self, plugin_id: str) -> None:
        """The plugin is gone."""
        self._write(lambda there: {key: one for key, one in there.items() if key != plugin_id})

    def _write(self, change: Callable[[dict[str, PluginState]], dict[str, PluginState]]) -> None:
        """Write the file, whole or not at all."""
        with self._guard, self._locked():
            self.plugins = change(self._on_disk())
            content = {"plugins": {key: one._asdict() for key, one in self.plugins.items()}}
            write_private(self.file, json.dumps(content, ensure_ascii=False, indent=1).encode())
            self._stamp = self._stamp_now()

    def _look_again(self) -> None:
        """Another process may have written meanwhile."""
        if self._stamp_now() == self._stamp:
            return
        with self._guard, self._locked():
            self._stamp = self._stamp_now()
            self.plugins = self._on_disk()

    def _locked(self) -> Any:
        return held(self.file.with_name("state.lock"), pause=0.01)

    def _stamp_now(self) -> Stamp | None:
        try:
            found = self.file.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _on_disk(self) -> dict[str, PluginState]:
        try:
            raw: dict[str, Any] = json.loads(self.file.read_text("utf-8"))
            return {str(key): _plugin_state(one) for key, one in raw["plugins"].items()}
        except FileNotFoundError:
            return {}
        except (ValueError, KeyError, TypeError, AttributeError, OSError):
            log.exception("the state of the plugins cannot be read; every plugin is taken as it is shipped")
            return {}


def _plugin_state(raw: dict[str, Any]) -> PluginState:
    texts = {key: str(raw.get(key, "")) for key in ("details", "at", "undone", "undone_details")}
    return PluginState(str(raw["wish"]), str(raw["reason"]), seen=tuple(map(str, raw.get("seen", ()))), **texts)
