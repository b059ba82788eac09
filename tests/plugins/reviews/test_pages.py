"""The pages of reviews on the real app, as a browser sees them."""

import re
from datetime import timedelta

import pytest

from loyalapp import sdk
from plugins.reviews import questions, service
from plugins.reviews.steps import TIP

from .conftest import account, fields, many_accounts, sell_everything

HOME = "/plugins/reviews"


@pytest.fixture
def farah(any_app) -> int:
    with any_app.app_context():
        sell_everything()
        one = account("iron", name="ڈاکٹر فرح خان", message_language="ur")
        sdk.db.session.remove()
    return one


@pytest.fixture
def desk(any_client):
    return any_client


def speak(desk, language: str) -> None:
    with desk.session_transaction() as session:
        session["language"] = language


def press(desk, one: int, page: str, button: str, **typed):
    return desk.post(f"{HOME}/hold/{one}", data={**fields(page), **typed, "do": button})


def held(any_app, one: int):
    with any_app.app_context():
        return service.last_held(one)


def test_a_review_from_the_first_question_to_the_recommendation(desk, farah, any_app):
    page = desk.get(f"{HOME}/hold/{farah}").text
    assert "How is everything going that you bought from us?" in page
    assert "Every review ends with a tip" in page
    for number, question in enumerate(questions.all_questions()):
        assert fields(page)["at"] == question.id
        answer = press(desk, farah, page, "skip" if number == 1 else "next", answer=f"words {number}")
        assert answer.status_code == 303
        page = desk.get(answer.headers["Location"]).text
    assert fields(page)["at"] == TIP
    refused = press(desk, farah, page, "finish", leaving="little", recommendation="", kind="addon")
    assert refused.status_code == 422
    assert "Every review ends with a recommendation." in refused.text
    assert fields(refused.text)["kind"] == "addon"
    assert fields(refused.text)["leaving"] == "little"
    assert press(desk, farah, refused.text, "finish", recommendation="A better iron").status_code == 303
    review = held(any_app, farah)
    assert (review.kind, review.recommendation, review.leaving) == ("addon", "A better iron", "little")
    assert review.answers["us_going"] == "words 0"
    assert review.answers["us_easier"] == ""
    assert "words 0" in desk.get(f"{HOME}/{review.id}").text
    assert "A better iron" in desk.get(f"/customers/{farah}").text


def test_what_was_said_can_be_saved_and_gone_on_with(desk, farah):
    page = desk.get(f"{HOME}/hold/{farah}").text
    answer = press(desk, farah, page, "save", answer="مشین ٹھیک چل رہی ہے")
    assert answer.headers["Location"].endswith(f"/customers/{farah}")
    assert "Half done" in desk.get(f"{HOME}/").text
    page = desk.get(f"{HOME}/hold/{farah}").text
    assert "مشین ٹھیک چل رہی ہے" in page
    assert fields(page)["at"] == "us_easier"
    assert "A review is half done." in desk.get(f"/customers/{farah}").text


def test_every_jump_keeps_what_was_typed(desk, farah, any_app):
    page = desk.get(f"{HOME}/hold/{farah}").text
    answer = press(desk, farah, page, "go-others_looked", answer="fine", leaving="yes")
    assert answer.headers["Location"].endswith("at=others_looked&spoken=ur")
    page = desk.get(answer.headers["Location"]).text
    assert fields(page)["leaving"] == "yes"
    press(desk, farah, page, "go-tip", answer="two shops")
    with any_app.app_context():
        assert service.open_review(farah).answers == {"us_going": "fine", "others_looked": "two shops"}


def test_competitors_are_asked_about_in_a_roundabout_way(desk, farah):
    page = desk.get(f"{HOME}/hold/{farah}?at=others_looked").text
    assert "which other shops did you look at?" in page
    assert re.search(r'class="not-so">.*Not like this: “What do you buy from the other shop\?”', page)
    asked = [one for one in questions.all_questions() if one.area == "others"]
    assert asked
    assert all(one.direct.keys() == one.words.keys() for one in asked)


