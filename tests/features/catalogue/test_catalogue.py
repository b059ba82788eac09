"""Sales: recorded, told to plugins, kept in groups, and what Today makes of them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.features.catalogue import service
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import service as customers
from tests.walk import filled, token_of


@pytest.fixture
def sana(any_app) -> int:
    with any_app.app_context():
        made = customers.add({"name": "Sana Shaikh"}).id
        db.session.remove()
    return made


def bring_in(customer_id: int, item: str, days_ago: int, **more) -> None:
    """A sale as a list brings it in."""
    db.session.add(
        Purchase(customer_id=customer_id, item=item, bought_on=today() - timedelta(days=days_ago), import_id=1, **more)
    )
    db.session.commit()


def test_a_sale_is_kept_with_everything_that_was_said(any_app, sana):
    with any_app.app_context():
        until = today() + timedelta(days=365)
        more = {"invoice": "R-7", "serial": "JK 8700", "warranty_until": until, "quantity": Decimal("1.5")}
        service.record_purchase(sana, " سلائی مشین ", today(), amount_minor=9_600_000, **more)
        row = service.purchases_of(sana, 5)[0]

    assert (row.item, row.amount_minor, row.currency, row.serial) == ("سلائی مشین", 9_600_000, "PKR", "JK 8700")
    assert (row.quantity, row.warranty_until) == (Decimal("1.5"), until)


def test_one_article_typed_two_ways_is_one_product(any_app, sana):
    with any_app.app_context():
        for item in ("Steam Iron", "steam  iron", "سلائی مشین", "سلائي مشين"):
            service.record_purchase(sana, item, today())
        assert len(service.products()) == 2


@pytest.mark.parametrize(
    ("item", "days", "amount", "field"),
    [
        ("", 0, None, "item"),
        (" \u200b", 0, None, "item"),
        ("Iron", 1, None, "bought_on"),
        ("Iron", 0, -1, "amount"),
        ("Iron", 0, 10**15, "amount"),
    ],
)
def test_what_cannot_be_a_sale_is_refused(any_app, sana, item, days, amount, field):
    with any_app.app_context():
        with pytest.raises(LoyalAppError) as refusal:
            service.record_purchase(sana, item, today() + timedelta(days=days), amount_minor=amount)
        assert refusal.value.field == field
        assert service.purchases_of(sana, 5) == []


def test_groups_are_what_opportunities_are_counted_by(any_app, sana):
    with any_app.app_context():
        for item in ("Iron", "Needles", "Thread"):
            service.record_purchase(sana, item, today())
        by_name = {one.name: one.id for one in service.products()}
        service.change_product(by_name["Needles"], "Needles", "Supplies")
        service.change_product(by_name["Thread"], "Thread", "Supplies")

        assert service.groups() == ["Supplies", ""], "what has no group is other things"
        assert service.groups_bought([sana]) == {sana: {"", "Supplies"}}
        service.change_product(by_name["Thread"], "Thread", "  ")
        assert service.groups_bought([sana]) == {sana: {"", "Supplies"}}


def test_without_groups_every_product_counts_for_itself(any_app, sana):
    with any_app.app_context():
        for item in ("Iron", "Needles"):
            service.record_purchase(sana, item, today())

        assert service.groups() == ["Iron", "Needles"]
        assert service.groups_bought([sana]) == {sana: {"Iron", "Needles"}}


def test_a_product_that_is_not_there_is_told_kindly(any_client, any_app):
    answer = any_client.post("/catalogue/4711", data={"csrf_token": token_of(any_client), "name": "X", "group": "X"})
    assert answer.status_code == 404
    with any_app.app_context(), pytest.raises(NotFound):
        service.change_product(4711, "X", "X")


def test_check_in_comes_a_week_after_a_sale_by_hand_and_never_after_a_list(any_app, sana):
    with any_app.app_context():
        other = customers.add({"name": "Other"}).id
        service.record_purchase(sana, "Iron", today() - timedelta(days=7))
        bring_in(other, "Iron", 7)
        day = today()

        assert [row.customer_id for row in service.due_checkins(day, 9)] == [sana]
        assert service.due_checkins(day - timedelta(days=1), 9) == []
        assert service.due_checkins(day + timedelta(days=39), 9) == []


@pytest.mark.parametrize(
    ("days_ago", "is_quiet"),
    [
        ((400, 300, 200), False),
        ((490, 390, 290), True),
        ((260, 230, 201), True),
        ((90, 60, 30), False),
        ((60, 59, 50), True),
        ((500, 300), False),
        ((2000, 1900, 1800), False),
        ((400, 390, 200, 190, 180, 60), False),  # they have paused as long before
    ],
)
def test_a_regular_is_quiet_after_twice_the_own_rhythm(any_app, sana, days_ago, is_quiet):
    with any_app.app_context():
        for days in days_ago:
            bring_in(sana, "Thread", days)
        assert ([one.customer_id for one in service.gone_quiet(today(), 9)] == [sana]) is is_quiet


def test_regulars_kept_are_those_who_bought_again(any_app, sana):
    with any_app.app_context():
        lost = customers.add({"name": "Lost"}).id
        new = customers.add({"name": "New"}).id
        for who, days in ((sana, 500), (sana, 100), (lost, 400), (new, 20)):
            bring_in(who, "Thread", days)

        assert service.regulars_kept(today()) == (1, 2)


def test_the_page_takes_amounts_and_days_as_people_type_them(any_client, any_app, sana):
    url = f"/catalogue/sale/{sana}"
    data = filled(
        any_client, url, item="Iron", amount="Rs. ۱۲,۵۰۰/-", bought_on="1/2/2026", warranty_until="۰۱-۰۲-۲۰۲۷"
    )
    assert any_client.post(url, data=data).status_code == 303
    with any_app.app_context():
        row = service.purchases_of(sana, 1)[0]

    assert (row.amount_minor, str(row.bought_on), str(row.warranty_until)) == (1_250_000, "2026-02-01", "2027-02-01")


@pytest.mark.parametrize(
    "wrong",
    [
        {"item": ""},
        {"amount": "بہت"},
        {"amount": "-5"},
        {"amount": "9" * 30},
        {"bought_on": "کل"},
        {"bought_on": "1/1/2999"},
        {"item": "x" * 301},
    ],
)
def test_bad_input_keeps_what_was_typed(any_client, any_app, sana, wrong):
    url = f"/catalogue/sale/{sana}"
    answer = any_client.post(url, data={**filled(any_client, url, item="استری", serial="JK 8700"), **wrong})
    text = answer.get_data(as_text=True)

    assert answer.status_code == 422
    assert "field-error" in text
    assert "JK 8700" in text
    assert all(value in text for value in wrong.values())
    with any_app.app_context():
        assert service.purchases_of(sana, 5) == []


def test_finished_check_in_makes_room_for_the_next_one(any_app):
    with any_app.app_context():
        first, second = (customers.add({"name": name}).id for name in ("Sana", "Tariq"))
        newer = service.record_purchase(first, "Pump", today() - timedelta(days=8))
        older = service.record_purchase(second, "Pump", today() - timedelta(days=9))

        service.set_checked_in(newer, today())

        assert [row.key for row in service.due_checkins(today(), 1)] == [f"checkin:{older}"]
        service.set_checked_in(newer, None)
        assert [row.key for row in service.due_checkins(today(), 1)] == [f"checkin:{newer}"]


def test_sale_is_corrected_on_its_own_page_and_the_timeline_leads_there(any_app, any_client, sana):
    with any_app.app_context():
        sold = service.record_purchase(sana, "Pmp", today(), amount_minor=100_00)
    page = f"/catalogue/purchase/{sold}"

    asked = any_client.get(page).get_data(as_text=True)
    form = {"csrf_token": token_of(any_client), "item": "Pump", "amount": "1,250", "bought_on": ""}
    answer = any_client.post(page, data=form)

    assert 'value="Pmp"' in asked
    assert f'href="{page}"' in any_client.get(f"/customers/{sana}").get_data(as_text=True)
    assert answer.status_code == 303
    with any_app.app_context():
        changed = service.get_purchase(sold)
        assert (changed.item, changed.amount_minor, changed.bought_on) == ("Pump", 1250_00, today())


def test_correction_of_a_sale_keeps_to_the_rules_of_a_new_one(any_app, sana):
    with any_app.app_context():
        sold = service.record_purchase(sana, "Pump", today())
        rest = {"amount_minor": None}

        with pytest.raises(LoyalAppError):
            service.change_purchase(sold, "Pump", today() + timedelta(days=1), **rest)
        with pytest.raises(NotFound):
            service.change_purchase(4711, "Pump", today(), **rest)

        assert service.get_purchase(sold).bought_on == today()


def test_two_products_never_get_one_name(any_app, any_client, sana):
    with any_app.app_context():
        for item in ("Pump", "Thread"):
            service.record_purchase(sana, item, today())
        thread = service.product_named("Thread").id

    form = {"csrf_token": token_of(any_client), "name": "PUMP", "group": "Motors"}
    answer = any_client.post(f"/catalogue/{thread}", data=form)

    assert answer.status_code == 422
    assert 'value="PUMP"' in answer.get_data(as_text=True)
    with any_app.app_context():
        assert service.get_product(thread).name == "Thread"


def test_whole_amount_is_offered_for_correction_without_its_zeros(any_app, any_client, sana):
    with any_app.app_context():
        whole = service.record_purchase(sana, "Pump", today(), amount_minor=1250_00)
        broken = service.record_purchase(sana, "Pump", today(), amount_minor=1250_50)

    pages = [any_client.get(f"/catalogue/purchase/{one}").get_data(as_text=True) for one in (whole, broken)]

    assert 'value="1250"' in pages[0]
    assert 'value="1250.50"' in pages[1]


def test_product_can_be_added_before_its_first_sale_and_not_twice(any_app, any_client):
    form = {"csrf_token": token_of(any_client), "name": "Pump", "group": "Motors"}

    first = any_client.post("/catalogue/new", data=form)
    second = any_client.post("/catalogue/new", data={**form, "name": "pump"})

    assert (first.status_code, second.status_code) == (303, 422)
    with any_app.app_context():
        assert [(one.name, one.product_group) for one in service.products()] == [("Pump", "Motors")]
