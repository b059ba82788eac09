"""What is asked, what becomes of the answers, what is recommended and why, and what comes afterwards (B3, B5 to B7)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from loyalapp import sdk
from plugins.reviews import afterwards, answers, mentions, own, questions, service, steps, suggestions
from plugins.reviews.answers import Said
from plugins.reviews.models import QUESTION, Review

from .conftest import account, sell_everything
from .test_service import TIP


@pytest.fixture(autouse=True)
def inside(any_app):
    with any_app.test_request_context():
        sell_everything()
        yield
        sdk.db.session.remove()


def asked(customer_id: int) -> list[str]:
    plan = steps.plan(sdk.customers.get(customer_id), service.open_review(customer_id))
    return [one.question.id for one in plan.steps()]


def group(item: str, name: str) -> None:
    sdk.catalogue.change_product(sdk.catalogue.product_named(item).id, item, name)


# ---- the list of questions ----


def test_every_question_and_tip_is_written_in_all_five_languages():
    languages = set(sdk.MESSAGE_LANGUAGES)
    for one in questions.bundled():
        assert set(one.words) == languages, one.id
        assert set(one.direct) == (languages if one.area == "others" else set()), one.id
    for one in suggestions._bundled():
        assert set(one) - {"goods"} == languages


def test_only_what_is_asked_how_well_can_be_ticked():
    """To "which work is slow" neither good nor bad is an answer."""
    ticked = {one.id for one in questions.bundled() if one.ticks}
    assert ticked == {"us_going", "us_reach", "goods_pumps", "goods_service"}


def test_questions_fit_the_goods_and_the_trade():
    one = account("machine", trade="درزی")
    other = account("iron", name="Other")
    group("machine", "Sewing machines")
    assert {"goods_machines", "trade_tailor"} <= set(asked(one))
    assert not {"goods_machines", "trade_tailor", "trade_clinic"} & set(asked(other))


def test_what_was_answered_once_and_for_all_is_not_asked_again_but_shown():
    one = account("iron")
    service.finish(one, 0, answers={"needs_busy": "April.", "us_going": "Well."}, **TIP)
    plan = steps.plan(sdk.customers.get(one), None)
    ids = [step.question.id for step in plan.steps()]
    assert "needs_busy" not in ids
    assert [(question.id, before.said) for question, before in plan.known] == [("needs_busy", "April.")]
    (again,) = [step for step in plan.steps() if step.question.id == "us_going"]
    assert (again.before.said, again.before.held_on) == ("Well.", sdk.today())


def test_the_others_take_turns():
    one = account("iron")
    turn = [key for key in asked(one) if key == "us_easier"]
    assert turn, "it is asked the first time"
    service.finish(one, 0, answers={"us_easier": "Bills.", "us_reach": "Fine.", "us_slow": "Nothing."}, **TIP)
    assert "us_tell" in asked(one), "what was never asked comes before what was"


def test_own_questions_are_asked_of_whom_they_are_for_and_keep_their_words_when_they_go():
    one, other = account("iron"), account("iron", name="Other", trade="tailor")
    number = own.save_question("us", {"ur": "کیا رنگ پسند ہے؟"}, trade="tailor")
    assert f"own:{number}" not in asked(one)
    assert f"own:{number}" in asked(other)
    answer = Said("Blue.", asked="Which colour?")
    review = service.keep(other, 0, {f"own:{number}": answer}).review
    own.take_out(QUESTION, number)
    assert f"own:{number}" in asked(other), "it was answered in this review"
    assert f"own:{number}" not in asked(one)
    assert ("Which colour?", "Blue.") in [(words, row.said) for words, row in steps.answered(review)]


def test_a_question_that_is_not_wanted_is_not_asked_until_it_is_wanted_again():
    one = account("iron")
    own.want("us_going", wanted=False)
    assert "us_going" not in asked(one)
    own.want("us_going", wanted=True)
    assert "us_going" in asked(one)


@pytest.mark.parametrize(("area", "words", "field"), [("us", {"ur": " "}, "words_en"), ("moon", {"ur": "x"}, "area")])
def test_an_own_question_needs_words_and_an_area(area, words, field):
    with pytest.raises(sdk.LoyalAppError) as refused:
        own.save_question(area, words)
    assert refused.value.field == field


def test_two_who_change_one_question_at_once_do_not_overwrite_each_other():
    number = own.save_question("us", {"en": "One?"})
    own.save_question("us", {"en": "Two?"}, question_id=number, version=1)
    with pytest.raises(sdk.Conflict):
        own.save_question("us", {"en": "Three?"}, question_id=number, version=1)
    assert own.get(QUESTION, number).words == {"en": "Two?"}


# ---- what becomes of answers ----


def test_answers_become_needs_facts_and_mentions_once_and_are_corrected_in_place():
    one = account("iron")
    given = {
        "needs_time": Said("Buttonholes.", keep_as="need"),
        "needs_busy": Said("April.", keep_as="fact"),
        "others_looked": Said("Two shops.", keep_as="mention", shop="Sadar Sewing", sure="seen"),
        "us_going": Said("Well."),
    }
    review = service.keep(one, 0, given).review
    assert sdk.needs.needs_of(one) == [], "a pause makes nothing of it yet"
    service.write_down(one, review.version)
    service.write_down(one, review.version)
    assert [row.text for row in sdk.needs.needs_of(one)] == ["Buttonholes."]
    assert [fact.text for fact in sdk.customers.get(one).facts] == ["April."]
    (heard,) = mentions.of(one, 9)
    assert (heard.shop, heard.words, heard.sure, heard.review_id) == ("Sadar Sewing", "Two shops.", "seen", review.id)
    assert mentions.recent([one]) == {one: 1}
    rows = answers.of(review.id)
    changed = Said("Collars.", keep_as="need", version=rows["needs_time"].version)
    gone = Said("Two shops.", shop="Sadar Sewing", sure="seen", version=rows["others_looked"].version)
    service.write_down(one, review.version, answers={"needs_time": changed, "others_looked": gone})
    assert [row.text for row in sdk.needs.needs_of(one)] == ["Collars."]
    assert mentions.of(one, 9) == []


def test_a_fact_is_taken_back_with_its_tick_unless_somebody_changed_it_since():
    one = account("iron")
    kept = {"needs_busy": Said("April.", keep_as="fact"), "learned": Said("Likes tea.", keep_as="fact")}
    review = service.write_down(one, answers=kept)
    ours = {fact.text: fact.id for fact in sdk.customers.get(one).facts}
    assert set(ours) == {"April.", "Likes tea."}
    sdk.customers.correct_fact(ours["Likes tea."], "Likes green tea.", "told")
    rows = answers.of(review.id)
    gone = {
        "needs_busy": Said("April and May.", version=rows["needs_busy"].version),
        "learned": Said("", version=rows["learned"].version),
    }
    service.write_down(one, review.version, answers=gone)
    sdk.db.session.expire_all()
    assert [fact.text for fact in sdk.customers.get(one).facts] == ["Likes green tea."]


def test_a_fact_that_was_changed_by_hand_is_not_written_over_by_the_review():
    one = account("iron")
    review = service.write_down(one, answers={"needs_busy": Said("April.", keep_as="fact")})
    (fact,) = sdk.customers.get(one).facts
    sdk.customers.correct_fact(fact.id, "April and May.", "told")
    service.finish(one, review.version, **TIP)
    assert [fact.text for fact in sdk.customers.get(one).facts] == ["April and May."]


@pytest.mark.parametrize(
    "text",
    [
        "Nothing.",
        "no",
        "NO!",
        "-",
        "...",
        "کچھ نہیں",
        "نہیں۔",
        "جی نہیں",
        "كچھ نہيں",
        "कुछ नहीं",
        "नहीं।",
        "नही",
        "kuch nahi",
        "Nahin ji",
    ],
)
def test_an_answer_that_says_nothing_becomes_no_need_no_fact_and_no_mention(text):
    one = account("iron")
    given = {
        "needs_time": Said(text, keep_as="need"),
        "needs_busy": Said(text, keep_as="fact"),
        "others_looked": Said(text, keep_as="mention"),
    }
    review = service.write_down(one, answers=given)
    assert (sdk.needs.needs_of(one), sdk.customers.get(one).facts, mentions.of(one, 9)) == ([], [], [])
    assert {row.said for row in answers.of(review.id).values()} == {sdk.plain(text)}, "it is an answer all the same"


@pytest.mark.parametrize(
    "text", ["No time for buttonholes.", "نہیں ملتی: بڑی مشین", "कुछ नहीं, बस एक बड़ी मशीन", "5", "nahi milti machine"]
)
def test_an_answer_that_only_begins_with_no_is_a_need(text):
    one = account("iron")
    service.write_down(one, answers={"needs_time": Said(text, keep_as="need")})
    assert [row.text for row in sdk.needs.needs_of(one)] == [text]


def test_a_mention_is_rated_as_a_guess_where_nobody_says_how_sure():
    one = account("iron")
    mentions.write(one, "They sell cheaper.", sure="certainly")
    assert [row.sure for row in mentions.of(one, 1)] == ["guess"]


# ---- what is recommended ----


def test_suggestions_answer_a_need_an_end_or_lost_time_each_with_its_reason():
    one = account("iron")
    group("iron", "Ironing")
    group("machine", "Machines")
    sdk.needs.add(one, "A faster machine", product_group="Machines")
    soon = sdk.today() + timedelta(days=30)
    sdk.catalogue.record_purchase(one, "iron", sdk.today(), warranty_until=soon)
    found = suggestions.of(one)
    assert [(item.kind, item.key[:4]) for item in found[:2]] == [("product", "need"), ("maintenance", "ends")]
    assert "A faster machine" in found[0].why
    assert all(item.why for item in found)
    assert any(item.kind == "tip" and "steam" in item.text for item in found), "a tip for what they have"


def test_a_customer_with_nothing_still_gets_a_tip_and_no_tip_twice():
    one = account(name="Nothing bought")
    first = suggestions.of(one)
    assert {item.kind for item in first} == {"tip"}
    service.finish(one, 0, recommendation=first[0].text, kind="tip")
    assert first[0].text not in [item.text for item in suggestions.of(one)]


def test_what_is_taken_from_the_suggestions_keeps_its_reason_and_need_and_offers_it():
    one = account("iron")
    group("machine", "Machines")
    need = sdk.needs.add(one, "A faster machine", product_group="Machines")
    review = service.choose(one, 0, suggestions.find(one, f"need-{need}"))
    assert (review.kind, review.need_id, review.product_group) == ("product", need, "Machines")
    done = service.finish(one, review.version)
    (offer,) = sdk.needs.offers_of(one)
    assert (offer.need_id, offer.what) == (need, done.recommendation)
    afterwards.tell(done.id, "taken", "They ordered it.")
    assert sdk.needs.needs_of(one) == [], "the need is met"
    afterwards.untell(done.id)
    assert len(sdk.needs.needs_of(one)) == 1


# ---- afterwards ----


def test_a_month_later_it_is_asked_what_became_of_it_and_later_once_more():
    one = account("iron")
    done = service.finish(one, 0, **TIP)
    in_a_month = sdk.today() + service.FOLLOW_UP
    assert afterwards.to_ask(in_a_month - timedelta(days=1), 9) == []
    entries = sdk.ask("today_entries", day=in_a_month, limit=50)
    assert [entry.url for entry in entries if entry.key.startswith("reviews-advice")] == [
        f"/plugins/reviews/follow/{done.id}"
    ]
    afterwards.tell(done.id, "later")
    assert afterwards.to_ask(in_a_month, 9) == []
    assert [row.id for row in afterwards.to_ask(sdk.today() + afterwards.AGAIN, 9)] == [done.id]
    afterwards.tell(done.id, "not_taken")
    assert afterwards.to_ask(sdk.today() + timedelta(days=999), 9) == []
    with pytest.raises(sdk.LoyalAppError):
        afterwards.tell(done.id, "perhaps")


def test_a_review_that_lay_about_can_be_put_aside_without_counting_and_taken_up_again():
    one = account("iron")
    review = service.keep(one, 0, {"us_going": Said("Well.")}).review
    afterwards.drop(review.id)
    assert service.open_review(one) is None
    assert service.last_held(one) is None
    afterwards.take_up(review.id)
    assert service.open_review(one).id == review.id
    afterwards.drop(review.id)
    service.keep(one, 0, {"us_going": Said("Anew.")})
    afterwards.take_up(review.id)
    assert sdk.db.session.scalars(select(Review.state).order_by(Review.id)).all() == ["dropped", "open"]


def test_other_plugins_ask_in_a_review_and_hear_the_answer(any_app):
    one = account("iron")
    theirs = [key for key in asked(one) if key.startswith(steps.THEIRS)]
    assert theirs, "value asks what they like best"
    service.finish(one, 0, answers={theirs[0]: "They answer the phone."}, **TIP)
    values = [line.text for line in sdk.ask("customer_values", customer_id=one)]
    assert any("They answer the phone." in text for text in values)
