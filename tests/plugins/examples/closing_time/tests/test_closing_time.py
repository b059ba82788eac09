"""A foreign blueprint keeps our rules: its pages stand behind the door, and what changes something needs the token."""

import pytest

from loyalapp import sdk

pytest_plugins = ["loyalapp.testing"]

PAGE = "/plugins/closing_time/"


@pytest.fixture
def promised(app, customer):
    with app.app_context():
        sdk.interactions.record(customer, learned="Likes tea", promised="A price", promised_for=sdk.today())


def test_the_library_answers_under_the_plugins_address(client, promised):
    answer = client.get(PAGE + "healthz/promises")

    assert (answer.status_code, answer.json["title"]) == (503, "1 promise is still open.")
    assert client.get(PAGE + "healthz/contacts").json == {"status": 200, "title": "OK"}
    assert client.get(PAGE + "healthz/nothing").status_code == 404


def test_nobody_comes_in_without_the_key(app):
    stranger = app.test_client()

    assert stranger.get(PAGE + "healthz/promises").status_code == 403
    assert stranger.get(PAGE).status_code == 403


def test_what_changes_something_needs_the_token_and_the_desk_remembers_it(desk):
    assert desk.browser.post(PAGE + "lock").status_code == 400
    assert "You have looked today." not in desk.read(PAGE)

    assert "You have looked today." in desk.press(PAGE, "I have looked")
    assert "You have looked today." in desk.read(PAGE)


def test_the_library_speaks_the_readers_language(desk, promised, language):
    said = {"en": "1 promise is still open.", "ur": "1 وعدہ باقی ہے۔", "hi": "1 वादा बाक़ी है।"}[language]

    assert desk.browser.get(PAGE + "healthz/promises").json["title"] == said
    assert said in desk.read(PAGE)
    assert desk.stray_english(PAGE) == []
