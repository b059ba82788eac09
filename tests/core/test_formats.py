"""The golden table of days, numbers and amounts; a new Babel that changes it must be looked at."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from babel import Locale, core
from babel.numbers import get_currency_symbol

from loyalapp.core import formats, i18n
from loyalapp.core.days import PartialDay

DAY = date(2026, 3, 5)
EVENING = datetime(2026, 3, 5, 12, 4, tzinfo=UTC)  # 17:04 in Karachi

# language, country: day short, medium, full, weekday; number; INR; PKR; moment
GOLDEN = {
    ("ur", "PK"): (
        "5/3/26", "5 مارچ، 2026", "جمعرات، 5 مارچ، 2026", "جمعرات، 5 مارچ",
        "1,234,567.5", "₹ 1,234,567.50", "Rs 1,234,567", "5 مارچ، 2026، شام 5:04",
    ),
    ("ur", "IN"): (
        "5/3/26", "5 مارچ، 2026", "جمعرات، 5 مارچ، 2026", "جمعرات، 5 مارچ",
        "12,34,567.5", "₹ 12,34,567.50", "PKR 12,34,567", "5 مارچ، 2026، شام 5:04",
    ),
    ("hi", "IN"): (
        "5/3/26", "5 मार्च 2026", "गुरुवार, 5 मार्च 2026", "गुरुवार, 5 मार्च",
        "12,34,567.5", "₹ 12,34,567.50", "PKR 12,34,567", "5 मार्च 2026, शाम 5:04",
    ),
    ("hi", "PK"): (
        "5/3/26", "5 मार्च 2026", "गुरुवार, 5 मार्च 2026", "गुरुवार, 5 मार्च",
        "1,234,567.5", "₹ 1,234,567.50", "Rs 1,234,567", "5 मार्च 2026, शाम 5:04",
    ),
    ("en", "IN"): (
        "05/03/26", "5 Mar 2026", "Thursday, 5 March 2026", "Thursday, 5 March",
        "12,34,567.5", "₹ 12,34,567.50", "PKR 12,34,567", "5 Mar 2026, 5:04 pm",
    ),
    ("en", "PK"): (
        "05/03/2026", "5 Mar 2026", "Thursday, 5 March 2026", "Thursday, 5 March",
        "1,234,567.5", "₹ 1,234,567.50", "Rs 1,234,567", "5 Mar 2026, 5:04 pm",
    ),
    ("en", "AE"): (
        "05/03/2026", "5 Mar 2026", "Thursday, 5 March 2026", "Thursday, 5 March",
        "1,234,567.5", "₹ 1,234,567.50", "PKR 1,234,567", "5 Mar 2026, 5:04 pm",
    ),
}  # fmt: skip


@pytest.mark.parametrize("place", GOLDEN)
def test_golden_table(speak, place):
    speak(*place)
    seen = (
        *(formats.format_day(DAY, style) for style in ("short", "medium", "full", "weekday")),
        formats.format_number(1234567.5),
        formats.format_money(123456750, "INR"),
        formats.format_money(123456700, "PKR"),
        formats.format_moment(EVENING),
    )
    assert tuple(text.replace("\u00a0", " ") for text in seen) == GOLDEN[place]
    assert "\u202f" not in "".join(seen)


# The same in the digits of the language, with amounts in three other currencies.
NATIVE = {
    ("ur", "PK"): (
        "۵/۳/۲۶", "۵ مارچ، ۲۰۲۶", "جمعرات، ۵ مارچ", "۵ مارچ، ۲۰۲۶، شام ۵:۰۴", "-۱٬۲۳۴٬۵۶۷٫۵",
        "US$ ۱٬۲۳۴٬۵۶۷", "AED ۱٬۲۳۴٬۵۶۷", "€ ۱٬۲۳۴٬۵۶۷",
    ),
    ("hi", "IN"): (
        "५/३/२६", "५ मार्च २०२६", "गुरुवार, ५ मार्च", "५ मार्च २०२६, शाम ५:०४", "-१२,३४,५६७.५",
        "$ १२,३४,५६७", "AED १२,३४,५६७", "€ १२,३४,५६७",
    ),
    ("en", "PK"): (
        "05/03/2026", "5 Mar 2026", "Thursday, 5 March", "5 Mar 2026, 5:04 pm", "-1,234,567.5",
        "US$ 1,234,567", "AED 1,234,567", "€ 1,234,567",
    ),
}  # fmt: skip


@pytest.mark.parametrize("place", NATIVE)
def test_golden_table_in_native_digits(speak, place):
    speak(*place, digits="native")
    seen = (
        *(formats.format_day(DAY, style) for style in ("short", "medium", "weekday")),
        formats.format_moment(EVENING),
        formats.format_number(-1234567.5),
        *(formats.format_money(123456700, currency) for currency in ("USD", "AED", "EUR")),
    )
    assert tuple(text.replace("\u00a0", " ") for text in seen) == NATIVE[place]


def test_days_without_a_year(speak):
    leap_day = PartialDay(None, 2, 29)
    speak("ur")
    assert [formats.format_day(leap_day, style) for style in ("short", "medium", "long")] == [
        "29/2",
        "29 فروری",
        "29 فروری",
    ]
    speak("hi", "IN")
    assert formats.format_day(leap_day, "day") == "29 फ़रवरी"
    assert formats.format_day(date(2026, 10, 5)) == "5 अक्टूबर 2026"
    speak("en", "IN")
    assert formats.format_day(leap_day) == "29 Feb"
    assert formats.format_day(PartialDay.of(DAY)) == "5 Mar 2026"


def test_a_near_day_leaves_out_this_year(speak):
    speak("en", "IN")
    assert formats.format_day(DAY, "near") == "5 March"
    assert formats.format_day(date(2021, 3, 5), "near") == "5 Mar 2021"


@pytest.mark.parametrize(
    ("language", "this_year", "before"),
    [("en", "5 Mar", "5 Mar 2021"), ("hi", "5 मार्च", "5 मार्च 2021"), ("ur", "5 مارچ", "5 مارچ، 2021")],
)
def test_a_brief_day_fits_the_margin(speak, language, this_year, before):
    speak(language, "IN")
    assert formats.format_day(DAY, "brief") == this_year
    assert formats.format_day(date(2021, 3, 5), "brief") == before


def test_a_moment_is_shown_on_the_day_of_the_firm(speak):
    speak("en")
    late = datetime(2026, 3, 4, 20, 30, tzinfo=UTC)
    assert formats.format_day(late, "day") == "5 March"
    assert formats.format_moment(late, "day") == "5 March, 1:30\u00a0am"


@pytest.mark.parametrize(
    ("hour", "urdu", "hindi", "english"),
    [
        (0, "رات 12:05", "रात 12:05", "12:05 am"),
        (4, "صبح 4:05", "सुबह 4:05", "4:05 am"),
        (12, "دوپہر 12:05", "दोपहर 12:05", "12:05 pm"),
        (16, "شام 4:05", "शाम 4:05", "4:05 pm"),
        (23, "رات 11:05", "रात 11:05", "11:05 pm"),
    ],
)
def test_times_in_words(speak, hour, urdu, hindi, english):
    for language, wanted in (("ur", urdu), ("hi", hindi), ("en", english)):
        speak(language)
        assert formats.format_time(time(hour, 5)) == wanted.replace(" ", "\u00a0")


def test_native_digits(speak):
    speak("ur", digits="native")
    assert formats.format_day(DAY, "full") == "جمعرات، ۵ مارچ، ۲۰۲۶"
    assert formats.format_number(1234567.5) == "۱٬۲۳۴٬۵۶۷٫۵"
    assert formats.format_money(-99_50, "PKR") == "-Rs\u00a0۹۹٫۵۰"
    assert formats.format_moment(EVENING, "time") == "شام\u00a0۵:۰۴"
    speak("hi", "IN", digits="native")
    assert formats.format_number(1234567.5) == "१२,३४,५६७.५"
    speak("en", "IN", digits="native")
    assert formats.format_number(1234567.5) == "12,34,567.5"


def test_grouping_is_the_firms_choice(speak):
    speak("ur", "PK", grouping="lakh")
    assert formats.format_money(123456700, "PKR") == "Rs\u00a012,34,567"
    speak("hi", "IN", grouping="million")
    assert formats.format_number(1234567) == "1,234,567"


def test_amounts(speak):
    speak("en", "PK")
    assert formats.format_money(0, "PKR") == "Rs\u00a00"
    assert formats.format_money(50, "PKR") == "Rs\u00a00.50"
    assert formats.format_money(-100, "PKR") == "-Rs\u00a01"
    assert formats.format_money(5, "KWD") == "KWD\u00a00.005"
    assert formats.format_money(500, "JPY") == "JP¥\u00a0500"
    assert formats.format_money(10**15, "PKR") == "Rs\u00a010,000,000,000,000"


@pytest.mark.parametrize(("country", "currency"), list(formats._OWN_SIGNS))
def test_signs_of_money_known_here_are_those_of_babel(country, currency):
    assert formats._OWN_SIGNS[country, currency] == get_currency_symbol(currency, locale=f"en_{country}")


def test_babel_can_be_asked_anything_after_it_let_go_of_what_it_finds_languages_by(speak):
    formats._known.cache_clear()
    speak("ur", "PK")
    formats.format_number(5)

    assert core._global_data is None
    assert Locale.parse("zh_TW").script == "Hant"


def test_numbers(speak):
    speak("en", "IN")
    seen = [formats.format_number(value) for value in (0, -0.0, 999, 1000, 100000, -1234567, 0.256, Decimal("2.50"))]
    assert seen == ["0", "0", "999", "1,000", "1,00,000", "-12,34,567", "0.26", "2.5"]


def test_nothing_shows_nothing(speak):
    speak("ur")
    assert formats.format_day(None) == formats.format_moment(None) == ""
    assert formats.format_number(None) == formats.format_money(None, "PKR") == ""


@pytest.mark.parametrize(("language", "month"), [("ur", "اکتوبر"), ("hi", "अक्टूबर"), ("en", "Oct")])
def test_a_month_alone_is_cut_short_only_where_the_language_does_so(speak, language, month):
    speak(language)
    assert formats.format_day(date(2026, 10, 1), "LLL") == month


def test_the_language_of_a_card_does_not_stay(speak):
    speak("en", "IN")
    with i18n.in_language("hi"):
        assert formats.format_day(DAY) == "5 मार्च 2026"
    assert formats.format_day(DAY) == "5 Mar 2026"


HIJRI = {
    ("ur", "0"): "1 رمضان 1447ھ",
    ("hi", "0"): "1 रमज़ान 1447 हिजरी",
    ("en", "0"): "1 Ramadan 1447 AH",
    ("en", "-1"): "2 Ramadan 1447 AH",
    ("en", "1"): "29 Shaban 1447 AH",
    ("ur", ""): "",
}


@pytest.mark.parametrize("wish", HIJRI)
def test_islamic_date_as_it_was_seen_here(speak, wish):
    language, shift = wish
    speak(language, hijri=shift)
    assert formats.format_hijri(date(2026, 2, 19)) == HIJRI[wish]


def test_islamic_date_in_native_digits(speak):
    speak("ur", hijri="0", digits="native")
    assert formats.format_hijri(date(2026, 2, 19)) == "۱ رمضان ۱۴۴۷ھ"


@pytest.mark.parametrize("country", ["PK", "IN", "GB"])
def test_weeks_begin_as_in_the_country(speak, country):
    speak("en", country)
    assert formats.week_begins() == Locale.parse(f"en_{country}").first_week_day
