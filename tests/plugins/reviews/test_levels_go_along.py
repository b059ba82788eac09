"""What was said of an account goes along when two are made one, and is gone when one is erased or examples leave."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from loyalapp import sdk
from loyalapp.features.customers import merging
from loyalapp.features.privacy import service as privacy
from loyalapp.features.welcome import service as welcome
from plugins.reviews import assessing, portfolio, standings
from plugins.reviews.models import SAID, Assessment

from .conftest import account, sell_everything


@pytest.fixture(autouse=True)
def inside(any_app):
    with any_app.test_request_context():
        yield
        sdk.db.session.remove()


def rows(table) -> int:
    return sdk.db.session.scalar(select(func.count()).select_from(table))


def make_one(winner: int, loser: int) -> None:
    both = {number: sdk.customers.get(number).version for number in (winner, loser)}
    merging.merge(winner, loser, {}, both, lambda _field, value: str(value))


def test_of_two_that_are_one_nothing_that_was_said_is_lost():
    sell_everything()
    one, two = account("iron"), account("iron", name="Imran Siddiqi")
    assessing.assess(one, "yes")
    assessing.assess(two, "no", "low", "Retires in May.")
    make_one(one, two)
    assert {said.answer for said in assessing.history(one)} == {"yes", "no", "low"}
    assert standings.standing(one).means == "yes"
    assert portfolio.counts() == {"high": 1, "middle": 0, "low": 0, "unknown": 0}


def test_what_was_said_of_one_alone_is_said_of_both():
    sell_everything()
    one, two = account("iron"), account("iron", name="Imran Siddiqi")
    assessing.assess(two, "no", "low", "Retires in May.")
    make_one(one, two)
    found = standings.standing(one)
    assert (found.means, found.overruled, found.reason) == ("no", "low", "Retires in May.")


def test_whoever_is_erased_leaves_nothing():
    sell_everything()
    one = account("iron")
    assessing.assess(one, "yes", "low", "Retires in May.")
    privacy.erase(one)
    assert (rows(Assessment), rows(SAID)) == (0, 0)


def test_examples_have_a_history_and_leave_without_a_trace():
    welcome.add_examples()
    assert rows(SAID) > 0
    found = sdk.db.session.scalar(select(SAID.c.said_at).order_by(SAID.c.id).limit(1))
    assert found < sdk.now() - timedelta(days=1)
    welcome.remove_examples()
    assert (rows(Assessment), rows(SAID)) == (0, 0)
