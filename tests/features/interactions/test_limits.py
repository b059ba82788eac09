"""What counts against a customer's limit of unasked contacts (practice E4)."""

from datetime import timedelta

from loyalapp.core.clock import today
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service


def test_contact_that_we_began_counts_and_one_that_the_customer_began_does_not(any_app):
    with any_app.app_context():
        who = customers.add({"name": "Sana"}).id

        service.record(who, said="hello")
        service.record(who, said="hello", started_by="customer")

        assert service.unasked_counts([who]) == {who: 1}


def test_contact_for_a_promise_that_is_due_uses_up_nothing(any_app):
    with any_app.app_context():
        who = customers.add({"name": "Sana"}).id
        service.promise(who, "the price", today())

        service.record(who, said="thank you")

        assert service.unasked_counts([who]) == {}


def test_contact_before_the_promised_day_counts(any_app):
    with any_app.app_context():
        who = customers.add({"name": "Sana"}).id
        service.promise(who, "the price", today() + timedelta(days=5))

        service.record(who, said="hello")

        assert service.unasked_counts([who]) == {who: 1}


def test_contact_is_corrected_on_its_own_page(any_app, any_client):
    with any_app.app_context():
        who = customers.add({"name": "Sana"}).id
        number = service.record(who, said="Helo", channel="call")
    page = f"/contacts/{number}"
    text = any_client.get(page).get_data(as_text=True)
    token = text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]

    form = {"csrf_token": token, "said": "Hello", "learned": "", "channel": "visit", "started_by": "customer"}
    answer = any_client.post(page, data=form)

    assert "Helo" in text
    assert answer.status_code == 303
    with any_app.app_context():
        changed = service.get(number)
        assert (changed.said, changed.channel, changed.unasked) == ("Hello", "visit", False)
