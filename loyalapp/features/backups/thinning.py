"""Which backups stay: many of the last days, fewer of what is long ago.

The rule, as the page of backups tells it: of the last two days the newest of each hour, of two weeks the newest of each
day, of two months the newest of each week, of a year the newest of each month, and of every year one. The newest ten
stay whatever their age is, so that a clock that jumped takes none of them.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

NEWEST = 10
# How far back from the newest of all, and of which span the newest stays.
STEPS: tuple[tuple[timedelta, Callable[[datetime], object]], ...] = (
    (timedelta(days=2), lambda at: (at.date(), at.hour)),
    (timedelta(days=14), lambda at: at.date()),
    (timedelta(days=61), lambda at: at.isocalendar()[:2]),
    (timedelta(days=366), lambda at: (at.year, at.month)),
    (timedelta.max, lambda at: at.year),
)


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """The moments whose backups stay."""
    newest_first = sorted(moments, reverse=True)
    stay = set(newest_first[:NEWEST])
    for reach, span in STEPS:
        seen: set[object] = set()
        for at in newest_first:
            if newest_first[0] - at <= reach and span(at) not in seen:
                seen.add(span(at))
                stay.add(at)
    return stay
