"""The firm's own 94 percent: counted from invented histories, with honest intervals, and never of whom of us."""

import re
from datetime import timedelta

import pytest

from loyalapp import sdk
from loyalapp.sdk import Share
from plugins.issues import drawing, figure_words, figures, intervals, service
from plugins.issues.models import Problem
from tests.plugins.issues.conftest import browser, send


def solved(customer_id: int, ago: int, ease: str | None, *, took: int = 2, minutes: int = 30) -> int:
    """A problem that was solved so many days ago."""
    made = service.record(customer_id, "Needle bends", item="JK-8700", solved=True)
    problem = sdk.db.session.get(Problem, made)
    problem.solved_at = sdk.now() - timedelta(days=ago)
    problem.opened_at = problem.solved_at - timedelta(days=took)
    problem.ease, problem.minutes = ease, minutes
    sdk.db.session.commit()
    return made


def bought(customer_id: int, *ago: int) -> None:
    """Sales so many days ago."""
    for one in ago:
        sdk.catalogue.record_purchase(customer_id, "Thread", sdk.today() - timedelta(days=one), amount_minor=100_00)


def test_who_bought_again_is_counted_after_each_answer_and_without_a_problem(here, person):
    easy, hard, late, without, gone = (person("ur"), person("hi"), person("en"), person("ur-Latn"), person("hi-Latn"))
    for one, ago, ease in ((easy, 150, "easy"), (hard, 150, "hard"), (late, 150, "easy"), (gone, 150, "easy")):
        bought(one, 200)
        solved(one, ago, ease)
    bought(easy, 100)
    bought(late, 20)
    bought(without, 200, 100)
    sdk.customers.remove(gone)

    found = figures.again(90)

    assert found.after["easy"] == Share(1, 2)
    assert found.after["hard"] == Share(0, 1)
    assert found.after["so_so"] == found.after["unanswered"] == Share(0, 0)
    assert found.without == Share(1, 1)
    assert figures.again(365).after["easy"] == Share(0, 0), "not a whole year has passed"


def test_figures_follow_a_sale_at_once(app, person):
    with app.app_context():
        customer_id = person("ur")
        bought(customer_id, 200)
        solved(customer_id, 150, "so_so")
        assert figures.again(90).after["so_so"] == Share(0, 1)
        bought(customer_id, 80)
        assert figures.again(90).after["so_so"] == Share(1, 1)


def test_each_customer_is_counted_once_by_the_last_solution(app, person):
    with app.app_context():
        customer_id = person("ur")
        solved(customer_id, 150, "easy")
        solved(customer_id, 120, "hard")
        found = figures.again(90).after
        assert (found["easy"].whole, found["hard"].whole) == (0, 1)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 20, 0.0, 0.161), (20, 20, 0.839, 1.0), (8, 10, 0.490, 0.943), (50, 100, 0.404, 0.596)],
)
def test_the_interval_is_wilsons(part, whole, low, high):
    found = Share(part, whole).between
    assert found == pytest.approx((low, high), abs=0.001)


def test_under_twenty_there_is_no_percentage_and_no_bar(app):
    with app.test_request_context():
        assert intervals.told(Share(3, 19)) == "3 of 19"
        assert intervals.told(Share(19, 20)).startswith("95 percent (19 of 20); truly between 76 and 99")
    assert drawing.share(Share(3, 19), from_right=False) == []
    assert len(drawing.share(Share(19, 20), from_right=False)) == 5


def test_a_picture_is_the_same_from_either_side():
    for shapes in (
        lambda side: drawing.share(Share(30, 40), from_right=side),
        lambda side: drawing.length(2, 5, from_right=side),
    ):
        left, right = shapes(False), shapes(True)
        assert [round(drawing.WIDTH - one.x - one.width, 1) for one in left] == [round(one.x, 1) for one in right]


def test_the_time_to_solve_and_what_it_cost_by_group(app, person):
    with app.app_context():
        sdk.catalogue.add_product("JK-8700", "Machines")
        customer_id = person("ur")
        for took in (0, 0, 2, 5, 20):
            solved(customer_id, 30, "hard", took=took)
        found = figures.times()
        assert found is not None
        assert list(found.counts) == [2, 0, 1, 1, 0, 1]
        assert (found.half, found.most) == (2, 20)
        (group,) = figures.cost_by_group()
        assert (group.name, group.problems, group.hard) == ("Machines", 5, 5)


