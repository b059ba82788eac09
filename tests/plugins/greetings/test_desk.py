"""The desk: who is next, who waits and why, and what to say where it is too late."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from loyalapp import sdk
from loyalapp.core import clock
from plugins.greetings import certain, desk, due, giving, marked, occasions, service
from plugins.issues import service as issues

NOW = datetime(2026, 3, 18, 10, 0, tzinfo=ZoneInfo("Asia/Karachi"))
EID = ("eid_fitr", 1447)


@pytest.fixture(autouse=True)
def _week_of_eid():
    with clock.frozen(NOW):
        yield


def add(name: str = "Tariq", **values) -> int:
    return sdk.customers.add({"name": name, "message_language": "en", **values}).id


def born(ago: int) -> dict[str, int]:
    day = NOW.date() - timedelta(days=ago)
    return {"birth_month": day.month, "birth_day": day.day}


def line_of(customer_id: int) -> desk.Line:
    return next(one for one in desk.lines() if one.due.customer_id == customer_id)


def test_each_occasion_comes_up_by_its_own_lead_time(app):
    with app.app_context():
        soon, later = add("A", **born(-3)), add("B", **born(-6))
        assert line_of(soon).is_ready
        assert not line_of(later).is_now
        assert desk.following().customer_id == soon
        occasions.choose(lead={"birthday": 6})
        assert line_of(later).is_ready


def test_days_of_firms_and_own_days_come_from_our_records(any_app):
    with any_app.app_context():
        firm = add(
            "Anmol Traders",
            kind="firm",
            days=[{"kind": "birthday_of_firm", "what": "", "month": 3, "day": 20}],
        )
        own = add("B", days=[{"kind": "own", "what": "Wedding day", "month": 3, "day": 19}])
        deal = add("C", since=date(2021, 3, 21))
        found = {one.due.customer_id: one.due for one in desk.lines()}
        assert found[firm].occasion == "firm_birthday"
        assert (found[own].occasion, found[own].what) == ("own_day", "Wedding day")
        assert (found[deal].occasion, found[deal].years) == ("first_deal", 5)


def test_only_round_anniversaries_where_the_firm_chose_so(app):
    with app.app_context():
        for years in (1, 3, 5, 8, 10):
            add(f"Y{years}", since=date(2026 - years, 3, 20))
        assert len(desk.lines()) == 5
        occasions.choose(deal="round")
        assert sorted(one.due.years for one in desk.lines()) == [1, 5, 10]


def test_held_back_with_its_reason(app):
    with app.app_context():
        problem, full, rests = add("A", **born(0)), add("B", **born(0)), add("C", **born(0))
        issues.record(problem, "It leaks")
        for _time in range(2):
            sdk.interactions.record(full, channel="call", unasked=True, said="Hello")
        sdk.customers.change(rests, {"paused_until": date(2026, 4, 30), "pause_why": "mourning"})
        reasons = {one.due.customer_id: " ".join(one.held) for one in desk.lines()}
        assert "until the problem is solved" in reasons[problem]
        assert "That is enough" in reasons[full]
        assert "mourning" in reasons[rests]
        assert desk.following() is None


def test_too_late_says_what_to_say_instead_in_the_customers_language(app):
    with app.app_context():
        still, late = add("A", **born(4)), add("B", message_language="ur", **born(6))
        assert line_of(still).is_ready
        held = line_of(late)
        assert not held.is_ready
        assert "too late" in held.held[-1]
        assert sdk.address.script_of(held.instead) == "ur"
        service.put_aside(late, "birthday")
        assert [one.due.customer_id for one in desk.lines()] == [still]


def test_who_has_a_card_waiting_or_was_greeted_is_not_next_again(app):
    with app.app_context():
        one, other = add("A", **born(0)), add("B", **born(0))
        card = service.make(one, service.draft(one, "birthday"))
        assert desk.following().customer_id == other
        giving.give(card, "by_hand")
        assert [line.due.customer_id for line in desk.lines()] == [other]
        assert desk.following(after=other) is None


def test_nobody_is_greeted_twice_for_the_same_day(any_app):
    with any_app.app_context():
        one = add("A", **born(0))
        first, second = (service.make(one, service.draft(one, "birthday")) for _time in range(2))
        giving.give(first, "by_hand")
        with pytest.raises(sdk.LoyalAppError, match="greeted for this already"):
            giving.give(second, "by_phone", "an old friend")
        assert service.get(second).given_on is None
        with clock.frozen(NOW + timedelta(days=365)):
            again = service.make(one, service.draft(one, "birthday"))
            giving.give(again, "by_hand")
            assert service.get(again).turn == 2027


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize("jump", [-DAY, -HOUR, HOUR, DAY, 4 * DAY])
def test_whatever_the_clock_does_nobody_is_greeted_twice_and_nobody_is_skipped(app, jump):
    """An hour back, a day on, asleep from Wednesday to Sunday: what was said is known, what was not comes up."""
    with app.app_context():
        greeted, waits = add("A", **born(0)), add("B", **born(-1))
        giving.give(service.make(greeted, service.draft(greeted, "birthday")), "by_hand")
        with clock.frozen(NOW + jump):
            assert [one.due.customer_id for one in desk.lines()] == [waits]
            with pytest.raises(sdk.LoyalAppError, match="greeted for this already"):
                giving.give(service.make(greeted, service.draft(greeted, "birthday")), "by_phone", "an old friend")


def test_a_clock_that_ran_a_year_ahead_for_a_while_costs_nobody_a_greeting(app):
    with app.app_context():
        greeted, waits = add("A", **born(0)), add("B", **born(-1))
        giving.give(service.make(greeted, service.draft(greeted, "birthday")), "by_hand")
        with clock.frozen(NOW + 365 * DAY):
            assert {one.due.customer_id for one in desk.lines()} == {greeted, waits}
        assert [one.due.customer_id for one in desk.lines()] == [waits]


def test_a_firm_that_moves_to_another_zone_over_midnight_greets_each_once(app):
    """Half past eleven at night in Lahore is midnight in Delhi."""
    late = NOW.replace(hour=23, minute=30)
    with app.app_context(), clock.frozen(late):
        today, tomorrow = add("A", **born(0)), add("B", **born(-1))
        giving.give(service.make(today, service.draft(today, "birthday")), "by_hand")
        for zone, days in (("Asia/Kolkata", 0), ("Asia/Karachi", 1), ("America/New_York", 1)):
            clock.set_zone(app, zone)
            (line,) = desk.lines()
            assert (line.due.customer_id, (line.due.day - sdk.today()).days) == (tomorrow, days)


def test_a_birthday_greeted_before_new_year_counts_for_the_year_of_the_day(app):
    with app.app_context(), clock.frozen(datetime(2026, 12, 30, 10, tzinfo=ZoneInfo("Asia/Karachi"))):
        one = add("A", birth_month=1, birth_day=1)
        card = service.make(one, service.draft(one, "birthday"))
        assert service.get(card).turn == 2027


def test_cards_prepared_for_a_feast_stay_with_it_when_the_day_moves(app):
    with app.app_context():
        one = add("A")
        marked.mark(one, *EID, greet=True)
        card = service.make(one, service.draft(one, "eid_fitr"))
        assert service.get(card).turn == 1447
        certain.confirm(*EID, date(2026, 3, 20))
        giving.give(card, "by_hand")
        assert desk.lines() == []
        certain.confirm(*EID, date(2026, 3, 22))
        assert desk.lines() == []


def test_a_card_of_a_day_to_come_makes_us_ask_about_the_clock(app):
    with app.app_context():
        one = add("A")
        with clock.frozen(NOW + timedelta(days=400)):
            service.make(one, service.draft(one, "other"))
        assert desk.is_clock_odd()
        with clock.frozen(NOW + timedelta(days=500)):
            assert not desk.is_clock_odd()


def test_a_key_of_today_finishes_a_marked_feast_and_brings_it_back(app):
    from plugins.greetings import plugin

    with app.app_context():
        one = add("A")
        marked.mark(one, *EID, greet=True)
        with app.test_request_context():
            [entry] = plugin.today_entries(NOW.date(), 10)
        assert entry.kind == "greeting"
        assert "Eid ul-Fitr, expected" in entry.why
        plugin.today_entry_was_finished(entry.key, one)
        assert due.people_due(NOW.date(), 10, 10) == []
        plugin.today_entry_was_reopened(entry.key, one)
        assert len(due.people_due(NOW.date(), 10, 10)) == 1
