"""A card for a day that the moon decides: made early, held back until the day is certain, given on it."""

from datetime import UTC, datetime

import pytest

from loyalapp import sdk
from loyalapp.core import clock
from plugins.greetings import certain, giving, marked, service

HOME = "/plugins/greetings"
EID = ("eid_fitr", 1447)


@pytest.fixture(autouse=True)
def _five_days_before():
    with clock.frozen(datetime(2026, 3, 16, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def card(app) -> int:
    with app.app_context():
        one = sdk.customers.add({"name": "A", "message_language": "en", "phones": ["0300 1234567"]}).id
        marked.mark(one, *EID, greet=True)
        return service.make(one, service.draft(one, EID[0]))


def certainly(client, csrf, said: str, back: str) -> str:
    """Say on which day it is; answers where one is led back to."""
    sent = client.post(f"{HOME}/days/{EID[0]}/{EID[1]}", data={**csrf(), "said": said, "back": back})
    return sent.headers["Location"]


def test_a_card_for_a_day_the_moon_decides_waits_until_somebody_says_it_is_certain(app, client, csrf, card):
    assert "The day is not certain yet." in client.get(f"{HOME}/").text
    assert 'value="whatsapp"' not in client.get(f"{HOME}/{card}").text
    with app.app_context(), pytest.raises(sdk.LoyalAppError, match="waits"):
        giving.give(card, "whatsapp")
    assert certainly(client, csrf, "as_said", "desk") == f"{HOME}/"
    assert "The day is not certain yet." not in client.get(f"{HOME}/").text
    with app.app_context():
        assert giving.give(card, "whatsapp")


def test_on_the_expected_day_a_card_may_be_given_though_nobody_confirmed_it(app, card):
    with app.app_context():
        assert certain.moon_decides(*EID)
        with clock.frozen(datetime(2026, 3, 21, 9, tzinfo=UTC)):
            assert certain.moon_decides(*EID) is None
            assert giving.give(card, "by_phone")


def test_confirming_on_the_page_of_a_card_leads_back_to_it(client, csrf, card):
    assert certainly(client, csrf, "earlier", str(card)) == f"{HOME}/{card}"
    assert 'value="whatsapp"' in client.get(f"{HOME}/{card}").text


def test_only_days_of_the_moon_keep_a_card_waiting(app):
    with app.app_context():
        assert certain.moon_decides("birthday", 2026) is None
        assert certain.moon_decides("holi", 2027) is None


def test_confirming_from_anywhere_else_leads_to_the_days(client, csrf):
    assert certainly(client, csrf, "as_said", "//elsewhere.example") == f"{HOME}/days"