def test_questions_and_opening_are_in_the_customers_language_too(desk, farah):
    page = desk.get(f"{HOME}/hold/{farah}").text
    assert '<p class="lead" lang="ur" dir="rtl">”جو آپ نے ہم سے لیا، وہ کیسا چل رہا ہے؟“</p>' in page
    assert "It costs nothing. You are a valued customer of ours." in page
    assert "یہ ہمارے خاص گاہکوں کے لیے ہے۔" in page
    answer = press(desk, farah, page, "speak-hi-Latn", answer="fine")
    page = desk.get(answer.headers["Location"]).text
    assert "Jo aapne humse liya, woh kaisa chal raha hai?" in page
    assert fields(page)["answer"] == "fine"


def test_last_times_answers_stand_beside(desk, farah, any_app):
    with any_app.app_context():
        service.finish(farah, 0, answers={"us_going": "صرف ایک مسئلہ تھا"}, recommendation="x", kind="tip")
    page = desk.get(f"{HOME}/hold/{farah}").text
    assert "Last time" in page
    assert "صرف ایک مسئلہ تھا" in page


def test_two_desks_see_each_others_words_and_lose_nothing(desk, farah, any_app):
    mine = desk.get(f"{HOME}/hold/{farah}").text
    with any_app.app_context():
        service.write_down(farah, 0, answers={"us_going": "their words"})
    answer = press(desk, farah, mine, "next", answer="my words")
    assert answer.status_code == 422
    assert "Somebody else wrote in this review just now." in answer.text
    assert "their words" in answer.text
    assert fields(answer.text)["answer"] == "my words"
    assert press(desk, farah, answer.text, "next").status_code == 303


def test_a_text_that_is_too_long_stays_on_the_page_and_nothing_is_stored(desk, farah, any_app):
    page = desk.get(f"{HOME}/hold/{farah}").text
    answer = press(desk, farah, page, "next", answer="word " * 1000)
    assert answer.status_code == 422
    assert fields(answer.text)["answer"].startswith("word word")
    with any_app.app_context():
        assert service.open_review(farah) is None


@pytest.mark.parametrize(
    "odd", [{"at": "nothing"}, {"version": "x"}, {"leaving": "perhaps"}, {"do": "go-nowhere"}, {"spoken": "tlh"}]
)
def test_forged_fields_do_no_harm(desk, farah, odd):
    page = desk.get(f"{HOME}/hold/{farah}").text
    data = {**fields(page), "do": "next", "answer": "fine", **odd}
    assert desk.post(f"{HOME}/hold/{farah}", data=data, follow_redirects=True).status_code == 200


def test_the_level_is_set_explained_and_overruled_with_a_reason(desk, farah, any_app):
    page = desk.get(f"{HOME}/level/{farah}").text
    token = re.search(r'name="csrf_token" value="([^"]*)"', page)[1]
    assert desk.post(f"{HOME}/level/{farah}", data={"csrf_token": token}).status_code == 422
    data = {"csrf_token": token, "means": "yes", "overruled": "low", "reason": ""}
    answer = desk.post(f"{HOME}/level/{farah}", data=data)
    assert answer.status_code == 422
    assert "Please write why you see it differently." in answer.text
    assert re.search(r'value="low"[^>]*checked', answer.text)
    data["reason"] = "Retires in May."
    assert desk.post(f"{HOME}/level/{farah}", data=data).status_code == 303
    panel = desk.get(f"/customers/{farah}").text
    assert "Low, you said: \u2068Retires in May.\u2069" in panel


def test_the_panel_gives_the_reasons(desk, farah, any_app):
    with any_app.app_context():
        service.assess(farah, "yes")
    page = desk.get(f"/customers/{farah}").text
    assert '<li class="here" aria-current="true">High</li>' in page
    assert "Bought 1 of the 8 kinds of goods we sell." in page
    assert "So we review 4 times a year." in page
    assert "I see it differently" in page


