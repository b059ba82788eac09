"""How far a day or a moment of today is from now, in three languages."""

from datetime import UTC, date, datetime, timedelta

import pytest

from loyalapp.core import clock, formats, i18n

DAY = date(2026, 3, 5)
EVENING = datetime(2026, 3, 5, 12, 4, tzinfo=UTC)  # the hour of `speak`


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 5), "today"),
        (date(2026, 3, 6), "tomorrow"),
        (date(2026, 3, 4), "yesterday"),
        (date(2026, 3, 8), "in 3 days"),
        (date(2026, 2, 19), "14 days ago"),
        (date(2026, 4, 5), "in 31 days"),
        (date(2026, 4, 6), "in 1 month"),
        (date(2025, 8, 8), "7 months ago"),
        (date(2027, 3, 5), "in 1 year"),
        (date(2021, 3, 5), "5 years ago"),
    ],
)
def test_relative_days(speak, day, words):
    speak("en")
    assert formats.relative_day(day) == words
    assert formats.relative_day(day, DAY) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "just now"),
        (1, "1 minute ago"),
        (59, "59 minutes ago"),
        (60, "1 hour ago"),
        (239, "3 hours ago"),
        (60 * 18, "yesterday"),  # though it is less than a day: the day has changed at the firm's door
        (60 * 24 * 14, "14 days ago"),
        (-60, "today"),
        (-60 * 8, "tomorrow"),
    ],
)
def test_a_moment_of_today_is_told_to_the_hour(speak, minutes, words):
    speak("en")
    assert formats.relative_day(EVENING - timedelta(minutes=minutes)) == words


def test_relative_times_in_three_languages_and_native_digits(app):
    seen = {}
    with clock.frozen(EVENING), app.app_context():
        for language in ("ur", "hi"):
            app.config["FORMATS"] = {"digits": "native"}
            with i18n.in_language(language):
                moments = (EVENING - timedelta(minutes=one) for one in (0, 20, 60, 180))
                days = (DAY + timedelta(days=one) for one in (0, 1, -1, 3, -3, 60, -60, 800))
                seen[language] = [formats.relative_day(one) for one in (*moments, *days)]
    assert seen == {
        "ur": [
            "ابھی ابھی", "۲۰ منٹ پہلے", "۱ گھنٹے پہلے", "۳ گھنٹے پہلے", "آج", "کل", "ایک دن پہلے",
            "۳ دن بعد", "۳ دن پہلے", "۲ مہینے بعد", "۲ مہینے پہلے", "۲ سال بعد",
        ],
        "hi": [
            "अभी-अभी", "२० मिनट पहले", "१ घंटे पहले", "३ घंटे पहले", "आज", "कल", "एक दिन पहले",
            "३ दिन बाद", "३ दिन पहले", "२ महीने बाद", "२ महीने पहले", "२ साल बाद",
        ],
    }  # fmt: skip
