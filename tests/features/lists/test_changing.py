"""Changes of many at once: tags given and taken, portfolios handed over, each taken back by one step."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer, Tag
from loyalapp.features.lists import changing
from loyalapp.features.staff import service as staff

MANY = changing.PORTION + 3


def tags_of(ids) -> list[list[str]]:
    return [[tag.tag for tag in customers.get(one).tags] for one in ids]


@pytest.fixture
def three(any_app) -> list[int]:
    with any_app.app_context():
        return [customers.add({"name": name}).id for name in ("Amna", "Bilal", "Zara")]


def test_a_tag_is_given_once_to_everybody_and_taken_back(any_app, three):
    with any_app.app_context():
        changing.tag(three[:1], "wholesale")
        step = changing.tag(three, "Wholesale")
        assert tags_of(three) == [["wholesale"], ["Wholesale"], ["Wholesale"]]

        bring_back.undo(step)

        assert tags_of(three) == [["wholesale"], [], []]


def test_a_tag_is_taken_away_and_comes_back(any_app, three):
    with any_app.app_context():
        changing.tag(three[:2], "school")
        step = changing.untag(three, "SCHOOL")
        assert tags_of(three) == [[], [], []]

        bring_back.undo(step)

        assert tags_of(three) == [["school"], ["school"], []]


def test_a_portfolio_is_handed_over_in_one_step_and_back(any_app, three):
    with any_app.app_context():
        old, new = staff.add("Old hand"), staff.add("New hand")
        changing.hand_over(three[:2], old)
        step = changing.hand_over(three, new)
        assert [customers.get(one).salesman_id for one in three] == [new] * 3

        bring_back.undo(step)

        assert [customers.get(one).salesman_id for one in three] == [old, old, None]


def test_what_is_so_already_is_no_step(any_app, three):
    with any_app.app_context():
        member = staff.add("Sana")
        changing.tag(three, "school")
        changing.hand_over(three, member)

        assert changing.tag(three, "school") is None
        assert changing.untag(three, "wholesale") is None
        assert changing.hand_over(three, member) is None


def test_more_than_a_portion_are_changed_whole(app):
    with app.app_context():
        db.session.execute(insert(Customer), [{"name": f"Name {number}"} for number in range(MANY)])
        db.session.commit()
        ids = list(db.session.scalars(select(Customer.id)))

        step = changing.tag(ids, "many")
        assert set(db.session.scalars(select(Tag.customer_id))) == set(ids)

        bring_back.undo(step)
        assert db.session.scalars(select(Tag.id)).all() == []


def test_a_form_opened_before_does_not_undo_the_change_unseen(any_app, three):
    with any_app.app_context():
        seen = customers.get(three[0]).version
        changing.tag(three, "school")

        with pytest.raises(Conflict):
            customers.change(three[0], {"tags": []}, version=seen)


def test_mistakes_are_told_and_change_nothing(any_app, three):
    with any_app.app_context():
        left = staff.add("Gone")
        staff.get(left).left_on = today() - timedelta(days=1)

        for verb, args in (
            (changing.tag, ([], "school")),
            (changing.tag, (three, "")),
            (changing.tag, (three, "Muslim")),
            (changing.hand_over, ([], left)),
            (changing.hand_over, (three, left)),
        ):
            with pytest.raises(LoyalAppError):
                verb(*args)
        with pytest.raises(NotFound):
            changing.hand_over(three, 4711)
        assert tags_of(three) == [[], [], []]
