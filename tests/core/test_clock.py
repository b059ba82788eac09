"""The clock: moments are UTC, today is the day at the firm's door."""

from datetime import UTC, date, datetime, timedelta

import pytest

from loyalapp.core import clock


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Asia/Karachi", datetime(2026, 11, 21, 18, 59, 59, tzinfo=UTC), date(2026, 11, 21)),
        ("Asia/Karachi", datetime(2026, 11, 21, 19, 0, 0, tzinfo=UTC), date(2026, 11, 22)),
        ("Asia/Kolkata", datetime(2026, 11, 21, 18, 30, 0, tzinfo=UTC), date(2026, 11, 22)),
        ("Asia/Kolkata", datetime(2026, 11, 21, 18, 29, 59, tzinfo=UTC), date(2026, 11, 21)),
        ("UTC", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        ("Europe/London", datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_today_is_the_day_in_the_firms_zone(app, zone, moment, day):
    clock.set_zone(app, zone)
    with app.app_context(), clock.frozen(moment):
        assert clock.today() == day


def test_now_is_aware_and_in_utc():
    assert clock.now().utcoffset() == timedelta(0)


def test_frozen_clock_stands_and_goes_on_again():
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with clock.frozen(moment):
        assert clock.now() == clock.now() == moment
        with clock.frozen(moment + timedelta(days=1)):
            assert clock.now() == moment + timedelta(days=1)
        assert clock.now() == moment
    assert clock.now() != moment


def test_a_stored_moment_is_shown_as_the_wall_clock(app):
    clock.set_zone(app, "Asia/Kolkata")
    with app.app_context():
        assert clock.local(datetime(2026, 1, 1, 12, 0, tzinfo=UTC)).strftime("%H:%M") == "17:30"


def test_an_hour_that_is_left_out_or_comes_twice_moves_no_day(app):
    """London, 28 March 2027: after 0:59 comes 2:00; 31 October: 1:30 comes twice."""
    clock.set_zone(app, "Europe/London")
    for day, hours, shown in (
        (datetime(2027, 3, 28, tzinfo=UTC), (0, 1), ["00:30", "02:30"]),
        (datetime(2027, 10, 31, tzinfo=UTC), (0, 1), ["01:30", "01:30"]),
    ):
        with app.app_context():
            moments = [day + timedelta(hours=one, minutes=30) for one in hours]
            assert [clock.local(one).strftime("%H:%M") for one in moments] == shown
            for one in moments:
                with clock.frozen(one):
                    assert clock.today() == day.date()


def test_a_zone_that_does_not_exist_is_refused(app):
    with pytest.raises(KeyError):
        clock.set_zone(app, "Asia/Nowhere")
