"""What rises is found soon and what does not rise is left alone: the rule held against simulated histories."""

import random

import pytest

from plugins.issues import rise

YEARS = 30
BEGIN, A_YEAR = 600, 365


def history(chance: random.Random, week: float, first: int, last: int) -> list[int]:
    """Days on which complaints come by chance, so many in a usual week."""
    days, at = [], float(first)
    while week and (at := at + chance.expovariate(week / 7)) <= last:
        days.append(int(at))
    return days


def false_alarms(weeks: list[float], seed: int) -> float:
    """Alarms a year in one group whose kinds come as often as they always did; two within two weeks are one."""
    chance, end = random.Random(seed), BEGIN + A_YEAR * YEARS
    kinds = {number: history(chance, week, 0, end) for number, week in enumerate(weeks, start=1)}
    last: dict[int | None, int] = {}
    count = 0
    for day in range(BEGIN, end):
        near = {kind: days[max(0, rise.bisect_left(days, day - 600)) :] for kind, days in kinds.items()}
        for one in rise.rises(near, day):
            count += day - last.get(one.kind, -99) > 14
            last[one.kind] = day
    return count / YEARS


@pytest.mark.slow
@pytest.mark.parametrize(
    "weeks",
    [[5], [10], [5, 0.1, 0.2, 0.3, 0.5, 0.05, 0.02], [0.1] * 8, [0.2] * 8, [1] * 8, [5, 5, 5]],
    ids=["five a week", "ten a week", "one often, six seldom", "eight very seldom", "eight seldom", "eight", "three"],
)
def test_at_most_one_false_alarm_a_year_in_a_group(weeks, capsys):
    found = false_alarms(weeks, 11)
    with capsys.disabled():
        print(f"\nfalse alarms a year with {weeks}: {found:.2f}")  # noqa: T201 -- the figure is what is measured
    assert found <= 1


def delay(chance: random.Random) -> int:
    """After how many days a doubling from five a week is flagged; 60 where it is not."""
    days = history(chance, 5, 0, BEGIN) + history(chance, 10, BEGIN, BEGIN + 60)
    return next((day - BEGIN for day in range(BEGIN, BEGIN + 60) if rise.rises({1: days}, day)), 60)


def test_a_doubling_from_five_a_week_is_found_within_two_weeks(capsys):
    chance = random.Random(3)
    delays = sorted(delay(chance) for _one in range(200))
    mean, middle = sum(delays) / len(delays), delays[len(delays) // 2]
    soon = sum(one <= 14 for one in delays) / len(delays)
    with capsys.disabled():
        print(f"\na doubling: mean {mean:.1f} days, middle {middle}, within two weeks {soon:.0%}")  # noqa: T201 -- the same
    assert mean <= 14
    assert middle <= 12
    assert soon >= 0.6, "no rule with at most one false alarm a year finds much more than seven in ten"


def test_a_doubling_without_any_chance_is_found_on_the_fourteenth_day_at_the_latest():
    days = [int(number * 7 / 5) for number in range(400)]
    start = days[-1] + 1
    days += [start + int(number * 7 / 10) for number in range(21)]
    assert any(rise.rises({1: days}, day) for day in range(start, start + 15))
    assert not any(rise.rises({1: days[:400]}, day) for day in range(start - 60, start))


@pytest.mark.parametrize(
    ("ago", "is_flagged"),
    [
        ([2, 9, 25], True),
        ([2, 9, 25, 60], True),
        ([2, 9, 25, 60, 90], False),
        ([2, 9], False),
        ([2, 9, 31], False),
        ([2, 9, 29, 60, 121], True),
        ([2, 9, 25, *range(130, 330, 40)], False),
    ],
)
def test_what_comes_seldom_is_flagged_at_three_in_30_days_against_at_most_one_in_the_90_before(ago, is_flagged):
    found = rise.rises({7: sorted(1000 - one for one in ago)}, 1000)
    assert bool(found) is is_flagged
    if found:
        assert (found[0].kind, found[0].came, found[0].is_new) == (7, 3, True)


def test_what_has_no_kind_is_not_flagged_as_new():
    assert rise.rises({None: [990, 995, 1000]}, 1000) == []


def test_a_group_rises_as_a_whole_where_no_kind_comes_often():
    kinds: dict[int | None, list[int]] = {kind: list(range(kind, 1000, 7)) for kind in range(1, 7)}
    assert rise.rises(kinds, 1000) == []
    more = {kind: sorted([*days, *range(985 + kind % 3, 1000, 2)]) for kind, days in kinds.items()}
    assert [one.kind for one in rise.rises(more, 1000)] == [None]


def test_a_short_history_says_nothing_about_a_usual_week():
    assert rise.usual_week([], 1000) == 0
    assert rise.usual_week([990], 1000) == 0
    assert rise.usual_week(list(range(900, 1001)), 1000) == pytest.approx(7)
