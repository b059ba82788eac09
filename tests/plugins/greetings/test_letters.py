"""Cards by e-mail, through a real mail server: sent once, never twice, and every fault is a plain sentence."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from sqlalchemy import update

from loyalapp import sdk
from loyalapp.core import keeping
from plugins.greetings import account, drawing, giving, letters, mail, service
from plugins.greetings.models import Letter
from tests.plugins.greetings.post_office import PASSWORD, USER, certificate, open_office

TO = "tariq@example.org"


@pytest.fixture
def office():
    with open_office() as running:
        yield running


def set_up(office, password=PASSWORD, **changed) -> None:
    typed = {"host": "127.0.0.1", "port": office.port, "security": "none", "user": USER, "address": USER}
    account.save(account.Account(**{**typed, "name": "انمول مشینری", **changed}), password)


def a_card(**values) -> int:
    values = {"name": "طارق بھٹی", "message_language": "ur", "email": TO, **values}
    one = sdk.customers.add(values).id
    return service.make(one, service.draft(one, "birthday")._replace(own_line="بیٹے کی منگنی <b>مبارک</b> ₹500"))


def posted(card: int) -> str:
    return letters.send(letters.prepare(card, TO))


def test_a_letter_has_the_picture_in_it_and_the_words_beside(app, office):
    with app.test_request_context():
        set_up(office)
        card = a_card()
        assert posted(card) == "sent"
        (envelope, letter) = office.letters[0]
        assert envelope.rcpt_tos == [TO]
        assert envelope.mail_from == USER
        assert "انمول مشینری" in str(letter["From"])
        assert letter["Subject"] == service.get(card).greet
        plain = letter.get_body(("plain",)).get_content()
        assert plain.strip().replace("\r\n", "\n") == drawing.text_of(service.get(card))
        page = letter.get_body(("html",)).get_content()
        assert "&lt;b&gt;" in page
        assert 'dir="rtl"' in page
        (picture,) = [one for one in letter.walk() if one.get_content_type() == "image/png"]
        assert picture["Content-ID"][1:-1] in page
        assert picture.get_content().startswith(b"\x89PNG")
        assert service.get(card).given_how == "email"
        assert sdk.interactions.unasked_counts([service.get(card).customer_id])


def test_it_is_never_sent_twice(app, office):
    with app.test_request_context():
        set_up(office)
        card = a_card()
        number = letters.prepare(card, TO)
        assert letters.send(number) == "sent"
        assert letters.send(number) == "sent"
        giving.take_back(card)
        with pytest.raises(sdk.LoyalAppError, match="was sent"):
            letters.prepare(card, TO)
        assert len(office.letters) == 1


@pytest.mark.parametrize(
    ("mood", "said"),
    [
        ("sender", "does not let you send from this address"),
        ("recipient", "this address does not exist"),
        ("refuse", "did not take the e-mail"),
        ("slow", "does not answer in time"),
    ],
)
def test_what_was_refused_is_said_and_may_be_tried_again(app, office, monkeypatch, mood, said):
    monkeypatch.setattr(mail, "STEP", 0.5)
    with app.test_request_context():
        set_up(office)
        card = a_card()
        office.mood = mood
        assert posted(card) == "failed"
        assert said in letters.sentence(letters.of(card))
        assert service.get(card).given_on is None
        key = letters.of(card).message_key
        office.mood = "fine"
        assert posted(card) == "sent"
        assert letters.of(card).message_key == key


def test_a_wrong_password_a_closed_door_and_a_missing_server_are_plain_sentences(app, office):
    with app.test_request_context():
        card = a_card()
        set_up(office, "wrong")
        assert posted(card) == "failed"
        assert "name or the password" in letters.sentence(letters.of(card))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        set_up(office, port=port)
        posted(card)
        assert "refuses the connection" in letters.sentence(letters.of(card))
        set_up(office, host="nobody.invalid")
        posted(card)
        assert "cannot be reached" in letters.sentence(letters.of(card))
        set_up(office, security="starttls")
        posted(card)
        assert "another kind of security" in letters.sentence(letters.of(card))
        assert not office.letters


def test_where_the_line_breaks_in_the_middle_the_user_is_asked(app, office):
    with app.test_request_context():
        set_up(office)
        card = a_card()
        office.mood = "drop"
        assert posted(card) == "unknown"
        with pytest.raises(sdk.LoyalAppError, match="connection broke"):
            letters.prepare(card, TO)
        letters.did_not_arrive(card)
        office.mood = "fine"
        assert posted(card) == "sent"
        other = a_card(name="Gul Khan")
        office.mood = "drop"
        posted(other)
        letters.did_arrive(other)
        assert service.get(other).given_how == "email"


def test_starttls_with_a_certificate_that_is_trusted_and_one_that_is_not(app, tmp_path, monkeypatch):
    file = certificate(tmp_path / "localhost.pem")
    with open_office(file) as office, app.test_request_context():
        set_up(office, host="localhost", security="starttls")
        card = a_card()
        assert posted(card) == "failed"
        assert "secure connection could not be made" in letters.sentence(letters.of(card))
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert posted(card) == "sent"


def test_a_test_to_oneself_arrives_or_says_why_not(app, office):
    with app.test_request_context():
        set_up(office)
        assert USER in letters.test(USER)
        assert office.letters[0][0].rcpt_tos == [USER]
        set_up(office, "wrong")
        with pytest.raises(sdk.LoyalAppError, match="password"):
            letters.test(USER)


def test_strange_names_make_no_second_header_and_no_second_person(app, office):
    with app.test_request_context():
        set_up(office, name="Shop\r\nBcc: spy@example.org")
        card = a_card(name='Gul, "x" <spy@example.org>\n Khan')
        posted(card)
        envelope, letter = office.letters[0]
        assert envelope.rcpt_tos == [TO]
        assert letter["Bcc"] is None
        for bad in ("spy@example.org, x@example.org", "x@y", "a b@example.org", "x@example.org\nBcc: y@example.org"):
            with pytest.raises(sdk.LoyalAppError):
                letters.prepare(a_card(name=f"Nobody {bad[:3]}"), bad)


def test_the_password_is_locked_where_the_computer_has_no_safe(app, office):
    with app.test_request_context():
        set_up(office)
        kept = account.of_firm()
        assert kept.kept == keeping.FILE
        assert PASSWORD not in str(sdk.settings.get(account.SETTING))
        assert account.password_of(kept) == PASSWORD
        app.config["SECRET_KEY"] = b"another installation"
        with pytest.raises(sdk.LoyalAppError, match="type it once more"):
            account.password_of(kept)


def test_the_password_goes_into_the_safe_where_there_is_one(app, office, monkeypatch):
    import keyring
    from keyring.backend import KeyringBackend

    class Safe(KeyringBackend):
        priority = 1
        held = {}

        def set_password(self, service, username, password):
            self.held[service, username] = password

        def get_password(self, service, username):
            return self.held.get((service, username))

        def delete_password(self, service, username):
            self.held.pop((service, username), None)

    monkeypatch.setattr(keyring.core, "_keyring_backend", Safe())
    with app.test_request_context():
        set_up(office)
        assert account.of_firm().kept == keeping.SAFE
        assert account.of_firm().locked == ""
        assert account.password_of(account.of_firm()) == PASSWORD
        set_up(office, "")
        assert account.password_of(account.of_firm()) == PASSWORD, "an empty field changes nothing"
        account.forget()
        assert account.of_firm() is None
        assert not Safe.held


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"host": "a b"}, "host"), ({"port": 0}, "port"), ({"address": "me"}, "address"), ({"security": "x"}, "security")],
)
def test_what_cannot_be_an_account_is_said_beside_its_field(app, office, changed, field):
    with app.test_request_context(), pytest.raises(sdk.LoyalAppError) as said:
        set_up(office, **changed)
    assert said.value.field == field


CHILD = """
import sys
from tests.conftest import open_app
from plugins.greetings import letters
from pathlib import Path
app = open_app(Path(sys.argv[1]))
with app.test_request_context():
    letters.send(int(sys.argv[2]))
"""


@pytest.mark.slow
def test_a_program_killed_while_it_sends_asks_the_user_and_sends_nothing_again(app, data_dir, office):
    with app.test_request_context():
        set_up(office)
        card = a_card()
        number = letters.prepare(card, TO)
        sdk.db.session.remove()
        office.mood = "hang"
        child = subprocess.Popen([sys.executable, "-c", CHILD, str(data_dir), str(number)], env=os.environ)
        end = time.monotonic() + 60
        while not office.letters and child.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert len(office.letters) == 1
        office.mood = "fine"
        assert letters.of(card).state == "sending"
        assert letters.send(number) == "sending"
        past = sdk.now() - letters.ON_ITS_WAY - timedelta(seconds=1)
        sdk.db.session.execute(update(Letter).values(moved_at=past))
        sdk.db.session.commit()
        assert letters.of(card).state == "unknown"
        assert letters.send(number) == "unknown"
        assert len(office.letters) == 1
