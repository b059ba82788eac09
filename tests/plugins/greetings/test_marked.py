"""Whom we greet on a festival: whom the salesman marked, and who asked; never by a name, never sifted by it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import inspect, select

from loyalapp import sdk
from loyalapp.core import clock
from loyalapp.features.customers import consent, merging
from loyalapp.features.customers import service as customers
from plugins.greetings import due, marked, passing, service
from plugins.greetings.models import DAY, MARK, WISH

NOW = datetime(2026, 3, 18, 10, 0, tzinfo=ZoneInfo("Asia/Karachi"))
EID = ("eid_fitr", 1447)


@pytest.fixture(autouse=True)
def _week_of_eid():
    with clock.frozen(NOW):
        yield


def add(name: str = "طارق بھٹی", **values) -> int:
    return sdk.customers.add({"name": name, **values}).id


def greeted_on_eid() -> list[int]:
    return [one.customer_id for one in due.people_due(sdk.today(), 14, 50) if one.occasion == "eid_fitr"]


def test_nobody_is_greeted_on_a_festival_for_a_name(any_app):
    with any_app.app_context():
        for name in ("محمد علی", "Ram Prasad", "Gurpreet Singh", "John Mathew"):
            add(name)
        assert due.people_due(date(2026, 1, 1), 365, 100) == []


def test_a_mark_is_enough_and_can_be_taken_back(any_app):
    with any_app.app_context():
        one, other = add("A"), add("B")
        marked.mark(one, *EID, greet=True)
        assert greeted_on_eid() == [one]
        marked.mark(one, *EID, greet=True)
        assert len(sdk.db.session.execute(select(MARK)).all()) == 1
        marked.mark(other, *EID, greet=False)
        assert greeted_on_eid() == [one]
        marked.mark(one, *EID, greet=None)
        assert greeted_on_eid() == []


def test_the_customers_own_word_is_enough_in_every_year(any_app):
    with any_app.app_context():
        one = add()
        marked.wish(one, "eid_fitr", wanted=True)
        assert greeted_on_eid() == [one]
        with clock.frozen(datetime(2027, 3, 8, 10, 0, tzinfo=ZoneInfo("Asia/Karachi"))):
            assert greeted_on_eid() == [one]
        marked.mark(one, *EID, greet=False)
        assert greeted_on_eid() == []


def test_please_not_wins_over_every_mark(any_app):
    with any_app.app_context():
        one = add()
        marked.mark(one, *EID, greet=True)
        marked.wish(one, "eid_fitr", wanted=False)
        assert greeted_on_eid() == []
        with pytest.raises(sdk.LoyalAppError, match="asked not to be greeted"):
            marked.mark(one, *EID, greet=True)
        assert [row.id for row in passing.names(*EID).rows] == []
        marked.wish(one, "eid_fitr", wanted=None)
        assert greeted_on_eid() == [one]


def test_please_not_holds_for_a_birthday_too(app):
    with app.app_context():
        one = add(birth_month=3, birth_day=20)
        assert [one.occasion for one in due.people_due(sdk.today(), 5, 5)] == ["birthday"]
        marked.wish(one, "birthday", wanted=False)
        assert due.people_due(sdk.today(), 5, 5) == []


def test_who_wants_no_greetings_at_all_gets_none(app):
    with app.app_context():
        one = add()
        marked.mark(one, *EID, greet=True)
        consent.write(one, "greetings", "told", given=False)
        assert greeted_on_eid() == []
        assert passing.names(*EID).rows == []


def test_the_pass_offers_last_years_marks_first_and_asks_for_each_name_once(any_app):
    with any_app.app_context():
        people = [add(f"Person {number:02}") for number in range(60)]
        for one in people[5:8]:
            marked.mark(one, "eid_fitr", 1446, greet=True)
        marked.mark(people[9], "eid_fitr", 1446, greet=False)
        first = passing.names(*EID)
        assert first.again
        assert [row.id for row in first.rows] == people[5:8]
        for one in people[5:8]:
            marked.mark(one, *EID, greet=True)
        rest = passing.names(*EID)
        assert not rest.again
        assert [row.id for row in rest.rows] == [*people[:5], *people[8:53]]
        last = passing.names(*EID, rest.after)
        assert [row.id for row in last.rows] == people[53:]
        assert last.after is None


def test_going_through_all_names_again_shows_what_was_answered(app):
    with app.app_context():
        one, other = add("A"), add("B")
        marked.mark(one, *EID, greet=True)
        assert [row.id for row in passing.names(*EID).rows] == [other]
        everyone = passing.names(*EID, everyone=True)
        assert [row.id for row in everyone.rows] == [one, other]
        assert everyone.answers == {one: True}


def test_each_of_us_passes_through_his_own_names(app):
    with app.app_context():
        me, friend = sdk.staff.add("Imran"), sdk.staff.add("Sunita")
        mine = add("A", salesman_id=me)
        add("B", salesman_id=friend)
        assert [row.id for row in passing.names(*EID, mine=me).rows] == [mine]


def test_greeted_once_for_a_turn_and_not_again(any_app):
    with any_app.app_context():
        one = add(message_language="en")
        marked.mark(one, *EID, greet=True)
        service.put_aside(one, "eid_fitr")
        assert greeted_on_eid() == []
        service.take_up_again(one, "eid_fitr")
        assert greeted_on_eid() == [one]


def test_when_two_become_one_marks_come_together_and_please_not_wins(any_app):
    with any_app.app_context():
        winner, loser = add("Tariq"), add("Tarik")
        marked.mark(loser, *EID, greet=True)
        marked.mark(winner, *EID, greet=True)
        marked.wish(winner, "diwali", wanted=True)
        marked.wish(loser, "diwali", wanted=False)
        versions = {one: sdk.customers.get(one).version for one in (winner, loser)}
        merging.merge(winner, loser, {}, versions, lambda _field, value: str(value[0]))
        assert greeted_on_eid() == [winner]
        assert marked.wishes_of(winner) == {"diwali": False}
        assert (winner, "diwali") in marked.unwanted([winner])


def test_marks_and_words_go_with_an_erased_customer(any_app):
    with any_app.app_context():
        one = add()
        marked.mark(one, *EID, greet=True)
        marked.wish(one, "diwali", wanted=False)
        customers.remove(one)
        assert greeted_on_eid() == []
        from loyalapp.core import belongings

        belongings.erase(one)
        sdk.db.session.commit()
        for table in (MARK, WISH):
            assert sdk.db.session.execute(select(table)).all() == []


def test_days_nobody_is_marked_for_are_dropped_but_never_a_confirmed_one(app):
    from plugins.greetings import certain

    with app.app_context():
        one = add()
        marked.mark(one, *EID, greet=True)
        marked.mark(one, *EID, greet=None)
        certain.confirm("eid_azha", 1447, date(2026, 5, 27))
        certain.drop_empty_days()
        kept = sdk.db.session.execute(select(DAY.c.occasion)).scalars().all()
        assert kept == ["eid_azha"]


def test_nothing_that_says_who_keeps_a_festival_stands_with_the_customer(app):
    with app.app_context():
        columns = {one["name"] for one in inspect(sdk.db.engine).get_columns("customer")}
        assert not {name for name in columns if any(word in name for word in ("faith", "religion", "festival", "eid"))}
