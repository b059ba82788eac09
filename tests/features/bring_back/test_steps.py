"""Steps: what they keep, what they put back, and what stays because somebody changed it since."""

import pytest
from sqlalchemy import delete, insert, text, update

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.catalogue.models import Product, Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer, Phone
from loyalapp.features.interactions import service as interactions
from loyalapp.features.interactions.models import Interaction, Promise
from tests import walk


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


def test_a_changed_row_comes_back_as_it_was():
    one = someone(place="Lahore", birth_month=2, birth_day=29)
    step = bring_back.begin("bulk", {})
    bring_back.keep(step, "customer", [one])
    db.session.execute(update(Customer).where(Customer.id == one).values(place="Multan", birth_month=None))
    db.session.commit()

    outcome = bring_back.undo(step)

    found = customers.get(one)
    assert (found.place, found.birth_month, found.birth_day) == ("Lahore", 2, 29)
    assert (outcome.left, outcome.names) == (0, [])


def test_a_form_that_was_open_before_the_undo_does_not_overwrite_it():
    one = someone()
    step = bring_back.begin("bulk", {})
    bring_back.keep(step, "customer", [one])
    customers.change(one, {"name": "Zainab Khan"})
    seen = customers.get(one).version
    bring_back.undo(step)

    customers.change(one, {"name": "Zainab Bano"})

    with pytest.raises(Conflict):
        customers.change(one, {"name": "Zainab"}, version=seen)


def test_a_value_that_somebody_changed_since_stays_and_is_named():
    one, other, third = someone(), someone("Karim", place="Lahore"), someone("Nasir", place="Okara")
    step = bring_back.begin("bulk", {})
    bring_back.keep(step, "customer", [one, other, third])
    db.session.execute(update(Customer).values(place="Multan"))
    db.session.commit()
    customers.change(one, {"name": "Zainab Khan", "place": "Quetta"})
    customers.change(third, {"name": "Nasir Khan"})

    outcome = bring_back.undo(step)

    assert [customers.get(who).place for who in (one, other, third)] == ["Quetta", "Lahore", "Okara"]
    assert customers.get(third).name == "Nasir Khan"
    assert (outcome.left, outcome.names) == (1, ["Zainab Khan"])


def test_of_a_step_from_an_older_version_a_changed_row_stays_as_a_whole():
    one = someone(place="Lahore")
    step = bring_back.begin("bulk", {})
    bring_back.keep(step, "customer", [one])
    db.session.execute(update(Customer).values(place="Multan"))
    db.session.commit()
    db.session.execute(text("UPDATE undo_row SET after = substr(after, 1, 32)"))
    db.session.commit()
    customers.change(one, {"name": "Zainab Khan"})

    outcome = bring_back.undo(step)

    assert (customers.get(one).place, outcome.names) == ("Multan", ["Zainab Khan"])


def test_a_deleted_contact_comes_back_with_its_promise():
    one = someone()
    contact = interactions.record(one, said="خوش ہے", promised="A price", promised_for=today())
    promise = interactions.promises_of(one)[0].id
    before = walk_rows("interaction", "promise")
    step = bring_back.begin("deletion", {"what": "contact"})
    bring_back.keep(step, "interaction", [contact])
    bring_back.keep(step, "promise", [promise])
    db.session.execute(delete(Promise))
    db.session.execute(delete(Interaction))
    db.session.commit()

    bring_back.undo(step)

    assert walk_rows("interaction", "promise") == before


def walk_rows(*tables):
    return {one: db.session.execute(text(f"SELECT * FROM {one} ORDER BY id")).all() for one in tables}


def test_a_contact_whose_number_was_given_to_another_gets_a_new_one():
    one = someone()
    contact = interactions.record(one, said="first", promised="A price", promised_for=today())
    step = bring_back.begin("deletion", {"what": "contact"})
    bring_back.keep(step, "promise", [interactions.promises_of(one)[0].id])
    bring_back.keep(step, "interaction", [contact])
    db.session.execute(delete(Promise))
    db.session.execute(delete(Interaction))
    db.session.commit()
    hand_made(
        "interaction",
        "id, customer_id, happened_at, channel, started_by, unasked, said, learned, note, is_example, created_at",
        f"{contact}, {one}, '2026-01-01', 'call', 'us', TRUE, 'second', '', '', FALSE, '2026-01-01'",
    )
    db.session.commit()

    bring_back.undo(step)

    said = {row.said: row.id for row in interactions.latest(one, 9)}
    promised = db.session.scalars(db.select(Promise)).one()
    assert said["second"] == contact
    assert promised.interaction_id == said["first"] != contact


