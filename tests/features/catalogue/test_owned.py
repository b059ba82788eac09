"""What customers have from us: with a sale or by hand; its ends on Today, found by its number, gone and back."""

from datetime import date, timedelta

import pytest

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.features.catalogue import habits, owned, service
from loyalapp.features.catalogue.lives import months_after
from loyalapp.features.catalogue.models import OwnedItem
from loyalapp.features.customers import service as customers
from loyalapp.features.today import service as day_page
from tests.walk import filled, token_of


@pytest.fixture
def sana(any_app) -> int:
    with any_app.app_context():
        made = customers.add({"name": "Sana Shaikh"}).id
        db.session.remove()
    return made


def test_what_is_sold_with_a_number_or_an_end_is_theirs_and_the_rest_is_not(any_app, sana):
    with any_app.app_context():
        until = today() + timedelta(days=200)
        service.record_purchase(sana, "Thread", today())
        sold = service.record_purchase(sana, "Pump", today(), serial=" GX-7 ", contract_until=until)

        (item,) = owned.of(sana)
        assert (item.what, item.serial, item.contract_until, item.purchase_id) == ("Pump", "GX-7", until, sold)
        assert service.purchases_of(sana, 1)[0].serial == "GX-7"


def test_a_product_that_lasts_a_known_time_is_theirs_with_the_end_of_its_life(any_app, sana):
    with any_app.app_context():
        pump = service.add_product("Pump", "", 12)
        bought = today() - timedelta(days=300)
        service.record_purchase(sana, "Pump", bought)
        assert owned.of(sana)[0].lasts_until == months_after(bought, 12)

        other = service.record_purchase(sana, "Motor", bought, serial="M1")
        motor = service.product_named("Motor").id
        service.change_product(motor, "Motor", "", 6)
        found = {one.purchase_id: one.lasts_until for one in owned.of(sana)}
        assert found[other] == months_after(bought, 6)
        assert service.get_product(pump).expected_life_months == 12


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 6, 15), 600, date(2076, 6, 15)),
    ],
)
def test_the_same_day_months_later_is_there_even_where_the_month_is_short(day, months, expected):
    assert months_after(day, months) == expected


def test_each_end_is_a_line_of_today_in_good_time_and_only_then(any_app, sana):
    with any_app.app_context():
        day = today()
        for days in (-15, -14, 0, 30, 31):
            owned.add(sana, f"in {days}", warranty_until=day + timedelta(days=days))
        owned.add(sana, "two ends", contract_until=day + timedelta(days=3), lasts_until=day + timedelta(days=5))

        found = [(row.what, row.kind) for row in owned.ending(day, 20)]

        assert found == [
            ("in -14", "warranty"),
            ("in 0", "warranty"),
            ("two ends", "contract"),
            ("two ends", "life"),
            ("in 30", "warranty"),
        ]
        habits.save(habits.habits()._replace(lead_days=2))
        assert [row.what for row in owned.ending(day, 20)] == ["in -14", "in 0"]


def test_what_was_finished_on_today_fills_no_place_and_comes_back_only_for_another_day(any_app, sana):
    with any_app.app_context():
        day = today()
        for number in range(3):
            owned.add(sana, f"Pump {number}", warranty_until=day + timedelta(days=number))
        first = owned.ending(day, 1)[0]
        key = f"ending:{first.id}:warranty:{first.ends.isoformat()}"

        day_page.finish(key, sana, "")
        assert [row.what for row in owned.ending(day, 1)] == ["Pump 1"]

        owned.change(first.id, "Pump 0", warranty_until=day + timedelta(days=20))
        assert [row.what for row in owned.ending(day, 9)] == ["Pump 1", "Pump 2", "Pump 0"]


def test_what_came_with_a_list_makes_nothing_overdue(any_app, sana):
    with any_app.app_context():
        ended = today() - timedelta(days=3)
        db.session.add(OwnedItem(customer_id=sana, what="Old", warranty_until=ended, import_id=1))
        db.session.commit()

        assert owned.ending(today(), 9) == []


def test_what_they_do_not_have_any_more_ends_nowhere_and_can_come_back(any_app, sana):
    with any_app.app_context():
        made = owned.add(sana, "Pump", warranty_until=today())

        owned.set_gone(made, today())
        assert owned.ending(today(), 9) == []

        owned.set_gone(made, None)
        assert len(owned.ending(today(), 9)) == 1


@pytest.mark.parametrize(
    ("what", "dates", "field"),
    [
        (" ", {}, "what"),
        ("Pump", {"installed_on": 1}, "installed_on"),
        ("Pump", {"warranty_until": 366 * 61}, "warranty_until"),
        ("Pump", {"installed_on": -3, "contract_until": -4}, "contract_until"),
    ],
)
def test_what_cannot_be_is_refused(any_app, sana, what, dates, field):
    with any_app.app_context():
        days = {name: today() + timedelta(days=one) for name, one in dates.items()}
        with pytest.raises(LoyalAppError) as refusal:
            owned.add(sana, what, **days)
        assert refusal.value.field == field
        with pytest.raises(NotFound):
            owned.get(4711)
        assert owned.of(sana) == []


def test_two_desks_do_not_overwrite_each_other(any_app, sana):
    with any_app.app_context():
        made = owned.add(sana, "Pump")
        owned.change(made, "Pump A", version=1)

        with pytest.raises(Conflict):
            owned.change(made, "Pump B", version=1)


def test_who_has_it_is_found_by_its_number_and_its_name_also_when_written_by_hand(any_app, sana):
    with any_app.app_context():
        owned.add(sana, "جنریٹر 5 kVA", serial="GX-77012")

        assert [one.thing for one in service.owners("gx-770", 5)] == ["جنریٹر 5 kVA · GX-77012"]
        assert [one.customer_id for one in service.owners("generator", 5)] == [sana]
        assert service.count_owners("GX-77012") == 1


def test_the_page_adds_corrects_and_takes_back(any_client, any_app, sana):
    page = f"/catalogue/owned/new/{sana}"
    with any_app.app_context():
        soon = (today() + timedelta(days=9)).strftime("%d/%m/%Y")
    added = any_client.post(page, data=filled(any_client, page, what="Pump", serial="S-1", warranty_until=soon))
    shown = any_client.get(f"/customers/{sana}").get_data(as_text=True)
    with any_app.app_context():
        made = owned.of(sana)[0].id
        db.session.remove()
    edit = f"/catalogue/owned/{made}"
    changed = any_client.post(edit, data=filled(any_client, edit, action="", what="Motor"))
    gone = any_client.post(f"{edit}/gone", data={"csrf_token": token_of(any_client)})
    back = any_client.get(f"/customers/{sana}").get_data(as_text=True)

    assert [one.status_code for one in (added, changed, gone)] == [303, 303, 303]
    assert "S-1" in shown
    assert "The warranty ends on" in shown
    assert f'action="{edit}/not-gone"' in back
    with any_app.app_context():
        assert (owned.get(made).what, owned.get(made).gone_on) == ("Motor", today())
