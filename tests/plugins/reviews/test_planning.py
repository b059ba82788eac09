"""When accounts are reviewed next: by level, kind of goods and customer, on days with room, at least yearly (B2)."""

from collections import Counter
from datetime import timedelta

import pytest

from loyalapp import sdk
from plugins.reviews import assessing, due, mentions, places, planning, rhythm, service, signals, standings, year
from plugins.reviews.models import Assessment, Review
from plugins.reviews.rhythm import Rhythm

from .conftest import account, many_accounts, sell_everything


@pytest.fixture(autouse=True)
def inside(any_app):
    with any_app.test_request_context():
        sell_everything()
        rhythm.save(Rhythm(closed=()))
        yield
        sdk.db.session.remove()


def held(customer_id: int, ago: int = 0, mood: str | None = None):
    """A review that was held so many days ago."""
    day = sdk.today() - timedelta(days=ago)
    review = Review(customer_id=customer_id, opened_on=day, held_on=day, state="closed", level="middle", mood=mood)
    review.kind, review.recommendation = "tip", "Oil it."
    sdk.db.session.add(review)
    sdk.db.session.flush()
    planning.after_review(review)
    sdk.db.session.commit()
    return review


def days_ahead(customer_id: int) -> int:
    return (standings.standing(customer_id).next_on - sdk.today()).days


@pytest.mark.parametrize(("means", "days"), [("yes", 90), ("unknown", 182), ("no", 365)])
def test_the_level_says_how_often(means, days):
    one = account("iron")
    service.assess(one, means)
    held(one)
    assert days_ahead(one) == days


def test_a_kind_of_goods_that_is_reviewed_more_often_counts():
    with_iron, without = account("iron"), account("lamp", name="Bilal")
    rhythm.save(Rhythm(groups={"iron": 60}, closed=()))
    held(with_iron)
    held(without)
    assert (days_ahead(with_iron), days_ahead(without)) == (60, 182)


def test_a_rhythm_of_ones_own_counts_before_all_but_never_more_than_a_year():
    one = account("iron")
    service.assess(one, "yes")
    held(one)
    assert assessing.set_own_days(one, 365).days == 365
    assert days_ahead(one) == 365
    with pytest.raises(sdk.LoyalAppError, match="at least once a year"):
        planning.set_own_days(one, 366)
    assert assessing.set_own_days(one, None).days == 90
    assert days_ahead(one) == 90


@pytest.mark.parametrize(
    "wrong",
    [
        Rhythm(levels={"low": 366, "middle": 182, "high": 90}),
        Rhythm(groups={"iron": 0}),
        Rhythm(number=41),
        Rhythm(numbers={1: -1}),
        Rhythm(closed=tuple(range(7))),
    ],
)
def test_what_cannot_be_a_rhythm_is_refused(wrong):
    before = rhythm.of_firm()
    with pytest.raises(sdk.LoyalAppError):
        rhythm.save(wrong)
    assert rhythm.of_firm() == before


def test_no_day_gets_more_than_the_number_and_nobody_waits_longer_than_a_year():
    accounts = many_accounts(9)
    for one in accounts:
        service.assess(one, "no")
        held(one)
    ahead = [days_ahead(one) for one in accounts]
    assert max(Counter(ahead).values()) == 2
    assert max(ahead) == 365
    assert min(ahead) >= 361


def test_where_every_earlier_day_is_full_a_later_one_is_taken():
    rhythm.save(Rhythm(number=1, closed=()))
    accounts = many_accounts(4)
    for one in accounts:
        planning.row_of(one).own_days = 2
    for one in accounts:
        held(one)
    assert sorted(days_ahead(one) for one in accounts) == [1, 2, 3, 4]


def test_no_review_is_planned_for_a_closed_day_of_the_week():
    closed = (sdk.today() + timedelta(days=90)).weekday()
    rhythm.save(Rhythm(closed=(closed,)))
    one = account("iron")
    service.assess(one, "yes")
    held(one)
    assert days_ahead(one) == 89


def test_only_a_review_really_held_resets_the_rhythm():
    one = account("iron")
    service.assess(one, "yes")
    held(one, ago=80)
    planning.put_off(one)
    assert days_ahead(one) == 14
    planning.ask_again_on(one, sdk.today() + timedelta(days=3))
    assert days_ahead(one) == 3
    sdk.tell("purchase_was_recorded", customer_id=one, purchase_id=1)
    sdk.interactions.record(one, said="Hello")
    assert days_ahead(one) == 3
    held(one)
    assert days_ahead(one) == 90


def test_a_sale_moves_the_day_only_where_the_rhythm_is_another():
    one = account("iron", "lamp")
    service.assess(one, "yes")
    held(one, ago=30)
    assert days_ahead(one) == 60
    sdk.catalogue.record_purchase(one, "table", sdk.today())
    assert days_ahead(one) == 152
    sdk.catalogue.record_purchase(one, "table", sdk.today())
    assert days_ahead(one) == 152


