"""Days as they stand in real lists."""

import contextlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalapp.core import clock, days
from loyalapp.core.days import PartialDay, parse_day

READ = [
    ("31-03-1997", "1997-03-31"), ("۲۵/۰۸/۶۵", "1965-08-25"), ("۰۲/۰۵/۰۳", "2003-05-02"), ("14.04.1981", "1981-04-14"),
    ("०४/११/१९९०", "1990-11-04"), ("5 3 2026", "2026-03-05"), ("5/3/26", "2026-03-05"), ("31/12/26", "2026-12-31"),
    ("1/1/27", "1927-01-01"), ("04 Apr", "--04-04"), ("16 November", "--11-16"), ("Apr 4", "--04-04"),
    ("4th April 1990", "1990-04-04"), ("April 4, 1990", "1990-04-04"), ("4-Apr-90", "1990-04-04"),
    ("1990 March 5", "1990-03-05"), ("the 5th of March", "--03-05"), ("3 Sept. 1999", "1999-09-03"),
    ("5 Jul.", "--07-05"),
    ("5 मार्च 1980", "1980-03-05"), ("५ फरवरी", "--02-05"), ("5 फ़रवरी 80", "1980-02-05"), ("12 अग॰ 1999", "1999-08-12"),
    ("5 सितम्बर", "--09-05"), ("5 अक्तूबर", "--10-05"), ("۵ مارچ ۱۹۸۰", "1980-03-05"), ("5 مئی", "--05-05"),
    ("3 جولائي", "--07-03"), ("جمعرات، 5 مارچ، 2026", "2026-03-05"), ("Thursday, 5 March 2026", "2026-03-05"),
    ("गुरुवार, 5 मार्च 2026", "2026-03-05"), ("1962-05-15", "1962-05-15"), ("1962/5/15", "1962-05-15"),
    ("19620515", "1962-05-15"), ("--0515", "--05-15"), ("--05-15", "--05-15"), ("2014-07-05 00:00:00", "2014-07-05"),
    ("2014-07-05T00:00:00Z", "2014-07-05"), ("29 Feb", "--02-29"), ("29/02/2000", "2000-02-29"),
    ("12/25/1990", "1990-12-25"), ("25/12", "--12-25"), ("12-25", "--12-25"),
]  # fmt: skip
REFUSED = [
    "", "5", "2018", "March", "March 1990", "31/02/1990", "29/02/2001", "30 Feb", "13/13/2000", "0/5/2000", "1/1/1405",
    "5 March 1405", "1/1/2199", "12 ربیع الاول", "5 Ju", "5 Ma", "5/3/2", "5/3/026", "3.5", "5 3", "10:30", "नहीं है",
    "5 March March", "1997-13-05", "2026-3", "=A1", "\x00", "1" * 300,
]  # fmt: skip


@pytest.fixture(autouse=True)
def in_march_2026():
    with clock.frozen(datetime(2026, 3, 5, 12, tzinfo=UTC)):
        yield


@pytest.mark.parametrize(("text", "meant"), READ)
def test_days_as_written(text, meant):
    assert parse_day(text).text() == meant


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError, match=r"day|month|year"):
        parse_day(text)


def test_orders():
    assert parse_day("04/05/2000").text() == "2000-05-04"
    assert parse_day("04/05/2000", "mdy").text() == "2000-04-05"
    assert parse_day("25/05/2000", "mdy").text() == "2000-05-25"
    assert parse_day("2000-04-05", "mdy").text() == "2000-04-05"
    assert days.likely_order(["01/02/2000", "01/25/2000", "04 Apr"]) == "mdy"
    assert days.likely_order(["25/01/2000", "01/25/2000"]) == "dmy"
    assert days.likely_order([]) == "dmy"


def test_years_of_two_digits():
    assert parse_day("1/1/26").year == 2026
    assert parse_day("1/1/27").year == 1927
    assert parse_day("1/1/27", latest_year=2046).year == 2027
    assert parse_day("1/1/47", latest_year=2046).year == 1947


def test_a_day_that_comes_round():
    birthday = PartialDay(None, 3, 5)
    assert birthday.next_after(date(2026, 3, 4)) == date(2026, 3, 5)
    assert birthday.next_after(date(2026, 3, 5)) == date(2027, 3, 5)
    assert birthday.next_from(date(2026, 3, 5)) == date(2026, 3, 5)
    assert birthday.next_from(date(2026, 3, 6)) == date(2027, 3, 5)


def test_the_29th_of_february_is_kept_on_the_28th_in_common_years():
    leap = PartialDay(2000, 2, 29)
    assert leap.next_after(date(2026, 2, 27)) == date(2026, 2, 28)
    assert leap.next_after(date(2026, 2, 28)) == date(2027, 2, 28)
    assert leap.next_after(date(2027, 12, 31)) == date(2028, 2, 29)
    assert leap.years_on(date(2026, 2, 27)) == 25
    assert leap.years_on(date(2026, 2, 28)) == 26


def test_what_a_partial_day_knows():
    assert PartialDay.of(date(1997, 3, 31)).as_date() == date(1997, 3, 31)
    assert PartialDay(None, 2, 29).as_date() is None
    assert PartialDay(None, 2, 29).years_on(date(2026, 1, 1)) is None
    with pytest.raises(ValueError, match="day"):
        PartialDay(2001, 2, 29)


any_day = st.dates(date(1850, 1, 1), date(2150, 12, 31))


@given(any_day, st.booleans())
def test_text_is_read_back(day, with_year):
    known = PartialDay(day.year if with_year else None, day.month, day.day)
    assert parse_day(known.text()) == known


@given(any_day, st.sampled_from(["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%B %d, %Y", "%Y-%m-%d", "%d %B %Y"]),
       st.sampled_from(["0123456789", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"]))  # fmt: skip
def test_every_usual_writing_is_read(day, pattern, script):
    text = day.strftime(pattern).translate(str.maketrans("0123456789", script))
    assert parse_day(text) == PartialDay.of(day)


@given(st.dates(date(1904, 1, 1), date(2100, 1, 1)), any_day)
def test_the_next_time_is_within_a_year(day, since):
    anniversary = PartialDay.of(day)
    following = anniversary.next_after(since)
    assert 0 < (following - since).days <= 366
    assert (following.month, following.day) in {(day.month, day.day), (2, 28)}
    assert anniversary.next_from(since) in {following, since}


@given(st.text(max_size=70) | st.text("0123456789/-. ", max_size=20))
def test_any_text_is_a_day_or_a_value_error(text):
    with contextlib.suppress(ValueError):
        parse_day(text)


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("9", "09:00"),
        ("9:30", "09:30"),
        ("21.05", "21:05"),
        ("9 pm", "21:00"),
        ("12 am", "00:00"),
        ("12:15 p.m.", "12:15"),
        ("۹:۳۰", "09:30"),
        ("०:००", "00:00"),
        (" 23:59 ", "23:59"),
    ],
)
def test_a_time_of_day_is_taken_as_people_write_it(typed, time):
    assert days.parse_time(typed) == time


@pytest.mark.parametrize("typed", ["", "24:00", "9:60", "13 pm", "0 am", "noon", "9:3", "-1", "9:30:00", "99999"])
def test_what_is_no_time_of_a_day_is_refused(typed):
    with pytest.raises(ValueError, match="not a time"):
        days.parse_time(typed)
