"""Assessing, holding, closing and putting off reviews, on both databases."""

from datetime import timedelta

import pytest

from loyalapp import sdk
from plugins.reviews import answers, ending, service
from plugins.reviews.answers import Said
from plugins.reviews.models import Assessment, Review
from plugins.reviews.shelf import shelves

from .conftest import SOLD, account, sell_everything

TIP = {"recommendation": "Oil the machine once a week.", "kind": "tip"}


def said(review) -> dict[str, str]:
    return {one.question: one.said for one in answers.of(review.id).values()}


@pytest.fixture(autouse=True)
def inside(any_app):
    with any_app.app_context():
        sell_everything()
        yield
        sdk.db.session.remove()


# ---- the level ----


def test_one_of_eight_and_means_is_high_and_says_why():
    from plugins.reviews import words

    one = service.assess(account("iron"), "yes")
    assert (one.level, one.shelf.bought, one.shelf.sold) == ("high", 1, 8)
    assert words.explained(one) == "High: bought 1 of 8 kinds, and could buy more."
    assert words.reasons(one)[0] == "Bought 1 of the 8 kinds of goods we sell."


def test_products_of_one_group_count_once():
    one = account("iron", "press")
    for name in ("iron", "press"):
        sdk.catalogue.change_product(sdk.catalogue.product_named(name).id, name, "Ironing")
    assert service.standing(one).shelf.bought == 1
    assert service.standing(one).shelf.sold == 2, "the group, and the other things"


def test_an_unassessed_account_is_middle_and_nothing_is_claimed():
    one = service.standing(account("iron"))
    assert (one.level, one.means, one.said_on, one.next_on) == ("middle", "unknown", None, None)


def test_owning_everything_is_low_until_a_warranty_ends_soon():
    one = account(*SOLD)
    assert service.standing(one).level == "low"
    soon = sdk.today() + timedelta(days=20)
    sdk.catalogue.record_purchase(one, "iron", sdk.today(), warranty_until=soon)
    assert service.standing(one).level == "middle"


def test_owning_everything_is_middle_when_something_wears_out_and_low_again_when_it_is_replaced():
    one = account(*SOLD, ago=700)
    sdk.catalogue.product_named("machine").expected_life_months = 24
    sdk.db.session.commit()
    assert shelves([one])[one].ends_soon
    sdk.catalogue.record_purchase(one, "machine", sdk.today())
    assert not shelves([one])[one].ends_soon


def test_the_rule_can_be_overruled_only_with_a_reason():
    one = account("iron")
    with pytest.raises(sdk.LoyalAppError) as caught:
        service.assess(one, "no", "high", "  ")
    assert caught.value.field == "reason"
    sdk.db.session.rollback()
    assert service.standing(one).said_on is None
    found = service.assess(one, "no", "high", "Opens a second shop in March.")
    assert (found.level, found.by_rule, found.reason) == ("high", "low", "Opens a second shop in March.")
    assert service.assess(one, "no").level == "low"


@pytest.mark.parametrize(("values", "field"), [(("perhaps",), "means"), (("yes", "highest", "why"), "overruled")])
def test_answers_we_do_not_know_are_refused(values, field):
    with pytest.raises(sdk.LoyalAppError) as caught:
        service.assess(account("iron"), *values)
    assert caught.value.field == field


# ---- holding one ----


def test_a_review_cannot_be_closed_without_a_recommendation():
    one = account("iron")
    for values, field in (
        ({}, "recommendation"),
        ({"recommendation": " \n"}, "recommendation"),
        ({"recommendation": "Oil it."}, "kind"),
    ):
        with pytest.raises(sdk.LoyalAppError) as caught:
            service.finish(one, 0, answers={"us_going": "Well."}, **values)
        assert caught.value.field == field
        sdk.db.session.rollback()
    assert said(service.open_review(one)) == {"us_going": "Well."}, "what was typed is kept all the same"
    assert service.last_held(one) is None


def test_pressing_finish_on_an_empty_page_begins_no_review():
    one = account("iron")
    with pytest.raises(sdk.LoyalAppError):
        service.finish(one, 0)
    assert service.open_review(one) is None


def test_a_finished_review_is_held_counts_as_contact_and_sets_the_next_day():
    one = account("iron")
    service.assess(one, "yes")
    done = service.finish(one, 0, answers={"us_going": "Well."}, mood="content", channel="visit", **TIP)
    assert (done.state, done.held_on, done.level, said(done)) == (
        "closed",
        sdk.today(),
        "high",
        {"us_going": "Well."},
    )
    assert is_about(done.next_on, 90)
    assert done.next_on == service.standing(one).next_on
    assert sdk.interactions.unasked_counts([one]) == {one: 1}
    assert sdk.interactions.latest(one, 1)[0].channel == "visit"


def test_past_the_limit_a_review_is_closed_only_with_its_reason():
    one = account("iron")
    sdk.customers.change(one, {"contact_limit": 0})
    with pytest.raises(sdk.LoyalAppError, match="why you talked") as refused:
        service.finish(one, 0, **TIP)
    assert refused.value.field == "in_spite"
    sdk.db.session.rollback()
    service.finish(one, 0, "They asked for it", **TIP)
    made = sdk.db.session.get(sdk.Interaction, sdk.interactions.latest(one, 1)[0].id)
    assert made.in_spite == "They asked for it"


def test_while_a_promise_is_due_a_review_needs_no_reason():
    one = account("iron")
    sdk.customers.change(one, {"contact_limit": 0})
    sdk.interactions.promise(one, "The price", sdk.today())
    assert service.finish(one, 0, **TIP).state == "closed"


