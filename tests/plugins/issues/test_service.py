"""A problem from the first call until the customer says that it is solved, and what it cost the customer."""

from datetime import UTC, datetime, timedelta

import pytest

from loyalapp import sdk
from loyalapp.core import clock
from plugins.issues import book, service

MORNING = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def kinds(problem_id: int) -> list[str]:
    return [one.kind for one in book.steps_of(problem_id)][::-1]


def test_a_problem_is_written_down_in_the_customers_words(here, person):
    typed = "  اوورلاک مشین\u202e دھاگا\nتوڑتی ہے  "
    problem_id = service.record(person(), typed, item="اوورلاک 747", urgency="stopped")

    problem = service.get(problem_id)
    assert problem.what == "اوورلاک مشین دھاگا\nتوڑتی ہے"
    assert (problem.item, problem.urgency, problem.state) == ("اوورلاک 747", "stopped", "open")
    assert (problem.contacts, problem.handed_on, problem.next_step_on) == (1, 0, sdk.today())
    assert kinds(problem_id) == ["told"]


@pytest.mark.parametrize(("urgency", "days"), [("stopped", 0), ("trouble", 1), ("no_hurry", 3)])
def test_no_problem_lies_without_a_day_for_the_next_step(here, person, urgency, days):
    problem_id = service.record(person(), "It leaks", urgency=urgency)

    assert service.get(problem_id).next_step_on == sdk.today() + timedelta(days=days)


def test_what_was_promised_stands_in_the_promise_book(here, person):
    customer_id, day = person(), sdk.today() + timedelta(days=2)
    problem_id = service.record(customer_id, "It leaks", promised="The mechanic comes", promised_for=day)

    [promise] = sdk.interactions.promises_of(customer_id)
    assert (promise.what, promise.due_on) == ("The mechanic comes", day)
    assert service.promise_of(service.get(problem_id)).id == promise.id
    assert service.get(problem_id).next_step_on == day

    service.solve(problem_id)

    assert list(sdk.interactions.promises_of(customer_id)) == []


def test_a_purchase_gives_the_thing_its_name_and_stays_known_without_it(here, person):
    customer_id = person()
    purchase_id = sdk.catalogue.record_purchase(customer_id, "Overlock 747", sdk.today())
    problem_id = service.record(customer_id, "It stops", purchase_id=purchase_id, item="ignored")
    assert service.get(problem_id).item == "Overlock 747"

    sdk.db.session.delete(sdk.db.session.get(sdk.Purchase, purchase_id))
    sdk.db.session.commit()
    sdk.db.session.expire_all()

    assert (service.get(problem_id).item, service.get(problem_id).purchase_id) == ("Overlock 747", None)


WRONG = {
    "no words": ({"what": " \u200f "}, "what"),
    "endless words": ({"what": "x" * 2001}, "what"),
    "endless thing": ({"what": "x", "item": "y" * 301}, "item"),
    "unknown urgency": ({"what": "x", "urgency": "soon"}, "urgency"),
    "promise without a day": ({"what": "x", "promised": "to come"}, "promised_for"),
    "day without a promise": ({"what": "x", "promised_for": timedelta(1)}, "promised"),
    "promise for yesterday": ({"what": "x", "promised": "to come", "promised_for": timedelta(-1)}, "promised_for"),
    "promise in two years": ({"what": "x", "promised": "to come", "promised_for": timedelta(700)}, "promised_for"),
    "somebody else's purchase": ({"what": "x", "purchase_id": -1}, "thing"),
    "a purchase that is gone": ({"what": "x", "purchase_id": 999}, "thing"),
}


@pytest.mark.parametrize(("values", "field"), WRONG.values(), ids=WRONG)
def test_bad_input_is_one_sentence_beside_its_field_and_nothing_is_written(here, person, values, field):
    customer_id, other = person(), person("en")
    if values.get("purchase_id") == -1:
        values = {**values, "purchase_id": sdk.catalogue.record_purchase(other, "Iron", sdk.today())}
    if isinstance(values.get("promised_for"), timedelta):
        values = {**values, "promised_for": sdk.today() + values["promised_for"]}

    with pytest.raises(sdk.LoyalAppError) as caught:
        service.record(customer_id, **values)

    assert caught.value.field == field
    sdk.db.session.rollback()
    assert book.open_count() == 0
    assert list(sdk.interactions.promises_of(customer_id)) == []


@pytest.mark.parametrize("number", [0, -1, 77, 2**31, 10**30])
def test_a_problem_that_is_not_there_is_said_so(here, number):
    with pytest.raises(sdk.NotFound):
        service.get(number)
    with pytest.raises(sdk.NotFound):
        service.solve(number)
    assert not service.is_there(number)


