"""Giving a card: every way that is open, once, and taken back; the firm's pictures; the account for e-mail."""

import re
from datetime import date
from io import BytesIO

import pytest

from loyalapp import sdk
from plugins.greetings import account, drawing, giving, letters, looks, pictures, service
from tests.plugins.greetings.pictures import STORED
from tests.plugins.greetings.post_office import PASSWORD, USER, open_office

HOME = "/plugins/greetings"
LOGO = (STORED / "plain-en.png").read_bytes()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def card(app) -> int:
    with app.app_context():
        values = {"name": "طارق بھٹی", "message_language": "ur", "phones": ["0300 1234567"], "email": "t@example.org"}
        one = sdk.customers.add(values).id
        return service.make(one, service.draft(one, "birthday")._replace(sender="نادیہ"))


def post(client, path, page=None, **sent):
    token = re.search(r'name="csrf_token" value="([^"]*)"', client.get(page or path).text)[1]
    return client.post(path, data={"csrf_token": token, **sent}, follow_redirects=True)


def test_the_page_offers_every_way_and_the_words_alone(client, card):
    page = client.get(f"{HOME}/{card}").text
    assert "https://wa.me/923001234567?text=" in page
    assert 'class="qr"' in page
    assert "the last ones are missing" not in page
    assert "sms:+923001234567?body=" in page
    assert "Your e-mail account is not set up yet" in page
    assert "نادیہ" in page


def test_without_number_and_address_the_page_says_what_is_left(client, app):
    with app.app_context():
        one = sdk.customers.add({"name": "Gul"}).id
        card = service.make(one, service.draft(one, "birthday"))
    page = client.get(f"{HOME}/{card}").text
    assert "wa.me" not in page
    assert "sms:" not in page
    assert "No number for WhatsApp is known." in page


def test_long_words_leave_a_code_that_a_phone_can_read_and_the_page_says_so(client, app):
    with app.app_context():
        one = sdk.customers.add({"name": "گ" * 100, "phones": ["0300 1234567"]}).id
        drafted = service.draft(one, "birthday", language="ur")
        card = service.make(one, drafted._replace(wish="م" * 300, own_line="ب" * 300))
        ways = giving.open_for(service.get(card), service.customer_of(one))
        assert 'class="qr"' in str(ways.qr)
        assert ways.is_cut
    assert "the last ones are missing" in client.get(f"{HOME}/{card}").text


def test_given_with_one_key_and_taken_back(client, card, app):
    with app.app_context():
        customer = service.get(card).customer_id
    assert 'data-key="KeyG"' in client.get(f"{HOME}/{card}").text
    page = post(client, f"{HOME}/{card}/give", f"{HOME}/{card}", how="sms").text
    assert "Given on" in page
    with app.app_context():
        assert sdk.interactions.unasked_counts([customer]) == {customer: 1}
    page = post(client, f"{HOME}/{card}/take-back", f"{HOME}/{card}").text
    assert "Given on" not in page
    with app.app_context():
        assert not sdk.interactions.unasked_counts([customer])
        assert giving.give(card, "by_phone") is True
        assert giving.give(card, "by_hand") is False, "once"
        assert service.get(card).given_how == "by_phone"


def test_the_picture_is_made_ready_on_this_computer_or_the_way_by_hand_is_said(client, card, data_dir, monkeypatch):
    monkeypatch.setattr(sdk.at_desk, "copy_picture", lambda file: file.read_bytes().startswith(b"\x89PNG"))
    monkeypatch.setattr(sdk.at_desk, "show_folder", lambda _file: True)
    assert "Ctrl and V" in post(client, f"{HOME}/{card}/ready", f"{HOME}/{card}").text
    monkeypatch.setattr(sdk.at_desk, "copy_picture", lambda _file: False)
    assert "into the chat" in post(client, f"{HOME}/{card}/ready", f"{HOME}/{card}").text
    monkeypatch.setattr(sdk.at_desk, "show_folder", lambda _file: False)
    assert "press the clip" in post(client, f"{HOME}/{card}/ready", f"{HOME}/{card}").text
    assert len(list((data_dir / "exports").glob("*.png"))) == 3


def test_a_print_is_shown_in_its_folder_or_named(client, card, monkeypatch):
    monkeypatch.setattr(sdk.at_desk, "show_folder", lambda file: file.suffix == ".pdf")
    said = post(client, f"{HOME}/{card}/save", f"{HOME}/{card}", format="pdf", size="a6").text
    assert "print it in its own size" in said
    monkeypatch.setattr(sdk.at_desk, "show_folder", lambda _file: False)
    assert "Saved: " in post(client, f"{HOME}/{card}/save", f"{HOME}/{card}", format="pdf", size="a6").text


@pytest.mark.parametrize(("size", "points"), [("a6", (297, 419)), ("a5", (419, 595))])
def test_prints_have_their_paper(client, card, data_dir, size, points):
    post(client, f"{HOME}/{card}/save", f"{HOME}/{card}", format="pdf", size=size)
    (file,) = (data_dir / "exports").glob("*.pdf")
    box = re.search(rb"/MediaBox\s*\[([^]]*)\]", file.read_bytes())[1].split()
    assert (int(float(box[2])), int(float(box[3]))) == points


