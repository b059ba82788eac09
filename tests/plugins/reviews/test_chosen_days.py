"""The day that a customer chose stands on Today, in the year and in the calendar's file, whatever else is planned."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from loyalapp import sdk
from loyalapp.core.clock import frozen
from plugins.reviews import calendar_file, due, planning, rhythm, standings, talks, year
from plugins.reviews.rhythm import Rhythm

from .conftest import account

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def inside(any_app):
    with any_app.test_request_context():
        yield
        sdk.db.session.remove()


def ahead(days: int) -> date:
    return sdk.today() + DAY * days


def accounts(count: int, *, until: date | None = None) -> list[int]:
    """Accounts, planned for a day or for none."""
    rhythm.save(Rhythm(closed=()))
    found = [account("iron", name=f"Account {number}", ago=40) for number in range(count)]
    for one in found:
        if until:
            planning.ask_again_on(one, until)
            planning.row_of(one).put_off_on = None
    sdk.db.session.commit()
    return found


def stands_on(one: int) -> list[date]:
    found = year.plan(0)
    return [visit.day for visit in year.visits(found, found.days) if visit.customer_id == one]


def test_what_was_agreed_keeps_its_day_in_the_year_and_the_others_make_room():
    first, second, third = accounts(3, until=ahead(9))
    talks.agree(third, ahead(9), "10:00")
    assert stands_on(third) == [ahead(9)]
    assert [stands_on(one) for one in (first, second)] == [[ahead(9)], [ahead(10)]]
    assert [one.reviews for one in year.plan(0).days[9:11]] == [2, 1]


def test_what_was_agreed_for_a_closed_day_stands_on_it():
    (one,) = accounts(1)
    rhythm.save(Rhythm(closed=(ahead(9).weekday(),)))
    talks.agree(one, ahead(9))
    assert stands_on(one) == [ahead(9)]


def test_another_rhythm_does_not_move_what_was_agreed():
    (one,) = accounts(1)
    talks.agree(one, ahead(9))
    rhythm.save(Rhythm(levels={"low": 365, "middle": 20, "high": 20}, closed=()))
    planning.replan()
    sdk.catalogue.record_purchase(one, "lamp", sdk.today())
    assert stands_on(one) == [ahead(9)]
    assert standings.standing(one).next_on == ahead(9)


@pytest.mark.parametrize("chosen", ["agreed", "asked_later"])
def test_on_their_day_they_stand_on_today_once_and_take_its_room(chosen):
    planned = accounts(3, until=ahead(5))
    (mine,) = planned[2:]
    if chosen == "agreed":
        talks.agree(mine, ahead(5), "10:00")
    else:
        talks.ask_later(mine, ahead(5))
    with frozen(sdk.now() + DAY * 5):
        entries = [one for one in sdk.ask("today_entries", day=sdk.today(), limit=40) if one.kind == "review"]
        assert [one.customer_id for one in entries].count(mine) == 1
        assert [one.customer_id for one in due.due(sdk.today(), 9)] == planned[:1]
        assert stands_on(mine) == [sdk.today()]


def test_the_calendar_has_the_agreed_hour_and_what_to_keep_in_mind():
    timed, whole, later = accounts(3)
    talks.agree(timed, ahead(9), "17:30", note="Bring the new needles")
    talks.agree(whole, ahead(9))
    talks.ask_later(later, ahead(9))
    found = year.plan(0)
    made = icalendar.Calendar.from_ical(calendar_file.make(year.visits(found, found.days)))
    events = {int(str(one["uid"]).split("-")[1]): one for one in made.walk("VEVENT")}
    here = datetime.combine(ahead(9), time(17, 30), ZoneInfo("Asia/Karachi"))
    assert events[timed].decoded("dtstart") == here.astimezone(UTC)
    assert events[timed].decoded("dtend") == here.astimezone(UTC) + timedelta(minutes=15)
    assert str(events[timed]["dtstart"].to_ical(), "ascii").endswith("Z")
    assert str(events[timed]["description"]) == "Bring the new needles"
    assert [events[one].decoded("dtstart") for one in (whole, later)] == [ahead(9)] * 2
    assert str(events[later]["summary"]) == "Ask Account 2 for a talk"
