"""How a problem ends: the customer has the last word, is asked once, thanked, and perhaps asked for a referral."""

import re
from datetime import timedelta

import pytest

from loyalapp import sdk
from loyalapp.core import belongings, clock
from plugins.issues import book, closing, hours, pledges, service
from tests.plugins.issues.conftest import browser, send


def kinds(problem_id: int) -> list[str]:
    return [one.kind for one in book.steps_of(problem_id)][::-1]


def test_what_we_think_is_solved_waits_for_one_call_back(here, person):
    customer_id = person()
    problem_id = service.record(customer_id, "It leaks", urgency="stopped")
    assert service.done(problem_id)
    assert service.done(problem_id) is None

    problem = service.get(problem_id)
    assert (problem.state, problem.is_over, problem.tries) == ("solved", False, 0)
    assert problem.next_step_on == hours.due_day(sdk.today() + timedelta(days=1)), "nothing lies without a day"
    assert book.waiting_customers([customer_id]) == [customer_id], "greetings wait for the customer's word"
    assert [row.id for row in book.part("call_back").rows] == [problem_id]

    service.solve(problem_id)
    assert (service.get(problem_id).state, kinds(problem_id)) == ("confirmed", ["told", "done", "solved"])


def test_after_three_tries_it_is_closed_as_not_confirmed_and_counted_apart(here, person):
    customer_id = person()
    problem_id = service.record(customer_id, "It leaks")
    assert service.tried(problem_id) is None, "nobody is called back before we think it is solved"
    service.done(problem_id)
    steps = [service.tried(problem_id) for _number in range(3)]

    problem = service.get(problem_id)
    assert (problem.state, problem.is_over, problem.tries, problem.ease) == ("not_confirmed", True, 3, None)
    assert kinds(problem_id) == ["told", "done", "tried", "tried", "not_confirmed"]
    assert service.tried(problem_id) is None
    assert [row.id for row in book.part("not_confirmed").rows] == [problem_id]
    assert book.part("solved").rows == []
    assert book.waiting_customers([customer_id]) == []

    service.take_back(problem_id, steps[-1])
    assert (service.get(problem_id).state, service.get(problem_id).tries) == ("solved", 2)


def test_who_tells_us_later_that_it_works_confirms_it(here, person):
    problem_id = service.record(person(), "It leaks")
    service.done(problem_id)
    for _number in range(3):
        service.tried(problem_id)

    assert service.solve(problem_id)
    assert service.get(problem_id).state == "confirmed"


def test_not_solved_at_the_call_back_reopens_it_and_counts_but_is_no_contact_of_theirs(here, person):
    problem_id = service.record(person(), "It leaks")
    service.done(problem_id)
    service.reopen(problem_id)

    problem = service.get(problem_id)
    assert (problem.state, problem.contacts, problem.reopened, problem.solved_at) == ("open", 1, 1, None)
    assert problem.next_step_on == sdk.today()

    service.done(problem_id)
    service.solve(problem_id)
    service.reopen(problem_id)
    assert (service.get(problem_id).contacts, service.get(problem_id).reopened) == (2, 2), "this time they came back"


def test_waiting_ends_when_it_works_and_not_when_they_can_be_reached(here, person):
    problem_id = service.record(person(), "It leaks")
    service.done(problem_id)
    solved_at = service.get(problem_id).solved_at
    with clock.frozen(sdk.now() + timedelta(days=9)):
        service.solve(problem_id)

        assert abs(service.get(problem_id).solved_at - solved_at) < timedelta(seconds=2)
        assert service.get(problem_id).waited_days == 0


def test_promises_are_kept_when_we_think_it_is_solved_and_open_again_when_that_is_taken_back(here, person):
    day = sdk.today() + timedelta(days=1)
    problem_id = service.record(person(), "It leaks", promised="to come", promised_for=day)
    step = service.done(problem_id)
    assert not pledges.of([problem_id])[problem_id][0].is_open

    service.take_back(problem_id, step)
    assert pledges.of([problem_id])[problem_id][0].is_open


