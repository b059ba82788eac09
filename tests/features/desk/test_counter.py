"""The counter: pages asked for while a customer may see the screen come without what is not for their eyes."""

import pytest

from loyalapp.features.customers import service as customers
from loyalapp.features.staff import pins
from loyalapp.features.staff import service as staff
from tests import walk
from tests.features.desk.conftest import PIN
from tests.walk import filled, token_of

SECRET = "Haggles to the last rupee"


@pytest.fixture
def zainab(app) -> int:
    """Somebody of whom a note is kept."""
    with app.app_context():
        made = customers.add({"name": "Zainab", "phones": ["0300 1234567"], "notes": SECRET}).id
        customers.learn(made, "Was ill in spring", do_not_mention=True)
    return made


def press(client, where: str, **typed: str):
    return client.post(where, data={"csrf_token": token_of(client), "next": "/customers/", **typed})


def test_pages_come_without_notes_until_everything_is_shown_again(client, zainab):
    page = f"/customers/{zainab}"
    assert SECRET in client.get(page).get_data(as_text=True)
    press(client, "/desk/hide")

    shown = client.get(page).get_data(as_text=True)
    assert "data-counter" in shown
    assert SECRET not in shown
    assert "Was ill in spring" not in shown
    assert "Zainab" in shown

    assert press(client, "/desk/counter").headers["Location"] == "/customers/"
    assert SECRET in client.get(page).get_data(as_text=True)


def test_form_with_notes_stays_closed_and_one_that_is_open_already_can_be_sent(app, client, zainab):
    page = f"/customers/{zainab}/edit"
    typed = filled(client, page, action="", place="Multan")
    press(client, "/desk/hide")
    closed = client.get(page)
    assert closed.status_code == 403
    assert SECRET not in closed.get_data(as_text=True)

    assert client.post(page, data=typed).status_code == 303
    with app.app_context():
        assert (customers.get(zainab).place, customers.get(zainab).notes) == ("Multan", SECRET)


def test_with_a_pin_it_is_asked_before_everything_is_shown_again(client, shop, sit, zainab):
    sit(shop.zahid, PIN)
    press(client, "/desk/hide")
    asked = press(client, "/desk/counter")
    assert asked.status_code == 200
    assert "Zahid" in asked.get_data(as_text=True)
    assert press(client, "/desk/counter", pin="1111").status_code == 422
    assert SECRET not in client.get(f"/customers/{zainab}").get_data(as_text=True)
    assert press(client, "/desk/counter", pin=PIN).status_code == 303
    assert SECRET in client.get(f"/customers/{zainab}").get_data(as_text=True)


def test_levels_limits_and_figures_of_plugins_stay_away_too(book):
    app, browser = book
    with app.app_context():
        walk_example = customers.find(walk.NAME)[0].id
    page = f"/customers/{walk_example}"
    assert 'class="level"' in browser.get(page).get_data(as_text=True)
    press(browser, "/desk/hide")

    shown = browser.get(page).get_data(as_text=True) + browser.get("/").get_data(as_text=True)
    assert 'class="level"' not in shown
    assert 'class="beads"' not in shown
    for closed in ("/plugins/reviews/", "/plugins/value/", "/loyalty/"):
        assert browser.get(closed).status_code == 403, closed
    press(browser, "/desk/counter")


@pytest.mark.parametrize(("seated", "is_asked"), [("rohit", False), ("", True)])
def test_whose_pin_it_is(client, shop, sit, seated, is_asked):
    """Of who sits here; where nobody does, the owner's."""
    sit(getattr(shop, seated, ""))
    press(client, "/desk/hide")
    assert (press(client, "/desk/counter").status_code == 200) is is_asked


def test_alone_with_a_pin_of_ones_own_it_is_asked_too(app, client):
    with app.app_context():
        pins.choose(staff.add("Asma", role="owner"), PIN, PIN)
    press(client, "/desk/hide")
    assert press(client, "/desk/counter").status_code == 200
