"""What problems answer when the app asks: Today, the customer's page, greetings that wait, example data."""

from datetime import timedelta

import pytest

from loyalapp import sdk
from loyalapp.core import clock
from loyalapp.features.today import service as today
from loyalapp.features.welcome import service as welcome
from plugins.issues import book, service, standing
from plugins.issues.models import Problem, Step
from tests.plugins.issues.conftest import browser, queries


def due() -> list[sdk.TodayEntry]:
    return [one for one in sdk.ask("today_entries", day=sdk.today(), limit=120) if one.kind == "problem"]


def test_an_open_problem_stands_on_today_with_its_reason(here, person):
    service.record(person("en"), "It leaks", urgency="stopped")
    problem_id = service.record(person("ur"), "دھاگا ٹوٹتا ہے", urgency="stopped")
    service.add_contact(problem_id)
    service.record(person("hi"), "No hurry with this", urgency="no_hurry")

    with here.test_request_context():
        entries = due()

    assert [one.url for one in entries] == ["/plugins/issues/1", "/plugins/issues/2"]
    assert entries[1].key.startswith(f"issues:{problem_id}:")
    assert entries[1].why == "They told us just now. They had to contact us 2 times. Their work has stopped."
    assert "دھاگا ٹوٹتا ہے" in entries[1].what
    assert not entries[1].unasked
    assert entries[0].weight > entries[1].weight


def test_done_on_today_means_done_for_today(here, person):
    customer_id = person()
    problem_id = service.record(customer_id, "It leaks", urgency="stopped")
    with here.test_request_context():
        [entry] = due()
        today.finish(entry.key, customer_id, entry.what)
        assert due() == []
    assert service.get(problem_id).state == "open"

    with clock.frozen(sdk.now() + timedelta(days=1)), here.test_request_context():
        [tomorrow] = due()
        assert tomorrow.key != entry.key, "a finished key does not return"
        assert [line.first.key for line in today.make_day(sdk.today()).lines] == [tomorrow.key]


def test_done_on_today_can_be_taken_back(here, person):
    customer_id = person()
    service.record(customer_id, "It leaks", urgency="stopped")
    with here.test_request_context():
        [entry] = due()
        today.finish(entry.key, customer_id, entry.what)
        today.reopen(entry.key)
        assert len(due()) == 1
        assert len(today.make_day(sdk.today()).lines) == 1


def test_when_they_call_again_after_done_it_is_back_on_today(here, person):
    customer_id = person()
    problem_id = service.record(customer_id, "It leaks", urgency="stopped")
    with here.test_request_context():
        [entry] = due()
        today.finish(entry.key, customer_id, entry.what)
        service.add_contact(problem_id)
        today.reopen(entry.key)  # too late to take back what was done: something else has happened
        service.look_after(problem_id)
        service.add_contact(problem_id)
        assert len(today.make_day(sdk.today()).lines) == 1


@pytest.mark.parametrize("key", ["issues:x:1", "issues:99:1", "issues:", "issues:1", "other:1:1", "issues:" + "9" * 30])
def test_foreign_and_spoilt_keys_do_no_harm(here, person, key):
    problem_id = service.record(person(), "It leaks")

    sdk.tell("today_entry_was_finished", key=key, customer_id=1)
    sdk.tell("today_entry_was_reopened", key=key, customer_id=1)

    assert len(book.steps_of(problem_id)) == 1
    assert here.extensions["loyalapp.plugins"].plugins["issues"].failures == {}


def test_greetings_wait_while_a_problem_is_open(here, person):
    waiting, fine = person(), person("en")
    problem_id = service.record(waiting, "It leaks")

    assert sdk.has_open_problem([waiting, fine]) == {waiting}
    service.solve(problem_id)
    assert sdk.has_open_problem([waiting, fine]) == set()
    assert sdk.has_open_problem([]) == set()


