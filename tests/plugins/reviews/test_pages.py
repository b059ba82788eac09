"""The pages of reviews on the real app, as a browser sees them."""

import re
from datetime import timedelta

import pytest

from loyalapp import sdk
from plugins.reviews import service

from .conftest import HOME, fields, held, many_accounts, press, speak


def test_a_review_from_the_first_question_to_the_recommendation(desk, farah, any_app):
    page = desk.get(f"{HOME}/hold/{farah}").text
    assert "How is everything going that you bought from us?" in page
    typed = {"said-us_going": "words 0", "tick-us_going": "good", "said-needs_time": "Buttonholes."}
    refused = press(desk, farah, page, "finish", mood="struggling", kind="addon", **typed)
    assert refused.status_code == 422
    assert "Every review ends with a recommendation." in refused.text
    assert fields(refused.text)["kind"] == "addon"
    assert fields(refused.text)["mood"] == "struggling"
    assert fields(refused.text)["said-us_going"] == "words 0"
    done = press(desk, farah, refused.text, "finish", recommendation="A better iron")
    assert done.status_code == 303
    review = held(any_app, farah)
    assert (review.kind, review.recommendation, review.mood) == ("addon", "A better iron", "struggling")
    shown = desk.get(done.headers["Location"]).text
    assert "words 0" in shown
    assert "Written down as a need." in shown
    person = desk.get(f"/customers/{farah}").text
    assert "A better iron" in person
    assert "Buttonholes." in person


def test_what_was_said_can_be_saved_and_gone_on_with(desk, farah):
    page = desk.get(f"{HOME}/hold/{farah}").text
    answer = press(desk, farah, page, "save", **{"said-us_going": "مشین ٹھیک چل رہی ہے"})
    assert answer.headers["Location"].endswith(f"/customers/{farah}")
    assert "Half done" in desk.get(f"{HOME}/").text
    page = desk.get(f"{HOME}/hold/{farah}").text
    assert fields(page)["said-us_going"] == "مشین ٹھیک چل رہی ہے"
    assert "A review is half done." in desk.get(f"/customers/{farah}").text


def test_looking_at_the_page_begins_no_review(desk, farah, any_app):
    page = desk.get(f"{HOME}/hold/{farah}").text
    assert press(desk, farah, page, "keep").status_code == 303
    with any_app.app_context():
        assert service.open_review(farah) is None


def test_competitors_are_asked_about_in_a_roundabout_way(desk, farah):
    page = desk.get(f"{HOME}/hold/{farah}").text
    both = page[page.index("which other shops did you look at?") :]
    assert both.index("Not like this") < both.index("What do you buy from the other shop?") < both.index("Which shop?")


def test_questions_and_opening_are_in_the_customers_language_too(desk, farah):
    page = desk.get(f"{HOME}/hold/{farah}").text
    assert '<p class="lead" lang="ur" dir="rtl">”جو آپ نے ہم سے لیا، وہ کیسا چل رہا ہے؟“</p>' in page
    assert "It costs nothing. You are a valued customer of ours." in page
    assert "یہ ہمارے خاص گاہکوں کے لیے ہے۔" in page
    answer = press(desk, farah, page, "speak-hi-Latn", **{"said-us_going": "fine"})
    page = desk.get(answer.headers["Location"]).text
    assert "Jo aapne humse liya, woh kaisa chal raha hai?" in page
    assert fields(page)["said-us_going"] == "fine"


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
    answer = press(desk, farah, mine, "keep", **{"said-us_going": "my words"})
    assert answer.status_code == 422
    assert "Somebody else wrote in this review just now." in answer.text
    assert "their words" in answer.text
    assert fields(answer.text)["said-us_going"] == "my words"
    assert press(desk, farah, answer.text, "keep").status_code == 303


def test_a_suggestion_is_taken_with_its_reason(desk, farah, any_app):
    with any_app.app_context():
        group = sdk.catalogue.product_named("machine")
        sdk.catalogue.change_product(group.id, "machine", "Machines")
        need = sdk.needs.add(farah, "A faster machine", product_group="Machines")
    page = desk.get(f"{HOME}/hold/{farah}").text
    taken = press(desk, farah, page, f"use-need-{need}", **{"said-us_going": "fine"})
    assert taken.headers["Location"].endswith("#tip")
    filled = fields(desk.get(taken.headers["Location"]).text)
    assert (filled["kind"], filled["recommendation"]) == ("product", "Show them: Machines")
    assert "A faster machine" in filled["reason"]
    assert filled["said-us_going"] == "fine"


def test_a_text_that_is_too_long_stays_on_the_page(desk, farah):
    page = desk.get(f"{HOME}/hold/{farah}").text
    answer = press(desk, farah, page, "keep", recommendation="word " * 1000)
    assert answer.status_code == 422
    assert fields(answer.text)["recommendation"].startswith("word word")


@pytest.mark.parametrize(
    "odd",
    [
        {"v": "x"},
        {"mood": "perhaps"},
        {"do": "go-nowhere"},
        {"do": "use-nothing"},
        {"spoken": "tlh"},
        {"tick-us_going": "great"},
        {"v-us_going": "²"},
        {"said-moon": "x", "v-moon": "0"},
    ],
)
def test_forged_fields_do_no_harm(desk, farah, odd):
    page = desk.get(f"{HOME}/hold/{farah}").text
    data = {**fields(page), "do": "keep", "said-us_going": "fine", **odd}
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
    assert "How often we review: 4 times a year." in page
    assert "I see it differently" in page


@pytest.mark.parametrize("path", ["/portfolio/highest", "/hold/999", "/level/999", "/999"])
def test_what_is_not_there_is_said_kindly(desk, path):
    answer = desk.get(f"{HOME}{path}")
    assert answer.status_code == 404
    assert "h1" in answer.text


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_every_page_speaks_each_language(desk, farah, any_app, language):
    with any_app.app_context():
        review = service.finish(farah, 0, answers={"us_going": "x"}, recommendation="x", kind="tip", mood="leaving").id
    speak(desk, language)
    direction = "rtl" if language == "ur" else "ltr"
    for path in (
        "/",
        f"/hold/{farah}",
        f"/ask/{farah}",
        f"/sheet/{farah}",
        f"/follow/{review}",
        "/questions",
        "/questions/new",
        "/tips/new",
        "/mentions",
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


@pytest.mark.parametrize(("language", "said"), [("ur", "عمل ہوا"), ("hi", "अपनाई गई"), ("en", "They took it up")])
def test_one_recommendation_that_was_taken_up_is_spoken_of_as_one(desk, farah, any_app, language, said):
    with any_app.app_context():
        review = service.finish(farah, 0, answers={"us_going": "x"}, recommendation="x", kind="tip", mood="leaving").id
    speak(desk, language)
    page = f"{HOME}/follow/{review}"
    token = re.search(r'name="csrf_token" value="([^"]*)"', desk.get(page).text)[1]
    answer = desk.post(page, data={"csrf_token": token, "outcome": "taken"}, follow_redirects=True)

    assert answer.text.count(said) == 2, "in the note and on the page of the review"


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
    assert all(many <= one for many, one in zip((cost(path) for path in paths), few, strict=True))


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
