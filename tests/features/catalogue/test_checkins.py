"""Check-ins after a sale: on merit, one at a time, never from lists, done when we have talked; and their words."""

import tomllib
from datetime import datetime, time, timedelta

import pytest

from loyalapp.core.clock import today, zone
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import MESSAGE_LANGUAGES
from loyalapp.features.catalogue import checkins, habits, owned, product_groups, service
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service as interactions
from loyalapp.features.today import service as day_page
from tests.walk import filled


@pytest.fixture
def sana(any_app) -> int:
    with any_app.app_context():
        made = customers.add({"name": "Sana Shaikh"}).id
        db.session.remove()
    return made


def sold(customer_id: int, days_ago: int, item: str = "Pump", **more) -> int:
    return service.record_purchase(customer_id, item, today() - timedelta(days=days_ago), **more)


def due() -> list[tuple[int, str]]:
    return [(one.customer_id, one.why) for one in checkins.due(today(), 9)]


def choose(**values) -> None:
    habits.save(habits.habits()._replace(**values))


def test_a_first_purchase_is_asked_about_and_a_later_one_is_not(any_app, sana):
    with any_app.app_context():
        sold(sana, 60)
        sold(sana, 8)
        new = customers.add({"name": "New"}).id
        sold(new, 8)

        assert due() == [(new, "first")]
        choose(on_first=False)
        assert due() == []


def test_a_sale_after_a_list_is_no_first_one(any_app, sana):
    with any_app.app_context():
        old = Purchase(customer_id=sana, item="Pump", bought_on=today() - timedelta(days=90), import_id=1)
        db.session.add(old)
        db.session.commit()
        sold(sana, 8)

        assert due() == []


def test_an_installation_is_asked_about_by_its_own_day(any_app, sana):
    with any_app.app_context():
        sold(sana, 90)
        day = today() - timedelta(days=7)
        made = owned.add(sana, "Motor", installed_on=day)

        assert due() == [(sana, "installed")]
        day_page.finish(f"installed:{made}", sana, "")
        assert due() == []
        day_page.reopen(f"installed:{made}")
        choose(on_installed=False)
        assert due() == []


def test_the_owner_chooses_kinds_and_amounts(any_app, sana):
    with any_app.app_context():
        product_groups.add("Pumps")
        sold(sana, 90)
        sold(sana, 9, "Deep well pump", group="Pumps")
        rich = customers.add({"name": "Rich"}).id
        sold(rich, 90)
        sold(rich, 8, amount_minor=5_000_00)
        assert due() == []

        choose(groups=("Pumps",))
        assert due() == [(sana, "chosen")]
        choose(groups=(), amount=5_000_00)
        assert due() == [(rich, "chosen")]


def test_the_number_of_days_is_our_own(any_app, sana):
    with any_app.app_context():
        sold(sana, 3)
        assert due() == []
        choose(check_days=3)
        assert due() == [(sana, "first")]


def test_a_customer_is_asked_once_at_a_time_about_the_newest(any_app, sana):
    with any_app.app_context():
        choose(amount=1)
        sold(sana, 12, amount_minor=100)
        newest = sold(sana, 8, amount_minor=100)

        assert [one.key for one in checkins.due(today(), 9)] == [f"checkin:{newest}"]
        service.set_checked_in(newest, today())
        assert due() == []


def test_a_contact_after_its_day_is_the_check_in_and_one_before_it_is_not(any_app, sana):
    with any_app.app_context():
        sold(sana, 10)
        noon = datetime.combine(today(), time(12), zone())
        interactions.record(sana, said="", happened_at=noon - timedelta(days=5))
        assert due() == [(sana, "first")]

        interactions.record(sana, said="“Fine”", happened_at=noon - timedelta(days=2))
        assert due() == []


@pytest.mark.parametrize("language", MESSAGE_LANGUAGES)
def test_the_words_ask_whether_it_works_and_leave_name_and_number(app, language):
    with app.app_context():
        habits.save(habits.habits()._replace(number="0300 1234567"))
        one = customers.add({"name": "Sana", "message_language": language})

        text, spoken = checkins.message(one, "Pump")

        assert spoken == language
        assert all(part in text for part in ("Sana", "Anmol Machinery", "Pump", "+92 300 1234567"))


def test_every_language_has_the_same_words():
    told = tomllib.loads(checkins.WORDS.read_text("utf-8"))
    assert set(told) == set(MESSAGE_LANGUAGES)
    assert {frozenset(one) for one in told.values()} == {frozenset(told["en"])}


def test_a_number_nobody_can_call_is_refused(app):
    with app.app_context(), pytest.raises(LoyalAppError) as refusal:
        habits.save(habits.habits()._replace(number="12"))
    assert refusal.value.field == "number"


def test_today_leads_to_the_words(any_app, any_client, sana):
    with any_app.app_context():
        made = sold(sana, 8)
        db.session.remove()

    page = any_client.get(f"/catalogue/check-in/checkin:{made}")

    assert f'href="/catalogue/check-in/checkin:{made}"' in any_client.get("/").get_data(as_text=True)
    assert "Is all well with" in page.get_data(as_text=True)
    assert any_client.get("/catalogue/check-in/checkin:4711").status_code == 404
    assert any_client.get("/catalogue/check-in/nothing").status_code == 404


def test_the_settings_are_kept_and_say_what_is_wrong(any_app, any_client):
    page = "/settings/groups/after-sales"
    wrong = any_client.post(page, data=filled(any_client, page, check_days="0", number="0300 1234567"))
    right = any_client.post(
        page, data=filled(any_client, page, check_days="۱۰", amount="50,000", number="0300 1234567")
    )

    assert (wrong.status_code, right.status_code) == (422, 303)
    with any_app.app_context():
        assert habits.habits() == habits.Habits(check_days=10, amount=50_000_00, number="+923001234567")
