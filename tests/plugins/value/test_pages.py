"""The pages of value on the real app, as a browser sees them."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from loyalapp import sdk
from plugins.value import service, uses, words

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
    data = {
        "csrf_token": token(page),
        "likes": "You have the parts.",
        "stays": "",
        "quoting": "name",
        "theme": ["choice", "nothing"],
        "own_theme": "parts",
        "said_on": "",
    }
    assert desk.post(f"{HOME}/new/{john}", data=data).status_code == 303
    page = desk.get(f"/customers/{john}").text
    assert "What they value" in page
    assert page.count("You have the parts.") == 2  # the panel and the timeline
    with any_app.app_context():
        (row,) = service.voices_of(john, 9)
        assert (row.kind, row.quoting, row.said_on) == ("likes", "name", sdk.today())
        assert service.themes_of([row.id]) == {row.id: ["choice", "parts"]}


def test_bad_input_keeps_what_was_typed(desk, john, any_app):
    page = desk.get(f"{HOME}/new/{john}").text
    data = {"csrf_token": token(page), "likes": "<b>You & we</b>", "quoting": "name", "said_on": "99/99/9999"}
    answer = desk.post(f"{HOME}/new/{john}", data=data)
    assert answer.status_code == 422
    assert "&lt;b&gt;You &amp; we&lt;/b&gt;" in answer.text
    assert 'value="99/99/9999"' in answer.text
    assert re.search(r'value="name"[^>]*checked', answer.text)
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
    assert 'Extra: <bdi dir="auto">Service</bdi>' in page
    assert "Repaired it on Sunday." in page


def test_consent_is_given_and_taken_back_on_the_page_of_the_line(desk, john, any_app):
    with any_app.app_context():
        (voice,) = service.hear(john, likes="The phone.")
    page = desk.get(f"{HOME}/lines/{voice}").text
    assert "Nowhere so far." in page
    data = {"csrf_token": token(page), "quoting": "name", "theme": "service", "words": "The phone."}
    answer = desk.post(f"{HOME}/lines/{voice}", data=data, follow_redirects=True)
    assert "Saved." in answer.text
    assert "may be named" in desk.get(f"{HOME}/").text
    with any_app.app_context():
        assert service.themes_of([voice]) == {voice: ["service"]}
    desk.post(f"{HOME}/lines/{voice}", data={**data, "quoting": "no"})
    assert "These words stand on no page for others any more." in desk.get(f"{HOME}/lines/{voice}").text
    assert "not to be quoted" in desk.get(f"{HOME}/").text


def test_a_line_is_put_right_on_its_page_and_two_desks_do_not_overwrite_each_other(desk, john, any_app):
    with any_app.app_context():
        (voice,) = service.hear(john, likes="The fone.", themes=["service", "Tea"])
    page = desk.get(f"{HOME}/lines/{voice}").text
    assert "Tea" in page
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', page).group(1)
    data = {"csrf_token": token(page), "seen": seen, "quoting": "", "theme": ["service", "Tea"], "words": "The phone."}
    assert "Saved." in desk.post(f"{HOME}/lines/{voice}", data=data, follow_redirects=True).text
    again = desk.post(f"{HOME}/lines/{voice}", data={**data, "words": "Something else."}).text
    assert "Somebody else put this line right just now." in again
    assert "Something else." in again
    assert "The phone." in again
    empty = desk.post(f"{HOME}/lines/{voice}", data={**data, "seen": "", "words": " "}).text
    assert "Please write what they said, in their own words." in empty
    with any_app.app_context():
        assert service.get(voice).words == "The phone."
        assert sorted(service.themes_of([voice])[voice]) == ["Tea", "service"]


def test_an_extra_is_put_right_with_what_it_saved(desk, john, any_app):
    with any_app.app_context():
        line = service.give(john, "advice", "A nedle.", saved_minutes=60)
    page = desk.get(f"{HOME}/lines/{line}").text
    data = {
        "csrf_token": token(page),
        "extra": "service",
        "words": "A needle.",
        "saved_minor": "",
        "saved_minutes": "90",
    }
    assert "Saved." in desk.post(f"{HOME}/lines/{line}", data=data, follow_redirects=True).text
    with any_app.app_context():
        row = service.get(line)
        assert (row.extra, row.words, row.saved_minor, row.saved_minutes) == ("service", "A needle.", 0, 90)
    assert "Please choose what sort" in desk.post(f"{HOME}/lines/{line}", data={**data, "extra": "gold"}).text


def test_a_line_is_taken_out_of_the_book_and_comes_back_as_it_was(desk, john, any_app):
    with any_app.app_context():
        (voice,) = service.hear(john, likes="The phone.", quoting="name", themes=["service", "Tea"])
    send = {"csrf_token": token(desk.get(f"{HOME}/lines/{voice}").text)}
    page = desk.post(f"{HOME}/lines/{voice}/remove", data=send, follow_redirects=True).text
    assert "Taken out of the book." in page
    assert "The phone." not in page.split("<main", 1)[1]
    assert desk.get(f"{HOME}/lines/{voice}").status_code == 404
    assert desk.post(f"{HOME}/lines/{voice}/remove", data=send).status_code == 404
    assert "You removed something that" in desk.get("/bring-back/").text
    undo = re.search(r'action="(/bring-back/\d+)"', page).group(1)
    assert desk.post(undo, data=send).status_code == 303
    with any_app.app_context():
        row = service.get(voice)
        assert (row.words, row.quoting, sorted(service.themes_of([voice])[voice])) == (
            "The phone.",
            "name",
            ["Tea", "service"],
        )


def test_a_line_on_a_paper_that_is_still_kept_is_not_taken_out(desk, john, any_app, tmp_path):
    with any_app.app_context():
        (voice,) = service.hear(john, likes="The phone.", quoting="name")
        paper = sdk.export_file("prospect.pdf", b"%PDF-")
        uses.write_down([(voice, True)], "paper", file=paper.name)
    send = {"csrf_token": token(desk.get(f"{HOME}/lines/{voice}").text)}
    page = desk.post(f"{HOME}/lines/{voice}/remove", data=send, follow_redirects=True).text
    assert "These words stand on a paper that is still kept." in page
    paper.unlink()
    page = desk.post(f"{HOME}/lines/{voice}/remove", data=send, follow_redirects=True).text
    assert "Taken out of the book." in page


def test_a_friend_is_marked_and_is_the_one_to_ask(desk, john):
    page = desk.get(f"{HOME}/asked").text
    assert "We know of no friend among them yet." in page
    data = {"csrf_token": token(desk.get(f"{HOME}/sorts").text), "friend": "yes", "next": "https://example.com/"}
    assert desk.post(f"{HOME}/friends/{john}", data=data).headers["Location"] == "/"
    page = desk.get(f"{HOME}/").text
    assert "Not asked yet" in page
    assert re.search(rf'<a href="{HOME}/new/{john}">Ask ', page)
    assert "is a friend of the firm." in desk.get(f"{HOME}/asked").text
    assert "Ask what they like best about us." in desk.get("/").text


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


@pytest.mark.parametrize(
    "path", ["/new/999", "/extra/999", "/lines/999", "/sheet/999", "/sheet/999/sheet.png", "/prospect?for=999"]
)
def test_a_customer_who_is_not_there_is_said_kindly(desk, path):
    assert desk.get(f"{HOME}{path}").status_code == 404


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_every_page_speaks_each_language(desk, john, any_app, language):
    with any_app.app_context():
        service.hear(john, likes="x", stays="y", quoting="name", themes=words.themes()[:6])
        for extra in words.EXTRAS:
            service.give(john, extra, "z")
    speak(desk, language)
    direction = "rtl" if language == "ur" else "ltr"
    own = (
        "",
        "new/{}",
        "extra/{}",
        "lines/1",
        f"sheet/{{}}?language={language}",
        "prospect",
        "guess",
        "asked",
        "sorts",
    )
    others = ("/help/value", "/help/value-sheet", f"/customers/{john}")
    for path in (*(f"{HOME}/{one.format(john)}" for one in own), *others):
        answer = desk.get(path)
        assert answer.status_code == 200, path
        assert f'<html lang="{language}" dir="{direction}">' in answer.text
        if language != "en":
            shown = html.unescape(re.sub(r"<[^>]*>", " ", answer.text.split("<main", 1)[1]))
            assert not re.search(r"\b(Extra|Service|Save|Value|What|Not|Likes|Ask|Speed|small|Nobody)\b", shown), path


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
