"""The pages of data and wishes: an answer is kept, the sheet is made, the erasure says what goes and is noted."""

import pytest

from loyalapp.features.customers import consent
from loyalapp.features.customers import service as customers
from tests.walk import speak, token_of


@pytest.fixture
def who(app) -> int:
    with app.app_context():
        return customers.add({"name": "Zuleikha", "message_language": "ur"}).id


def press(client, address, **data):
    return client.post(address, data={"csrf_token": token_of(client), **data}, follow_redirects=True)


def test_an_answer_is_written_down_and_stands_on_the_customers_page(client, who):
    page = press(client, f"/privacy/customers/{who}/consent", purpose="offers", answer="no", source="told").text

    assert "Does not want offers." in page
    assert "Greetings: not asked yet." in page
    assert "Does not want offers." in client.get(f"/customers/{who}").text


def test_without_yes_or_no_nothing_is_written_and_the_note_stays(client, app, who):
    answer = press(client, f"/privacy/customers/{who}/consent", purpose="offers", source="told", note="by phone")

    assert answer.status_code == 422
    assert "Please choose one." in answer.text
    assert 'value="by phone"' in answer.text
    with app.app_context():
        assert consent.history([who]) == []


def test_a_wrong_line_is_struck_out(client, app, who):
    with app.app_context():
        line = consent.write(who, "details", "told", given=False)
    page = client.get(f"/privacy/customers/{who}").text
    assert "please erase it" in page
    page = press(client, f"/privacy/customers/{who}/consent/{line}/strike-out").text

    assert "please erase it" not in page


@pytest.mark.parametrize(("form", "head"), [("pdf", b"%PDF"), ("json", b"{")])
def test_the_sheet_and_the_file_are_made_and_noted(client, data_dir, who, form, head):
    page = press(client, f"/privacy/customers/{who}/hand-over", form=form).text
    (file,) = (data_dir / "exports").iterdir()

    assert file.name in page
    assert file.read_bytes().startswith(head)
    assert "Zuleikha" in client.get("/privacy/").text


def test_erasing_asks_says_what_goes_and_leaves_no_name_in_the_log(client, who):
    press(client, f"/privacy/customers/{who}/hand-over", form="json")
    asked = client.get(f"/privacy/customers/{who}/erase").text
    assert "What goes" in asked
    assert "What stays, without a name" in asked
    done = press(client, f"/privacy/customers/{who}/erase")

    assert "has been erased" in done.text
    log = client.get("/privacy/").text
    assert "The data of a customer was erased" in log
    assert "Zuleikha" not in log
    assert client.get(f"/privacy/customers/{who}/erase").status_code == 404
    assert client.get(f"/customers/{who}").status_code == 404
    assert press(client, f"/customers/{who}/bring-back").status_code == 404
    assert client.get(f"/customers/{who}").status_code == 404


def test_a_customer_who_is_not_there_has_no_data(client):
    for address in ("/privacy/customers/99", "/privacy/customers/99/erase"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("language", ["ur", "hi"])
def test_the_pages_speak_the_readers_language(client, who, language):
    speak(client, language)
    for address in ("/privacy/", f"/privacy/customers/{who}", f"/privacy/customers/{who}/erase", "/backups/"):
        assert client.get(address).status_code == 200
