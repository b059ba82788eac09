"""Puts the timeline of one customer together from the features and plugins, a page at a time.

Each page asks every source once, so that the 5,000th entry costs as much as the first. A page begins at a *place*: the
sorting key of its first entry, and how many entries with this key stand on the pages before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from loyalapp.core.matching import Keys, Sought
from loyalapp.core.textkeys import norm
from loyalapp.plugin_system.answers import TIMELINE_KINDS, TimelineEntry
from loyalapp.plugin_system.calls import ask

PAGE = 50
SIFTED = 1000  # so many of each source are looked through for one page of what somebody seeks
FARTHEST = 20_000  # entries with one and the same day
Keyed = tuple[str, TimelineEntry]


@dataclass(frozen=True)
class Place:
    """Where a page begins: at this key, after so many entries that have it too."""

    key: str
    skip: int

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """What `text` made; None for anything else."""
        key, _comma, skip = text.partition(",")
        try:
            place = cls(key, int(skip))
            place.moment()
        except (ValueError, OverflowError):
            return None
        return place if 0 <= place.skip <= FARTHEST else None

    def text(self) -> str:
        """How it stands in an address."""
        return f"{self.key},{self.skip}"

    def moment(self) -> datetime:
        """Until when the sources are asked."""
        return datetime.fromisoformat(self.key).astimezone(UTC)


@dataclass(frozen=True)
class Part:
    """One page of the timeline; `older` is the place of the next, None at the end.

    `is_cut`: a search has not yet looked through everything, though fewer than a page were found.
    """

    entries: Sequence[TimelineEntry]
    older: Place | None
    is_cut: bool = False


def part(customer_id: int, place: Place | None = None, kind: str = "", words: str = "") -> Part:
    """A page of the timeline, the newest first.

    :param kind: one of `TIMELINE_KINDS`, to see only those. `words`: to see only what holds them, in any script.
    """
    is_sifted = kind in TIMELINE_KINDS or bool(norm(words))
    limit = (SIFTED if is_sifted else PAGE) + 1 + (place.skip if place else 0)
    found, is_all = _found(customer_id, place, limit)
    wanted = _sift(found, kind, words) if is_sifted else found
    shown = [entry for _key, entry in wanted[:PAGE]]
    if len(wanted) > PAGE:
        return Part(shown, _after(found, place, wanted[PAGE - 1]))
    return Part(shown, None if is_all or not found else _after(found, place, found[-1]), is_cut=not is_all)


def about(entry: TimelineEntry) -> str:
    """What the timeline is sifted by."""
    told = entry.about or entry.kind
    return told if told in TIMELINE_KINDS else "other"


def _keyed(entry: TimelineEntry) -> Keyed:
    """An entry with what it is sorted by; a day is its first moment, so that what happened on it stands above."""
    at = entry.at
    moment = at.astimezone(UTC) if isinstance(at, datetime) else datetime.combine(at, time(), UTC)
    return moment.isoformat(), entry


def _found(customer_id: int, place: Place | None, limit: int) -> tuple[list[Keyed], bool]:
    """The entries of all sources together from a place on, the newest first, and whether these are all.

    Every source answers with its newest `limit`, so that among as many of all of them none is missing.
    """
    until = place.moment() if place else None
    found = ask("timeline_entries", _keyed, customer_id=customer_id, limit=limit, until=until)
    if place:
        found = [one for one in found if one[0] <= place.key]
    found.sort(key=lambda one: one[0], reverse=True)
    return found[place.skip if place else 0 : limit], len(found) < limit


def _after(found: list[Keyed], place: Place | None, last: Keyed) -> Place:
    """The place behind an entry."""
    before = next(number for number, one in enumerate(found) if one is last)
    same = sum(one[0] == last[0] for one in found[: before + 1])
    return Place(last[0], same + (place.skip if place and place.key == last[0] else 0))


def _sift(entries: list[Keyed], kind: str, words: str) -> list[Keyed]:
    wanted = _Wanted(words)
    return [
        one
        for one in entries
        if (kind not in TIMELINE_KINDS or about(one[1]) == kind) and (not wanted.words or wanted.in_(one[1]))
    ]


class _Wanted:
    """Words that are looked for: as they are typed, or in another spelling or script; figures only as they are."""

    def __init__(self, words: str) -> None:
        self.words = norm(words).split()
        self.figures = [one for one in self.words if any(map(str.isdigit, one))]
        self.letters = " ".join(one for one in self.words if one not in self.figures)
        self.sought = Sought(self.letters)

    def in_(self, entry: TimelineEntry) -> bool:
        """Whether an entry holds them all."""
        text = f"{entry.title} {entry.said or ''} {entry.note or ''}"
        known = norm(text)
        if not all(one in known for one in self.figures):
            return False
        return self.letters in known or self.sought.met_by(Keys(text))
