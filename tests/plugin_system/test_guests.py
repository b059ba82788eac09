"""A plugin that is asked works on the asker's connection without being able to touch its work, or to hold the lock."""

import threading

import pytest
from sqlalchemy import text

from loyalapp.core.clock import today
from loyalapp.core.db import db, only_reading, rows
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service as interactions
from loyalapp.plugin_system.calls import ask, registry, tell
from loyalapp.plugin_system.guests import SpeaksWhileWriting
from tests.plugin_system.test_calls import plug_in


@pytest.fixture
def sana(any_app):
    with any_app.app_context():
        return customers.add({"name": "Sana"}).id


@pytest.fixture
def lenient(any_app):
    """As outside of tests: one who asks in the middle of writing is served nevertheless."""
    registry(any_app).is_strict = False


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


@pytest.mark.usefixtures("lenient")
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


@pytest.mark.usefixtures("lenient")
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


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_one_who_asks_before_writing_goes_on_with_its_own_objects(any_app, sana, way):
    plug_in(any_app, "bad", customer_actions=lambda customer_id: way(customer_id=customer_id))
    with any_app.test_request_context():
        customer = customers.get(sana)
        ask("customer_actions", customer_id=sana)
        assert (customer.name, [one.number for one in customer.phones]) == ("Sana", [])
        customer.firm = "Sana Traders"
        db.session.commit()
    with any_app.app_context():
        found = customers.get(sana)
        assert (found.name, found.firm, found.facts) == ("Sana", "Sana Traders", [])


def test_while_a_plugin_is_asked_others_can_write(app):
    """One that hangs in C, where nothing can end it, would keep them from it else."""
    with app.app_context():
        sana = customers.add({"name": "Sana"}).id

    def writing_elsewhere():
        with app.app_context():
            customers.learn(sana, "Written meanwhile")

    def hanging(customer_id):
        assert customers.get(customer_id).name == "Sana"
        meanwhile = threading.Thread(target=writing_elsewhere)
        meanwhile.start()
        meanwhile.join(30)
        seen.append(meanwhile.is_alive())

    seen = []
    plug_in(app, "bad", customer_actions=hanging)
    with app.test_request_context():
        customer = customers.get(sana)
        ask("customer_actions", customer_id=sana)
        customer.firm = "Sana Traders"
        db.session.commit()
    with app.app_context():
        found = customers.get(sana)
        assert (found.firm, [one.text for one in found.facts]) == ("Sana Traders", ["Written meanwhile"])
    assert seen == [False]


def half_done(customer):
    customer.firm = "Sana Traders"


def half_written(customer):
    half_done(customer)
    db.session.flush()


def half_written_plainly(_customer):
    db.session.execute(text("UPDATE customer SET firm = 'Sana Traders'"))


HALF_WAYS = [half_done, half_written, half_written_plainly]


@pytest.mark.parametrize("way", HALF_WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("speak", [ask, tell])
def test_asking_and_telling_in_the_middle_of_writing_is_found_by_tests(app, way, speak):
    with app.test_request_context():
        customer = customers.add({"name": "Sana"})
        speak("customer_actions", customer_id=customer.id)
        way(customers.get(customer.id))
        with pytest.raises(SpeaksWhileWriting):
            speak("customer_actions", customer_id=customer.id)
        db.session.rollback()
        assert ask("customer_actions", customer_id=customer.id)
