"""Kinds of problems: a short list, guessed from the words in three scripts, with own ones and those of a trade."""

import pytest

from loyalapp import sdk
from plugins.issues import kinds, service
from plugins.issues.models import Problem
from tests.plugins.issues.conftest import browser, send


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("پنکھا آواز کرتا ہے", "noise"),
        ("pankha awaz karta hai", "noise"),
        ("पंखा आवाज़ करता है", "noise"),
        ("It leaks from below", "leak"),
        ("نل سے پانی ٹپکتا ہے", "leak"),
        ("The bill is wrong, they charged twice the price", "bill"),
        ("سامان ابھی تک نہیں پہنچا", "late"),
        ("Remote kaam nahin karta", "stops"),
        ("dheele pech hain", "broken"),
    ],
)
def test_the_kind_is_guessed_in_every_script(app, text, key):
    with app.app_context():
        known = {one.id: one.key for one in kinds.offered()}
        assert known.get(kinds.guess(text)) == key


@pytest.mark.parametrize(
    "text",
    ["", "ہے", "xyzzy", "😀", "دو دن سے کپڑا کاٹ دیتی ہے", "Press ka pedal chipak jata hai", "चावल की बोरी रात को आई"],
)
def test_where_the_words_say_nothing_no_kind_is_guessed(app, text):
    with app.app_context():
        assert kinds.guess(text) is None


def test_a_kind_of_ones_own_is_guessed_in_another_script_too(app):
    with app.app_context():
        kinds.add("Thread breaks")
        own = kinds.offered()[-1].id
        assert kinds.guess("thread") == kinds.guess("थ्रेड") == own


def test_every_kind_speaks_three_languages_and_guesses_itself():
    for key, one in kinds._book().items():
        assert all(one[language] for language in ("en", "ur", "hi")), key
        assert len(one["words"].split()) >= 9, key


def test_what_is_chosen_goes_before_the_guess_and_can_be_changed(here, person):
    ids = {one.key: one.id for one in kinds.offered()}
    problem = service.record(person("ur"), "پنکھا آواز کرتا ہے", kind=str(ids["heat"]))
    assert sdk.db.session.get(Problem, problem).kind_id == ids["heat"]
    with pytest.raises(sdk.LoyalAppError):
        service.record(person("hi"), "Noise", kind="999")


def test_own_kinds_and_those_of_a_trade_are_added_and_removed(app):
    client = browser(app)
    send(client, "/plugins/issues/kinds", name="Blue smoke")
    send(client, "/plugins/issues/kinds", "/plugins/issues/kinds/trade", trade="sewing")
    page = client.get("/plugins/issues/kinds").get_data(as_text=True)
    assert "Blue smoke" in page
    assert "Thread or stitches" in page
    with app.app_context():
        added = next(one.id for one in kinds.offered() if one.name == "Blue smoke")
    send(client, "/plugins/issues/kinds", f"/plugins/issues/kinds/{added}/remove")
    assert "Blue smoke</" not in client.get("/plugins/issues/kinds").get_data(as_text=True).split("<ol")[1]
    with app.app_context():
        assert added in kinds.names()


def test_the_list_stays_short(app):
    with app.app_context():
        for number in range(kinds.MOST - len(kinds.offered())):
            kinds.add(f"Kind {number}")
        with pytest.raises(sdk.LoyalAppError):
            kinds.add("One more")
        with pytest.raises(sdk.LoyalAppError):
            kinds.add_of_trade("nothing")


def test_the_form_offers_each_kind_with_one_key(app, person):
    with app.app_context():
        customer_id = person("ur")
    page = browser(app).get(f"/plugins/issues/new/{customer_id}").get_data(as_text=True)
    assert 'data-key="Digit1"' in page
    assert 'data-while-typing="/plugins/issues/similar"' in page


@pytest.mark.parametrize(("language", "said"), [("ur", "قسم"), ("hi", "क़िस्म")])
def test_a_kind_that_was_removed_meanwhile_is_said_on_the_page_with_all_that_was_typed(any_app, person, language, said):
    with any_app.app_context():
        customer_id = person("ur")
    typed = {"what": "دھاگا ٹوٹتا ہے", "urgency": "stopped", "kind": "999"}
    answer = send(browser(any_app, language), f"/plugins/issues/new/{customer_id}", **typed)
    page = answer.get_data(as_text=True)

    assert answer.status_code == 422
    assert said in page.partition('id="kind-error-1"')[2].partition("</p>")[0]
    assert typed["what"] in page