def test_a_promise_made_in_the_talk_goes_to_the_promise_book():
    one, other = account("iron"), account("iron", name="Other")
    day = sdk.today() + timedelta(days=3)
    service.finish(one, 0, promised="The price", promised_for=day, **TIP)
    service.write_down(other, 0, recommendation="half", promised="The bill", promised_for=day)
    books = [sdk.interactions.promises_of(who) for who in (one, other)]
    assert [[(row.what, row.due_on) for row in book] for book in books] == [[("The price", day)], [("The bill", day)]]


@pytest.mark.parametrize(("lacking", "limit"), [({"recommendation": ""}, 9), ({"kind": ""}, 9), ({}, 0)])
def test_a_review_that_cannot_be_closed_yet_promises_nothing_twice(lacking, limit):
    one, day = account("iron"), sdk.today() + timedelta(days=3)
    sdk.customers.change(one, {"contact_limit": limit})
    typed = {"answers": {"us_going": "Well."}, "promised": "The price", "promised_for": day, **TIP}
    with pytest.raises(sdk.LoyalAppError):
        service.finish(one, 0, **{**typed, **lacking})
    sdk.db.session.rollback()
    begun = service.open_review(one)
    assert (begun.promised, sdk.interactions.promises_of(one)) == ("The price", [])
    service.finish(one, begun.version, "They asked", **{**typed, "answers": {}})
    assert [row.what for row in sdk.interactions.promises_of(one)] == ["The price"]


@pytest.mark.parametrize(("words", "ahead"), [("The price", None), ("", 3), ("The price", -1)])
def test_a_review_with_half_a_promise_is_not_closed(words, ahead):
    one = account("iron")
    day = None if ahead is None else sdk.today() + timedelta(days=ahead)
    with pytest.raises(sdk.LoyalAppError):
        service.finish(one, 0, promised=words, promised_for=day, **TIP)
    sdk.db.session.rollback()
    assert sdk.interactions.latest(one, 1) == []


def test_a_customer_who_may_leave_is_met_again_within_a_month():
    done = service.finish(account("iron"), 0, mood="leaving", **TIP)
    assert done.next_on == sdk.today() + timedelta(days=30)


def test_a_review_can_be_saved_half_way_and_gone_on_with():
    one = account("iron")
    first = service.write_down(one, 0, answers={"us_going": "Well.", "us_easier": ""})
    second = service.write_down(one, first.version, answers={"needs_time": "Buttonholes."}, mood="struggling")
    assert second.id == first.id
    assert said(second) == {"us_going": "Well.", "us_easier": "", "needs_time": "Buttonholes."}
    done = service.finish(one, second.version, **TIP)
    assert (done.id, done.mood, said(done)["needs_time"]) == (first.id, "struggling", "Buttonholes.")
    assert service.open_review(one) is None


def test_two_desks_do_not_overwrite_each_other():
    one = account("iron")
    first = service.keep(one, 0, {"us_going": Said("Well.")}).review
    both = service.keep(one, 0, {"us_easier": Said("Bills."), "us_going": Said("Badly.")})
    assert (both.review.id, both.clashes) == (first.id, ["us_going"])
    assert said(first) == {"us_going": "Well.", "us_easier": "Bills."}, "what does not clash is kept"
    with pytest.raises(sdk.Conflict):
        service.write_down(one, 0, answers={"us_going": Said("Badly.")})
    version = service.finish(one, 0, **TIP).version
    with pytest.raises(sdk.Conflict):
        service.finish(one, version, **TIP)
    sdk.db.session.rollback()
    assert sdk.db.session.query(Review).count() == 1


def test_only_a_review_really_held_resets_the_rhythm():
    one = account("iron")
    service.finish(one, 0, **TIP)
    due = service.standing(one).next_on
    service.put_off(one)
    assert service.standing(one).next_on == sdk.today() + timedelta(days=14)
    service.take_up_again(one, due)
    assert service.standing(one).next_on == due


def is_about(day, days: int) -> bool:
    """A review is planned some days before where its own day is closed or full."""
    return timedelta(days=days - 7) <= day - sdk.today() <= timedelta(days=days)


def test_a_changed_level_changes_the_next_day_and_a_sale_does_too():
    one = account("iron")
    service.finish(one, 0, **TIP)
    assert is_about(service.standing(one).next_on, 182)
    service.assess(one, "yes")
    assert is_about(service.standing(one).next_on, 90)
    for item in ("table", "machine"):
        sdk.catalogue.record_purchase(one, item, sdk.today())
    assert service.standing(one).level == "middle"
    assert is_about(sdk.db.session.get(Assessment, one, populate_existing=True).next_on, 182)


def test_a_first_review_after_the_assessment_comes_within_one_rhythm_and_not_at_once():
    days = [service.assess(account("iron", name=f"Account {number}"), "yes").next_on for number in range(8)]
    assert len(set(days)) >= 4, "two a day at most"
    assert all(sdk.today() < day <= sdk.today() + timedelta(days=91) for day in days)


def test_reviews_go_with_their_customer():
    one = account("iron")
    service.finish(one, 0, **TIP)
    sdk.db.session.delete(sdk.customers.get(one))
    sdk.db.session.commit()
    assert sdk.db.session.query(Review).count() == sdk.db.session.query(Assessment).count() == 0


def test_long_and_hostile_words_are_kept_as_words():
    one = account("iron")
    words = "<script>alert(1)</script> %(name)s {{ 7*7 }} \u202e\x00 ٹھیک"
    kept = said(service.write_down(one, 0, answers={"us_going": words * 300}))["us_going"]
    assert kept.startswith("<script>alert(1)</script> %(name)s {{ 7*7 }}")
    assert len(kept) <= ending.LONGEST_ANSWER
    assert "\x00" not in kept
    assert "\u202e" not in kept
