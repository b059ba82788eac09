"""Today: whose it is, who gets more attention, what is held back, and days on which nobody was here."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from loyalapp.core import clock
from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service as interactions
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff
from loyalapp.features.today import service
from tests.features.today.conftest import people

# ---- mine and everyone's ----


@pytest.fixture
def desk(any_app):
    """Two of us; the first one sits here."""
    with any_app.app_context():
        ids = staff.add("Asma"), staff.add("Bilal")
    yield ids
    staff.sit_down(None)


def sit(number: int | None) -> None:
    staff.sit_down(number)


def whom(day: service.Day) -> list[str]:
    return [line.customer.name for line in day.lines]


def test_mine_are_those_i_look_after_and_those_nobody_does_any_more(any_app, put_forward, desk):
    me, other = desk
    with any_app.app_context():
        for name, salesman in (("Mine", me), ("Theirs", other), ("Nobodys", None)):
            put_forward(customers.add({"name": name, "salesman_id": salesman}).id, "review")
        sit(me)
        assert sorted(whom(service.make_day(today(), me))) == ["Mine", "Nobodys"]
        assert len(service.make_day(today()).lines) == 3

        staff.leave(other)
        assert sorted(whom(service.make_day(today(), me))) == ["Mine", "Nobodys", "Theirs"]


def test_what_others_did_takes_no_room_from_my_day(any_app, put_forward, desk):
    me, other = desk
    with any_app.app_context():
        settings.save_firm(settings.firm()._replace(capacity=2))
        theirs = customers.add({"name": "Theirs", "salesman_id": other}).id
        service.finish(put_forward(theirs, "review"), theirs, "Talked")
        for number in range(3):
            put_forward(customers.add({"name": f"Mine {number}", "salesman_id": me}).id, "review")
        sit(me)
        mine, all_of_us = service.make_day(today(), me), service.make_day(today())

        assert (len(mine.lines), mine.waiting, len(mine.done)) == (2, 1, 0)
        assert (len(all_of_us.lines), all_of_us.waiting, len(all_of_us.done)) == (3, 0, 1)  # room for 2 and 2


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, 1), (500, 30)])
def test_no_capacity_and_a_boundless_one_are_borne(any_app, any_client, put_forward, number, shown):
    with any_app.app_context():
        settings.save_firm(settings.firm()._replace(capacity=number))
        for who in people(30):
            put_forward(who, "review")
        day = service.make_day(today())
        assert (len(day.lines), day.waiting) == (shown, 30 - shown)
        db.session.remove()
    assert any_client.get("/").status_code == 200


def test_the_switch_is_there_only_where_somebody_sits(any_app, any_client, desk):
    me, other = desk
    with any_app.app_context():
        theirs = customers.add({"name": "Theirs", "salesman_id": other}).id
        interactions.promise(theirs, "The price", today())
    assert "whose=mine" not in any_client.get("/").get_data(as_text=True)

    with any_client.session_transaction() as session:
        session["desk"] = [me, ""]
    assert "Theirs" in any_client.get("/?whose=all").get_data(as_text=True)
    assert "Theirs" in any_client.get("/").get_data(as_text=True)
    assert "Theirs" not in any_client.get("/?whose=mine").get_data(as_text=True)
    assert "Theirs" not in any_client.get("/").get_data(as_text=True)


# ---- attention, and what is held back ----


def test_within_a_kind_who_is_worth_more_attention_comes_first(any_app, put_forward):
    with any_app.app_context():
        great, small, unknown = (
            customers.add({"name": n, "worth": w}).id for n, w in (("G", 3), ("S", 1), ("U", None))
        )
        for who in (small, unknown, great):
            put_forward(who, "review", weight=100 if who == small else 0)
        put_forward(small, "promise")
        assert whom(service.make_day(today())) == ["S", "G", "U"]


def test_a_line_beyond_the_limit_is_held_back_and_takes_nobodys_room(any_app, any_client, put_forward):
    with any_app.app_context():
        settings.save_firm(settings.firm()._replace(capacity=1))
        full, free = people(2)
        for _time in range(2):
            interactions.record(full, said="x")
        put_forward(full, "checkin")
        put_forward(free, "review")
        assert [line.customer.id for line in service.make_day(today()).lines] == [free]

        settings.save_firm(settings.firm()._replace(capacity=2))
        held = service.make_day(today()).lines[1]
        assert "That is enough." in held.first.held
        db.session.remove()
    assert "That is enough." in any_client.get("/").get_data(as_text=True)


def test_one_contact_carries_everything(any_app, put_forward):
    """Whom we have to talk to anyway may be asked how it goes, too."""
    with any_app.app_context():
        (who,) = people(1)
        for _time in range(2):
            interactions.record(who, said="x")
        put_forward(who, "promise", unasked=False)
        put_forward(who, "review")
        line = service.make_day(today()).lines[0]

        assert (line.first.held, [one.held for one in line.folded]) == (None, [None])


def test_who_wants_no_contact_stands_here_only_with_what_they_wait_for(any_app, put_forward):
    with any_app.app_context():
        alone, waits = (customers.add({"name": name, "no_contact": True}).id for name in ("Alone", "Waits"))
        put_forward(alone, "review")
        put_forward(waits, "review")
        put_forward(waits, "problem", unasked=False)
        day = service.make_day(today())

        assert (whom(day), day.waiting, day.lines[0].folded) == (["Waits"], 0, [])
        assert day.lines[0].hints == ["They asked us not to contact them."]


def test_contacts_that_rest_are_held_with_the_reason_and_come_back_by_themselves(any_app, put_forward):
    with any_app.app_context():
        who = customers.add({"name": "R", "paused_until": today() + timedelta(days=2), "pause_why": "travelling"}).id
        put_forward(who, "checkin")
        assert "travelling" in service.make_day(today()).lines[0].first.held
        with clock.frozen(clock.now() + timedelta(days=2)):
            assert service.make_day(today()).lines[0].first.held is None


# ---- days on which nobody was here ----


@pytest.mark.parametrize("off", [date(2027, 2, 28), date(2028, 2, 28), date(2028, 2, 29)])
def test_a_day_on_which_the_computer_was_off_loses_nothing(app, off):
    noon = datetime.combine(off, time(12), ZoneInfo("Asia/Karachi"))
    with clock.frozen(noon - timedelta(days=8)), app.app_context():
        born = customers.add({"name": "Born", "birth_month": 2, "birth_day": 29}).id
        promised = customers.add({"name": "Promised"}).id
        interactions.promise(promised, "The price", off)
        bought = customers.add({"name": "Bought"}).id
        catalogue.record_purchase(bought, "Iron", off - timedelta(days=8))
    with clock.frozen(noon + timedelta(days=2)), app.test_request_context():
        found = {line.customer.id: line.first.kind for line in service.make_day(today()).lines}

    assert found[promised] == "promise"
    assert found[bought] == "checkin"
    assert found[born] == "greeting"