def test_a_card_is_square_or_upright(client, app, card):
    with app.app_context():
        made = service.get(card)
        assert looks.UPRIGHT > 1
        square = drawing.draw(made, ppi=20)
        upright = drawing.draw(service.Draft(**like(made, shape="portrait")), ppi=20)
    assert int.from_bytes(square[16:20], "big") == int.from_bytes(upright[16:20], "big")
    assert int.from_bytes(upright[20:24], "big") > int.from_bytes(upright[16:20], "big")


def like(made, **changed) -> dict:
    return {key: getattr(made, key) for key in service.Draft._fields} | changed


def test_a_heavy_picture_is_drawn_in_fewer_dots_until_whatsapp_takes_it(app, card, monkeypatch):
    with app.app_context():
        made = service.get(card)
        sharp = len(drawing.for_phone(made))
        assert sharp <= drawing.LARGEST
        monkeypatch.setattr(drawing, "LARGEST", sharp - 1)
        assert len(drawing.for_phone(made)) < sharp


# ---- the firm's pictures


def upload(client, kind, content, name="x.png"):
    token = re.search(r'name="csrf_token" value="([^"]*)"', client.get(f"{HOME}/firm").text)[1]
    sent = {"csrf_token": token, "kind": kind, "picture": (BytesIO(content), name)}
    answer = client.post(f"{HOME}/firm", data=sent, content_type="multipart/form-data")
    answer.request.input_stream.close()
    return client.get(f"{HOME}/firm") if answer.status_code == 303 else answer


def test_logo_and_signature_come_onto_cards_and_leave_them(client, card, app):
    with app.app_context():
        bare = drawing.draw(service.get(card), ppi=20)
    assert "Saved." in upload(client, "logo", LOGO + b"<script>").text
    assert "Saved." in upload(client, "signature", LOGO).text
    shown = client.get(f"{HOME}/firm/logo.png")
    assert shown.data.startswith(b"\x89PNG")
    assert b"<script>" not in shown.data, "drawn anew"
    with app.app_context():
        assert drawing.draw(service.get(card), ppi=20) != bare
    for kind in pictures.KINDS:
        post(client, f"{HOME}/firm/{kind}/remove", f"{HOME}/firm")
    with app.app_context():
        assert drawing.draw(service.get(card), ppi=20) == bare


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SVG, "can hold programs"),
        (b"<?xml version='1.0'?>" + SVG, "can hold programs"),
        (b"not a picture", "not a picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "broken"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (30_000).to_bytes(4, "big") * 2 + b"\x08\x06\0\0\0", "too many points"),
        (b"\xff\xd8\xff" + b"\0" * 6000, "very large"),
        (b"", "choose a picture first"),
    ],
    ids=["svg", "xml", "text", "broken", "bomb", "huge", "nothing"],
)
def test_what_is_no_logo_is_refused_by_its_content(client, app, content, said, monkeypatch):
    monkeypatch.setattr("loyalapp.core.pictures.LARGEST", 5000)
    assert said in upload(client, "logo", content, "logo.png").text
    with app.app_context():
        assert not pictures.kept()


# ---- e-mail


def test_the_account_is_set_up_tested_used_and_forgotten(client, card, app):
    with open_office() as office:
        typed = {"address": USER, "name": "Anmol", "host": "127.0.0.1", "port": office.port, "security": "none"}
        page = post(client, f"{HOME}/mail", **typed, password="wrong", do="test").text
        assert "does not accept the name or the password" in page
        page = post(client, f"{HOME}/mail", **typed, password=PASSWORD, do="test").text
        assert "The test was sent to" in page
        assert PASSWORD not in client.get(f"{HOME}/mail").text
        assert "no password safe" in page
        page = post(client, f"{HOME}/{card}/mail", f"{HOME}/{card}", address="t@example.org").text
        assert "Given on" in page
        assert [one.rcpt_tos for one, _letter in office.letters] == [[USER], ["t@example.org"]]
        page = post(client, f"{HOME}/{card}/mail", f"{HOME}/{card}", address="t@example.org")
        assert page.status_code == 422
        assert len(office.letters) == 2
    assert "are gone" in post(client, f"{HOME}/mail/forget", f"{HOME}/mail").text
    with app.app_context():
        assert account.of_firm() is None


def test_an_e_mail_of_which_nothing_is_known_is_asked_about(client, card, app):
    with open_office() as office:
        with app.test_request_context():
            account.save(account.Account("127.0.0.1", office.port, "none", USER, USER, "Anmol"), PASSWORD)
        office.mood = "drop"
        page = post(client, f"{HOME}/{card}/mail", f"{HOME}/{card}", address="t@example.org").text
        assert "connection broke" in page
        assert "Send the e-mail" not in page
        assert "Send the e-mail" in post(client, f"{HOME}/{card}/mail/said", f"{HOME}/{card}", arrived="no").text
        post(client, f"{HOME}/{card}/mail", f"{HOME}/{card}", address="t@example.org")
        page = post(client, f"{HOME}/{card}/mail/said", f"{HOME}/{card}", arrived="yes").text
        assert "Given on" in page


def test_a_card_given_today_is_not_mailed(app, card):
    with app.test_request_context():
        giving.give(card, "by_hand")
        account.save(account.Account("127.0.0.1", 25, "none", "", USER, "Anmol"), "")
        with pytest.raises(sdk.LoyalAppError, match="given already"):
            letters.prepare(card, "t@example.org")
        assert service.get(card).given_on == sdk.today()
        assert isinstance(service.get(card).given_on, date)
