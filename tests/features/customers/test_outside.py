"""Entries of a phone book that are not sorted yet, or none of our business: in no list, figure or line of Today."""

from datetime import timedelta

import pytest

from loyalapp.core.clock import today
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import service
from loyalapp.features.customers.models import OUTSIDE
from loyalapp.features.interactions import service as interactions
from loyalapp.features.today import service as today_page


@pytest.fixture(params=OUTSIDE)
def stage(request):
    return request.param


def test_they_are_in_no_list_and_no_count_but_are_found_when_they_call(any_app, stage):
    with any_app.app_context():
        ours = service.add({"name": "Sana Shaikh"}).id
        other = service.add({"name": "Sana Plumber", "phones": ["0300 1234567"], "stage": stage}).id

        assert [row.id for row in service.page().rows] == [ours]
        assert service.total() == 1
        assert service.present([ours, other]) == {ours}
        assert {row.id for row in service.find("Sana")} == {ours, other}
        assert [row.id for row in service.by_phone("0300 1234567")] == [other]


def test_they_are_in_no_figure_and_come_back_into_it(any_app, stage):
    with any_app.app_context():
        bought = [service.add({"name": name}).id for name in ("Sana", "Tariq")]
        for one in bought:
            for ago in (500, 100):
                catalogue.record_purchase(one, "Steam iron", today() - timedelta(days=ago))
        assert catalogue.regulars_kept(today()) == (2, 2)

        service.change(bought[1], {"stage": stage})
        assert catalogue.regulars_kept(today()) == (1, 1)
        service.change(bought[1], {"stage": "customer"})
        assert catalogue.regulars_kept(today()) == (2, 2)


def test_they_have_no_line_on_today(any_app, stage):
    with any_app.test_request_context():
        made = service.add({"name": "Sana", "birth_month": today().month, "birth_day": today().day}).id
        catalogue.record_purchase(made, "Steam iron", today() - timedelta(days=8))
        assert [line.customer.id for line in today_page.make_day(today()).lines] == [made]

        service.change(made, {"stage": stage})
        assert today_page.make_day(today()).lines == []


def test_whom_we_talk_or_sell_to_is_one_of_ours_again(any_app, stage):
    with any_app.app_context():
        talked, bought = (service.add({"name": name, "stage": stage}).id for name in ("Sana", "Tariq"))
        interactions.record(talked, said="Call me on Monday")
        catalogue.record_purchase(bought, "Steam iron", today())

        assert (service.get(talked).stage, service.get(bought).stage) == ("prospect", "customer")


def test_prospect_who_buys_is_a_customer_and_an_old_sale_of_a_former_one_changes_nothing(any_app):
    with any_app.app_context():
        prospect = service.add({"name": "Sana", "stage": "prospect"}).id
        former = service.add({"name": "Tariq", "stage": "former"}).id
        catalogue.record_purchase(prospect, "Steam iron", today())
        catalogue.record_purchase(former, "Steam iron", today() - timedelta(days=900))

        assert (service.get(prospect).stage, service.get(former).stage) == ("customer", "former")


def test_one_click_on_the_page_sorts_them_and_can_be_taken_back(app, client, csrf, stage):
    with app.app_context():
        made = service.add({"name": "Sana", "stage": stage}).id

    assert f"/customers/{made}/stage/customer" in client.get(f"/customers/{made}").get_data(as_text=True)
    client.post(f"/customers/{made}/stage/customer", data=csrf())
    with app.app_context():
        assert service.get(made).stage == "customer"
    page = client.get(f"/customers/{made}").get_data(as_text=True)
    assert f"/customers/{made}/stage/{stage}" in page

    assert client.post(f"/customers/{made}/stage/king", data=csrf()).status_code == 400
