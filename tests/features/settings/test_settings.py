"""The firm's choices: answered once, kept, and in force from the next page on."""

import pytest

from loyalapp.core.clock import zone
from loyalapp.core.errors import LoyalAppError
from loyalapp.features.settings import service
from tests.conftest import close, open_app
from tests.walk import filled, speak


@pytest.mark.parametrize(
    ("country", "currency", "place"),
    [("PK", "PKR", "Asia/Karachi"), ("IN", "INR", "Asia/Kolkata"), ("XX", "USD", "UTC")],
)
def test_currency_and_time_follow_from_the_country(any_app, country, currency, place):
    with any_app.app_context():
        service.set_up("انمول", country, "Pune", "hi")

        assert (service.firm().currency, zone().key, service.is_set_up()) == (currency, place, True)


@pytest.mark.parametrize(
    ("answers", "field"),
    [(("  ", "PK", "", "ur"), "name"), (("A", "DE", "", "ur"), "country"), (("A", "PK", "", "de"), "country")],
)
def test_wrong_answers_are_refused(any_app, answers, field):
    with any_app.app_context():
        with pytest.raises(LoyalAppError) as refusal:
            service.set_up(*answers)
        assert refusal.value.field == field
        assert service.firm().name == "Anmol Machinery"


def test_choices_outlive_the_run(data_dir):
    app = open_app(data_dir)
    with app.app_context():
        service.save_firm(service.firm()._replace(capacity=7, digits="native", sender="Imran"))
    close(app)
    again = open_app(data_dir)
    with again.app_context():
        assert (service.firm().capacity, service.firm().digits, service.firm().sender) == (7, "native", "Imran")
    close(again)


def test_settings_of_an_older_or_newer_program_do_not_stop_a_start(data_dir):
    """A field that is not known (any more) is left alone, one that is missing has its usual value."""
    app = open_app(data_dir)
    with app.app_context():
        service.put("firm", {"name": "Old", "country": "PK", "city": "", "language": "ur", "from_the_future": 5})
    close(app)
    again = open_app(data_dir)
    with again.app_context():
        assert (service.firm().name, service.firm().capacity) == ("Old", service.DEFAULT_CAPACITY)
    close(again)


def test_the_page_keeps_what_is_chosen(any_client, any_app):
    data = filled(
        any_client,
        "/settings/",
        action="",
        capacity="۱۲",
        contact_limit="3",
        country="IN",
        digits="native",
        name="नया नाम",
    )
    assert any_client.post("/settings/", data=data).status_code == 303
    with any_app.app_context():
        firm = service.firm()

    assert (firm.capacity, firm.contact_limit, firm.currency, firm.zone, firm.name) == (
        12,
        3,
        "INR",
        "Asia/Kolkata",
        "नया नाम",
    )
    speak(any_client, "hi")
    assert "नया नाम" in any_client.get("/").get_data(as_text=True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"capacity": "0"},
        {"capacity": "بہت"},
        {"capacity": ""},
        {"capacity": "9" * 30},
        {"contact_limit": "32"},
        {"country": "DE"},
        {"grouping": "x"},
        {"name": "x" * 301},
    ],
)
def test_bad_input_keeps_what_was_typed_and_changes_nothing(any_client, any_app, wrong):
    with any_app.app_context():
        before = service.firm()
    data = {**filled(any_client, "/settings/", action="", sender="عمران صاحب"), **wrong}
    answer = any_client.post("/settings/", data=data)
    text = answer.get_data(as_text=True)

    assert answer.status_code == 422
    assert "field-error" in text
    assert "عمران صاحب" in text
    with any_app.app_context():
        assert service.firm() == before


def test_the_new_choices_hold_from_the_next_page_on(any_client):
    data = filled(any_client, "/settings/", action="", digits="native")
    any_client.post("/settings/", data=data)
    speak(any_client, "ur")

    assert any(digit in any_client.get("/").get_data(as_text=True) for digit in "۰۱۲۳۴۵۶۷۸۹")
