"""The territory as a picture: a dot in each field, as large as there are accounts, in the dye of their level (B1)."""

from math import sqrt
from typing import NamedTuple

from .levels import LEVELS
from .portfolio import MEANS, NOT_ASSESSED, SHARES, Territory

WIDE, HIGH = 120, 64  # the box of one field
SMALLEST, LARGEST = 3.0, 30.0  # the half width of a dot
DYES = {"high": "good", "middle": "mid", "low": "rest", NOT_ASSESSED: "blank"}


class Field(NamedTuple):
    """One field: how many accounts by level, and how large its dot is. `dye`: of the level that most of them have."""

    means: str
    share: str
    accounts: int
    levels: tuple[tuple[str, int], ...]
    radius: float
    dye: str


def rows(found: Territory) -> list[tuple[str, list[Field]]]:
    """The fields by share, those who have everything on top."""
    most = max((found.number(means=one, share=share) for one in MEANS for share in SHARES), default=0)
    return [(share, [_field(found, one, share, most) for one in MEANS]) for share in reversed(SHARES)]


def _field(found: Territory, means: str, share: str, most: int) -> Field:
    by_level = [(one, found.number(means=means, share=share, level=one)) for one in (*reversed(LEVELS), NOT_ASSESSED)]
    there = tuple((one, count) for one, count in by_level if count)
    count = sum(number for _level, number in there)
    radius = max(SMALLEST, LARGEST * sqrt(count / most)) if count else 0
    dye = DYES[max(there, key=lambda one: one[1])[0]] if there else ""
    return Field(means, share, count, there, round(radius, 1), dye)
