"""Everything of one customer is found, moved, brought back and erased, whoever made the table and may be gone now."""

import json
from contextlib import contextmanager

import pytest
from sqlalchemy import MetaData, Table, event, func, insert, select, text

from loyalapp.core import belongings
from loyalapp.core.belongings import Move
from loyalapp.core.clock import today
from loyalapp.core.db import db, only_reading
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service as interactions

# A plugin nobody knows any more, with every sort of tie a table can have.
GONE = """
CREATE TABLE plg_gone_tag (id INTEGER PRIMARY KEY, word TEXT,
    customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE, UNIQUE (customer_id, word));
CREATE TABLE plg_gone_rank (customer_id INTEGER PRIMARY KEY REFERENCES customer (id) ON DELETE CASCADE, rank TEXT);
CREATE TABLE plg_gone_pair (a INTEGER REFERENCES customer (id), b INTEGER REFERENCES customer (id), PRIMARY KEY (a, b));
CREATE TABLE plg_gone_day (customer_id INTEGER REFERENCES customer (id), day DATE, PRIMARY KEY (customer_id, day));
CREATE TABLE plg_gone_hour (id INTEGER PRIMARY KEY, customer_id INTEGER, day DATE, note TEXT,
    FOREIGN KEY (customer_id, day) REFERENCES plg_gone_day (customer_id, day));
CREATE TABLE plg_gone_task (id INTEGER PRIMARY KEY, what TEXT,
    customer_id INTEGER REFERENCES customer (id) ON DELETE SET NULL);
CREATE TABLE plg_gone_part (id INTEGER PRIMARY KEY, task_id INTEGER REFERENCES plg_gone_task (id), what TEXT)
"""


@pytest.fixture
def two(any_app):
    """Two customers with rows in every table of a plugin that is gone."""
    with any_app.app_context():
        for sentence in GONE.split(";"):
            db.session.execute(text(sentence))
        db.session.commit()
        pair = [customers.add({"name": name, "phones": [phone]}).id for name, phone in PEOPLE]
        for number, one in enumerate(pair):
            fill(one, number)
            db.session.commit()
        yield pair


PEOPLE = (("Imran Siddiqui", "0301 2345678"), ("عمران صدیقی", "0302 2345678"))


def fill(one: int, number: int) -> None:
    interactions.record(one, said=f"said {number}", promised="bring it", promised_for=today())
    put("plg_gone_tag", {"customer_id": one, "word": "vip"}, {"customer_id": one, "word": f"own {number}"})
    put("plg_gone_rank", {"customer_id": one, "rank": f"rank {number}"})
    put(
        "plg_gone_day", {"customer_id": one, "day": "2026-11-21"}, {"customer_id": one, "day": f"2026-11-0{number + 1}"}
    )
    put("plg_gone_hour", {"id": number * 2 + 1, "customer_id": one, "day": "2026-11-21", "note": f"same {number}"})
    put("plg_gone_hour", {"id": number * 2 + 2, "customer_id": one, "day": f"2026-11-0{number + 1}", "note": "own"})
    put("plg_gone_task", {"id": number + 1, "customer_id": one, "what": "bake"})
    put("plg_gone_part", {"id": number + 1, "task_id": number + 1, "what": "flour"})


def put(table: str, *rows: dict) -> None:
    there = Table(table, MetaData(), autoload_with=db.session.connection(), resolve_fks=False)
    for row in rows:
        if "id" in there.c and "id" not in row:
            row["id"] = (db.session.scalar(select(func.max(there.c.id))) or 0) + 1
        db.session.execute(insert(there), {key: belongings._value(there.c[key], one) for key, one in row.items()})


def all_rows(table: str, columns: str = "*") -> list[tuple]:
    return sorted(tuple(map(str, row)) for row in db.session.execute(text(f"SELECT {columns} FROM {table}")))


def everything() -> dict[str, list[tuple]]:
    names = [one for one in belongings.tables() if one != "customer"]
    return {name: all_rows(name) for name in names}


@contextmanager
def counted():
    said: list[str] = []

    def note(_link, _cursor, statement, *_more):
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield said
    event.remove(db.engine, "before_cursor_execute", note)


# ---- found ----


def test_tables_come_from_the_database_owners_first(two):
    found = belongings.tables()

    assert found[0] == "customer"
    assert {"customer_phone", "customer_fact", "interaction", "promise", "purchase", "today_finished"} <= set(found)
    assert {"plg_issues_problem", "plg_issues_step", "plg_reviews_assessment", "plg_value_voice"} <= set(found)
    assert found.index("plg_gone_day") < found.index("plg_gone_hour")
    assert found.index("plg_gone_task") < found.index("plg_gone_part")
    assert not {"product", "setting", "customer_word", "alembic_version"} & set(found)


def test_a_table_that_came_or_went_since_is_seen(two):
    belongings.tables()
    db.session.execute(
        text("CREATE TABLE plg_late_note (id INTEGER PRIMARY KEY, who INTEGER REFERENCES customer (id))")
    )
    assert "plg_late_note" in belongings.tables()
    db.session.execute(text("DROP TABLE plg_late_note"))
    assert "plg_late_note" not in belongings.tables()