def test_added_rows_go_again_with_what_was_added_to_them():
    product = Product(name="Iron", name_key="iron")
    db.session.add(product)
    db.session.commit()
    step = bring_back.begin("bulk", {})
    new = Customer(name="Neu", phones=[Phone(number="+923001234567")])
    db.session.add(new)
    db.session.flush()
    db.session.add(Purchase(customer_id=new.id, product_id=product.id, item="Iron", bought_on=today()))
    db.session.flush()
    for table in ("customer", "customer_phone", "purchase"):
        bring_back.added(step, table, range(1, 10_000))
    db.session.commit()

    outcome = bring_back.undo(step)

    assert outcome.left == 0
    assert [db.session.scalar(db.select(db.func.count(one.id))) for one in (Customer, Phone, Purchase, Product)] == [
        0,
        0,
        0,
        1,
    ]


def test_an_added_customer_who_was_talked_to_since_stays_whole_and_is_named():
    step = bring_back.begin("bulk", {})
    for name in ("Spoken To", "Left Alone"):
        db.session.add(Customer(name=name, phones=[Phone(number="+923001234567")]))
    db.session.flush()
    for table in ("customer", "customer_phone"):
        bring_back.added(step, table, range(1, 10))
    db.session.commit()
    spoken = db.session.scalars(db.select(Customer.id).where(Customer.name == "Spoken To")).one()
    interactions.record(spoken, said="Good day")

    outcome = bring_back.undo(step)

    assert outcome.names == ["Spoken To"]
    assert [one.name for one in db.session.scalars(db.select(Customer))] == ["Spoken To"]
    assert [one.number for one in customers.get(spoken).phones] == ["+923001234567"]


def test_an_added_product_that_is_sold_since_stays():
    step = bring_back.begin("bulk", {})
    product = Product(name="Iron", name_key="iron")
    db.session.add(product)
    db.session.flush()
    bring_back.added(step, "product", [product.id])
    db.session.commit()
    db.session.add(Purchase(customer_id=someone(), product_id=product.id, item="Iron", bought_on=today()))
    db.session.commit()

    assert bring_back.undo(step).left == 1

    assert db.session.get(Product, product.id) is not None


def test_nothing_happens_twice():
    one = someone()
    step = bring_back.begin("bulk", {})
    bring_back.keep(step, "customer", [one])
    customers.change(one, {"name": "Other"})
    bring_back.undo(step)

    with pytest.raises(Conflict):
        bring_back.undo(step)
    with pytest.raises(NotFound):
        bring_back.undo(step + 1)


def test_a_step_whose_work_was_rolled_back_is_no_step():
    bring_back.begin("bulk", {})
    db.session.rollback()
    someone()

    assert bring_back.steps() == []


def test_a_step_of_several_transactions_comes_back_whole():
    one, other = someone(), someone("Karim")
    step = bring_back.begin("bulk", {})
    for place in ("Multan", "Delhi"):
        for each in (one, other):
            bring_back.keep(step, "customer", [each])
            customers.change(each, {"place": place})

    assert bring_back.undo(step).left == 0

    assert (customers.get(one).place, customers.get(other).place) == (None, None)


def test_what_cannot_be_put_back_leaves_everything_as_it_is(any_app):
    one = someone()
    db.session.execute(insert(Product).values(name="Iron", name_key="iron"))
    step = bring_back.begin("bulk", {})
    bring_back.keep(step, "product", range(1, 9))
    bring_back.keep(step, "customer", [one])
    db.session.execute(update(Product).values(name="Press", name_key="press"))
    customers.change(one, {"name": "Other"})
    db.session.execute(insert(Product).values(name="Iron again", name_key="iron"))
    db.session.commit()
    db.session.remove()
    before = walk.database_hash(any_app)

    with pytest.raises(LoyalAppError, match="something new stands in its place"):
        bring_back.undo(step)

    db.session.remove()
    assert walk.database_hash(any_app) == before
