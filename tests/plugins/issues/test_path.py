"""The effort of a customer: counted by a rule that is published and can be changed, and set beside what they said."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalapp import sdk
from loyalapp.core import clock
from plugins.issues import hours, path, pledges, sentences, service, standing
from plugins.issues.models import EASES
from tests.plugins.issues.conftest import browser, queries, send

MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
COUNTS = st.builds(path.Path, *[st.integers(0, 40)] * len(path.Path._fields))
RULES = st.builds(path.Rule, *[st.integers(0, 50)] * len(path.Path._fields), easy=st.just(3), so_so=st.just(8))


@given(COUNTS, RULES, st.sampled_from(path.Path._fields))
def test_more_of_anything_never_makes_a_path_easier(counts, rule, field):
    more = counts._replace(**{field: getattr(counts, field) + 1})

    assert path.points(more, rule) - path.points(counts, rule) == getattr(rule, field)
    assert EASES.index(path.looks(more, rule)) >= EASES.index(path.looks(counts, rule))


@given(COUNTS)
def test_a_path_without_anything_is_no_effort_and_looks_easy(counts):
    assert path.points(path.Path(), path.Rule()) == 0
    assert path.looks(path.Path(), path.Rule()) == "easy"
    assert (path.points(counts, path.Rule()) == 0) == (not any(counts))


@given(st.sampled_from(EASES), st.sampled_from([*EASES, None, "unsaid"]))
def test_the_two_differ_only_where_both_say_something_and_not_the_same(looked, ease):
    said = path.differs(looked, ease)

    assert bool(said) == (ease in EASES and ease != looked)
    if said:
        assert (said == "harder") == (EASES.index(ease) > EASES.index(looked))


KINDS = st.sampled_from(["called", "explained", "handed_on", "worked", "done", "tried", "solved", "not_solved"])


@given(st.lists(KINDS, max_size=30))
def test_no_step_ever_lessens_what_it_cost_them(kinds):
    steps = [SimpleNamespace(kind=one, note="", happened_at=MONDAY) for one in ("told", *kinds)]
    before = standing.Standing()
    for number in range(1, len(steps) + 1):
        now = standing.after(steps[:number])
        for count in ("contacts", "explained", "handed_on", "reopened"):
            assert getattr(now, count) >= getattr(before, count)
        assert now.explained < now.contacts
        before = now


@pytest.fixture
def every_day(here):
    """A firm that works every day, so that days can be counted on fingers."""
    hours.save(hours.Hours(closed=(), keeps_holidays=False))
    return here


def test_each_part_of_the_way_counts_and_is_said_in_plain_words(every_day, person):
    customer_id = person("en")
    with clock.frozen(MONDAY):
        problem_id = service.record(
            customer_id, "It leaks", promised="to come", promised_for=MONDAY.date() + timedelta(days=1)
        )
    with clock.frozen(MONDAY + timedelta(days=3)):
        service.add_contact(problem_id)
        service.add_contact(problem_id, explained=True)
        service.hand_on(problem_id, "Usman")
        problem = service.get(problem_id)
        cost = path.of(problem, pledges.of([problem_id])[problem_id])

        assert cost == path.Path(again=2, explained=1, reopened=0, broken=1, moved=0, handed_on=1, days=3)
        assert path.points(cost) == 2 * 2 + 3 + 3 + 1 + 3
        assert path.looks(cost) == "hard"
        assert sentences.cost(cost) == [
            "They had to contact us 3 times.",
            "They had to explain it all again.",
            "We did not keep a promise.",
            "It was handed on once.",
            "They waited 3 working days.",
        ]
        service.solve(problem_id)
    with clock.frozen(MONDAY + timedelta(days=30)):
        assert path.of(service.get(problem_id)) == cost, "what is over costs nothing more"


def test_a_promise_that_is_moved_or_broken_in_the_promise_book_counts_here(every_day, person):
    today = sdk.today()
    problem_id = service.record(person(), "It leaks", promised="to come", promised_for=today + timedelta(days=2))
    service.promise(problem_id, "a new belt", today + timedelta(days=3))
    first, second = pledges.of([problem_id])[problem_id]
    sdk.interactions.move(first.id, today + timedelta(days=5))
    sdk.interactions.break_(second.id, "the belt is not there")
    service.solve(problem_id)

    problem = service.get(problem_id)
    assert (problem.promises_broken, problem.promises_moved) == (1, 1)
    assert all(not one.is_open for one in pledges.of([problem_id])[problem_id])


def test_the_rule_can_be_changed_and_holds_for_older_problems_too(here, person):
    problem_id = service.record(person(), "It leaks")
    service.add_contact(problem_id)
    service.solve(problem_id)
    before = path.points(path.of(service.get(problem_id)))
    path.set_rule({**path.Rule()._asdict(), "again": 40})

    after = path.points(path.of(service.get(problem_id)))
    assert after - before == 38
    in_sql = sdk.db.session.execute(sdk.db.select(path.points_in_sql())).scalar()
    assert in_sql == after, "figures about many count as the page of one does"


@pytest.mark.parametrize(
    ("numbers", "field"), [({"again": 51}, "again"), ({"days": -1}, "days"), ({"easy": 8, "so_so": 8}, "so_so")]
)
def test_a_rule_that_makes_no_sense_is_refused(here, numbers, field):
    with pytest.raises(sdk.LoyalAppError) as caught:
        path.set_rule({**path.Rule()._asdict(), **numbers})

    assert caught.value.field == field
    assert path.rule() == path.Rule()


def test_a_spoilt_setting_is_the_usual_rule(here):
    sdk.settings.put(path.SETTING, {"again": "many", "nonsense": 3, "days": 2})

    assert path.rule() == path.Rule(days=2)


def test_the_page_of_the_rule_changes_it_and_shows_who_disagrees(app, person):
    with app.app_context():
        problem_id = service.record(person("en"), "It leaks at the seam", solved=True)
        service.answer(problem_id, "hard")
    client = browser(app)
    page = client.get("/plugins/issues/effort").get_data(as_text=True)
    assert "It leaks at the seam" in page
    assert "Of the last" in page

    numbers = path.Rule()._asdict()
    assert send(client, "/plugins/issues/effort", **{**numbers, "again": "x"}).status_code == 422
    assert send(client, "/plugins/issues/effort", **{**numbers, "so_so": 2}).status_code == 422
    assert send(client, "/plugins/issues/effort", **{**numbers, "again": 7}).status_code == 303
    with app.app_context():
        assert path.rule().again == 7
    shown = client.get(f"/plugins/issues/{problem_id}").get_data(as_text=True)
    assert "For them it was harder than what we counted." in shown


def test_no_page_of_effort_names_who_of_us_it_was(app, person):
    with app.app_context():
        member = sdk.staff.add("Bilal Sahib")
        problem_id = service.record(person("en"), "It leaks", solved=True)
        service.answer(problem_id, "hard")
        service.reopen(problem_id)
        service.take_over(problem_id, member)
        service.solve(problem_id)
        service.answer(problem_id, "easy")

    assert "Bilal" not in browser(app).get("/plugins/issues/effort").get_data(as_text=True)


def test_the_page_of_the_rule_takes_no_query_per_problem(app, person):
    def answer_one() -> None:
        with app.app_context():
            service.answer(service.record(person(), "It leaks", solved=True), "hard")

    answer_one()
    client = browser(app)
    client.get("/plugins/issues/effort")
    with queries(app) as for_one:
        client.get("/plugins/issues/effort")
    for _number in range(8):
        answer_one()
    client.get("/plugins/issues/effort")  # what is kept until a change is read again
    with queries(app) as for_many:
        client.get("/plugins/issues/effort")

    assert len(for_many) == len(for_one)
