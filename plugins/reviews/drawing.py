"""Pictures of the figures as rectangles in a box; where the page reads from the right, they run from the right."""

from collections.abc import Sequence
from typing import Any

from loyalapp import sdk

WIDTH, ROW, TALL = 600, 16, 120
DYES = {"high": "good", "middle": "mid", "low": "ink", "unknown": "ink"}  # of a level
GAP = 0.15  # of the room of one bar, on either side


def share(one: sdk.Share, *, from_right: bool, dye: str = "good") -> list[Any]:
    """A line of which a part is filled; nothing drawn for few."""
    if not one.is_enough:
        return []
    filled = WIDTH * one.part / one.whole
    return [_placed(0, 0, WIDTH, ROW, "rest", from_right), _placed(0, 3, filled, ROW - 6, dye, from_right)]


def parts(counts: Sequence[tuple[int, str]], most: int, *, from_right: bool) -> list[Any]:
    """Lengths in a row, each in its dye, beside the longest such row."""
    found, start = [], 0.0
    for count, dye in counts:
        wide = WIDTH * count / most if most else 0
        found.append(_placed(start, 2, wide, ROW - 4, dye, from_right))
        start += wide
    return [one for one in found if one.width]


def outcomes(one: Any, most: int, *, from_right: bool) -> list[Any]:
    """What became of the opportunities of a kind: taken up, not asked yet, not taken up."""
    lost = one.found - one.won - one.waiting
    return parts([(one.won, "good"), (one.waiting, "mid"), (lost, "rest")], most, from_right=from_right)


def bars(counts: Sequence[int], *, from_right: bool, dye: str = "good") -> list[Any]:
    """Bars side by side."""
    most, room = max(counts, default=0) or 1, WIDTH / max(1, len(counts))
    shapes = []
    for place, count in enumerate(counts):
        high = TALL * count / most
        shapes.append(_placed((place + GAP) * room, TALL - high, room * (1 - 2 * GAP), high, dye, from_right))
    return shapes


def _placed(x: float, y: float, width: float, height: float, dye: str, from_right: bool) -> Any:
    return sdk.drawing.placed(x, y, width, height, dye, WIDTH, from_right)
