"""The pages of problems in three languages: from the call to the thanks, and nothing that was typed is lost."""

import re
from datetime import timedelta

import pytest

from loyalapp import sdk
from plugins.issues import book, hours, service
from tests.plugins.issues.conftest import browser, send

LANGUAGES = ("ur", "hi", "en")
DIRECTIONS = {"ur": "rtl", "hi": "ltr", "en": "ltr"}
ENGLISH = re.compile(r"\b(?:problem|customer|the|they|them|save|please|solved|called|handed|next)\b", re.IGNORECASE)


def own_words(page: str) -> str:
    """What the page itself says in its sheet: without tags, inserted values, and words in another language."""
    sheet = page.split('<main class="page', 1)[1].split("</main>", 1)[0]
    sheet = re.sub(r"<bdi.*?</bdi>|\u2068.*?\u2069|<textarea.*?</textarea>", "", sheet, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", re.sub(r'<p class="said" lang.*?</p>', "", sheet, flags=re.DOTALL))


@pytest.fixture
def problems(any_app, person) -> dict[str, int]:
    """One problem in each state, of a customer in each message language."""
    with any_app.app_context():
        purchase_of = person("ur")
        sdk.catalogue.record_purchase(purchase_of, "اوورلاک 747", sdk.today() - timedelta(days=3))
        opened = service.record(
            purchase_of, "دھاگا ٹوٹتا ہے", promised="مکینک آئے گا", promised_for=sdk.today(), item="سوئی"
        )
        service.add_contact(opened)
        service.hand_on(opened, "عثمان")
        service.look_after(opened)
        solved = service.record(person("ur-Latn"), "Iron garam nahin hoti", solved=True)
        answered = service.record(person("hi-Latn"), "Iron garam nahin hoti", solved=True)
        service.answer(answered, "hard")
        again = service.record(person("hi"), "तार ढीला है", solved=True)
        service.reopen(again)
        return {"customer": purchase_of, "open": opened, "solved": solved, "answered": answered, "again": again}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_its_language(any_app, problems, language):
    client = browser(any_app, language)
    pages = ["/plugins/issues/", "/plugins/issues/new", "/plugins/issues/new?who=عمران", "/help/problems"]
    pages += ["/plugins/issues/new?who=qqqq", f"/plugins/issues/new/{problems['customer']}"]
    pages += [f"/plugins/issues/{problems[one]}" for one in ("open", "solved", "answered", "again")]
    for page in pages:
        answer = client.get(page)
        text = answer.get_data(as_text=True)

        assert answer.status_code == 200, page
        assert f'<html lang="{language}" dir="{DIRECTIONS[language]}">' in text
        if language != "en":
            assert not ENGLISH.search(own_words(text).replace("LoyalApp", "")), (page, ENGLISH.search(own_words(text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_book_says_what_to_do_next(any_app, language):
    text = browser(any_app, language).get("/plugins/issues/").get_data(as_text=True)

    assert 'class="line empty"' in text
    assert "/plugins/issues/new" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_call_to_the_thanks(any_app, person, language):
    with any_app.app_context():
        customer_id = person("ur")
        purchase_id = sdk.catalogue.record_purchase(customer_id, "اوورلاک 747", sdk.today() - timedelta(days=3))
    client = browser(any_app, language)
    page = f"/plugins/issues/new/{customer_id}"
    assert f'value="{purchase_id}" checked' in client.get(page).get_data(as_text=True), "what was just bought is chosen"

    answer = send(client, page, what="دھاگا ٹوٹتا ہے", thing=str(purchase_id), urgency="stopped")
    here = answer.headers["Location"]
    assert (answer.status_code, here) == (303, "/plugins/issues/1")
    assert send(client, here, f"{here}/again").status_code == 303
    assert send(client, here, f"{here}/solved").status_code == 303
    asking = client.get(here).get_data(as_text=True)
    assert "یہ مسئلہ حل کروانا آپ کے لیے آسان رہا، بس ٹھیک، یا مشکل؟" in asking, "in the customer's language"
    assert send(client, here, f"{here}/ease", ease="easy").status_code == 303
    assert "بتانے کا شکریہ۔ خوشی ہوئی کہ آپ کو آسانی رہی۔" in client.get(here).get_data(as_text=True)

    with any_app.app_context():
        problem = service.get(1)
        assert (problem.item, problem.state, problem.ease) == ("اوورلاک 747", "confirmed", "easy")
        assert problem.contacts == 2

    assert send(client, here, f"{here}/reopen").status_code == 303
    with any_app.app_context():
        assert (service.get(1).state, service.get(1).contacts) == ("open", 3)


def test_solved_on_this_call_is_one_button(any_app, person):
    with any_app.app_context():
        customer_id = person("en")
    client = browser(any_app)
    answer = send(client, f"/plugins/issues/new/{customer_id}", what="It blinks", urgency="trouble", do="solved")

    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "Written down and solved." in page
    assert "Was it easy, so-so, or hard for you to get this solved?" in page
    with any_app.app_context():
        assert (service.get(1).state, book.open_count()) == ("confirmed", 0)


def test_the_calling_number_goes_straight_on(any_app, person):
    with any_app.app_context():
        customer_id = person("ur")
    client = browser(any_app)
    for number in ("0300 4567890", "+92 300 4567890", "۰۳۰۰-۴۵۶۷۸۹۰"):
        answer = client.get("/plugins/issues/new", query_string={"who": number})
        assert answer.headers.get("Location") == f"/plugins/issues/new/{customer_id}", number

    by_letters = client.get("/plugins/issues/new?who=imran").get_data(as_text=True)
    assert f'href="/plugins/issues/new/{customer_id}" autofocus' in by_letters, "the next Enter chooses the first one"


def test_a_second_call_about_the_same_thing_is_one_press(any_app, person):
    with any_app.app_context():
        customer_id = person("en")
        problem_id = service.record(customer_id, "It leaks")
    client = browser(any_app)
    page = f"/plugins/issues/new/{customer_id}"
    assert "They call about this" in client.get(page).get_data(as_text=True)
    assert "A problem is open already." in client.get("/plugins/issues/new?who=john").get_data(as_text=True)

    send(client, page, f"/plugins/issues/{problem_id}/again")
    with any_app.app_context():
        assert service.get(problem_id).contacts == 2


def test_done_for_today_leaves_today_until_tomorrow(any_app, person):
    with any_app.app_context():
        problem_id = service.record(person("en"), "It leaks", urgency="stopped")
    client = browser(any_app)
    here = f"/plugins/issues/{problem_id}"
    assert f'href="{here}"' in client.get("/").get_data(as_text=True)

    assert send(client, here, f"{here}/look-after").status_code == 303
    assert f'href="{here}"' not in client.get("/").get_data(as_text=True)
    with any_app.app_context():
        assert service.get(problem_id).state == "open"
        assert service.get(problem_id).next_step_on == hours.due_day(sdk.today() + timedelta(days=1))


def test_undo_stands_in_the_note(any_app, person):
    with any_app.app_context():
        problem_id = service.record(person("en"), "It leaks")
    client = browser(any_app)
    here = f"/plugins/issues/{problem_id}"
    send(client, here, f"{here}/again")
    undo = re.search(rf'action="({here}/take-back/\d+)"', client.get(here).get_data(as_text=True))[1]
    assert send(client, here, undo).status_code == 303
    with any_app.app_context():
        assert service.get(problem_id).contacts == 1

    late = send(client, here, undo)
    assert late.status_code == 409
    assert "cannot be taken back" in late.get_data(as_text=True)


TYPED = {"what": "It leaks <b>here</b>", "urgency": "stopped", "item": "Iron & more", "thing": "other"}
MISTAKES = {
    "no words": ({"what": "   "}, "Please write in a few words what is wrong."),
    "endless words": ({"what": "x" * 2500}, None),
    "no urgency": ({"urgency": ""}, "Please choose whether they can work."),
    "no day": ({"promised": "to come"}, "By which day did you promise it?"),
    "an unreadable day": ({"promised": "to come", "promised_for": "soon"}, "Please write the day like 25/12/2026."),
    "a day that is over": ({"promised": "to come", "promised_for": "1/1/2020"}, "This day is over."),
    "a day without promise": ({"promised_for": "25/12/2030"}, "What did you promise for this day?"),
    "a foreign purchase": ({"thing": "4711"}, "This purchase is not in the book any more."),
}


@pytest.mark.parametrize(("fields", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_one_sentence_and_what_was_typed_stays(any_app, person, fields, sentence):
    with any_app.app_context():
        customer_id = person("en")
        sdk.catalogue.record_purchase(customer_id, "Overlock", sdk.today() - timedelta(days=400))
    client = browser(any_app)
    answer = send(client, f"/plugins/issues/new/{customer_id}", **{**TYPED, **fields})
    text = answer.get_data(as_text=True)

    assert answer.status_code == 422
    assert sentence is None or sentence in text
    assert text.count('class="field-error"') == 1
    typed = {**TYPED, **fields}
    if typed["what"].strip():
        assert typed["what"].replace("<", "&lt;").replace(">", "&gt;") in text
    assert 'value="Iron &amp; more"' in text
    assert not typed["urgency"] or 'value="stopped" checked' in text
    assert f'value="{typed.get("promised_for", "")}"' in text
    with any_app.app_context():
        assert book.open_count() == 0


def test_a_day_that_cannot_be_stays_on_the_page_of_the_problem(any_app, person):
    with any_app.app_context():
        problem_id = service.record(person("en"), "It leaks")
    client = browser(any_app)
    here = f"/plugins/issues/{problem_id}"
    for typed, sentence in (("soon", "Please write the day"), ("", "Please write a day."), ("1/1/2020", "is over")):
        answer = send(client, here, f"{here}/plan", next_step_on=typed)
        assert answer.status_code == 422
        assert sentence in answer.get_data(as_text=True)
        assert f'value="{typed}"' in answer.get_data(as_text=True) or not typed
    tomorrow = sdk_tomorrow(any_app)
    assert send(client, here, f"{here}/plan", next_step_on=tomorrow.strftime("%d/%m/%Y")).status_code == 303
    with any_app.app_context():
        assert service.get(problem_id).next_step_on == tomorrow


def sdk_tomorrow(app):
    with app.app_context():
        return sdk.today() + timedelta(days=1)


@pytest.mark.parametrize(
    "verb",
    [
        "again",
        "look-after",
        "minutes",
        "plan",
        "promise",
        "take-over",
        "done",
        "tried",
        "solved",
        "ease",
        "ease-again",
        "referral",
        "reopen",
        "take-back/1",
    ],
)
def test_nothing_changes_without_the_token_or_by_a_link(any_app, person, verb):
    with any_app.app_context():
        problem_id = service.record(person("en"), "It leaks")
    client = browser(any_app)

    assert client.post(f"/plugins/issues/{problem_id}/{verb}", data={"ease": "easy"}).status_code == 400
    assert client.get(f"/plugins/issues/{problem_id}/{verb}").status_code in (404, 405)
    with any_app.app_context():
        assert [one.kind for one in book.steps_of(problem_id)] == ["told"]


def test_recording_needs_the_token(any_app, person):
    with any_app.app_context():
        customer_id = person("en")
    client = browser(any_app)

    assert client.post(f"/plugins/issues/new/{customer_id}", data=TYPED).status_code == 400
    with any_app.app_context():
        assert book.open_count() == 0


@pytest.mark.parametrize("address", ["99", "99999999999999999999999", "new/99", "x"])
def test_what_is_not_there_is_said_kindly(any_app, address):
    answer = browser(any_app).get(f"/plugins/issues/{address}")

    assert answer.status_code == 404
    assert "</html>" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "query",
    ["?show=x", "?show=mine", "?after=x~y~z", "?show=solved&after=0~9~1", "?after=1~2026-01-01T00:00:00~" + "9" * 40],
)
def test_spoilt_addresses_of_the_list_are_harmless(any_app, query):
    assert browser(any_app).get(f"/plugins/issues/{query}").status_code == 200


def test_the_tab_counts_the_open_ones(any_app, problems):
    text = browser(any_app).get("/customers/").get_data(as_text=True)

    assert re.search(r'href="/plugins/issues/".*?<b class="tally"><bdi>2</bdi></b>', text)
    assert re.search(r'class="button button-alarm" href="/plugins/issues/new"', text), "at the head of every page"


def test_the_customers_words_cannot_harm_the_page(any_app, person):
    with any_app.app_context():
        evil = "<script>alert(1)</script>\u202e'\"&"
        problem_id = service.record(person("en", firm=evil), evil, item=evil)
        service.hand_on(problem_id, evil)
    client = browser(any_app)
    for page in (f"/plugins/issues/{problem_id}", "/plugins/issues/", "/", "/customers/1", "/plugins/issues/new/1"):
        assert "<script>alert" not in client.get(page).get_data(as_text=True), page
