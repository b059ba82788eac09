"""Who would be helped by regular care of a thing, and whom a hard solution may have cost us (B6, B7)."""

from datetime import timedelta

import pytest

from loyalapp import sdk
from loyalapp.desktop.server import LocalServer
from loyalapp.web.door import launch_path
from plugins.issues import service, upkeep
from plugins.issues.models import Problem
from tests.plugins.issues.conftest import browser, send


def stopped(customer_id: int, ago: int, item: str = "JK-8700") -> int:
    """A problem that stopped their work for two hours."""
    made = service.record(customer_id, "Does not run", item=item, urgency="stopped", solved=True)
    problem = sdk.db.session.get(Problem, made)
    problem.opened_at = sdk.now() - timedelta(days=ago, hours=2)
    problem.solved_at = sdk.now() - timedelta(days=ago)
    sdk.db.session.commit()
    return made


def test_three_problems_with_one_thing_are_a_sign_with_the_hours_lost(here, person):
    customer_id = person("ur")
    for ago in (90, 60):
        stopped(customer_id, ago)
    stopped(customer_id, 30, "Another thing")
    assert upkeep.of_customer(customer_id) == []
    stopped(customer_id, 20, "jk-8700")

    (found,) = upkeep.of_customer(customer_id)

    assert (found.problems, found.visits) == (3, 0)
    assert found.hours > 0
    with here.test_request_context():
        (entry,) = upkeep.today_entries(sdk.today(), 10)
    assert entry.kind == "suggestion"
    assert "3 problems with it" in entry.why


def test_a_thing_that_was_first_told_by_its_name_is_the_same_thing(here, person):
    customer_id = person("ur")
    stopped(customer_id, 90, "jk 8700")
    sdk.catalogue.record_purchase(customer_id, "JK-8700", sdk.today() - timedelta(days=200), serial="S1")
    owned = sdk.db.session.query(sdk.OwnedItem).one()
    for _one in range(2):
        service.record(customer_id, "Does not run", owned_item_id=owned.id)

    (found,) = upkeep.of_customer(customer_id)
    assert (found.problems, upkeep.owned(found)) == (3, owned.id)


def test_of_two_things_of_one_name_nobody_guesses_which_it_was(here, person):
    customer_id = person("ur")
    stopped(customer_id, 90)
    for serial in ("S1", "S2"):
        sdk.catalogue.record_purchase(customer_id, "JK-8700", sdk.today() - timedelta(days=200), serial=serial)
    for owned in sdk.db.session.query(sdk.OwnedItem).all():
        service.record(customer_id, "Does not run", owned_item_id=owned.id)

    assert upkeep.of_customer(customer_id) == []


def test_who_was_asked_about_a_thing_by_its_name_is_not_asked_again_by_its_number(here, person):
    customer_id = person("ur")
    for ago in (90, 60, 20):
        stopped(customer_id, ago)
    upkeep.answered(customer_id, "jk 8700", "no")
    sdk.catalogue.record_purchase(customer_id, "JK-8700", sdk.today() - timedelta(days=200), serial="S1")
    service.record(customer_id, "Does not run", owned_item_id=sdk.db.session.query(sdk.OwnedItem).one().id)

    assert upkeep.of_customer(customer_id) == []


def test_two_visits_are_a_sign_too(here, person):
    customer_id = person("ur")
    problem = service.record(customer_id, "Noise", item="Pump 2 HP")
    service.look_after(problem, 60, visited=True)
    assert upkeep.of_customer(customer_id) == []
    service.look_after(problem, 60, visited=True)
    (found,) = upkeep.of_customer(customer_id)
    assert (found.problems, found.visits) == (1, 2)


def test_a_yes_is_a_need_in_the_book_and_is_not_asked_again(app, person):
    with app.app_context():
        customer_id = person("ur")
        for ago in (90, 60, 20):
            stopped(customer_id, ago)
    client = browser(app)
    page = f"/plugins/issues/upkeep/{customer_id}"
    assert "باقاعدہ" in client.get(page).get_data(as_text=True)

    send(client, page, f"{page}/answered", thing="jk 8700", answer="yes")

    with app.app_context():
        assert upkeep.of_customer(customer_id) == []
        assert upkeep.signs(sdk.today()) == []
    assert "looks after it regularly: JK-8700" in client.get(f"/customers/{customer_id}").get_data(as_text=True)


def test_a_thing_under_contract_is_no_sign(app, person):
    with app.app_context():
        customer_id = person("ur")
        sdk.catalogue.record_purchase(
            customer_id,
            "JK-8700",
            sdk.today() - timedelta(days=200),
            serial="S1",
            contract_until=sdk.today() + timedelta(days=9),
        )
        owned = sdk.db.session.query(sdk.OwnedItem).one()
        for _one in range(3):
            service.record(customer_id, "Does not run", owned_item_id=owned.id)
        assert upkeep.of_customer(customer_id) == []
        owned.contract_until = sdk.today() - timedelta(days=1)
        sdk.db.session.commit()
        assert len(upkeep.of_customer(customer_id)) == 1


def test_who_found_it_hard_and_is_silent_is_asked_how_they_are(here, person):
    silent, heard, easy = person("ur"), person("hi"), person("en")
    for one, ease in ((silent, "hard"), (heard, "hard"), (easy, "easy")):
        problem = sdk.db.session.get(Problem, stopped(one, 60))
        problem.ease = ease
        sdk.db.session.commit()
    sdk.interactions.record(heard, said="All well")
    with here.test_request_context():
        found = [one for one in upkeep.today_entries(sdk.today(), 10) if one.kind == "quiet"]
    assert [one.customer_id for one in found] == [silent]


@pytest.mark.browser
@pytest.mark.slow
def test_the_words_to_say_stand_beside_their_sign(app, person, chromium):
    with app.app_context():
        customer_id = person("ur")
        for ago in (90, 60, 20):
            stopped(customer_id, ago)
    server = LocalServer(app)
    context = chromium.new_context(base_url=server.address)
    page = context.new_page()
    page.goto(launch_path(app))
    page.goto(f"/plugins/issues/upkeep/{customer_id}")
    page.locator(".tongues button[value=ur]").click()
    page.wait_for_selector("html[lang=ur]")
    sign, words = (page.locator(f".say h2 {one}").bounding_box() for one in ("svg", "span"))
    assert sign
    assert words
    assert abs(sign["y"] + sign["height"] / 2 - words["y"] - words["height"] / 2) < sign["height"], "in one line"
    context.close()
    server.stop()
