"""The Islamic date of a day as it was in Pakistan and India."""

from datetime import date

import pytest

from loyalapp.core import hijri


@pytest.mark.parametrize(
    ("feast", "seen"),
    [
        (date(2024, 4, 11), "1 شوال 1445ھ"),
        (date(2025, 3, 31), "1 شوال 1446ھ"),
        (date(2026, 3, 21), "1 شوال 1447ھ"),
        (date(1900, 1, 1), ""),
        (date(2090, 1, 1), ""),
    ],
)
def test_islamic_dates_are_those_of_the_feasts_in_our_countries(feast, seen):
    assert hijri.in_words(feast, "ur") == seen


def test_every_month_has_a_name_in_every_language():
    assert {language: len(names.split()) for language, names in hijri.MONTHS.items()} == {"ur": 12, "hi": 12, "en": 12}
