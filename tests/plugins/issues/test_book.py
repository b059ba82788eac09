"""What the book of problems reads: lists in their order and in pages, and counts that agree with what happened."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalapp import sdk
from loyalapp.core import clock
from plugins.issues import book, service
from plugins.issues.models import STEPS, Problem, Step
from tests.conftest import close, open_app

MORNING = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def test_problems_go_with_their_customer(here, person):
    customer_id = person()
    problem_id = service.record(customer_id, "It leaks")
    sdk.customers.remove(customer_id)
    with pytest.raises(sdk.NotFound):
        service.get(problem_id)
    assert book.open_count() == 0
    assert book.part("open").rows == []

    sdk.db.session.delete(sdk.db.session.get(sdk.Customer, customer_id))
    sdk.db.session.commit()
    assert sdk.db.session.query(Problem).count() == sdk.db.session.query(Step).count() == 0


def test_open_ones_come_by_urgency_then_by_waiting(here, person):
    customer_id = person()
    later = [MORNING + timedelta(hours=hour) for hour in range(4)]
    made = []
    for moment, urgency in zip(later, ("no_hurry", "trouble", "stopped", "trouble"), strict=True):
        with clock.frozen(moment):
            made.append(service.record(customer_id, "It leaks", urgency=urgency))

    assert [row.id for row in book.part("open").rows] == [made[2], made[1], made[3], made[0]]


def test_the_pages_of_the_list_hold_every_problem_once(here, person):
    customer_id = person()
    opened = {service.record(customer_id, f"It leaks {number}") for number in range(book.PAGE + 3)}
    solved = {service.record(customer_id, f"It leaked {number}", solved=True) for number in range(2 * book.PAGE + 3)}

    first = book.part("open")
    second = book.part("open", first.next)
    assert {row.id for row in (*first.rows, *second.rows)} == opened
    assert second.next is None

    seen, mark = [], ""
    while mark is not None:
        part = book.part("solved", mark)
        seen += [row.id for row in part.rows]
        mark = part.next
    assert len(seen) == len(solved)
    assert set(seen) == solved


@pytest.mark.parametrize("mark", ["x", "1~2026-11-21~1", "~~", "1~2026-11-21T10:00:00+00:00~x", "1~9999~" + "9" * 40])
def test_a_spoilt_mark_leads_to_the_first_page(here, person, mark):
    service.record(person(), "It leaks", solved=True)

    assert len(book.part("solved", mark).rows) == 1


DEEDS = {
    "called": service.add_contact,
    "explained": lambda number: service.add_contact(number, explained=True),
    "handed_on": service.hand_on,
    "worked": service.look_after,
    "done": service.done,
    "tried": service.tried,
    "solved": service.solve,
    "not_solved": service.reopen,
}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from([*DEEDS, "back"]), max_size=25))
def test_the_counts_always_agree_with_what_happened(one_app, deeds):
    with one_app.app_context():
        problem_id = service.record(one_app.config["SOMEBODY"], "It leaks")
        turns = [service.get(problem_id).turn]
        for deed in deeds:
            newest = book.steps_of(problem_id)[0]
            if deed != "back":
                DEEDS[deed](problem_id)
            elif newest.kind != "told":
                service.take_back(problem_id, newest.id)
            turns.append(service.get(problem_id).turn)
        problem, happened = service.get(problem_id), [one.kind for one in book.steps_of(problem_id)][::-1]

        assert set(happened) <= set(STEPS)
        assert problem.handed_on == happened.count("handed_on")
        assert problem.explained == happened.count("explained")
        assert problem.reopened == happened.count("not_solved")
        again = happened.count("called") + problem.explained
        assert 1 + again <= problem.contacts <= 1 + again + problem.reopened
        assert (problem.state == "confirmed") == (happened[-1] == "solved")
        assert problem.is_over == (problem.state in ("confirmed", "not_confirmed"))
        assert (problem.state == "open") == (problem.solved_at is None)
        assert 0 <= problem.tries <= 3
        assert problem.next_step_on is not None
        assert turns == sorted(turns), "an entry that was finished on Today never has the key of a later one"


@pytest.fixture(scope="module")
def one_app(prepared, tmp_path_factory):
    """One app for all examples of a property."""
    folder = tmp_path_factory.mktemp("problems") / "data"
    shutil.copytree(prepared, folder)
    made = open_app(folder)
    with made.app_context():
        made.config["SOMEBODY"] = sdk.customers.add({"name": "Imran"}).id
    yield made
    close(made)