def test_another_rhythm_of_the_firm_moves_those_it_concerns_and_no_others():
    high, middle, never = account("iron"), account("lamp", name="Bilal"), account("lamp", name="Chand")
    service.assess(high, "yes")
    held(high)
    held(middle)
    service.assess(never, "yes")
    rhythm.save(Rhythm(levels={"low": 365, "middle": 182, "high": 30}, closed=()))
    assert planning.replan() == 2
    assert (days_ahead(high), days_ahead(middle)) == (30, 182)
    assert days_ahead(never) <= 31
    assert planning.replan() == 0


def test_another_rhythm_does_not_keep_somebody_waiting_who_may_leave():
    one = account("iron")
    held(one, mood="leaving")
    rhythm.save(Rhythm(levels={"low": 365, "middle": 120, "high": 90}, closed=()))
    planning.replan()
    assert days_ahead(one) == 30


def test_nobody_waits_longer_than_a_year_because_the_weeks_before_are_full():
    rhythm.save(Rhythm(number=1, closed=()))
    room, year_end = places.everywhere(), sdk.today() + timedelta(days=365)
    given = [room.give(0, year_end, year_end) for _number in range(100)]
    assert (max(given), len(set(given))) == (year_end, 100)
    assert min(given) > sdk.today() + timedelta(days=180), "nor are they asked again much too soon"


def test_replanning_keeps_every_day_within_its_number():
    accounts = many_accounts(30)
    for one in accounts:
        held(one)
    rhythm.save(Rhythm(levels={"low": 365, "middle": 20, "high": 30}, closed=()))
    planning.replan()
    assert max(Counter(days_ahead(one) for one in accounts).values()) <= 2


def test_words_on_other_shops_that_rise_pull_the_next_review_forward():
    one = account("iron")
    held(one, ago=10)
    assert days_ahead(one) == 172
    mentions.write(one, "Two shops in the bazaar.", shop="Anwar")
    assert not planning.heard(one)
    mentions.write(one, "Anwar is cheaper.", shop="Anwar")
    planning.heard(one)
    sdk.db.session.commit()
    assert days_ahead(one) <= 21
    assert standings.standing(one).sooner == "others"
    assert [found.customer_id for found in signals.rising(5)] == [one]
    held(one)
    assert days_ahead(one) == 60


def test_as_many_words_as_before_are_no_rise():
    one = account("iron")
    for _number in range(2):
        mentions.write(one, "A shop.")
    sdk.db.session.execute(mentions.MENTION.update().values(heard_on=sdk.today() - timedelta(days=100)))
    for _number in range(2):
        mentions.write(one, "A shop.")
    assert signals.of(one) == (one, 2, 2)
    assert not signals.of(one).is_rising


def test_whose_an_account_is():
    assert places.pools() == [0]
    ali = sdk.staff.add("Ali", role="owner")
    assert places.pools() == [0]  # one alone looks after all
    bina = sdk.staff.add("Bina")
    assert places.pools() == [ali, bina, 0]
    sdk.staff.leave(bina)
    assert places.pool_of(bina) == 0


# ---- the year ----


def test_the_year_holds_everybody_once_and_no_day_too_many():
    accounts = many_accounts(120)
    for one in accounts[:40]:
        service.assess(one, "yes")
        held(one, ago=85)
    found = year.plan(0)
    assert max(one.reviews for one in found.days) == 2
    visits = year.visits(found, found.days)
    assert sorted(one.customer_id for one in visits) == sorted(accounts)
    assert sum(one.first for one in visits) == 80
    assert found.left == 0
    by_day = Counter(one.day for one in visits)
    assert all(by_day[one.day] == one.reviews for one in found.days)


def test_a_month_shows_the_same_as_the_whole_year():
    accounts = many_accounts(150)
    for one in accounts[:30]:
        held(one)
    found = year.plan(0)
    whole = year.visits(found, found.days)
    parts = [one for _first, days in found.months() for one in year.visits(found, days)]
    assert parts == whole


def test_the_day_on_today_is_the_day_of_the_year():
    accounts = many_accounts(20)
    found = year.plan(0)
    visits = year.visits(found, found.days[:1])
    assert {one.customer_id for one in visits} == {one.customer_id for one in due.due(sdk.today(), 9)}
    assert {one.customer_id for one in visits} <= set(accounts)


def test_what_lies_behind_is_spread_over_the_days_to_come():
    accounts = many_accounts(10)
    for one in accounts:
        held(one)
    sdk.db.session.execute(Assessment.__table__.update().values(next_on=sdk.today() - timedelta(days=3)))
    sdk.db.session.execute(Review.__table__.update().values(held_on=sdk.today() - timedelta(days=300)))
    found = year.plan(0)
    assert [one.reviews for one in found.days[:6]] == [2, 2, 2, 2, 2, 0]


def test_a_number_that_is_too_small_is_told():
    rhythm.save(Rhythm(number=0, closed=()))
    many_accounts(5)
    assert year.plan(0).left == 5


def test_a_fresh_list_begins_after_a_week():
    many_accounts(5, came=0)
    found = year.plan(0)
    assert [one.reviews for one in found.days[:10]] == [0, 0, 0, 0, 0, 0, 0, 2, 2, 1]
