"""Problems of the version before come into the new order, and back."""

from pathlib import Path

from sqlalchemy import inspect, text

import plugins.issues
from loyalapp import sdk
from loyalapp.core.migrations import migrate, newest
from plugins.issues import book, service

HOME = Path(plugins.issues.__path__[0]) / "migrations"
FIRST = "2026_11_21_first"
OLD = """INSERT INTO plg_issues_problem
(customer_id, what, item, urgency, state, opened_at, next_step_on, contacts, handed_on, turn, is_example, solved_at)
VALUES (:customer, 'It leaks', '', :urgency, :state, :at, :day, 1, 0, 1, false, :solved)"""


def test_problems_go_back_to_the_version_before_and_forth_again(here, person):
    customer_id = person()
    kept = service.record(customer_id, "It stops", urgency="stopped")
    awaited = service.record(customer_id, "It drips", urgency="no_hurry")
    service.done(awaited)
    sdk.db.session.remove()
    engine = sdk.db.engine
    migrate(engine, HOME, "plg_issues_version", back_to=FIRST)

    columns = {one["name"] for one in inspect(engine).get_columns("plg_issues_problem")}
    assert not columns & {"rank", "is_over", "version", "cause_id"}
    assert [one for one in inspect(engine).get_table_names() if one.startswith("plg_issues_ally")] == []
    with engine.begin() as link:
        assert link.execute(text("SELECT state FROM plg_issues_problem ORDER BY id")).scalars().all() == [
            "open",
            "open",
        ]
        facts = {"customer": customer_id, "at": "2026-11-01 10:00:00", "day": "2026-11-02"}
        link.execute(text(OLD), {**facts, "urgency": "stopped", "state": "open", "solved": None})
        link.execute(text(OLD), {**facts, "urgency": "trouble", "state": "confirmed", "solved": "2026-11-03 10:00:00"})

    migrate(engine, HOME, "plg_issues_version")
    assert newest(HOME) == "2026_11_23_effort"
    assert [row.urgency for row in book.part("open").rows] == ["stopped", "stopped", "no_hurry"]
    [over] = book.part("solved").rows
    assert (over.is_over, over.state, over.rank) == (True, "confirmed", 1)
    assert service.get(kept).version == 1
