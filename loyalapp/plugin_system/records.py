"""What is remembered of a plugin's calls in this run: how many, how long, what failed; and the newest of them."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from loyalapp.core.clock import now

NEWEST = 10


@dataclass
class HookRecord:
    """The calls of one hook (or of one page) of a plugin."""

    calls: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    failures: int = 0
    slow_in_a_row: int = 0


class Call(NamedTuple):
    """One call: when it ended, what it was, how long it took, and what it failed on."""

    at: datetime
    what: str
    seconds: float
    fault: str = ""


@dataclass
class Record:
    """Everything that is remembered of one plugin."""

    hooks: dict[str, HookRecord] = field(default_factory=dict)
    newest: deque[Call] = field(default_factory=lambda: deque(maxlen=NEWEST))

    def of(self, what: str) -> HookRecord:
        """The calls of one hook."""
        found = self.hooks.get(what)
        if found is None:
            found = self.hooks[what] = HookRecord()
        return found

    def add(self, what: str, seconds: float, fault: str = "") -> HookRecord:
        """A call has come to its end."""
        record = self.of(what)
        record.calls += 1
        record.seconds += seconds
        record.slowest = max(record.slowest, seconds)
        record.failures += bool(fault)
        self.newest.append(Call(now(), what, seconds, fault))
        return record
