"""Kinds of customers that were asked and not, whom to ask next, and what they value, counted; on both databases."""

from datetime import timedelta

import pytest

from loyalapp import sdk
from loyalapp.core import clock
from plugins.value import asked, guessing, service


def test_a_kind_is_trade_and_size_and_the_most_common_one_comes_first(here, kind):
    heard = kind("tailoring", "small")
    kind("tailoring", "large")
    for _number in range(2):
        kind("school")
    kind("clinic", stage="prospect")
    kind()
    service.hear(heard, likes="x")
    service.give(kind("school"), "advice", "x")  # an extra is not an answer

    standing = asked.standing()

    assert [(one.trade, one.size, one.customers) for one in standing.heard] == [("tailoring", "small", 1)]
    found = [(one.trade, one.size, one.customers, one.ask) for one in standing.unasked]
    assert found == [("school", "", 3, None), ("tailoring", "large", 1, None)]
    assert standing.kinds == 3


def test_a_friend_marked_by_us_is_asked_before_one_who_has_sent_somebody(here, kind):
    sender, friend = kind("school"), kind("school")
    kind("clinic", referred_by_id=sender)
    assert asked.next_on(sdk.today()) == (sender, False)
    asked.mark_friend(friend, is_friend=True)
    assert asked.next_on(sdk.today()) == (friend, True)
    [school] = [one for one in asked.standing().unasked if one.trade == "school"]
    assert (school.ask, school.is_marked) == (friend, True)
    asked.mark_friend(friend, is_friend=False)
    assert asked.friends_among([friend, sender]) == set()
    with pytest.raises(sdk.NotFound):
        asked.mark_friend(999, is_friend=True)


def test_today_names_one_friend_and_nobody_in_the_week_after_somebody_was_asked(here, kind):
    friends = [kind("school"), kind("clinic", "small")]
    for one in friends:
        asked.mark_friend(one, is_friend=True)

    def named() -> list[int]:
        found = sdk.ask("today_entries", day=sdk.today(), limit=40)
        return [one.customer_id for one in found if one.key.startswith("value:")]

    assert named() == friends[:1]
    service.hear(friends[0], likes="x")
    assert named() == []
    with clock.frozen(sdk.now() + timedelta(days=8)):
        assert named() == friends[1:]


def test_whoever_is_in_the_trash_or_was_asked_is_not_to_be_asked(here, kind):
    gone, done = kind("school"), kind("clinic")
    for one in (gone, done):
        asked.mark_friend(one, is_friend=True)
    service.hear(done, likes="x", said_on=sdk.today() - timedelta(days=30))
    sdk.customers.remove(gone)
    assert asked.next_on(sdk.today()) is None
    assert asked.standing().unasked == []


def test_each_customer_counts_once_for_a_theme_and_few_make_no_percentage(here, kind):
    twice, once = kind("school"), kind("clinic")
    service.hear(twice, likes="x", stays="y", themes=["speed", "service"])
    service.hear(twice, likes="z", themes=["speed"], said_on=sdk.today() - timedelta(days=9))
    service.hear(once, likes="w", themes=["speed", "parts"])

    found = asked.counted()

    assert [(one.theme, one.part, one.asked) for one in found] == [("speed", 2, 2), ("parts", 1, 2), ("service", 1, 2)]
    assert found[0].newest == sdk.today()
    assert found[0].percent is None
    assert [(one.theme, one.part, one.asked) for one in asked.counted("school")] == [("service", 1, 1), ("speed", 1, 1)]
    assert found[0]._replace(part=5, asked=20).percent == 25
    assert found[0]._replace(part=5, asked=19).percent is None


def test_our_guess_stands_beside_what_customers_say(here, kind):
    assert guessing.is_empty()
    price = guessing.add("valued", "price")
    guessing.add("valued", "speed", "We come the same day")
    guessing.add("only", "", " Parts for old machines ")
    service.hear(kind("school"), likes="x", themes=["speed", "trust"])

    beside = [(one.theme, one.is_guessed, one.said.part if one.said else None) for one in guessing.beside()]

    assert beside == [("speed", True, 1), ("trust", False, 1), ("price", True, None)]
    assert guessing.only_ours() == ["Parts for old machines"]
    assert guessing.take_out(price) == {"kind": "valued", "theme": "price", "words": ""}
    with pytest.raises(sdk.NotFound):
        guessing.take_out(price)


@pytest.mark.parametrize(
    ("kind_", "theme", "words"), [("valued", "", " "), ("only", "speed", ""), ("other", "speed", "x")]
)
def test_a_guess_needs_its_words_and_is_written_once(here, kind_, theme, words):
    with pytest.raises(sdk.LoyalAppError):
        guessing.add(kind_, theme, words)
    guessing.add("valued", "speed")
    with pytest.raises(sdk.LoyalAppError):
        guessing.add("valued", "speed")
