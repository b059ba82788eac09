"""Pictures of shares with how sure they are, and of lengths, as rectangles in the core's box."""

from typing import Any

from loyalapp import sdk

DYES = {"easy": "good", "so_so": "mid", "hard": "bad", "unanswered": "mid", "none": "mid"}
WIDTH, ROW = sdk.drawing.WIDTH, sdk.drawing.STRIP_HEIGHT


def share(one: sdk.Share, *, from_right: bool, dye: str = "good") -> list[Any]:
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


def length(value: float, most: float, *, from_right: bool, dye: str = "bad") -> list[Any]:
    """A line as long as its value, beside the longest."""
    return [_placed(0, 3, WIDTH * value / most if most else 0, ROW - 6, dye, from_right)]


def _placed(x: float, y: float, width: float, height: float, dye: str, from_right: bool) -> Any:
    return sdk.drawing.placed(x, y, width, height, dye, WIDTH, from_right)
