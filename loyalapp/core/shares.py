"""Shares of what was counted, with how sure they are: Wilson's 95 percent; fewer than twenty make no percentage."""

from math import sqrt
from typing import NamedTuple

FEWEST = 20  # under so many cases a percentage says nothing
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
        """Within which shares the true one lies: Wilson's interval, which stays between 0 and 1 also for few cases."""
        if not self.whole:
            return 0.0, 1.0
        share, square = self.part / self.whole, Z * Z
        middle = (share + square / (2 * self.whole)) / (1 + square / self.whole)
        spread = share * (1 - share) / self.whole + square / (4 * self.whole * self.whole)
        half = Z * sqrt(spread) / (1 + square / self.whole)
        return max(0.0, middle - half), min(1.0, middle + half)