def test_one_click_assesses_an_account_on_the_list(desk, farah, any_app):
    page = desk.get(f"{HOME}/portfolio/unknown").text
    token = re.search(r'name="csrf_token" value="([^"]*)"', page)[1]
    data = {"csrf_token": token, "means": "no", "next": f"{HOME}/portfolio/unknown"}
    answer = desk.post(f"{HOME}/means/{farah}", data=data)
    assert answer.headers["Location"].endswith("/portfolio/unknown")
    assert "Nobody stands here." in desk.get(answer.headers["Location"]).text
    with any_app.app_context():
        assert service.standing(farah).level == "low"


@pytest.mark.parametrize("query", ["?after=x", "?before=-1", "?after=99999999999999999999", "?before=7"])
def test_odd_addresses_of_the_list_do_no_harm(desk, farah, query):
    assert desk.get(f"{HOME}/portfolio/unknown{query}").status_code == 200


@pytest.mark.parametrize("path", ["/portfolio/highest", "/hold/999", "/level/999", "/999"])
def test_what_is_not_there_is_said_kindly(desk, path):
    answer = desk.get(f"{HOME}{path}")
    assert answer.status_code == 404
    assert "h1" in answer.text


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_every_page_speaks_each_language(desk, farah, any_app, language):
    with any_app.app_context():
        review = service.finish(farah, 0, answers={"us_going": "x"}, recommendation="x", kind="tip", leaving="yes").id
    speak(desk, language)
    direction = "rtl" if language == "ur" else "ltr"
    for path in (
        "/",
        f"/hold/{farah}",
        f"/hold/{farah}?at=tip",
        f"/level/{farah}",
        "/portfolio/unknown",
        "/portfolio/high",
        f"/{review}",
    ):
        answer = desk.get(f"{HOME}{path}")
        assert answer.status_code == 200, path
        assert f'<html lang="{language}" dir="{direction}">' in answer.text
        if language != "en":
            page = answer.text.split("<main", 1)[1]
            assert not re.search(r"\b(Review|Room for more|Save|Yes|Next)\b", re.sub(r"<[^>]*>", " ", page)), path
    assert desk.get("/help/reviews").status_code == 200


def test_pages_cost_the_same_for_one_and_for_thirty(desk, farah, any_app, count_queries):
    def cost(path: str) -> int:
        with any_app.app_context():
            return count_queries(lambda: desk.get(path))

    with any_app.app_context():
        service.assess(farah, "yes")
        service.put_off(farah)
        service.take_up_again(farah, sdk.today())
        many_accounts(1)
    paths = (f"{HOME}/", f"{HOME}/portfolio/unknown", f"{HOME}/portfolio/high", f"{HOME}/portfolio/middle")
    few = [cost(path) for path in paths]
    with any_app.app_context():
        for number, one in enumerate(many_accounts(30)):
            if number % 2:
                service.assess(one, "yes")
                service.put_off(one)
                service.take_up_again(one, sdk.today() - timedelta(days=number))
    assert [cost(path) for path in paths] == few


def test_past_the_limit_the_page_warns_at_the_head_and_asks_why_at_the_end(any_app, desk, farah):
    with any_app.app_context():
        sdk.customers.change(farah, {"contact_limit": 0})
        sdk.db.session.remove()
    assert "They like no unasked contacts at all." in desk.get(f"{HOME}/hold/{farah}").text
    page = desk.get(f"{HOME}/hold/{farah}?at=tip").text
    tip = {"recommendation": "Oil it", "kind": "tip", "channel": "call"}
    answer = press(desk, farah, page, "finish", **tip)
    assert (answer.status_code, "Please write why you talked" in answer.text) == (422, True)
    assert press(desk, farah, answer.text, "finish", **tip, in_spite="They asked").status_code == 303
