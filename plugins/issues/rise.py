"""When complaints of one kind rise (A7): a stated rule, held against the history of each kind in each product group.

**Often**: with five a week and more before, each complaint counts ln 2 and each day takes a seventh of the usual week's
number away, never below nought (the sum that finds a doubling soonest, CUSUM). Flagged is a sum over four weeks beyond
3.9 (more where it is more often, or where more such rows are watched in one group, since chance then strikes more
often). The usual number is that of the year up to three weeks ago, at least eight weeks of it. Where no kind comes
five times a week but the group as a whole does, the group is watched as one.

**Seldom**: below that, three of one kind in 30 days against at most one in the 90 days before. Not flagged is what the
year before those days has shown to be nothing new (four or more of it).

tests/plugins/issues/test_rise.py holds both against simulated histories and prints what they do: a doubling of five a
week is found after ten to twelve days on average, within two weeks in about two of three cases. More is not to be had:
sums, windows and weighted windows of every length, each set to one false alarm a year, find between 65 and 72 percent
by then, even where the usual number is known exactly. A doubling of ten a week takes seven or eight days on average.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from math import log
from typing import NamedTuple

A_WEEK, A_YEAR = 7, 364
OFTEN, USUAL = 4.0, 5.0  # a week: from where on the sum decides (who has five may have four by chance); its measure
LAG, WINDOW = 21, 28  # days that are no history yet; days over which the sum runs
LEAST_HISTORY = 56
BEYOND, PER_FOLD, PER_ROW = 3.9, 0.9, 1.3  # the limit at five a week; what it grows by where it is more, or more rows
MANY, NEW_DAYS, QUIET_MOST, QUIET_DAYS = 3, 30, 1, 90
NOTHING_NEW = 4  # in the year before
EACH = log(2)


class Rise(NamedTuple):
    """What is flagged: `came` in the last `days` days, where `before` would have been usual in as many.

    `kind` is None where the group as a whole rises. `is_new`: by the rule for what comes seldom; `before` is then what
    came in the 90 days before.
    """

    kind: int | None
    came: int
    days: int
    before: float
    is_new: bool


def rises(kinds: Mapping[int | None, Sequence[int]], today: int) -> list[Rise]:
    """What rises in one group.

    :param kinds: the days, as ordinals and ascending, on which each kind was told; None for what has no kind.
    """
    usual = {kind: usual_week(days, today) for kind, days in kinds.items()}
    often = [kind for kind, week in usual.items() if week >= OFTEN]
    found = [one for kind in often if (one := _growing(kind, kinds[kind], today, usual[kind], len(often)))]
    whole = sorted(day for days in kinds.values() for day in days)
    if not often and len(kinds) > 1 and (week := usual_week(whole, today)) >= OFTEN:
        found += [one] if (one := _growing(None, whole, today, week, 1)) else []
    seldom = (kind for kind in kinds if kind is not None and kind not in often)
    return found + [one for kind in seldom if (one := _new(kind, kinds[kind], today))]


def usual_week(days: Sequence[int], today: int) -> float:
    """How many came in a usual week: in the year up to three weeks ago; 0 where that is too short to say."""
    if not days:
        return 0.0
    end = today - LAG
    start = max(end - A_YEAR, days[0] - 1)
    if end - start < LEAST_HISTORY:
        return 0.0
    return between(days, start + 1, end) * A_WEEK / (end - start)


def between(days: Sequence[int], first: int, last: int) -> int:
    """How many of them lie from `first` to `last`, both included."""
    return bisect_right(days, last) - bisect_left(days, first)


def sum_today(days: Sequence[int], today: int, week: float) -> float:
    """How far it has gone beyond the usual, weighed so that a doubling shows soonest."""
    at, total, each_day = today - WINDOW, 0.0, week / A_WEEK
    for day in days[bisect_right(days, at) : bisect_right(days, today)]:
        if day != at:
            total = max(0.0, max(0.0, total) - each_day * (day - at - 1)) - each_day
            at = day
        total += EACH
    return max(0.0, max(0.0, total) - each_day * (today - at))


def limit(week: float, rows: int) -> float:
    """Beyond which sum a row is flagged, where so many rows of one group are watched."""
    return BEYOND + PER_FOLD * log(max(1.0, week / USUAL)) + PER_ROW * log(max(1, rows))


def _growing(kind: int | None, days: Sequence[int], today: int, week: float, rows: int) -> Rise | None:
    if sum_today(days, today, week) < limit(week, rows):
        return None
    span = 2 * A_WEEK
    return Rise(kind, between(days, today - span + 1, today), span, week * 2, is_new=False)


def _new(kind: int | None, days: Sequence[int], today: int) -> Rise | None:
    start = today - NEW_DAYS
    count, before = between(days, start + 1, today), between(days, start - QUIET_DAYS + 1, start)
    earlier = between(days, start - QUIET_DAYS - A_YEAR + 1, start - QUIET_DAYS)
    if count < MANY or before > QUIET_MOST or earlier >= NOTHING_NEW:
        return None
    return Rise(kind, count, NEW_DAYS, before, is_new=True)
