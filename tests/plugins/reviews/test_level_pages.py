"""The territory as a picture, one key for each account, the level of one, the year, and the rhythm."""

import re
from datetime import timedelta

import icalendar
import pytest

from loyalapp import sdk
from loyalapp.core.clock import frozen
from plugins.reviews import assessing, level_forms, portfolio, rhythm, service, standings, year
from plugins.reviews.models import Review

from .conftest import account, add_review, many_accounts

HOME = "/plugins/reviews"
PAGES = ("/portfolio", "/portfolio/unknown", "/portfolio/all", "/portfolio/high", "/year", "/rhythm", "/figures")


def token(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]*)"', page)[1]


def answer(desk, place: str, what: str, *, json: bool = False):
    page = desk.get(f"{HOME}/portfolio/{place}").text
    data = {"csrf_token": token(page), "answer": what, "next": f"{HOME}/portfolio/{place}"}
    return desk.post(f"{HOME}/portfolio/{place}", data=data, headers={"Accept": "application/json"} if json else {})


def now(any_app, customer_id: int):
    with any_app.app_context():
        return standings.standing(customer_id)


# ---- the picture and the list ----


def test_the_picture_has_a_field_for_every_account(desk, farah, any_app):
    with any_app.app_context():
        service.assess(account("iron", "lamp", name="Anwar"), "yes")
        service.assess(account(name="Bilal"), "unknown")
        service.assess(account("iron", name="Chand"), "no", "high", "He told me.")
    page = desk.get(f"{HOME}/portfolio").text
    fields = re.findall(r'/portfolio/all\?means=(\w+)&amp;share=(\w+)"', page)
    found = {one for one in fields if one[0]}
    assert found == {("new", "few"), ("yes", "few"), ("unknown", "none"), ("no", "few")}
    listed = desk.get(f"{HOME}/portfolio/all?means=yes&share=few").text
    assert "Anwar" in listed
    assert "Bilal" not in listed


def test_the_picture_says_that_there_is_nobody(any_client):
    assert "There is no account yet." in any_client.get(f"{HOME}/portfolio").text


def test_without_a_catalogue_the_picture_says_what_is_missing(any_client, any_app):
    with any_app.app_context():
        sdk.customers.add({"name": "Anwar"})
    page = any_client.get(f"{HOME}/portfolio").text
    assert "What you sell is not written down yet" in page
    assert "/portfolio/all?means=new&amp;share=none" in page


def test_one_key_answers_for_an_account_and_z_takes_it_back(desk, farah, any_app):
    page = desk.get(f"{HOME}/portfolio/unknown").text
    assert "data-sorting" in page
    assert f'value="yes-{farah}" data-answer="yes"' in page
    assert answer(desk, "unknown", f"no-{farah}", json=True).get_json() == {"left": 0}
    assert now(any_app, farah).level == "low"
    assert answer(desk, "unknown", f"unsorted-{farah}", json=True).get_json() == {"left": 1}
    assert now(any_app, farah).said_on is None
    assert answer(desk, "unknown", f"later-{farah}", json=True).get_json() == {"left": 1}


def test_taking_back_brings_the_answer_before_again(desk, farah, any_app):
    for one in ("yes", "no"):
        answer(desk, "all", f"{one}-{farah}")
    answer(desk, "all", f"unsorted-{farah}")
    assert now(any_app, farah).means == "yes"


def test_without_script_a_button_does_the_same_and_can_be_undone(desk, farah, any_app):
    done = answer(desk, "unknown", f"yes-{farah}")
    page = desk.get(done.headers["Location"]).text
    undo = re.search(rf'action="([^"]*/unsay/{farah}[^"]*)"', page)[1]
    assert "Nobody stands here." in page
    desk.post(undo.replace("&amp;", "&"), data={"csrf_token": token(page)})
    assert now(any_app, farah).said_on is None


def test_an_answer_on_the_list_leaves_a_level_of_ones_own(desk, farah, any_app):
    with any_app.app_context():
        service.assess(farah, "yes", "low", "Retires in May.")
    answer(desk, "all", f"no-{farah}")
    one = now(any_app, farah)
    assert (one.means, one.overruled, one.reason) == ("no", "low", "Retires in May.")


@pytest.mark.parametrize("what", ["yes-999", "yes-", "-", "", "perhaps-1", "yes-99999999999999999999"])
def test_odd_answers_change_nothing(desk, farah, any_app, what):
    assert answer(desk, "unknown", what.replace("-1", f"-{farah}")).status_code in (303, 400, 404, 422)
    assert now(any_app, farah).said_on is None