def test_a_promise_that_we_only_thought_kept_is_open_again_when_the_customer_says_no(here, person):
    day = sdk.today() + timedelta(days=3)
    problem_id = service.record(person(), "It leaks", promised="that it works", promised_for=day)
    service.done(problem_id)
    with clock.frozen(sdk.now() + timedelta(days=5)):
        for _number in range(3):
            service.tried(problem_id)
        step = service.reopen(problem_id)
        (promised,) = pledges.of([problem_id])[problem_id]
        assert (promised.is_open, promised.is_broken) == (True, True), "their word counts, and it was due two days ago"

        service.take_back(problem_id, step)
        assert not pledges.of([problem_id])[problem_id][0].is_open
        assert service.get(problem_id).promises_broken == 0


def test_a_promise_whose_fulfilment_the_customer_confirmed_stays_kept_when_it_breaks_again(here, person):
    day = sdk.today() + timedelta(days=3)
    problem_id = service.record(person(), "It leaks", promised="that it works", promised_for=day)
    service.solve(problem_id)
    with clock.frozen(sdk.now() + timedelta(days=20)):
        service.reopen(problem_id)

        assert not pledges.of([problem_id])[problem_id][0].is_open


def test_what_was_solved_on_the_call_by_a_wrong_key_is_taken_back_and_costs_them_nothing(app, person):
    with app.app_context():
        customer_id = person("en")
    client = browser(app)
    page = f"/plugins/issues/new/{customer_id}"
    here = send(client, page, what="It leaks", urgency="trouble", do="solved").headers["Location"]
    undo = re.search(rf'action="({here}/take-back/\d+)"', client.get(here).get_data(as_text=True))[1]
    assert send(client, here, undo).status_code == 303

    with app.app_context():
        problem = service.get(1)
        assert (problem.state, problem.contacts, problem.reopened, kinds(1)) == ("open", 1, 0, ["told"])


@pytest.mark.parametrize("first", ["easy", "hard", "unsaid"])
def test_an_answer_by_a_wrong_key_is_taken_back_and_asked_again(app, person, first):
    with app.app_context():
        service.record(person("en"), "It leaks", solved=True)
    client, here = browser(app), "/plugins/issues/1"
    send(client, here, f"{here}/ease", ease=first)
    assert "/ease-again" in client.get(here).get_data(as_text=True)
    assert client.post(f"{here}/ease-again").status_code == 400, "not without the token"
    send(client, here, f"{here}/ease-again")
    with app.app_context():
        assert (service.get(1).ease, service.get(1).state) == (None, "confirmed")

    assert "How easy was it for them?" in client.get(here).get_data(as_text=True)
    send(client, here, f"{here}/ease", ease="so_so")
    with app.app_context():
        assert service.get(1).ease == "so_so"


def test_an_answer_stays_once_a_referral_was_asked_for(here, person):
    problem_id = service.record(person("en"), "It leaks", solved=True)
    service.answer(problem_id, "easy")
    service.ask_referral(problem_id)
    with pytest.raises(sdk.Conflict):
        closing.ask_ease_again(problem_id)
    assert service.get(problem_id).ease == "easy"


def test_who_did_not_say_how_easy_it_was_is_not_asked_again(app, person):
    with app.app_context():
        problem_id = service.record(person("en"), "It leaks", solved=True)
    client, here = browser(app), f"/plugins/issues/{problem_id}"
    assert 'name="ease"' in client.get(here).get_data(as_text=True)
    send(client, here, f"{here}/ease", ease="unsaid")

    assert 'name="ease"' not in client.get(here).get_data(as_text=True)
    with app.app_context():
        assert service.get(problem_id).ease is None


# ---- referrals ----


def solved_with(customer_id: int, ease: str) -> int:
    problem_id = service.record(customer_id, "It leaks", solved=True)
    service.answer(problem_id, ease)
    return problem_id


