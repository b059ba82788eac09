"""The rule of who has gone quiet, held against simulated buyers; and what Today makes of it."""

import random
from datetime import timedelta

import pytest

from loyalapp.core.clock import today
from loyalapp.core.db import db, only_reading
from loyalapp.features.catalogue import rhythm, service
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service as interactions

BUYERS = 400
PURCHASES = 14
MOST_FALSE_ALARMS = 0.005  # of all days on which regular buyers were looked at
LEAST_FOUND = 0.95


def history(dice: random.Random, noise: float) -> tuple[list[int], int]:
    """The days of somebody who buys with a rhythm of 10 to 120 days, each pause off by the noise, and the rhythm."""
    usual = dice.randint(10, 120)
    days = [dice.randint(0, 30)]
    for _number in range(PURCHASES):
        days.append(days[-1] + max(1, round(usual * dice.gauss(1, noise))))
    return days, usual


@pytest.mark.parametrize("noise", [0.1, 0.25, 0.4])
def test_regular_buyers_raise_hardly_any_false_alarm(noise):
    dice = random.Random(f"regular {noise}")
    looked, alarms = 0, 0
    for _buyer in range(BUYERS):
        days, _usual = history(dice, noise)
        for number in range(rhythm.PURCHASES, len(days)):
            silent = range(days[number - 1] + 1, days[number])
            allowed = rhythm.silence_allowed(days[:number])
            looked += len(silent)
            alarms += max(0, len(silent) - allowed)
            assert rhythm.is_quiet(days[:number], silent[-1]) == (len(silent) > allowed) if silent else True

    assert alarms / looked <= MOST_FALSE_ALARMS


@pytest.mark.parametrize("noise", [0.1, 0.25, 0.4])
def test_who_stopped_is_found_within_three_of_their_own_times(noise):
    dice = random.Random(f"stopped {noise}")
    found = 0
    for _buyer in range(BUYERS):
        days, usual = history(dice, noise)
        found += rhythm.is_quiet(days, days[-1] + max(3 * usual, rhythm.LEAST_DAYS + 1))

    assert found / BUYERS >= LEAST_FOUND


def test_somebody_who_buys_at_random_is_named_far_less_than_by_twice_the_mean():
    dice, ours, mean, pauses = random.Random("random"), 0, 0, 0
    for _buyer in range(BUYERS):
        days = [0]
        for _number in range(PURCHASES):
            days.append(days[-1] + max(1, round(dice.expovariate(1 / 60))))
        for number in range(6, len(days)):
            pauses += 1
            before, pause = days[:number], days[number] - days[number - 1]
            ours += rhythm.is_quiet(before, days[number])
            mean += pause > max(rhythm.LEAST_DAYS, 2 * (before[-1] - before[0]) / (number - 1))

    assert ours / pauses < 0.10
    assert ours < 0.75 * mean


@pytest.fixture
def silent(app):
    with app.app_context():
        ids = [customers.add({"name": name}).id for name in ("Faithful", "Second", "Buying")]
        for customer_id, days in zip(ids, [(400, 370, 340, 310), (400, 370, 340), (400, 370, 340, 5)], strict=True):
            for ago in days:
                db.session.add(
                    Purchase(
                        customer_id=customer_id, item="Thread", bought_on=today() - timedelta(days=ago), import_id=1
                    )
                )
        db.session.commit()
    return ids


def test_the_most_faithful_is_named_first_with_the_own_rhythm(app, silent):
    with app.app_context():
        found = service.gone_quiet(today(), 9)

        assert [one.customer_id for one in found] == silent[:2]
        assert (found[0].rhythm_days, found[0].purchases) == (30, 4)


def test_who_has_bought_since_is_not_named_and_everybody_else_is_not_walked_through_again(app, silent, monkeypatch):
    with app.app_context():
        service.gone_quiet(today(), 9)
        monkeypatch.setattr(rhythm, "SILENT", None)  # the walk through all purchases

        service.record_purchase(silent[0], "Thread", today())

        with only_reading():
            assert [one.customer_id for one in service.gone_quiet(today(), 9)] == silent[1:2]


def test_a_list_that_is_brought_in_is_walked_through(app, silent):
    with app.app_context():
        service.gone_quiet(today(), 9)
        new = customers.add({"name": "New"}).id
        for ago in (400, 370, 340, 310, 280):
            day = today() - timedelta(days=ago)
            db.session.add(Purchase(customer_id=new, item="Thread", bought_on=day, import_id=2))
        db.session.commit()

        assert [one.customer_id for one in service.gone_quiet(today(), 9)] == [new, *silent[:2]]


def test_a_removed_customer_is_not_named(app, silent):
    with app.app_context():
        service.gone_quiet(today(), 9)
        customers.remove(silent[0])

        assert [one.customer_id for one in service.gone_quiet(today(), 9)] == silent[1:2]


@pytest.mark.parametrize(("days_later", "is_named"), [(1, False), (29, False), (30, True)])
def test_who_was_talked_with_is_left_in_peace_for_one_of_their_usual_times(app, silent, days_later, is_named):
    with app.app_context():
        interactions.record(silent[0], said="The shop is being painted")

        later = service.gone_quiet(today() + timedelta(days=days_later), 9)

        assert (silent[0] in [one.customer_id for one in later]) is is_named


def test_a_call_that_nobody_answered_leaves_the_line_where_it_is(app, silent):
    with app.app_context():
        interactions.record(silent[0], is_answered=False)

        assert silent[0] in [one.customer_id for one in service.gone_quiet(today() + timedelta(days=1), 9)]