@pytest.mark.parametrize("query", ["?after=x", "?before=-1", "?after=99999999999999999999", "?means=x&share=y&whose=7"])
def test_odd_addresses_of_the_list_do_no_harm(desk, farah, query):
    assert desk.get(f"{HOME}/portfolio/unknown{query}").status_code == 200


@pytest.mark.parametrize("path", ["/portfolio/highest", "/level/999", "/year/1999-01", "/year/x", "/year?whose=9"])
def test_what_is_not_there_is_said_kindly(desk, farah, path):
    answered = desk.get(f"{HOME}{path}")
    assert answered.status_code == (200 if "whose" in path else 404)
    assert "h1" in answered.text


def test_whoever_sits_here_sees_their_own_accounts_first(desk, farah, any_app):
    with any_app.app_context():
        ali, bina = sdk.staff.add("Ali", role="owner"), sdk.staff.add("Bina")
        many_accounts(3, salesman_id=ali)
        many_accounts(2, salesman_id=bina)
        assert [portfolio.left(one) for one in (ali, bina, 0, None)] == [3, 2, 1, 6]
        assert len(portfolio.page("unknown", whose=bina).rows) == 2
    assert desk.get(f"{HOME}/portfolio?whose={bina}").text.count('aria-current="true"') >= 1
    page = desk.get(f"{HOME}/portfolio/unknown?whose={bina}").text
    assert re.search(r"data-left>(<bdi[^>]*>)?2<", page)


# ---- one account ----


def test_who_said_what_and_when_is_kept(farah, any_app):
    with any_app.test_request_context():
        ali = sdk.staff.add("Ali", role="owner")
        sdk.staff.sit_down(ali)
        service.assess(farah, "unknown")
        service.assess(farah, "yes", "low", "Retires in May.")
        assessing.set_own_days(farah, 30)
        said = [(one.what, one.answer, one.by) for one in assessing.history(farah)]
        assert said == [
            ("days", "30", "Ali"),
            ("level", "low", "Ali"),
            ("means", "yes", "Ali"),
            ("means", "unknown", "Ali"),
        ]
        assert standings.standing(farah).said_by_id == ali


def test_the_page_of_the_level_shows_what_was_said_and_keeps_a_rhythm(desk, farah, any_app):
    page = desk.get(f"{HOME}/level/{farah}").text
    assert "Nobody has said yet whether they could buy more." in page
    data = {"csrf_token": token(page), "means": "yes", "overruled": "", "reason": "", "own_days": "30"}
    assert desk.post(f"{HOME}/level/{farah}", data=data).status_code == 303
    page = desk.get(f"{HOME}/level/{farah}").text
    assert "How often we review: Every month." in page
    assert "Could they buy more? Yes." in page
    assert re.search(r'<option selected value="30"', page)


def test_a_level_of_ones_own_is_asked_again_after_the_next_review(farah, any_app):
    with any_app.test_request_context():
        service.assess(farah, "yes", "low", "Retires in May.")
        one = standings.standing(farah)
        assert not assessing.ask_again(one)
        assert not assessing.was_reviewed_since(one)
        row = assessing.planning.row_of(farah)
        row.overruled_on = sdk.today() - timedelta(days=90)
        sdk.db.session.add(
            Review(customer_id=farah, opened_on=sdk.today(), held_on=sdk.today(), state="closed", level="low")
        )
        sdk.db.session.commit()
        one = standings.standing(farah)
        assert assessing.ask_again(one)
        assert assessing.was_reviewed_since(one)
        assessing.still(farah, "yes")
        assert not assessing.ask_again(standings.standing(farah))
        assert standings.standing(farah).level == "low"
        assessing.still(farah, "no")
        one = standings.standing(farah)
        assert (one.overruled, one.level) == (None, "high")
        answers = [said.answer for said in assessing.history(farah) if said.what == "level"]
        assert answers == ["", "still low", "low"]


# ---- the year and the rhythm ----


