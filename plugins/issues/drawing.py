"""Pictures of the figures as rectangles in a box; where the page reads from the right, they run from the right."""

from collections.abc import Sequence
from typing import NamedTuple

from .intervals import Share

WIDTH, ROW, TALL = 600, 16, 120
GAP = 0.15  # of the room of one bar, on either side


class Shape(NamedTuple):
    """A rectangle; `dye` is the class that gives it its colour."""

    x: float
    y: float
    width: float
    height: float
    dye: str


def share(one: Share, *, from_right: bool, dye: str = "good") -> list[Shape]:
    """A line of which a part is filled, and a thin one on it that says how sure it is; nothing drawn for few."""
    if not one.is_enough:
        return []
    low, high = one.between
    return [
        _placed(0, 0, WIDTH, ROW, "rest", from_right),
        _placed(0, 3, WIDTH * one.part / one.whole, ROW - 6, dye, from_right),
        _placed(WIDTH * low, ROW / 2 - 1, WIDTH * (high - low), 2, "ink", from_right),
        *(_placed(WIDTH * end - 1, 2, 2, ROW - 4, "ink", from_right) for end in (low, high)),
    ]


def length(value: float, most: float, *, from_right: bool, dye: str = "bad") -> list[Shape]:
    """A line as long as its value, beside the longest."""
    return [_placed(0, 3, WIDTH * value / most if most else 0, ROW - 6, dye, from_right)]


def bars(counts: Sequence[int], *, from_right: bool, dye: str = "good") -> list[Shape]:
    """Bars side by side."""
    most, room = max(counts, default=0) or 1, WIDTH / max(1, len(counts))
    shapes = []
    for place, count in enumerate(counts):
        high = TALL * count / most
        shapes.append(_placed((place + GAP) * room, TALL - high, room * (1 - 2 * GAP), high, dye, from_right))
    return shapes


def _placed(x: float, y: float, width: float, height: float, dye: str, from_right: bool) -> Shape:
    start = WIDTH - x - width if from_right else x
    return Shape(round(start, 2), round(y, 2), round(width, 2), round(height, 2), dye)
