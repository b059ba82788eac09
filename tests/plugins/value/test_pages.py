"""The pages of value on the real app, as a browser sees them."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from loyalapp import sdk
from plugins.value import service, words

HOME = "/plugins/value"


@pytest.fixture
def john(any_app) -> int:
    with any_app.app_context():
        one = sdk.customers.add({"name": "John Mathew", "trade": "tailoring", "message_language": "hi-Latn"}).id
        sdk.db.session.remove()
    return one


@pytest.fixture
def desk(any_client):
    return any_client


def token(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]*)"', page)[1]


def speak(desk, language: str) -> None:
    with desk.session_transaction() as session:
        session["language"] = language


def test_the_two_questions_are_asked_and_their_answers_kept(desk, john, any_app):
    page = desk.get(f"{HOME}/new/{john}").text
    assert "What do you like best about us?" in page
    assert "Why do you stay with us?" in page
    assert "Aap hamare paas hi kyon aate hain?" in page
    data = {"csrf_token": token(page), "likes": "You have the parts.", "stays": "", "may_name": "yes", "said_on": ""}
    assert desk.post(f"{HOME}/new/{john}", data=data).status_code == 303
    page = desk.get(f"/customers/{john}").text
    assert "What they value" in page
    assert page.count("You have the parts.") == 2  # the panel and the timeline
    with any_app.app_context():
        (row,) = service.voices_of(john, 9)
        assert (row.kind, row.may_name, row.said_on) == ("likes", True, sdk.today())


def test_bad_input_keeps_what_was_typed(desk, john, any_app):
    page = desk.get(f"{HOME}/new/{john}").text
    data = {"csrf_token": token(page), "likes": "<b>You & we</b>", "may_name": "yes", "said_on": "99/99/9999"}
    answer = desk.post(f"{HOME}/new/{john}", data=data)
    assert answer.status_code == 422
    assert "&lt;b&gt;You &amp; we&lt;/b&gt;" in answer.text
    assert 'value="99/99/9999"' in answer.text
    assert re.search(r'value="yes"[^>]*checked', answer.text)
    data["said_on"] = (sdk_today(any_app) + timedelta(days=2)).strftime("%d/%m/%Y")
    answer = desk.post(f"{HOME}/new/{john}", data=data)
    assert answer.status_code == 422
    assert "This day is still to come." in answer.text
    assert desk.post(f"{HOME}/new/{john}", data={"csrf_token": token(page), "likes": " "}).status_code == 422
    with any_app.app_context():
        assert not service.voices_of(john, 9)


def sdk_today(any_app):
    with any_app.app_context():
        return sdk.today()


def test_an_extra_is_written_down_and_shown_beside_the_customer(desk, john):
    page = desk.get(f"{HOME}/extra/{john}").text
    data = {"csrf_token": token(page), "words": "Repaired it on Sunday.", "said_on": ""}
    answer = desk.post(f"{HOME}/extra/{john}", data=data)
    assert answer.status_code == 422
    assert "Please choose what sort of extra it was." in answer.text
    assert "Repaired it on Sunday." in answer.text
    assert desk.post(f"{HOME}/extra/{john}", data={**data, "extra": "service"}).status_code == 303
    page = desk.get(f"/customers/{john}").text
    assert "What we did for them" in page
    assert "Extra: Service" in page
    assert "Repaired it on Sunday." in page


def test_consent_is_given_and_taken_back_on_the_page(desk, john, any_app):
    with any_app.app_context():
        (voice,) = service.hear(john, likes="The phone.")
    page = desk.get(f"{HOME}/").text
    assert "not by name" in page
    data = {"csrf_token": token(page), "allowed": "yes", "next": f"{HOME}/"}
    answer = desk.post(f"{HOME}/{voice}/naming", data=data, follow_redirects=True)
    assert "may be named" in answer.text
    answer = desk.post(f"{HOME}/{voice}/naming", data={**data, "allowed": "no", "next": "https://example.com/"})
    assert answer.headers["Location"] == "/"
    assert "not by name" in desk.get(f"{HOME}/").text


def test_the_page_names_the_kinds_that_were_not_asked(desk, john):
    page = desk.get(f"{HOME}/").text
    assert "Not asked yet" in page
    assert re.search(rf'<a href="{HOME}/new/{john}">Ask ', page)
    assert "Nothing is written down yet." in page


@pytest.mark.parametrize(
    "query",
    [
        "?kind=nothing",
        "?after=x",
        "?after=999",
        "?after=99999999999999999999",
        "?after=²",
        "?trade=%00",
        "?kind=likes&trade=tailoring",
    ],
)
def test_odd_addresses_do_no_harm(desk, john, query):
    assert desk.get(f"{HOME}/{query}").status_code == 200


@pytest.mark.parametrize("path", ["/new/999", "/extra/999"])
def test_a_customer_who_is_not_there_is_said_kindly(desk, path):
    assert desk.get(f"{HOME}{path}").status_code == 404


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_every_page_speaks_each_language(desk, john, any_app, language):
    with any_app.app_context():
        service.hear(john, likes="x", stays="y", may_name=True)
        for extra in words.EXTRAS:
            service.give(john, extra, "z")
    speak(desk, language)
    direction = "rtl" if language == "ur" else "ltr"
    for path in (f"{HOME}/", f"{HOME}/new/{john}", f"{HOME}/extra/{john}", "/help/value", f"/customers/{john}"):
        answer = desk.get(path)
        assert answer.status_code == 200, path
        assert f'<html lang="{language}" dir="{direction}">' in answer.text
        if language != "en":
            shown = html.unescape(re.sub(r"<[^>]*>", " ", answer.text.split("<main", 1)[1]))
            assert not re.search(r"\b(Extra|Service|Save|Value|What|Not|Likes|Ask)\b", shown), path


def test_the_list_costs_the_same_for_one_and_for_thirty(desk, john, any_app):
    with any_app.app_context():
        service.hear(john, likes="x")
    few = queries(desk, any_app)
    with any_app.app_context():
        for number in range(30):
            one = sdk.customers.add({"name": f"Customer {number}", "trade": f"trade {number % 7}"}).id
            service.hear(one, likes="x") if number % 2 else service.give(one, "advice", "x")
    assert queries(desk, any_app) == few


def queries(desk, any_app) -> int:
    seen = []
    listen = lambda *args: seen.append(args[2])  # noqa: E731 -- one line to count
    with any_app.app_context():
        engine = sdk.db.engine
    event.listen(engine, "before_cursor_execute", listen)
    try:
        assert desk.get(f"{HOME}/").status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    return len(seen)
