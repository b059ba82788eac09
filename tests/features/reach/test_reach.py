"""Contacts that rest, customers who want none, and the picture that opens a chat on the phone."""

from datetime import timedelta
from urllib.parse import unquote

import pytest

from loyalapp.core.clock import today
from loyalapp.core.errors import LoyalAppError
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import rules
from loyalapp.features.reach import chat, service
from loyalapp.features.settings import service as settings
from tests.walk import token_of


def add(**values) -> int:
    return customers.add({"name": "Sana", **values}).id


def test_rest_and_its_undo_leave_everything_as_it_was(any_app, any_client):
    with any_app.app_context():
        who, until = add(), today() + timedelta(days=40)
    sent = {"csrf_token": token_of(any_client), "until": until.strftime("%d/%m/%Y"), "why": "a death in the family"}

    answer = any_client.post(f"/reach/{who}/rest", data=sent, follow_redirects=True)
    text = answer.get_data(as_text=True)
    assert "a death in the family" in text
    with any_app.app_context():
        assert service.state(who) == (False, until, "a death in the family")
    undo = text.split(f'action="/reach/{who}/as-before', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    any_client.post(f"/reach/{who}/as-before{undo}", data=sent)
    with any_app.app_context():
        assert service.state(who) == (False, None, None)


def test_they_want_no_contact_and_go_on_again_each_in_one_click_with_an_undo(any_app, any_client):
    with any_app.app_context():
        who = add(paused_until=today() + timedelta(days=9), pause_why="ill")
    token = {"csrf_token": token_of(any_client)}

    assert f"/reach/{who}/as-before" in any_client.post(
        f"/reach/{who}/want-none", data=token, follow_redirects=True
    ).get_data(as_text=True)
    with any_app.app_context():
        assert rules.may_contact([who])[who].kinds[0] == "no_contact"
    any_client.post(f"/reach/{who}/go-on", data=token)
    with any_app.app_context():
        assert service.state(who) == (False, None, None)


@pytest.mark.parametrize("days", [None, 0, -1, 800])
def test_a_day_that_cannot_be_is_refused(app, days):
    with app.app_context():
        who = add()
        with pytest.raises(LoyalAppError):
            service.rest(who, None if days is None else today() + timedelta(days=days))
        assert service.state(who) == (False, None, None)


def test_what_was_typed_stays_and_nonsense_is_refused_kindly(app, client, csrf):
    with app.app_context():
        who = add()
    answer = client.post(f"/reach/{who}/rest", data={**csrf(), "until": "someday", "why": "in Dubai"})
    assert answer.status_code == 422
    assert "in Dubai" in answer.get_data(as_text=True)
    assert client.post(f"/reach/{who}/as-before?until=nonsense", data=csrf()).status_code == 404
    assert client.post("/reach/4711/go-on", data=csrf()).status_code == 404


@pytest.mark.parametrize(
    ("language", "country", "begins"),
    [
        ("ur", "PK", "السلام علیکم"),
        ("ur", "IN", "آداب"),
        ("hi", "IN", "नमस्ते"),
        ("en", "PK", "Hello"),
        ("ur-Latn", "PK", "Assalam"),
    ],
)
def test_a_message_begins_in_the_customers_language(app, language, country, begins):
    with app.app_context():
        settings.save_firm(settings.firm()._replace(country=country, sender="Imran"))
        customer = customers.get(add(message_language=language))
        opening = chat.opening(customer)
        assert opening.startswith(begins)
        assert "Imran" in opening
        assert "Anmol Machinery" in opening


def test_the_page_opens_the_chat_with_its_words_here_and_on_the_phone(app, client):
    with app.app_context():
        who, without = add(phones=["0300 1234567"]), add()
    text = client.get(f"/reach/{who}/phone?text=کل+4+بجے؟+50%25+%26").get_data(as_text=True)
    assert "https://wa.me/923001234567?text=" in text
    assert "کل 4 بجے؟ 50% &" in unquote(text.split("wa.me/923001234567?text=", 1)[1].split('"', 1)[0])
    assert '<svg class="qr"' in text
    assert "no WhatsApp number" in client.get(f"/reach/{without}/phone").get_data(as_text=True)


def test_a_text_too_long_for_a_camera_gets_no_picture(app, client):
    with app.app_context():
        who = add(phones=["0300 1234567"])
    text = client.get(f"/reach/{who}/phone", query_string={"text": "لمبا " * 300}).get_data(as_text=True)

    assert "too long for a picture" in text
    assert "https://wa.me/" in text


def test_the_picture_holds_the_address(app):
    """Drawn as the library draws it: every dark dot of its matrix, with the white zone round it."""
    import segno

    with app.app_context():
        drawn = str(chat.picture("https://wa.me/923001234567"))
        matrix = segno.make("https://wa.me/923001234567", error="l", micro=False).matrix
        assert drawn.count("h1v1") == sum(dot for row in matrix for dot in row)


def test_the_chat_says_before_it_is_opened_that_the_limit_is_reached(app, client):
    with app.app_context():
        who = customers.add({"name": "Sana", "phones": ["0300 1234567"], "contact_limit": 0}).id
    assert "They like no unasked contacts at all." in client.get(f"/reach/{who}/phone").get_data(as_text=True)
