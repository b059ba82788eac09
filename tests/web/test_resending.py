"""A form that could not be kept stays on the page that says so, with everything typed, and goes again by one press."""

import io

import pytest

from loyalapp.core.db import db
from loyalapp.features.customers import service as customers
from loyalapp.web import resending
from tests.markup import Page
from tests.walk import token_of

NAME, NOTE = 'Kashif "Example" & <sons>', "موٹر بہت شور کرتی ہے\n" * 600
PAGES = "PRAGMA max_page_count"


def most_pages(app, count: int) -> int:
    """Let the file of the data grow to so many pages and no further, as a disk that is full would; 0: as it is now."""
    with app.app_context():
        raw = db.session.connection().connection.driver_connection
        found = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"{PAGES} = {count or found}")
        db.session.remove()
    return found


def test_on_a_full_disk_everything_typed_stays_and_is_sent_once_there_is_room(app, client):
    app.config["PROPAGATE_BUGS"] = False
    token = token_of(client)
    client.post("/language", data={"csrf_token": token, "language": "en"})  # the day has begun
    most_pages(app, 0)
    typed = {"csrf_token": token, "name": NAME, "notes": NOTE, "message_language": "", "stage": "customer"}
    answer = client.post("/customers/new?people=2", data=typed)
    sending = [one for one in Page(answer.text).forms if one.action == "/customers/new?people=2"]

    assert answer.status_code == 507
    assert "The disk of this computer is full, so this was not kept." in answer.text
    assert "What was typed is still on this page." in answer.text
    assert len(sending) == 1
    fields = sending[0].fields
    assert (fields["name"], fields["notes"].split()) == (NAME, NOTE.split())
    with app.app_context():
        assert customers.total() == 0
        db.session.remove()
    most_pages(app, 1_000_000)
    assert client.post(sending[0].action, data=fields).status_code == 303
    with app.app_context():
        assert customers.total() == 1
        db.session.remove()


@pytest.mark.parametrize("secret", sorted(resending.SECRET))
def test_a_form_with_a_secret_is_not_written_into_a_page(app, secret):
    with app.test_request_context("/x", method="POST", data={"name": NAME, secret: "1234"}):
        assert resending.carried() == {}


def test_every_field_for_a_secret_is_known():
    from loyalapp.features.backups import forms as of_backups
    from loyalapp.features.desk import forms as of_desk
    from loyalapp.features.safety import forms as of_safety
    from loyalapp.features.staff import forms as of_staff
    from loyalapp.web.forms import Form, PinField

    homes = (of_backups, of_desk, of_safety, of_staff)
    made = [one for home in homes for one in vars(home).values() if isinstance(one, type) and issubclass(one, Form)]
    fields = {name for form in made for name, one in vars(form).items() if getattr(one, "field_class", 0) is PinField}

    assert fields
    assert fields <= resending.SECRET


def test_a_file_has_to_be_chosen_once_more_and_what_only_shows_is_not_sent_again(app):
    file = {"name": NAME, "photo": (io.BytesIO(b"x"), "photo.png")}
    with app.test_request_context("/x?tab=1", method="POST", data=file):
        assert resending.carried() == {"sending": ("/x?tab=1", [("name", NAME)], True)}
    with app.test_request_context("/x?name=1"):
        assert resending.carried() == {}
