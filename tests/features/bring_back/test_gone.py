"""Steps over tables, owners and customers that are gone, and steps that are too old."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, text

from loyalapp.core import clock
from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer
from loyalapp.features.interactions import service as interactions
from loyalapp.features.interactions.models import Interaction


@pytest.fixture(autouse=True)
def inside(any_app):
    """Everything here happens in the app, on each database."""
    with any_app.app_context():
        yield


def someone(name="Zainab Bibi", **values):
    return customers.add({"name": name, **values}).id


def hand_made(table, columns, values):
    """A row past our models, as a plugin that is gone would have left it."""
    db.session.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"))


def test_a_row_whose_owner_is_gone_is_left_out_and_counted():
    one = someone()
    contact = interactions.record(one, said="x")
    step = bring_back.begin("deletion", {"what": "contact"})
    bring_back.keep(step, "interaction", [contact])
    db.session.execute(delete(Interaction))
    db.session.commit()
    db.session.execute(delete(Customer))
    db.session.commit()

    assert bring_back.undo(step).left == 1


def test_rows_of_a_plugin_that_is_gone_come_back_too():
    one = someone()
    db.session.execute(
        text(
            "CREATE TABLE plg_gone_thing (key TEXT PRIMARY KEY, size NUMERIC(12, 3), yes BOOLEAN, raw "
            + ("BYTEA" if db.engine.dialect.name == "postgresql" else "BLOB")
            + ", at TIMESTAMP, customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE)"
        )
    )
    raw = "'\\xff00'" if db.engine.dialect.name == "postgresql" else "x'ff00'"
    hand_made("plg_gone_thing", "key, size, yes, raw, at, customer_id", f"'a', 1.5, TRUE, {raw}, NULL, {one}")
    db.session.commit()
    before = db.session.execute(text("SELECT * FROM plg_gone_thing")).all()
    step = bring_back.begin("deletion", {})
    bring_back.keep(step, "plg_gone_thing", ["a"])
    db.session.execute(text("DELETE FROM plg_gone_thing"))
    db.session.commit()

    bring_back.undo(step)

    assert db.session.execute(text("SELECT * FROM plg_gone_thing")).all() == before


def test_a_table_that_is_gone_does_not_keep_the_rest_from_coming_back():
    one = someone()
    db.session.execute(text("CREATE TABLE plg_gone_thing (id INTEGER PRIMARY KEY)"))
    hand_made("plg_gone_thing", "id", "1")
    step = bring_back.begin("bulk", {})
    bring_back.keep(step, "plg_gone_thing", [1])
    bring_back.keep(step, "customer", [one])
    customers.change(one, {"name": "Other"})
    db.session.execute(text("DROP TABLE plg_gone_thing"))
    db.session.commit()

    bring_back.undo(step)

    assert customers.get(one).name == "Zainab Bibi"


def test_an_erased_customer_leaves_no_picture():
    one, other = someone(), someone("Karim")
    about = bring_back.begin("deletion", {"what": "customer", "name": "Zainab Bibi"})
    bring_back.keep(about, "customer", [one])
    many = bring_back.begin("bulk", {})
    bring_back.keep(many, "customer", [one, other])
    db.session.commit()

    bring_back.forget(one)
    db.session.commit()

    kept = db.session.execute(text("SELECT step_id, customer_id FROM undo_row")).all()
    assert kept == [(many, other)]
    assert [step.id for step in bring_back.steps()] == [many]


def test_steps_go_after_thirty_days():
    one = someone()
    step = bring_back.begin("bulk", {})
    bring_back.keep(step, "customer", [one])
    db.session.commit()

    with clock.frozen(now() + timedelta(days=29)):
        bring_back.prune()
        assert [found.id for found in bring_back.steps()] == [step]
    with clock.frozen(now() + timedelta(days=31)):
        assert bring_back.steps() == []
        bring_back.prune()
    assert db.session.execute(text("SELECT count(*) FROM undo_row")).scalar() == 0
