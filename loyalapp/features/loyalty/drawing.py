"""Small pictures of figures, as rectangles in a box; where the page reads from the right, time runs from the right."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 600, 120
GAP = 0.18  # of the room of one quarter, on either side
STRIP, STRIP_HEIGHT = 600, 16
TICK = 4


class Shape(NamedTuple):
    """A rectangle; `dye` is the class that gives it its colour."""

    x: float
    y: float
    width: float
    height: float
    dye: str


def bars(series: Sequence[tuple[str, Sequence[int]]], *, from_right: bool) -> list[Shape]:
    """Bars side by side for each part of time: (dye, counts) for each series."""
    most = max((count for _dye, counts in series for count in counts), default=0) or 1
    parts = len(series[0][1])
    room = WIDTH / parts
    wide = room * (1 - 2 * GAP) / len(series)
    shapes = []
    for number, (dye, counts) in enumerate(series):
        for place, count in enumerate(counts):
            high = HEIGHT * count / most
            x = place * room + room * GAP + number * wide
            shapes.append(placed(x, HEIGHT - high, wide * 0.94, high, dye, WIDTH, from_right))
    return shapes


def share(part: int, whole: int, *, from_right: bool) -> list[Shape]:
    """One line of which a part is filled."""
    filled = WIDTH * part / whole if whole else 0
    rest = placed(0, 0, WIDTH, STRIP_HEIGHT, "rest", WIDTH, from_right)
    return [rest, placed(0, 0, filled, STRIP_HEIGHT, "good", WIDTH, from_right)]


def strip(days: Sequence[int], first: int, last: int, *, from_right: bool) -> list[Shape]:
    """The purchases of somebody along a line of time, and the silence since the last one."""
    span = max(1, last - first)
    shown = [day for day in days if day >= first]
    at = lambda day: (STRIP - TICK) * (day - first) / span  # noqa: E731 -- one word for one rule
    since = at(shown[-1]) if shown else 0
    line = placed(0, STRIP_HEIGHT / 2 - 1, STRIP, 2, "rest", STRIP, from_right)
    silence = placed(since, STRIP_HEIGHT / 2 - 3, STRIP - since, 6, "bad", STRIP, from_right)
    return [line, silence, *(placed(at(day), 0, TICK, STRIP_HEIGHT, "good", STRIP, from_right) for day in shown)]


def placed(x: float, y: float, width: float, height: float, dye: str, whole: float, from_right: bool) -> Shape:
    """A rectangle in a box as wide as `whole`, from its other side where the page reads from the right."""
    start = whole - x - width if from_right else x
    return Shape(round(start, 2), round(y, 2), round(width, 2), round(height, 2), dye)
