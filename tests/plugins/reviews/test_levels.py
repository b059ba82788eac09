"""The opportunity level by the article's rule (B1), and the rhythm (B2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import literal, select

from loyalapp import sdk
from plugins.reviews import levels

counts = st.integers(0, 30)
means = st.sampled_from(levels.MEANS)


@pytest.mark.parametrize(
    ("bought", "sold", "answer", "ends_soon", "level"),
    [
        (1, 8, "no", False, "low"),  # bought just one thing and has no means
        (8, 8, "yes", False, "low"),  # owns everything, nothing ends soon
        (8, 8, "yes", True, "middle"),  # owns everything, but something ends soon
        (1, 8, "yes", False, "high"),
        (2, 8, "yes", False, "high"),
        (3, 8, "yes", False, "middle"),
        (2, 8, "no", False, "middle"),
        (1, 8, "unknown", False, "middle"),
        (8, 8, "unknown", False, "low"),
        (1, 1, "yes", False, "low"),  # a firm that sells one thing
        (0, 8, "yes", False, "middle"),
        (0, 0, "unknown", False, "middle"),  # no catalogue at all
    ],
)
def test_the_rule(bought, sold, answer, ends_soon, level):
    assert levels.level_of(bought, sold, answer, ends_soon=ends_soon) == level


@given(counts, counts, means, st.booleans())
def test_every_account_has_one_of_three_levels(bought, sold, answer, ends_soon):
    assert levels.level_of(bought, sold, answer, ends_soon=ends_soon) in levels.LEVELS


@given(counts, counts, st.booleans())
def test_dont_know_never_gives_high_nor_low_unless_they_have_everything(bought, sold, ends_soon):
    level = levels.level_of(bought, sold, "unknown", ends_soon=ends_soon)
    assert level != "high"
    assert level != "low" or (bought >= sold and not ends_soon)


@given(counts, counts, means, st.booleans())
def test_high_needs_means_and_few_things_and_something_left_to_buy(bought, sold, answer, ends_soon):
    if levels.level_of(bought, sold, answer, ends_soon=ends_soon) == "high":
        assert answer == "yes"
        assert 1 <= bought <= 2
        assert bought < sold


@given(st.integers(1, 30), counts, means)
def test_whoever_lacks_nothing_and_needs_nothing_soon_is_low(sold, more, answer):
    assert levels.level_of(sold + more, sold, answer, ends_soon=False) == "low"


def test_the_rule_in_sql_is_the_same_rule(any_app):
    with any_app.app_context():
        for sold in (0, 1, 2, 3, 8):
            for bought in range(10):
                for answer in levels.MEANS:
                    for ends in (0, 1):
                        said = levels.level_in_sql(literal(bought), sold, literal(answer), literal(ends))
                        expected = levels.level_of(bought, sold, answer, ends_soon=bool(ends))
                        assert sdk.db.session.scalar(select(said)) == expected, (bought, sold, answer, ends)


@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.integers(1, 3650),
    st.sampled_from([None, *levels.MOODS]),
)
def test_the_next_review_is_never_more_than_a_year_away(held, days, mood):
    assert held < levels.next_day(held, days, mood) <= held + timedelta(days=365)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from(levels.LEVELS))
def test_the_more_room_and_the_nearer_to_leaving_the_sooner(held, level):
    low, middle, high = (levels.next_day(held, levels.RHYTHM[one]) for one in levels.LEVELS)
    assert high < middle < low
    days = levels.RHYTHM[level]
    assert (
        levels.next_day(held, days, "leaving")
        < levels.next_day(held, days, "struggling")
        <= levels.next_day(held, days, "content")
    )