def test_rows_of_one_customer_in_all_tables_and_of_nobody_else(two):
    with only_reading():
        found = belongings.rows_of(two[0])

    assert [one["name"] for one in found["customer"]] == ["Imran Siddiqui"]
    assert [one["said"] for one in found["interaction"]] == ["said 0"]
    assert {one["word"] for one in found["plg_gone_tag"]} == {"vip", "own 0"}
    assert [one["note"] for one in found["plg_gone_hour"]] == ["same 0", "own"]
    assert [one["id"] for one in found["plg_gone_part"]] == [1], "also a child of what would outlive the customer"
    assert "purchase" not in found
    assert len(belongings.rows_of(two)["customer"]) == 2


def test_rows_are_found_with_one_statement_per_table(two):
    belongings.tables()
    with counted() as said:
        belongings.rows_of(two[0])

    assert len(said) <= len(belongings.tables()) + 1


# ---- moved ----


def test_all_moves_but_what_has_no_place_there_and_nothing_is_lost(two):
    loser, winner = two
    before = {name: len(rows) for name, rows in everything().items()}
    belongings.repoint(loser, winner)
    db.session.commit()

    assert {name: len(rows) for name, rows in everything().items()} == before
    assert set(belongings.rows_of(loser)) == {
        "customer",
        "plg_gone_tag",
        "plg_gone_rank",
        "plg_gone_day",
        "plg_gone_hour",
    }
    assert [one["word"] for one in belongings.rows_of(loser)["plg_gone_tag"]] == ["vip"]
    assert [one["rank"] for one in belongings.rows_of(loser)["plg_gone_rank"]] == ["rank 0"]
    assert [one["note"] for one in belongings.rows_of(loser)["plg_gone_hour"]] == ["same 0"], "it stays with its day"
    of_winner = belongings.rows_of(winner)
    assert {one["word"] for one in of_winner["plg_gone_tag"]} == {"vip", "own 0", "own 1"}
    assert [one["said"] for one in of_winner["interaction"]] == ["said 0", "said 1"]
    assert len(of_winner["customer_phone"]) == 2
    assert sorted(one["note"] for one in of_winner["plg_gone_hour"]) == ["own", "own", "same 1"]


def test_a_move_is_undone_to_the_last_row(two):
    loser, winner = two
    before = everything()
    moves = belongings.repoint(loser, winner)
    kept = json.loads(json.dumps([one.as_json() for one in moves]))
    db.session.commit()
    assert everything() != before

    belongings.move_back([Move.from_json(one) for one in kept], loser, winner)
    db.session.commit()
    assert everything() == before


def test_what_was_deleted_or_added_since_a_move_is_left_alone(two):
    loser, winner = two
    moves = belongings.repoint(loser, winner)
    db.session.execute(text("DELETE FROM interaction WHERE said = 'said 0'"))
    db.session.execute(text("DROP TABLE plg_gone_pair"))
    db.session.commit()
    interactions.record(winner, said="after")

    belongings.move_back([*moves, Move("plg_never_was", "customer_id", [[1]])], loser, winner)
    db.session.commit()
    assert "interaction" not in belongings.rows_of(loser)
    assert [one["said"] for one in belongings.rows_of(winner)["interaction"]] == ["said 1", "after"]


def test_a_row_that_ties_the_two_together_stays(two):
    loser, winner = two
    third = customers.add({"name": "Sunita"}).id
    put("plg_gone_pair", {"a": loser, "b": winner}, {"a": loser, "b": third}, {"a": third, "b": loser})
    put("plg_gone_pair", {"a": third, "b": winner})
    belongings.repoint(loser, winner)

    assert all_rows("plg_gone_pair") == sorted(
        (str(a), str(b)) for a, b in [(loser, winner), (winner, third), (third, loser), (third, winner)]
    )


def test_several_thousand_rows_move_and_come_back(two):
    loser, winner = two
    rows = ",".join(f"({n}, {loser}, 'task {n}')" for n in range(10, 3010))
    db.session.execute(text(f"INSERT INTO plg_gone_task (id, customer_id, what) VALUES {rows}"))
    before = everything()
    with counted() as said:
        moves = belongings.repoint(loser, winner)
    assert len(said) <= 2 * len(belongings.tables()) + 10
    belongings.move_back(moves, loser, winner)

    assert everything() == before


# ---- erased ----


def test_erased_nothing_is_left_but_what_the_caller_keeps_and_what_outlives_them(two):
    erased, other = two
    catalogue.record_purchase(erased, "Sewing machine", today(), amount_minor=100)
    mine = belongings.rows_of(other)
    gone = belongings.erase(erased, keep={"purchase"})
    db.session.commit()

    left = belongings.rows_of(erased)
    assert set(left) == {"customer", "purchase"}
    assert gone["plg_gone_tag"] == 2
    assert gone["interaction"] == 1
    assert ("1", "bake", "None") in all_rows("plg_gone_task"), "the author said that it stays without its customer"
    assert belongings.rows_of(other) == mine


def test_erasing_nobody_changes_nothing(two):
    before = everything()
    assert belongings.erase([]) == {}
    assert belongings.erase(999_999) == {}
    assert everything() == before