@pytest.mark.parametrize(("ease", "may"), [("easy", True), ("so_so", False), ("hard", False), ("unsaid", False)])
def test_a_referral_is_asked_for_only_after_easy(app, person, ease, may):
    with app.app_context():
        problem_id = solved_with(person("en"), ease)
        assert service.may_ask_referral(service.get(problem_id)) is may
        if not may:
            with pytest.raises(sdk.Conflict):
                service.ask_referral(problem_id, "Salma", "0300 5554443")
            sdk.db.session.rollback()
            assert sdk.customers.find("Salma") == []


def test_nobody_is_asked_for_a_referral_twice_a_year(here, person):
    customer_id = person("en")
    service.ask_referral(solved_with(customer_id, "easy"))
    again = solved_with(customer_id, "easy")
    assert not service.may_ask_referral(service.get(again))

    with clock.frozen(sdk.now() + timedelta(days=364)):
        assert not service.may_ask_referral(service.get(again))
    with clock.frozen(sdk.now() + timedelta(days=366)):
        assert service.may_ask_referral(service.get(again))
    assert service.may_ask_referral(service.get(solved_with(person("hi"), "easy"))), "somebody else may be asked"


def test_whom_they_name_is_written_down_with_who_sent_them(app, person):
    with app.app_context():
        customer_id = person("en")
        problem_id = solved_with(customer_id, "easy")
    client, here = browser(app), f"/plugins/issues/{problem_id}"
    assert send(client, here, f"{here}/referral", name="", number="0300 5554443").status_code == 422
    assert send(client, here, f"{here}/referral", name="Salma", number="12").status_code == 422
    with app.app_context():
        assert service.may_ask_referral(service.get(problem_id)), "a mistake leaves it as it was"
    assert send(client, here, f"{here}/referral", name="Salma", number="0300 5554443").status_code == 303

    with app.app_context():
        [found] = sdk.customers.by_phone("0300 5554443")
        assert sdk.customers.get(found.id).referred_by_id == customer_id
        assert closing.may_ask_referral(service.get(problem_id)) is False
    assert "/referral" not in client.get(here).get_data(as_text=True)


def test_the_sheet_for_the_customer_speaks_to_them(app, person):
    from plugins.issues import handing_over

    with app.app_context():
        solved_with(who := person(), "easy")
        [held] = handing_over.about(who, "en")
        assert held.lines[0][1].endswith("you said: easy")
        assert "aap ne kaha: aasan" in handing_over.about(who, "ur-Latn")[0].lines[0][1]


# ---- the lists, and what goes with the customer ----


def test_each_list_holds_its_own_and_is_drawn_anew_after_a_change(app, person):
    client = browser(app)

    def shown(name: str) -> str:
        return client.get("/plugins/issues/", query_string={"show": name}).get_data(as_text=True)

    assert "Nothing stands in this list." in shown("call_back")
    with app.app_context():
        problem_id = service.record(person("en"), "It leaks at the seam")
    assert "It leaks at the seam" in shown("open")
    with app.app_context():
        service.done(problem_id)
    assert "It leaks at the seam" in shown("call_back")
    assert "It leaks at the seam" not in shown("not_confirmed")
    with app.app_context():
        for _number in range(3):
            service.tried(problem_id)
    assert "It leaks at the seam" in shown("not_confirmed")
    assert "It leaks at the seam" not in shown("open")


def test_everything_of_a_problem_is_handed_out_and_goes_with_its_customer(here, person):
    customer_id = person("en")
    problem_id = service.record(
        customer_id, "It leaks at the seam", promised="to come", promised_for=sdk.today() + timedelta(days=1)
    )
    service.solve(problem_id)
    service.answer(problem_id, "hard")
    with here.test_request_context():
        held = str(sdk.ask("customer_export", customer_id=customer_id, language="en"))
    assert "It leaks at the seam" in held
    assert "you said: hard" in held

    tables = {"plg_issues_problem", "plg_issues_step", "plg_issues_pledge"}
    assert tables <= set(belongings.rows_of(customer_id))
    belongings.erase(customer_id)
    sdk.db.session.commit()
    for table in tables:
        assert sdk.db.session.execute(sdk.db.text(f"SELECT count(*) FROM {table}")).scalar() == 0