def test_the_customers_page_tells_the_story(any_app, person):
    with any_app.app_context():
        customer_id = person("en")
        problem_id = service.record(customer_id, "It leaks at the seam", item="Overlock 747")
        service.add_contact(problem_id)
        service.hand_on(problem_id, "Usman")
    page = browser(any_app).get(f"/customers/{customer_id}").get_data(as_text=True)

    assert f"/plugins/issues/new/{customer_id}" in page
    assert page.count(f'href="/plugins/issues/{problem_id}"') == 4, "the slip beside, and three steps"
    for words in ("Open problem", "They told us just now. They had to contact us 2 times. It was handed on once."):
        assert words in page
    for words in ("They told us about a problem", "They had to contact us again", "Handed on to"):
        assert words in page


def test_example_data_is_lively_and_goes_again(here):
    welcome.add_examples()
    problems = sdk.db.session.query(Problem).all()
    assert {one.state for one in problems} == {"open", "solved", "confirmed", "not_confirmed"}
    assert {one.ease for one in problems} == {None, "easy", "so_so", "hard"}
    assert all(one.is_example for one in problems)
    for one in problems:
        stands = standing.after(book.steps_of(one.id)[::-1])
        assert {name: getattr(one, name) for name in vars(stands)} == vars(stands)
        assert one.is_over == stands.is_over

    welcome.remove_examples()
    assert sdk.db.session.query(Problem).count() == sdk.db.session.query(Step).count() == 0


@pytest.mark.parametrize("page", ["/", "/plugins/issues/"])
def test_thirty_problems_take_no_more_queries_than_one(any_app, person, page):
    with any_app.app_context():
        service.record(person(), "It leaks", urgency="stopped")
        service.record(person(), "It leaked", solved=True)
    client = browser(any_app)
    with queries(any_app) as for_one:
        client.get(page)
    with any_app.app_context():
        for number in range(30):
            customer_id = person(name=f"Customer {number}")
            service.record(customer_id, "It leaks", urgency="stopped")
            service.record(customer_id, "It leaked", solved=True)
    with queries(any_app) as for_thirty:
        assert "Customer" in client.get(page).get_data(as_text=True)

    assert len(for_thirty) <= len(for_one), [one for one in for_thirty if one not in for_one]


def test_the_customers_page_takes_no_query_per_problem(any_app, person):
    with any_app.app_context():
        customer_id = person()
        service.record(customer_id, "It leaks")
    client = browser(any_app)
    with queries(any_app) as for_one:
        client.get(f"/customers/{customer_id}")
    with any_app.app_context():
        for _number in range(12):
            service.record(customer_id, "It leaks")
    with queries(any_app) as for_more:
        client.get(f"/customers/{customer_id}")

    assert len(for_more) == len(for_one)


def test_without_its_folder_the_app_goes_on(data_dir, monkeypatch):
    from loyalapp.plugin_system import discovery
    from tests.conftest import close, open_app

    with_it = open_app(data_dir)
    with with_it.app_context():
        customer_id = sdk.customers.add({"name": "Imran"}).id
        service.record(customer_id, "It leaks")
    close(with_it)
    everything = discovery.discover
    monkeypatch.setattr(
        discovery, "discover", lambda *places: {k: v for k, v in everything(*places).items() if k != "issues"}
    )
    without = open_app(data_dir)
    client = browser(without)

    for page in ("/", "/customers/", f"/customers/{customer_id}", "/plugins/", "/help/"):
        assert client.get(page).status_code == 200, page
    assert client.get("/plugins/issues/").status_code == 404
    assert "/plugins/issues/" not in client.get("/").get_data(as_text=True)
    with without.app_context():
        assert sdk.has_open_problem([customer_id]) == set()
        sdk.db.session.delete(sdk.db.session.get(sdk.Customer, customer_id))
        sdk.db.session.commit()  # its rows go by their foreign keys, though nobody knows the table
        assert sdk.db.session.execute(sdk.db.text("SELECT count(*) FROM plg_issues_problem")).scalar() == 0
    close(without)
