"""Getting the appointment: the words, the day and the hour, "not now", and how Today speaks of it (B4)."""

from datetime import timedelta

import pytest

from loyalapp import sdk
from plugins.reviews import service, talks

from .conftest import account, sell_everything
from .test_service import TIP


@pytest.fixture(autouse=True)
def inside(any_app):
    with any_app.test_request_context():
        sell_everything()
        yield
        sdk.db.session.remove()


def on_today(customer_id: int, ahead: int = 0) -> list:
    found = sdk.ask("today_entries", day=sdk.today() + timedelta(days=ahead), limit=50)
    return [one for one in found if one.customer_id == customer_id and one.key.startswith("reviews-talk")]


@pytest.mark.parametrize("language", sdk.MESSAGE_LANGUAGES)
def test_the_words_are_ready_in_every_message_language(language):
    customer = sdk.customers.get(account("iron"))
    said = talks.words(customer, language)
    assert said["aloud"] in said["ask"]
    assert said["ask"] in said["all"]
    assert said["all"].endswith(said["hesitates"])


def test_what_was_agreed_stands_on_today_with_its_hour_and_not_before():
    one = account("iron")
    talks.agree(one, sdk.today() + timedelta(days=3), "17:00", channel="visit", note="bring the catalogue")
    assert on_today(one) == []
    (entry,) = on_today(one, 3)
    assert "5:00" in entry.what
    assert "bring the catalogue" in entry.why
    assert entry.url == f"/plugins/reviews/hold/{one}"
    assert not entry.unasked, "they said themselves when"
    assert service.standing(one).next_on == sdk.today() + timedelta(days=3)


def test_a_new_day_takes_the_place_of_the_old_one_and_a_held_review_ends_it():
    one = account("iron")
    talks.agree(one, sdk.today() + timedelta(days=3))
    talks.agree(one, sdk.today() + timedelta(days=5))
    assert talks.open_of(one).day == sdk.today() + timedelta(days=5)
    service.finish(one, 0, **TIP)
    assert talks.open_of(one) is None


def test_not_now_is_asked_again_on_their_day_and_done_on_today_can_be_undone():
    one = account("iron")
    talks.ask_later(one, sdk.today() + timedelta(days=10), "after the season")
    (entry,) = on_today(one, 10)
    assert "after the season" in entry.why
    assert entry.url == f"/plugins/reviews/ask/{one}"
    sdk.tell("today_entry_was_finished", key=entry.key, customer_id=one)
    assert on_today(one, 10) == []
    sdk.tell("today_entry_was_reopened", key=entry.key, customer_id=one)
    assert [again.key for again in on_today(one, 10)] == [entry.key]
    assert talks.open_of(one).state == talks.LATER


@pytest.mark.parametrize(
    ("verb", "ahead", "field"),
    [("agree", None, "day"), ("agree", -1, "day"), ("agree", 400, "day"), ("ask_later", None, "again_on"),
     ("ask_later", 0, "again_on")],
)  # fmt: skip
def test_days_that_cannot_be_are_refused(verb, ahead, field):
    one = account("iron")
    day = None if ahead is None else sdk.today() + timedelta(days=ahead)
    with pytest.raises(sdk.LoyalAppError) as refused:
        getattr(talks, verb)(one, day)
    assert refused.value.field == field
    assert talks.open_of(one) is None


def test_asking_is_a_contact_and_the_talk_they_agreed_to_is_none_that_was_unasked():
    one = account("iron")
    talks.agree(one, sdk.today(), asked_by="whatsapp")
    assert sdk.interactions.latest(one, 1)[0].channel == "whatsapp"
    assert sdk.interactions.unasked_counts([one]) == {one: 1}
    service.finish(one, 0, **TIP)
    assert sdk.interactions.unasked_counts([one]) == {one: 1}
