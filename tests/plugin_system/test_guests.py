"""A plugin that is asked works in the asker's transaction without being able to touch it."""

import pytest
from sqlalchemy import text

from loyalapp.core.clock import today
from loyalapp.core.db import db, only_reading, rows
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service as interactions
from loyalapp.plugin_system.calls import ask
from tests.plugin_system.test_calls import plug_in


@pytest.fixture
def sana(any_app):
    with any_app.app_context():
        return customers.add({"name": "Sana"}).id


def raising(**_facts):
    raise RuntimeError("always")


def meddling(customer_id):
    customers.get(customer_id).name = "Meddled"


def ending(customer_id):
    db.session.rollback()
    db.session.commit()
    db.session.close()


def removing(customer_id):
    db.session.remove()
    customers.get(customer_id).name = "Meddled"


def writing(customer_id):
    customers.learn(customer_id, "Written when asked")


def writing_plainly(customer_id):
    db.session.execute(text("UPDATE customer SET name = 'Meddled'"))
    db.session.commit()


WAYS = [raising, meddling, ending, removing, writing, writing_plainly]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_work_of_the_asker_is_kept_whatever_a_plugin_does(any_app, sana, way):
    plug_in(any_app, "bad", customer_actions=lambda customer_id: way(customer_id=customer_id))
    with any_app.test_request_context():
        customer = customers.get(sana)
        customer.place = "Lahore"
        ask("customer_actions", customer_id=sana)
        customer.firm = "Sana Traders"
        db.session.commit()
    with any_app.app_context():
        found = customers.get(sana)
        assert (found.name, found.place, found.firm, found.facts) == ("Sana", "Lahore", "Sana Traders", [])


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_page_goes_on_with_its_own_objects(any_app, sana, way):
    plug_in(any_app, "bad", customer_actions=lambda customer_id: way(customer_id=customer_id))
    seen = []
    plug_in(any_app, "good", customer_actions=lambda customer_id: seen.append(customers.get(customer_id).name))
    with any_app.test_request_context(), only_reading():
        customer = customers.get(sana)
        for _turn in range(2):
            ask("customer_actions", customer_id=sana)
        db.session.execute(text("SELECT 1"))

        assert customer.name == "Sana"
        assert [one.number for one in customer.phones] == []
    assert set(seen) == {"Sana"}


def test_a_contact_is_saved_though_a_plugin_fails_while_it_is_written(any_app, sana):
    plug_in(any_app, "bad", customers_with_open_problem=lambda customer_ids: raising(ids=customer_ids))
    with any_app.app_context():
        interactions.record(sana, said="“Fine”", promised="A price", promised_for=today())
    with any_app.app_context():
        assert [one.said for one in interactions.latest(sana, 5)] == ["“Fine”"]


def test_a_plugin_sees_what_the_asker_has_written_so_far(any_app, sana):
    seen = []
    plug_in(any_app, "good", customer_actions=lambda customer_id: seen.append(customers.get(customer_id).name))
    with any_app.test_request_context():
        customers.get(sana).name = "Sana Shaikh"
        ask("customer_actions", customer_id=sana)
        db.session.rollback()

    assert seen == ["Sana Shaikh"]


def test_plugins_that_ask_in_turn_do_no_harm_either(any_app, sana):
    plug_in(any_app, "bad", customers_with_open_problem=lambda customer_ids: removing(customer_ids[0]))

    def asking(customer_id):
        customer = customers.get(customer_id)
        ask("customers_with_open_problem", customer_ids=[customer_id])
        rows(text("SELECT 1"))
        assert customer.name == customers.get(customer_id).name == "Sana"
        seen.append(1)

    seen = []
    plug_in(any_app, "asking", customer_actions=asking)
    for reading in (True, False):
        with any_app.test_request_context():
            if reading:
                with only_reading():
                    ask("customer_actions", customer_id=sana)
            else:
                ask("customer_actions", customer_id=sana)

    assert len(seen) == 2
