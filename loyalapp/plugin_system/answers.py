"""What hooks answer with: frozen records of ids and plain values, with texts already in the reader's language."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

# The one order of Today (design §7): one next action per customer, the first of these that applies.
TODAY_KINDS = ("problem", "promise", "greeting", "quiet", "checkin", "ending", "review", "suggestion")


def _whole(record: Any, *names: str) -> None:
    """What the core sorts and counts by must be whole numbers; a wrong one is the plugin's fault, in its own call."""
    for name in names:
        if not isinstance(getattr(record, name), int):
            raise TypeError(f"{type(record).__name__}.{name} is a whole number")


@dataclass(frozen=True)
class NavLink:
    """A tab at the edge of the book. `tally` counts what waits there."""

    label: str
    endpoint: str
    icon: str
    order: int = 50
    tally: int = 0

    def __post_init__(self) -> None:
        _whole(self, "order", "tally")


@dataclass(frozen=True)
class QuickAction:
    """A button in the head of every page: something recorded while the customer is on the phone (A3)."""

    label: str
    endpoint: str
    icon: str
    alarm: bool = False


@dataclass(frozen=True)
class TodayEntry:
    """One thing to do for one customer.

    :param key: the same thing has the same key on every day, such as `issues:12`; a finished key does not return.
    :param kind: one of `TODAY_KINDS`.
    :param what: the action, a whole sentence. `why`: the reason, a whole sentence.
    :param url: the page where it gets done; without one, "Done" finishes it on Today.
    :param held: a sentence that says why it waits (a greeting while a problem is open).
    :param unasked: whether it would use up one of the customer's unasked contacts (E4).
    :param weight: within a kind the heavier one comes first.
    """

    key: str
    customer_id: int
    kind: str
    what: str
    why: str = ""
    due_on: date | None = None
    url: str | None = None
    held: str | None = None
    unasked: bool = True
    weight: int = 0

    def __post_init__(self) -> None:
        _whole(self, "customer_id", "weight")
        if self.kind not in TODAY_KINDS or not isinstance(self.key, str):
            raise TypeError(f"TodayEntry needs a text as key and one of {TODAY_KINDS}")


@dataclass(frozen=True)
class Panel:
    """A section beside the customer's page; `template` gets `values`."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    order: int = 50

    def __post_init__(self) -> None:
        _whole(self, "order")


@dataclass(frozen=True)
class CustomerAction:
    """A button on the customer's page."""

    label: str
    url: str
    icon: str
    alarm: bool = False


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened with a customer. `said` is in the customer's own words."""

    at: datetime | date
    kind: str
    icon: str
    title: str
    said: str = ""
    note: str = ""
    url: str | None = None


@dataclass(frozen=True)
class HelpTopic:
    """A page of the manual; `template` holds its text."""

    slug: str
    title: str
    template: str
    order: int = 50

    def __post_init__(self) -> None:
        _whole(self, "order")


@dataclass(frozen=True)
class Example:
    """What example data is built on: the made-up customers by nickname, and the day it is today."""

    customers: dict[str, int]
    today: date


@dataclass(frozen=True)
class Asset:
    """A file of a plugin that the app may serve or typeset."""

    path: Path
