"""The lock: no page answers while it is shut, nothing typed is lost, and a PIN alone opens it."""

from datetime import timedelta

import pytest

from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.features.customers import service as customers
from loyalapp.features.safety import lock
from loyalapp.features.staff import pins
from loyalapp.features.staff import service as staff
from tests.conftest import close, open_app, through_the_door
from tests.walk import token_of

PIN, OTHER = "4812", "5933"
SECRET = "Kashif Secretsahab"


@pytest.fixture
def shop(app) -> dict[str, int]:
    """Asma and Zahid with PINs, Rohit without; a customer."""
    with app.app_context():
        asma, rohit, zahid = staff.add("Asma", role="owner"), staff.add("Rohit"), staff.add("Zahid")
        pins.choose(asma, PIN, PIN)
        pins.choose(zahid, OTHER, OTHER)
        customer = customers.add({"name": SECRET}).id
        db.session.remove()
    return {"asma": asma, "rohit": rohit, "zahid": zahid, "customer": customer}


@pytest.fixture
def shut(client, shop):
    """Asma sits here, and the window is locked; the token for forms."""
    token = {"csrf_token": token_of(client)}
    client.post(f"/desk/{shop['asma']}/sit", data={**token, "pin": PIN, "next": "/"})
    page = client.post("/safety/lock", data=token).get_data(as_text=True)
    assert "LoyalApp is locked" in page
    return token


def opened(client, shop, token, who="asma", pin=PIN, **more):
    return client.post("/safety/open", data={**token, "lock_who": shop[who], "lock_pin": pin, **more})


def test_no_page_answers_while_it_is_locked(app, client, shop, shut):
    free = {"static", "boot", "shell.health", *("safety.open_again", "safety.shut", "shell.switch_language")}
    asked = 0
    for rule in app.url_map.iter_rules():
        if rule.endpoint in free:
            continue
        address = rule.rule.replace("<int:", "<")
        for name in rule.arguments:
            address = address.replace(f"<{name}>", "1").replace(f"<path:{name}>", "1")
        for method in sorted(rule.methods & {"GET", "POST"}):
            answer = client.open(address, method=method, data=shut if method == "POST" else None)
            assert answer.status_code == 423, f"{method} {address}"
            assert SECRET not in answer.get_data(as_text=True)
            asked += 1
    assert asked > 200
    assert client.get("/nowhere").status_code == 423
    assert through_the_door(app).get(f"/customers/{shop['customer']}").status_code == 423, "another browser neither"


def test_it_opens_where_one_was_and_for_somebody_else_at_the_first_page(client, shop, shut):
    page = f"/customers/{shop['customer']}?tab=1"
    asked = client.get(page).get_data(as_text=True)
    assert f'name="lock_next" value="{page}"' in asked

    assert opened(client, shop, shut, lock_next=page).location == page
    assert client.get("/").status_code == 200
    client.post("/safety/lock", data=shut)
    assert opened(client, shop, shut, "zahid", OTHER, lock_next=page).location == "/"
    assert "Zahid" in client.get("/").get_data(as_text=True)


def test_what_was_sent_while_it_was_locked_is_sent_on_when_it_is_opened(client, shop, shut):
    page = client.post("/customers/new", data={**shut, "name": "Typed Longago"}).get_data(as_text=True)
    assert "What was typed is kept." in page

    wrong = opened(client, shop, shut, pin="0000", lock_next="/customers/new", lock_sends="1", name="Typed Longago")
    assert (wrong.status_code, "Typed Longago" in wrong.get_data(as_text=True)) == (422, True)
    typed = {"lock_sends": "1", "name": "Typed Longago"}
    answer = opened(client, shop, shut, lock_next="/customers/new", **typed)
    assert (answer.status_code, answer.location) == (307, "/customers/new"), "the browser sends it again"
    saved = client.post(answer.location, data={**shut, **typed})
    assert "Typed Longago" in client.get(saved.location).text


def test_wrong_pins_wait_longer_and_longer_and_the_right_one_waits_too(app, client, shop, shut):
    for _turn in range(pins.FREE_TRIES):
        assert opened(client, shop, shut, pin="0000").status_code == 422
    told = opened(client, shop, shut).get_data(as_text=True)
    assert "Please wait" in told
    with app.app_context():
        db.session.get(staff.StaffMember, shop["asma"]).pin_tried_at = now() - timedelta(minutes=1)
        db.session.commit()
        db.session.remove()
    assert opened(client, shop, shut).status_code == 303


def test_who_has_no_pin_or_is_nobody_cannot_open_it(client, shop, shut):
    page = client.get("/").get_data(as_text=True)
    assert ("Asma" in page, "Zahid" in page, "Rohit" in page) == (True, True, False)
    for who in (shop["rohit"], 99, "x", ""):
        answer = client.post("/safety/open", data={**shut, "lock_who": who, "lock_pin": ""})
        assert answer.status_code == 422
    assert client.get("/").status_code == 423


def test_it_stays_locked_over_a_restart_and_begins_locked_where_it_locks_by_itself(app, shop, shut, data_dir):
    close(app)
    again = open_app(data_dir)
    browser = through_the_door(again)
    assert browser.get("/").status_code == 423
    token = {"csrf_token": browser.get("/").get_data(as_text=True).split('csrf_token" value="')[1].split('"')[0]}
    assert opened(browser, shop, token).status_code == 303
    assert browser.get("/customers/").status_code == 200
    browser.post("/safety/", data={**token, "after": "5"})
    close(again)

    third = open_app(data_dir)
    assert through_the_door(third).get("/").status_code == 423
    close(third)


def test_after_idle_time_the_next_request_finds_it_locked(app, client, shop):
    with app.app_context():
        lock.choose(5)
        lock.lock().open()
        db.session.remove()
    assert client.get("/").status_code == 200
    ours = app.extensions[lock.KEPT]
    ours._heard = tuple(one - 5 * 60 - lock.GRACE - 1 for one in ours._heard)

    assert client.get("/").status_code == 423
    assert client.post("/safety/awake", data={}).status_code in (400, 423), "nor does a late sign of life open it"


def test_a_sign_of_life_keeps_it_open(app, client, shop, csrf):
    token = csrf()
    with app.app_context():
        lock.choose(2)
        lock.lock().open()
        db.session.remove()
    ours = app.extensions[lock.KEPT]
    for _minute in range(5):
        ours._heard = tuple(one - 2 * 60 for one in ours._heard)
        assert client.post("/safety/awake", data=token).status_code == 204
    assert client.get("/").status_code == 200


def test_a_clock_that_was_set_back_hides_no_idle_time(tmp_path):
    ours = lock.Lock(tmp_path / "locked", is_shut=False)
    steady, wall = ours._heard
    ours._heard = (steady - 700, wall + 3600)
    assert ours.idle() >= 700
    ours._heard = (steady, wall - 700)
    assert ours.idle() >= 700, "the other clock stood still while the computer slept"


def test_without_any_pin_there_is_no_button_and_nothing_locks(app, client, csrf):
    assert "data-lock" not in client.get("/").get_data(as_text=True)
    assert client.post("/safety/lock", data={**csrf(), "lock_next": "/customers/"}).location == "/customers/"
    assert client.get("/").status_code == 200
    assert "nobody has one yet" in client.get("/safety/").get_data(as_text=True)


def test_the_lock_page_speaks_the_language_that_is_chosen_on_it(client, shop, shut):
    client.post("/language", data={**shut, "language": "ur", "next": "/"})
    page = client.get("/").get_data(as_text=True)
    assert ('lang="ur"' in page, "تالا" in page) == (True, True)
