"""Shares with honest intervals: Wilson's 95 percent, and no percentage where fewer than twenty were counted."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from loyalapp import sdk

_ = sdk.texts("issues")
FEWEST = 20
Z = 1.959964  # 95 percent


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int

    @property
    def is_enough(self) -> bool:
        """Whether a percentage says anything."""
        return self.whole >= FEWEST

    @property
    def between(self) -> tuple[float, float]:
        """Within which shares the true one lies, with 95 percent."""
        return wilson(self.part, self.whole)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Wilson's interval of a share, which stays between 0 and 1 also for few cases."""
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, Z * Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def told(share: Share) -> str:
    """The share in words: counted out where they are few, else in percent with its interval."""
    part, whole = sdk.format_number(share.part), sdk.format_number(share.whole)
    if not share.is_enough:
        return _("%(part)s of %(whole)s", part=part, whole=whole)
    low, high = share.between
    values = {"percent": _percent(share.part / share.whole), "low": _percent(low), "high": _percent(high)}
    words = _("%(percent)s percent (%(part)s of %(whole)s); truly between %(low)s and %(high)s percent")
    return words % {**values, "part": part, "whole": whole}


def _percent(share: float) -> str:
    return sdk.format_number(round(100 * share))


def quantile(sorted_values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies: the smallest that is enough."""
    place = max(0, min(len(sorted_values) - 1, -(-int(share * 1000) * len(sorted_values) // 1000) - 1))
    return sorted_values[place]