def test_what_was_closed_without_their_word_is_counted_apart(app, person):
    with app.app_context():
        customer_id = person("ur")
        solved(customer_id, 30, "easy")
        problem_id = service.record(customer_id, "It leaks")
        service.done(problem_id)
    client = browser(app)
    assert "Closed without the customer’s word" not in client.get("/plugins/issues/figures").get_data(as_text=True)
    with app.app_context():
        for _number in range(3):
            service.tried(problem_id)
        found = figures.times()
        assert found is not None
        assert (sum(found.counts), figures.returns(180).unconfirmed) == (1, 1)

    page = client.get("/plugins/issues/figures").get_data(as_text=True)
    assert re.search(r"Closed without the customer’s word, counted apart:</b>\s*1 problem", page)


def test_those_without_a_problem_have_their_line_also_where_there_are_none_yet(app, person):
    with app.app_context():
        solved(person("ur"), 100, "easy")
    page = browser(app).get("/plugins/issues/figures?days=90").get_data(as_text=True)
    assert re.search(r"No problem at all:</b> <span>nobody to compare with yet", page)


def test_hours_stand_beside_sales_and_referrals_that_came_after(app, person):
    with app.app_context():
        helped, sent = person("ur"), person("hi")
        solved(helped, 60, "easy", minutes=90)
        bought(helped, 70, 50)
        sdk.customers.get(sent).referred_by_id = helped
        sdk.db.session.commit()
        found = figures.returns(90)
        assert (found.minutes, found.problems, found.sales, found.amount) == (90, 1, 1, 100_00)
        assert (found.sent, found.sent_bought) == (1, 0)


def test_the_page_draws_its_pictures_and_the_sheet_is_a_pdf(app, person):
    with app.app_context():
        for number in range(22):
            customer_id = sdk.customers.add({"name": f"Customer {number}", "phones": []}).id
            solved(customer_id, 150, "easy")
            if number % 2:
                bought(customer_id, 100)
    client = browser(app, "ur")

    page = client.get("/plugins/issues/figures?days=90").get_data(as_text=True)
    assert page.count('class="picture') >= 2
    assert 'aria-hidden="true"' in page
    answer = send(client, "/plugins/issues/figures", "/plugins/issues/figures/sheet", days="90")
    assert answer.status_code == 303
    with app.app_context():
        files = list(app.extensions["loyalapp.data"].exports.glob("*.pdf"))
    assert files[0].read_bytes().startswith(b"%PDF")


def test_the_sheet_draws_every_share_and_every_length(app, person):
    with app.app_context():
        sdk.catalogue.add_product("JK-8700", "Machines")
        for number in range(20):
            solved(sdk.customers.add({"name": f"Customer {number}", "phones": []}).id, 150, "easy", took=number % 3)
    with app.test_request_context():
        sheet = figure_words.sheet(figures.again(90), figures.times(), figures.returns(90), from_right=True)
    _title, _lead, (again, took, groups, _returns), _foot = sheet
    assert [len(row[2]) for row in again[1]] == [5, 0]
    widths = [row[2][0].width for row in took[1][1:]]
    assert max(widths) == drawing.WIDTH
    assert widths.count(0) == 3
    assert len(groups[1][0][2]) == 1


def test_without_anything_solved_the_page_says_so(app):
    assert "old enough" in browser(app).get("/plugins/issues/figures").get_data(as_text=True)


@pytest.mark.parametrize(
    ("half", "most", "words"),
    [
        (0, 0, "Nine of ten problems were solved on the same day."),
        (0, 2, "Half of the problems were solved on the same day, nine of ten within 2 days."),
        (1, 5, "Half of the problems were solved within 1 day, nine of ten within 5 days."),
    ],
)
def test_how_long_it_took_is_said_in_whole_words(app, half, most, words):
    with app.test_request_context():
        assert figure_words.times(figures.Times([1], half, most)) == words


def test_words_of_the_answers_are_whole(app):
    with app.test_request_context():
        assert len(set(figure_words.answers().values())) == 5
        assert len(figure_words.steps_of_time()) == 6
