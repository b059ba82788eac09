"""Sales as people type them: to somebody new, in another currency, at once, on odd days, and by whom."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.features.catalogue import service
from loyalapp.features.customers import service as customers
from loyalapp.features.staff import service as staff
from tests.walk import filled


@pytest.fixture
def sana(any_app) -> int:
    with any_app.app_context():
        made = customers.add({"name": "Sana Shaikh"}).id
        db.session.remove()
    return made


def test_a_sale_to_nobody_known_adds_the_customer_and_a_mistake_loses_nothing(any_app, any_client):
    page = "/catalogue/sale?who=Hamid"
    typed = filled(any_client, page, item="Oil", number="12", amount="500")

    wrong = any_client.post(page, data=typed)
    text = wrong.get_data(as_text=True)
    future = any_client.post(page, data={**typed, "number": "", "bought_on": "1/1/2999"})
    long_ago = any_client.post(page, data={**typed, "number": "", "bought_on": "1/1/1850"})
    with any_app.app_context():
        assert customers.find("Hamid") == [], "nobody is added without a sale"
        db.session.remove()
    right = any_client.post(page, data={**typed, "number": "0300 9876543"})

    assert [one.status_code for one in (wrong, future, long_ago, right)] == [422, 422, 422, 303]
    assert all(f'value="{one}"' in text for one in ("Hamid", "Oil", "12", "500"))
    with any_app.app_context():
        (row,) = customers.find("Hamid")
        assert (row.number, service.purchases_of(row.id, 1)[0].item) == ("+923009876543", "Oil")


def test_the_first_who_answers_is_taken_and_nobody_is_taken_where_nobody_answers(any_client, sana):
    first = any_client.get("/catalogue/sale?who=Sana&take=first")
    nobody = any_client.get("/catalogue/sale?who=0300+5556667&take=first").get_data(as_text=True)

    assert first.headers["Location"] == f"/catalogue/sale/{sana}"
    assert 'name="number"' in nobody
    assert 'value="0300 5556667"' in nobody


@pytest.mark.parametrize("amount", ["$ 500", "500 USD", "1.234", "۱۲,۵"])
def test_an_amount_of_another_currency_or_that_can_be_read_in_two_ways_is_refused(any_client, any_app, sana, amount):
    url = f"/catalogue/sale/{sana}"
    answer = any_client.post(url, data=filled(any_client, url, item="Iron", amount=amount))

    assert answer.status_code == 422
    with any_app.app_context():
        assert service.purchases_of(sana, 5) == []


def test_two_sales_to_one_customer_at_once_are_two_sales(any_app, sana):
    def sell(number: int) -> None:
        with any_app.app_context():
            service.record_purchase(sana, f"Pump {number % 2}", today())
            db.session.remove()

    with ThreadPoolExecutor(4) as desks:
        list(desks.map(sell, range(8)))

    with any_app.app_context():
        assert len(service.purchases_of(sana, 20)) == 8
        assert len(service.products()) == 2


def test_a_sale_of_the_29th_of_february_is_of_that_day(any_client, any_app, sana):
    url = f"/catalogue/sale/{sana}"
    wrong = any_client.post(url, data=filled(any_client, url, item="Iron", bought_on="29/2/2025"))
    right = any_client.post(url, data=filled(any_client, url, item="Iron", bought_on="29/2/2024"))

    assert (wrong.status_code, right.status_code) == (422, 303)
    with any_app.app_context():
        assert [one.bought_on for one in service.purchases_of(sana, 5)] == [date(2024, 2, 29)]


def test_a_sale_is_that_of_whoever_sits_at_the_desk(app, sana_here):
    with app.app_context():
        me = staff.add("Asma")
        staff.sit_down(me)
        try:
            sold = service.record_purchase(sana_here, "Pump", today())
        finally:
            staff.sit_down(None)

        assert service.get_purchase(sold).staff_member_id == me


@pytest.fixture
def sana_here(app) -> int:
    with app.app_context():
        made = customers.add({"name": "Sana Shaikh"}).id
        db.session.remove()
    return made