def test_the_calendar_file_is_read_by_a_library(desk, farah, any_app):
    with any_app.app_context():
        sdk.customers.change(farah, {"firm": "Khan, Sons; and \\ others " + "long " * 30, "phones": ["0300 1234567"]})
        people = many_accounts(5)
    page = desk.get(f"{HOME}/year").text
    assert desk.post(f"{HOME}/year/file", data={"csrf_token": token(page)}).status_code == 303
    with any_app.app_context():
        (file,) = any_app.extensions["loyalapp.data"].exports.glob("*.ics")
        content = file.read_bytes()
        found = year.plan(0)
        visits = year.visits(found, found.days)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    events = list(icalendar.Calendar.from_ical(content).walk("VEVENT"))
    assert len(events) == len(people) + 1 == len(visits)
    days = {str(one["uid"]).split("-")[1]: one["dtstart"].dt for one in events}
    assert days == {str(one.customer_id): one.day for one in visits}
    mine = next(one for one in events if str(one["uid"]).startswith(f"review-{farah}-"))
    assert "Khan, Sons; and \\ others long" in str(mine["location"])
    assert "ڈاکٹر فرح خان" in str(mine["summary"])


def test_a_calendar_brought_in_again_keeps_its_uids(desk, farah, any_app):
    for _number in range(2):
        desk.post(f"{HOME}/year/file", data={"csrf_token": token(desk.get(f"{HOME}/year").text)})
    files = sorted(any_app.extensions["loyalapp.data"].exports.glob("*.ics"))
    uids = [
        [str(one["uid"]) for one in icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")] for file in files
    ]
    assert uids[0] == uids[1]
    assert len(uids[0]) == 1


def test_the_months_of_the_year_have_pages(desk, farah, any_app):
    months = re.findall(rf"{HOME}/year/(\d{{4}}-\d\d)", desk.get(f"{HOME}/year").text)
    assert len(months) in (12, 13)
    page = desk.get(f"{HOME}/year/{months[0]}").text
    assert "First review" in page or "No review is planned in this month." in page


def test_the_rhythm_is_said_once_for_the_firm(desk, farah, any_app):
    page = desk.get(f"{HOME}/rhythm").text
    data = {"csrf_token": token(page)}
    data |= {"level_high": "30", "level_middle": "120", "level_low": "365", "number": "۳", "closed": ["4", "6"]}
    data[level_forms.group_field("iron")] = "60"
    assert desk.post(f"{HOME}/rhythm", data=data).status_code == 303
    with any_app.app_context():
        said = rhythm.of_firm()
        assert (said.levels["high"], said.groups, said.number, said.closed) == (30, {"iron": 60}, 3, (4, 6))
    data["number"] = "lots"
    refused = desk.post(f"{HOME}/rhythm", data=data)
    assert (refused.status_code, "Please write a number from 0 to 40." in refused.text) == (422, True)


# ---- all of them ----


@pytest.fixture
def _tenth():
    """On the tenth of a month, so that what comes soon lies in the same."""
    with frozen((sdk.now().replace(day=1) + timedelta(days=40)).replace(day=10)):
        yield


@pytest.mark.usefixtures("_tenth")
def test_pages_cost_the_same_for_one_and_for_thirty(desk, farah, any_app, count_queries):
    def cost(path: str) -> int:
        with any_app.app_context():
            return count_queries(lambda: desk.get(path))

    def fill(count: int) -> None:
        with any_app.app_context():
            for number, one in enumerate(many_accounts(count)):
                if number % 2:
                    service.assess(one, "yes")
                if number % 3:
                    add_review(one, 3)
                    service.put_off(one, days=1 + number)

    fill(4)
    month = f"/year/{sdk_month(any_app)}"
    for path in (*PAGES, month):
        cost(HOME + path)
    few = [cost(HOME + path) for path in (*PAGES, month)]
    fill(20)
    for path in (*PAGES, month):
        cost(HOME + path)  # figures are made anew
    assert [cost(HOME + path) for path in (*PAGES, month)] == few


def sdk_month(any_app) -> str:
    with any_app.app_context():
        return f"{sdk.today() + timedelta(days=8):%Y-%m}"


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_every_page_speaks_each_language(desk, farah, any_app, language):
    with any_app.app_context():
        add_review(farah, 5, "addon")
        service.assess(farah, "yes", "low", "x")
    with desk.session_transaction() as session:
        session["language"] = language
    for path in (*PAGES, f"/level/{farah}", f"/year/{sdk_month(any_app)}"):
        answered = desk.get(f"{HOME}{path}")
        assert answered.status_code == 200, path
        if language != "en":
            page = re.sub(r"<[^>]*>", " ", answered.text.split("<main", 1)[1])
            assert not re.search(r"\b(review|account|Yes|Not|Next|Save|year)\b", page), path
