"""Days by which something is due, and days of waiting, count only those on which the firm works."""

from datetime import UTC, date, datetime

import pytest

from loyalapp import sdk
from loyalapp.core import clock
from plugins.issues import hours
from plugins.issues.hours import Hours
from tests.plugins.issues.conftest import browser, send

FRIDAY = date(2026, 11, 27)
ALWAYS = Hours(closed=(), keeps_holidays=False)


@pytest.fixture
def inside(app):
    with app.app_context():
        yield app


def at(hour: int, day: date = FRIDAY):
    """A moment on the firm's wall clock in Karachi, five hours before UTC's."""
    return clock.frozen(datetime(day.year, day.month, day.day, hour - 5, 30, tzinfo=UTC))


def test_sunday_and_the_holidays_of_the_country_are_closed_unless_the_firm_says_otherwise(inside):
    assert hours.due_day(FRIDAY, 1) == date(2026, 11, 28), "Saturday"
    assert hours.due_day(FRIDAY, 2) == date(2026, 11, 30), "not Sunday"
    assert hours.due_day(date(2026, 12, 25)) == date(2026, 12, 26), "Quaid-e-Azam Day"
    assert not hours.is_open(date(2026, 5, 27)), "Eid"


def test_friday_closed_and_an_own_day_and_a_holiday_on_which_we_work(inside):
    own = (("2026-11-28", "Wedding"),)
    hours.save(Hours(closed=(4,), works_on=("Quaid-e-Azam Day",), own=own))

    assert hours.due_day(FRIDAY) == date(2026, 11, 29), "Friday is closed, Saturday is the wedding, Sunday is open"
    assert hours.due_day(date(2026, 12, 24), 1) == date(2026, 12, 26), "the 25th is a Friday"
    hours.save(Hours(closed=(6,), works_on=("Quaid-e-Azam Day",), own=own))
    assert hours.is_open(date(2026, 12, 25))
    assert [day for day, _why in hours.of_firm().own] == ["2026-11-28"]


def test_what_comes_in_after_closing_time_begins_on_the_next_working_day(inside):
    hours.save(Hours(opens="09:00", closes="19:00"))
    with at(18):
        assert hours.due_day(sdk.today()) == FRIDAY
    with at(19):
        assert hours.due_day(sdk.today()) == date(2026, 11, 28)
        assert hours.due_day(sdk.today(), 1) == date(2026, 11, 30)
        assert hours.due_day(date(2026, 12, 1)) == date(2026, 12, 1), "another day is not over yet"


def test_waiting_days_are_those_on_which_we_work(inside):
    assert hours.working_days(FRIDAY, FRIDAY) == 0
    assert hours.working_days(FRIDAY, date(2026, 11, 26)) == 0, "backwards is none"
    assert hours.working_days(FRIDAY, date(2026, 11, 29)) == 1, "Saturday, not Sunday"
    assert hours.working_days(date(2026, 12, 23), date(2026, 12, 28)) == 3, "24, 26, 28"


def test_counting_by_weeks_is_the_same_as_day_by_day(inside):
    hours.save(Hours(closed=(4, 6), own=(("2026-12-02", ""), ("2026-12-04", "a Friday too"))))
    for first in (date(2026, 11, 20), date(2026, 12, 2), date(2027, 3, 8)):
        for more in (1, 6, 7, 13, 30, 200):
            last = date.fromordinal(first.toordinal() + more)
            by_day = [hours.is_open(date.fromordinal(first.toordinal() + one)) for one in range(1, more + 1)]
            assert hours.working_days(first, last) == sum(by_day), (first, last)


def test_a_week_without_a_day_of_work_is_refused_and_so_is_half_an_opening_time(inside):
    with pytest.raises(sdk.LoyalAppError) as found:
        hours.save(Hours(closed=tuple(range(7))))
    assert found.value.field == "closed"
    for opens, closes in (("09:00", ""), ("19:00", "09:00")):
        with pytest.raises(sdk.LoyalAppError):
            hours.save(Hours(opens=opens, closes=closes))


def test_a_firm_that_says_it_never_opens_finds_an_end(inside):
    own = tuple((date.fromordinal(FRIDAY.toordinal() + one).isoformat(), "") for one in range(90))
    hours.save(Hours(closed=(0, 1, 2, 3, 4, 6), keeps_holidays=False, own=own))

    assert hours.due_day(FRIDAY) == date(2027, 2, 27), "the first Saturday after the closed days"


def test_a_country_without_a_list_of_holidays_has_none(inside):
    assert hours.holidays("XX", 2026) == ()
    assert hours.holidays("PK", 2150) is not None


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_the_page_keeps_what_was_ticked(app, language):
    client = browser(app, language)
    with at(12):
        page = client.get("/plugins/issues/hours").get_data(as_text=True)
        assert 'value="6" checked' in page
        holiday = {"holiday": ["Eid al-Fitr"]}
        answer = send(
            client, "/plugins/issues/hours", closed="4", opens="9", closes="8 pm", own="28/11/2026 Wedding", **holiday
        )
        assert answer.status_code == 303
        with app.app_context():
            kept = hours.of_firm()
            assert (kept.closed, kept.opens, kept.closes) == ((4,), "09:00", "20:00")
            assert kept.own == (("2026-11-28", "Wedding"),)
            assert "Eid al-Fitr" not in kept.works_on
            assert "Iqbal Day" in kept.works_on
        page = client.get("/plugins/issues/hours").get_data(as_text=True)
        assert 'value="4" checked' in page
        assert 'value="Iqbal Day" checked' not in page
        assert "28/11/2026 Wedding" in page


def test_what_cannot_be_read_stays_as_it_was_typed(app):
    client = browser(app)
    answer = send(client, "/plugins/issues/hours", own="some day\n31/02/2027", opens="25:00", closes="1")
    text = answer.get_data(as_text=True)

    assert answer.status_code == 422
    assert "some day" in text
    assert "25:00" in text
    answer = send(client, "/plugins/issues/hours", own="<script>alert(1)</script>")
    assert answer.status_code == 422
    assert "<script>alert(1)" not in answer.get_data(as_text=True)