def test_each_call_and_each_hand_over_is_counted_as_effort(here, person):
    problem_id = service.record(person(), "It leaks", urgency="no_hurry")

    service.add_contact(problem_id)
    assert service.get(problem_id).next_step_on == sdk.today(), "they called: something has to be done today"
    service.hand_on(problem_id, " Usman,  workshop ")
    service.add_contact(problem_id)

    problem = service.get(problem_id)
    assert (problem.contacts, problem.handed_on) == (3, 1)
    assert kinds(problem_id) == ["told", "called", "handed_on", "called"]
    assert book.steps_of(problem_id)[1].note == "Usman, workshop"


def test_only_the_customer_closes_it_and_is_asked_once(here, person):
    problem_id = service.record(person(), "It leaks")
    service.answer(problem_id, "easy")
    assert service.get(problem_id).ease is None, "nobody is asked before it is solved"

    with clock.frozen(MORNING):
        assert service.solve(problem_id)
    assert service.solve(problem_id) is None
    problem = service.get(problem_id)
    assert (problem.state, problem.solved_at, problem.ease) == ("confirmed", MORNING, None)

    service.answer(problem_id, "so_so")
    assert service.get(problem_id).ease == "so_so"
    with pytest.raises(sdk.LoyalAppError):
        service.answer(problem_id, "fine")


def test_solved_on_the_call_is_recorded_solved_and_confirmed_at_once(here, person):
    customer_id = person()
    problem_id = service.record(customer_id, "The light blinks", solved=True)

    problem = service.get(problem_id)
    assert (problem.state, problem.contacts) == ("confirmed", 1)
    assert problem.solved_at is not None
    assert kinds(problem_id) == ["told", "solved"]
    assert book.waiting_customers([customer_id]) == []


def test_not_solved_after_all_opens_it_again_and_counts(here, person):
    problem_id = service.record(person(), "It leaks", solved=True)
    assert service.reopen(problem_id)
    assert service.reopen(problem_id) is None

    problem = service.get(problem_id)
    assert (problem.state, problem.solved_at, problem.contacts) == ("open", None, 2)
    assert problem.next_step_on == sdk.today()


def test_a_solved_problem_takes_no_more_calls(here, person):
    problem_id = service.record(person(), "It leaks", solved=True)

    assert service.add_contact(problem_id) is None
    assert service.hand_on(problem_id) is None
    assert service.look_after(problem_id) is None
    assert kinds(problem_id) == ["told", "solved"]


def test_the_day_of_the_next_step_can_be_moved(here, person):
    problem_id = service.record(person(), "It leaks")
    service.plan(problem_id, sdk.today() + timedelta(days=9))
    assert service.get(problem_id).next_step_on == sdk.today() + timedelta(days=9)

    for day in (sdk.today() - timedelta(days=1), sdk.today() + timedelta(days=400)):
        with pytest.raises(sdk.LoyalAppError):
            service.plan(problem_id, day)


def test_the_newest_step_can_be_taken_back_and_no_other(here, person):
    problem_id = service.record(person(), "It leaks")
    called = service.add_contact(problem_id)
    handed_on = service.hand_on(problem_id)
    with pytest.raises(sdk.Conflict):
        service.take_back(problem_id, called)
    service.take_back(problem_id, handed_on)
    service.take_back(problem_id, called)

    problem = service.get(problem_id)
    assert (problem.contacts, problem.handed_on, kinds(problem_id)) == (1, 0, ["told"])
    with pytest.raises(sdk.Conflict):
        service.take_back(problem_id, book.steps_of(problem_id)[0].id)


def test_taking_back_solved_opens_the_promise_again(here, person):
    customer_id, day = person(), sdk.today() + timedelta(days=1)
    problem_id = service.record(customer_id, "It leaks", promised="to come", promised_for=day)
    service.take_back(problem_id, service.solve(problem_id))

    assert service.get(problem_id).state == "open"
    assert len(sdk.interactions.promises_of(customer_id)) == 1


def test_taking_back_a_reopening_brings_the_answer_back(here, person):
    problem_id = service.record(person(), "It leaks", solved=True)
    service.answer(problem_id, "hard")
    solved_at = service.get(problem_id).solved_at
    service.take_back(problem_id, service.reopen(problem_id))

    problem = service.get(problem_id)
    assert (problem.state, problem.ease, problem.contacts) == ("confirmed", "hard", 1)
    assert abs(problem.solved_at - solved_at) < timedelta(seconds=2)
