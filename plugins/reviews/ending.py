"""What stands at the end of a review's page: how they are, what was promised, what we recommend, and how we talked."""

from datetime import date
from typing import Any, NamedTuple

from loyalapp import sdk

from . import levels
from .models import Review

KINDS = ("tip", "upgrade", "addon", "maintenance", "product")
CHANNELS = ("call", "visit", "counter", "whatsapp")
LONGEST_ANSWER = 4000


class Ending(NamedTuple):
    """What stands at the end of a review's page; None stays as it is.

    `promised` and `promised_for` are kept while they are typed, and go to the promise book by a button. `held_on`: the
    day of the talk, where it is copied from a printed sheet.
    """

    mood: str | None = None
    channel: str | None = None
    kind: str | None = None
    recommendation: str | None = None
    reason: str | None = None
    promised: str | None = None
    promised_for: date | None = None
    held_on: date | None = None


def wanted(review: Review, ending: Ending) -> dict[str, Any]:
    """The values of the end as they can be kept."""
    found: dict[str, Any] = {}
    for name, allowed in (("mood", levels.MOODS), ("channel", CHANNELS), ("kind", KINDS)):
        if getattr(ending, name) in allowed:
            found[name] = getattr(ending, name)
    for name in ("recommendation", "reason", "promised"):
        if getattr(ending, name) is not None:
            found[name] = sdk.plain(getattr(ending, name), keep_lines=True)[:LONGEST_ANSWER]
    if ending.promised is not None:
        found["promised_for"] = ending.promised_for
    if ending.promised is not None or ending.held_on:
        found["held_on"] = ending.held_on
    return {name: value for name, value in found.items() if getattr(review, name) != value}
