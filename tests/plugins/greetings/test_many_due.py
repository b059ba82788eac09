"""Nobody is forgotten: two days of one person, and those behind many who wait or are not greeted at all."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from loyalapp import sdk
from loyalapp.core import clock
from plugins.greetings import certain, desk, due, giving, marked, occasions, service

NOW = datetime(2026, 3, 18, 10, 0, tzinfo=ZoneInfo("Asia/Karachi"))
EID = ("eid_fitr", 1447)
DAYS = [
    {"kind": "own", "what": "Wedding day", "month": 3, "day": 19},
    {"kind": "own", "what": "The shop opened", "month": 4, "day": 10},
]


@pytest.fixture(autouse=True)
def _week_of_eid():
    with clock.frozen(NOW):
        yield


def add(name: str = "Tariq", **values) -> int:
    return sdk.customers.add({"name": name, "message_language": "en", **values}).id


def test_two_days_of_one_person_are_greeted_each(any_app):
    with any_app.app_context():
        one = add(days=DAYS)
        assert [line.due.what for line in desk.lines()] == ["Wedding day"]
        first = service.make(one, service.draft(one, "own_day"))
        assert desk.lines() == []
        giving.give(first, "by_hand")
        with clock.frozen(NOW + timedelta(days=22)):
            assert [line.due.what for line in desk.lines()] == ["The shop opened"]
            second = service.make(one, service.draft(one, "own_day"))
            giving.give(second, "by_hand", "an old friend")
            assert desk.lines() == []
            with pytest.raises(sdk.LoyalAppError, match="greeted for this already"):
                giving.give(service.make(one, service.draft(one, "own_day")), "by_phone", "an old friend")
        with clock.frozen(NOW + timedelta(days=365)):
            assert [line.due.what for line in desk.lines()] == ["Wedding day"]


def test_one_of_two_days_is_put_aside_alone(app):
    with app.app_context():
        one = add(days=DAYS)
        service.put_aside(one, "own_day")
        assert desk.lines() == []
        with clock.frozen(NOW + timedelta(days=22)):
            assert [line.due.what for line in desk.lines()] == ["The shop opened"]


def test_a_day_of_their_own_is_called_by_its_name_where_the_card_is_written(app, client):
    with app.app_context():
        one = add(days=DAYS)
    page = client.get(f"/plugins/greetings/new/{one}?occasion=own_day").get_data(as_text=True)

    assert "Wedding day" in page


def test_behind_many_who_wait_the_next_still_comes_up(app):
    with app.app_context():
        resting = [add(f"H{number}") for number in range(desk.ROWS + 3)]
        ready = add("Zahid")
        for one in resting:
            sdk.customers.change(one, {"paused_until": date(2026, 4, 30), "pause_why": "mourning"})
        for one in (*resting, ready):
            marked.mark(one, *EID, greet=True)
        certain.confirm(*EID, date(2026, 3, 20))

        assert desk.following().customer_id == ready
        assert len(desk.lines()) == desk.ROWS + 1


def test_anniversaries_that_are_not_greeted_hide_nobody(app):
    with app.app_context():
        for number in range(15):
            add(f"Y{number}", since=date(2022, 3, 18))
        ten = add("Zahid", since=date(2016, 3, 18))
        occasions.choose(deal="round")

        assert [one.customer_id for one in due.people_due(NOW.date(), 3, 10)] == [ten]
