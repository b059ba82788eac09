"""Names in the order of the alphabet of the interface language: its own script first, then Urdu, Hindi, Latin, others.

What is kept in thousands has a stored key (`textkeys.sort_key`) and is read along its index, script by script; what is
few is put in order here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from loyalapp.core.i18n import current_language
from loyalapp.core.textkeys import sort_key

T = TypeVar("T")
LAST = 2**31 - 1
# The runs of stored keys, each from its first sign to before its last, in the order of a language. The signs are those
# of `textkeys.sort_key`: 0 Urdu, 2 Hindi, 3 Latin, 4 other scripts, 5 what holds no letter.
RUNS = {
    "ur": (("0", "6"),),
    "hi": (("2", "3"), ("0", "2"), ("3", "6")),
    "en": (("3", "4"), ("0", "3"), ("4", "6")),
}


class Run(NamedTuple):
    """A stretch of keys to be read: after (or, backwards, before) `key` and `number`, between `start` and `end`."""

    start: str
    end: str
    key: str
    number: int


def runs(place: tuple[str, int] | None, *, backwards: bool = False) -> Iterator[Run]:
    """The stretches that follow each other from a place on (a key and the number of its row), or from the beginning."""
    left = RUNS[current_language()][:: -1 if backwards else 1]
    if place:
        left = left[next((i for i, (start, end) in enumerate(left) if start <= place[0] < end), 0) :]
    for number, (start, end) in enumerate(left):
        key, row_id = place if place and not number else ((end, LAST) if backwards else (start, 0))
        yield Run(start, end, key, row_id)


def walk(
    ask: Callable[[Run, int], Sequence[Any]], place: tuple[str, int] | None, wanted: int, *, backwards: bool = False
) -> list[Any]:
    """So many rows from a place on; `ask` reads at most so many of one stretch."""
    found: list[Any] = []
    for run in runs(place, backwards=backwards):
        found += ask(run, wanted - len(found))
        if len(found) >= wanted:
            break
    return found


def in_order(things: Iterable[T], name: Callable[[T], str] = str) -> list[T]:
    """A few things by their names."""
    first = current_language()
    return sorted(things, key=lambda one: sort_key(name(one), first))
