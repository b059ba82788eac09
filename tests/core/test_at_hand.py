"""The short way of a question answers just as the long way, and gives way to it where something is wrong."""

import importlib
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import SelectBase, bindparam, event, select
from sqlalchemy.exc import SQLAlchemyError

from loyalapp.core import at_hand
from loyalapp.core.db import db, only_reading, rows
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer, Fact

SOME = (
    select(Customer.id, Customer.name, Customer.since, Customer.no_contact, Customer.created_at)
    .where(Customer.id.in_(bindparam("ids", expanding=True)), Customer.no_contact == bindparam("rests", False))
    .order_by(Customer.id)
    .limit(bindparam("most"))
)
LEARNED = select(Fact.text, Fact.may_use).where(Fact.learned_on == bindparam("day"))


@pytest.fixture
def three(any_app) -> list[int]:
    with any_app.app_context():
        since = {"since": date(2020, 1, 2)}
        ids = [customers.add({"name": name, **since}).id for name in ("Amna", "Bilal", "Zara")]
        customers.learn(ids[0], "Likes tea", learned_on=date(2024, 2, 3), may_use=False)
        return ids


def test_the_same_rows_come_each_time_whatever_the_length_of_a_list(any_app, three):
    with any_app.test_request_context(), only_reading():
        for _time in range(3):
            for ids in (three, three[:1], [], three[1:], [*three, 4711]):
                plain = db.session.execute(SOME, {"ids": ids, "most": 2}).all()
                assert rows(SOME, {"ids": ids, "most": 2}).all() == plain
            assert rows(LEARNED, {"day": date(2024, 2, 3)}).one() == ("Likes tea", False)


def test_rows_are_rows_with_names_and_the_kinds_of_the_model(any_app, three):
    with any_app.test_request_context(), only_reading():
        for _time in range(3):
            row = rows(SOME, {"ids": three, "most": 1}).one()
            assert (row.name, row.since, row.no_contact) == ("Amna", date(2020, 1, 2), False)
            assert row.created_at.tzinfo is not None
            assert rows(SOME, {"ids": three, "most": 3}).scalars().all() == three


def test_a_question_takes_the_short_way_from_the_second_time_on(app):
    question = select(Customer.id).where(Customer.id == bindparam("one"))
    with app.test_request_context(), only_reading():
        link = db.session.connection()
        assert at_hand.by_short_way(question, link) is None
        assert at_hand.by_short_way(question, link) is not None


def test_the_short_way_itself_takes_lists_of_any_length(app):
    with app.app_context():
        ids = [customers.add({"name": name}).id for name in ("Amna", "Bilal", "Zara")]
    with app.test_request_context(), only_reading():
        link = db.session.connection()
        at_hand.by_short_way(SOME, link)
        short = at_hand.by_short_way(SOME, link)
        for some in (ids, ids[1:], ids[:1]):
            assert [row.id for row in short.answer(link, {"ids": some, "most": 5})] == some


def test_a_value_that_is_missing_is_told_as_ever(app):
    question = select(Customer.id).where(Customer.id == bindparam("one"))
    with app.test_request_context(), only_reading():
        for _time in range(3):
            with pytest.raises(SQLAlchemyError):
                rows(question, {})


def test_whoever_watches_the_questions_sees_all_of_them(app):
    seen = []
    with app.test_request_context(), only_reading():
        event.listen(db.engine, "before_cursor_execute", lambda *words: seen.append(words[2]))
        for _time in range(3):
            rows(SOME, {"ids": [1], "most": 1}).all()

    assert len([one for one in seen if "customer" in one]) == 3


def test_a_limit_stands_behind_a_plus_so_that_sqlite_plans_a_question_once(app):
    with app.app_context():
        assert "LIMIT +" in str(SOME.compile(dialect=db.engine.dialect))


def of_plain_columns() -> dict[str, SelectBase]:
    """Every question of the core that is put together once, but those for whole rows of a model."""
    features = Path(customers.__file__).parents[1]
    modules = [
        importlib.import_module(f"loyalapp.features.{one.parent.name}.{one.stem}") for one in features.glob("*/*.py")
    ]
    found = {
        f"{module.__name__}.{name}": one
        for module in modules
        for name, one in vars(module).items()
        if isinstance(one, SelectBase)
    }
    return {
        name: one
        for name, one in found.items()
        if not any(isinstance(part["expr"], type) for part in getattr(one, "column_descriptions", ()))
    }


def test_each_question_says_the_same_put_together_past_the_orm(app):
    questions = of_plain_columns()
    with app.app_context():
        dialect = db.engine.dialect

    def said(question):
        made = question.compile(dialect=dialect)
        return str(made), made.positiontup, [(one.keyname, str(one.type)) for one in made._result_columns]

    assert len(questions) > 50
    for name, question in questions.items():
        assert said(at_hand.plain(question)) == said(question), name
    assert said(at_hand.plain(SOME)) == said(SOME)
