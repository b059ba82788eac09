"""Today: one next action per customer in the stated order, and no more than a person can do."""

from datetime import timedelta

import pytest

from loyalapp.core.clock import frozen, now, today
from loyalapp.core.db import db
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service as interactions
from loyalapp.features.settings import service as settings
from loyalapp.features.today import service
from loyalapp.plugin_system.answers import TODAY_KINDS
from tests.features.today.conftest import people
from tests.walk import token_of


def test_the_order_is_the_stated_one(any_app, put_forward):
    with any_app.app_context():
        ids = people(len(TODAY_KINDS))
        for who, kind in reversed(list(zip(ids, TODAY_KINDS, strict=True))):
            put_forward(who, kind)

        assert [line.first.kind for line in service.make_day(today()).lines] == list(TODAY_KINDS)


def test_each_customer_stands_once_and_the_rest_folds_under(any_app, put_forward):
    with any_app.app_context():
        (who,) = people(1)
        for kind in ("review", "checkin", "promise"):
            put_forward(who, kind)
        lines = service.make_day(today()).lines

    assert len(lines) == 1
    assert (lines[0].first.kind, [one.kind for one in lines[0].folded]) == ("promise", ["checkin", "review"])


def test_within_a_kind_the_weightier_comes_first(any_app, put_forward):
    with any_app.app_context():
        light, heavy = people(2)
        put_forward(light, "review", weight=1)
        put_forward(heavy, "review", weight=9)

        assert [line.customer.id for line in service.make_day(today()).lines] == [heavy, light]


def test_no_more_than_a_person_can_do_and_what_is_done_takes_room(any_app, put_forward):
    with any_app.app_context():
        ids = people(14)
        keys = [put_forward(who, "review") for who in ids]
        day = service.make_day(today())
        assert (len(day.lines), day.waiting) == (10, 4)

        first = day.lines[0]
        service.finish(first.first.key, first.customer.id, "x")
        day = service.make_day(today())
        assert (len(day.lines), day.waiting, len(day.done)) == (9, 4, 1)
        assert keys


def test_what_is_done_stays_done_and_what_is_not_comes_up_whatever_the_clock_does(any_app, put_forward):
    with any_app.app_context():
        one, other = people(2)
        put_forward(one, "review")
        put_forward(other, "review")
        service.finish(service.make_day(today()).lines[0].first.key, one, "x")
        for days in (-366, -1, 1, 5, 366):
            with frozen(now() + timedelta(days=days)):
                assert [line.customer.id for line in service.make_day(today()).lines] == [other]


def test_a_greeting_waits_while_a_problem_is_open(any_app, any_client, put_forward):
    with any_app.app_context():
        (who,) = people(1)
        put_forward(who, "greeting", what="Wish a happy birthday.")
        put_forward(who, "problem", what="Solve it.")
        line = service.make_day(today()).lines[0]
        assert line.first.kind == "problem"
        assert [service.is_held(line, one) for one in line.folded] == [True]
        db.session.remove()

    assert "It waits until the problem is solved." in any_client.get("/").get_data(as_text=True)


def test_what_is_held_is_never_the_first_thing_to_do(any_app, any_client, put_forward):
    with any_app.app_context():
        one, other = people(2)
        put_forward(one, "greeting", held="The card waits.")
        put_forward(one, "review")
        put_forward(other, "greeting", held="This one waits too.")
        lines = {line.customer.id: line for line in service.make_day(today()).lines}
        assert lines[one].first.kind == "review"
        db.session.remove()

    text = any_client.get("/").get_data(as_text=True)
    assert "The card waits." in text
    assert "This one waits too." in text


def test_a_list_makes_nothing_overdue(any_app):
    with any_app.app_context():
        for who in people(3):
            db.session.add(Purchase(customer_id=who, item="Iron", bought_on=today() - timedelta(days=8), import_id=1))
        db.session.commit()

        assert service.make_day(today()).lines == []


def test_the_real_sources_meet_on_one_line(any_app):
    with any_app.app_context():
        (who,) = people(1)
        interactions.promise(who, "The price", today())
        catalogue.record_purchase(who, "Iron", today() - timedelta(days=8), warranty_until=today() + timedelta(days=9))
        line = service.make_day(today()).lines[0]

    assert [line.first.kind, *(one.kind for one in line.folded)] == ["promise", "checkin", "ending"]
    assert line.first.what == "The price"


def test_done_is_told_and_taken_back(any_app, put_forward):
    with any_app.app_context():
        (who,) = people(1)
        key = put_forward(who, "review")
        service.finish(key, who, "Talked")
        assert service.make_day(today()).lines == []
        assert [one.what for one in service.finished_on(today())] == ["Talked"]
        service.reopen(key)
        assert [line.first.key for line in service.make_day(today()).lines] == [key]

    assert put_forward.told == [("finished", key, who), ("reopened", key, who)]


def test_done_on_a_promise_keeps_it(any_app):
    with any_app.app_context():
        (who,) = people(1)
        number = interactions.promise(who, "The price", today())
        service.finish(f"promise:{number}", who, "The price")
        assert interactions.promises_of(who) == []
        service.reopen(f"promise:{number}")
        assert [one.id for one in interactions.promises_of(who)] == [number]


def test_removed_customers_are_not_called(any_app, put_forward):
    with any_app.app_context():
        (who,) = people(1)
        put_forward(who, "problem")
        customers.remove(who)

        assert service.make_day(today()).lines == []


def test_the_page_shows_contacts_of_the_month_against_the_limit(any_app, any_client):
    with any_app.app_context():
        (who,) = people(1)
        interactions.record(who, said="x")
        interactions.promise(who, "The price", today())
        settings.save_firm(settings.firm()._replace(contact_limit=3))
        line = service.make_day(today()).lines[0]
        assert (line.used, line.limit) == (1, 3)
        db.session.remove()

    assert "contacts this month" in any_client.get("/").get_data(as_text=True)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"key": "x", "customer_id": "9" * 30},
        {"key": "promise:abc"},
        {"key": "promise:²"},
        {"key": "\x00", "what": "\x00"},
        {"key": "promise:4711"},
        {"key": "k" * 5000},
    ],
)
def test_nonsense_is_refused_kindly(any_app, any_client, data):
    with any_app.app_context():
        who = people(1)[0]
        db.session.remove()
    sent = {"csrf_token": token_of(any_client), "customer_id": str(who), **data}

    assert any_client.post("/today/done", data=sent).status_code in (303, 404)
    assert any_client.post("/today/undo", query_string=data, data=sent).status_code in (303, 404)
    assert any_client.get("/").status_code == 200


def test_an_empty_book_says_what_to_do(any_client):
    text = any_client.get("/").get_data(as_text=True)

    assert "Your book is still empty" in text
    assert "/imports/new" in text


def test_how_many_stayed_is_said_of_ten_and_not_of_a_few(app, client):
    with app.app_context():
        ids = people(10)
        for who in ids[:9]:
            catalogue.record_purchase(who, "Thread", today() - timedelta(days=400))
    assert "still with us" not in client.get("/").get_data(as_text=True)
    with app.app_context():
        catalogue.record_purchase(ids[9], "Thread", today() - timedelta(days=400))
    assert "still with us" in client.get("/").get_data(as_text=True)
