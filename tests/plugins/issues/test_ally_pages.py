"""The pages about allies: from the problem to the answer and the thanks, in three languages."""

import re

import pytest

from loyalapp import sdk
from plugins.issues import handing, hours, service
from plugins.issues.models import HandOver
from tests.plugins.issues.conftest import browser, send
from tests.plugins.issues.test_allies import KEVIN, USMAN, add


@pytest.fixture(autouse=True)
def always_open(app):
    with app.app_context():
        hours.save(hours.Hours(closed=(), keeps_holidays=False))


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_from_the_problem_to_the_answer_and_the_thanks(app, person, language):
    with app.app_context():
        problem_id = service.record(person("ur"), "دھاگا ٹوٹتا ہے")
    client, here = browser(app, language), f"/plugins/issues/{problem_id}"
    assert "/plugins/issues/allies/new" in client.get(f"{here}/hand-over").get_data(as_text=True), "nobody is there yet"
    made = send(client, "/plugins/issues/allies/new", **USMAN)
    assert made.status_code == 303
    assert "Usman" in client.get("/plugins/issues/allies").get_data(as_text=True)

    page = client.get(f"{here}/hand-over").get_data(as_text=True)
    assert 'name="ally" value="1" checked' in page
    given = send(client, f"{here}/hand-over", ally="1", tried="سوئی بدلی", answer_by=f"{sdk_day(app)}")
    assert given.headers["Location"] == "/plugins/issues/hand-overs/1"
    page = client.get("/plugins/issues/hand-overs/1").get_data(as_text=True)
    assert f"السلام علیکم {sdk.isolate_text('Usman')}،" in page
    assert "https://wa.me/923001112233?text=" in page
    assert 'class="qr"' in page
    assert client.get("/plugins/issues/waiting").status_code == 200

    answered = send(client, "/plugins/issues/hand-overs/1", "/plugins/issues/hand-overs/1/answer", answer="نئی سوئی")
    assert answered.headers["Location"] == here
    said = {"ur": "جواب آیا: نئی سوئی", "hi": "जवाब आया: نئی سوئی", "en": "They answered: نئی سوئی"}[language]
    assert said in re.sub("<[^>]+>", "", client.get(here).get_data(as_text=True)), "what they said, not who said it"
    with app.app_context():
        service.solve(problem_id)
    thanks = f"السلام علیکم {sdk.isolate_text('Usman')}، مسئلہ حل ہو گیا"
    assert thanks in client.get("/plugins/issues/hand-overs/1").get_data(as_text=True)
    send(client, "/plugins/issues/waiting", "/plugins/issues/hand-overs/1/thanked")
    with app.app_context():
        assert sdk.db.session.get(HandOver, 1).thanked_on == sdk.today()


def sdk_day(app) -> str:
    with app.app_context():
        return f"{sdk.today():%d/%m/%Y}"


def test_somebody_added_from_a_hand_over_is_chosen_there(app, person):
    with app.app_context():
        problem_id, other = service.record(person("ur"), "It leaks"), add(KEVIN)
    client, page = browser(app), f"/plugins/issues/{problem_id}/hand-over"
    way = f"/plugins/issues/allies/new?problem={problem_id}"
    assert f'href="{way}"' in client.get(page).get_data(as_text=True)
    assert f'href="{page}"' in client.get(way).get_data(as_text=True), "Cancel leads back"

    assert send(client, way, name="").status_code == 422, "what is wrong keeps its way back"
    back = send(client, way, **USMAN).headers["Location"]

    assert back.partition("?")[0] == page
    text = client.get(back).get_data(as_text=True)
    assert f'name="ally" value="{other + 1}" checked' in text
    assert f'name="ally" value="{other}" checked' not in text
    assert (
        send(client, "/plugins/issues/allies/new?problem=999", **KEVIN)
        .headers["Location"]
        .startswith("/plugins/issues/allies#")
    )


def test_a_mistake_stays_as_it_was_typed(app, person):
    client = browser(app)
    answer = send(client, "/plugins/issues/allies/new", name="", phone="12", note="after lunch", kinds="1")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "after lunch" in text
    assert 'name="kinds" value="1" checked' in text
    with app.app_context():
        problem_id = service.record(person("en"), "It leaks")
        add()
    page = f"/plugins/issues/{problem_id}/hand-over"
    answer = send(client, page, ally="1", tried="The needle", answer_by="someday")
    assert answer.status_code == 422
    assert "The needle" in answer.get_data(as_text=True)
    assert "someday" in answer.get_data(as_text=True)
    for nobody in ("", "999", "x", "9" * 30):
        answer = send(client, page, ally=nobody)
        assert answer.status_code in (404, 422), nobody


def test_removing_leads_to_giving_on_while_something_waits(app, person):
    with app.app_context():
        problem_id, ally_id, other = service.record(person("en"), "It leaks"), add(), add(KEVIN)
        handing.give(problem_id, ally_id)
    client, page = browser(app), f"/plugins/issues/allies/{ally_id}"
    moved = f"{page}/give-all"
    assert send(client, "/plugins/issues/allies", f"{page}/remove").headers["Location"] == moved
    assert "Kevin" in client.get(moved).get_data(as_text=True)
    assert send(client, moved, ally=str(other)).status_code == 303
    assert send(client, "/plugins/issues/allies", f"{page}/remove").headers["Location"] == "/plugins/issues/allies"
    removed = client.get("/plugins/issues/allies").get_data(as_text=True)
    assert "was removed. The name stays" in removed
    assert f'id="ally-{ally_id}"' not in removed
    send(client, "/plugins/issues/allies", f"{page}/bring-back")
    assert f'id="ally-{ally_id}"' in client.get("/plugins/issues/allies").get_data(as_text=True)
