"""Cards in the looks of other plugins: chosen, drawn, left out where they cannot be, and gone with their plugin."""

import pytest

from loyalapp.core import typeset_apart
from loyalapp.plugin_system import state
from loyalapp.plugin_system.calls import ask, registry
from plugins.greetings import looks
from plugins.greetings.ours import DESIGNS
from tests.conftest import close, open_app, through_the_door
from tests.plugin_system.conftest import let_in
from tests.plugin_system.test_calls import plug_in
from tests.plugins.greetings.pictures import size_of
from tests.walk import Page

PNG = b"\x89PNG"
GOOD, BAD = "bad_designs:good", ["mistake", "endless", "hog", "outside", "strip", "overflow"]


@pytest.fixture
def zoo(data_dir, monkeypatch):
    """The app with a plugin that offers seven designs, six of them broken; and a customer."""
    monkeypatch.setattr(typeset_apart, "WORK", 1)
    monkeypatch.setattr(looks, "_seen", {})
    let_in(data_dir, "bad_designs")
    app = open_app(data_dir)
    app.config["PROPAGATE_BUGS"] = False
    with app.app_context():
        from loyalapp.features.customers import service as customers

        customer = customers.add({"name": "Rukhsana Bibi"}).id
    yield app, through_the_door(app), customer
    close(app)


def press(browser, customer, page, button):
    form = next(one for one in Page(page).forms if "/greetings/new/" in one.action)
    sent = {**form.fields, "do": button}
    answer = browser.post(f"/plugins/greetings/new/{customer}", data=sent, follow_redirects=True)
    return answer.get_data(as_text=True)


def first_page(browser, customer):
    return browser.get(f"/plugins/greetings/new/{customer}").get_data(as_text=True)


def place_of(app, key):
    with app.test_request_context():
        return [one.key for one in looks.fitting("other")].index(key)


def test_ours_are_offered_by_the_same_hook(app):
    with app.test_request_context():
        ours = [one for one in ask("card_designs") if one.plugin == "greetings"]

        assert [one.key for one in ours] == list(DESIGNS)
        assert looks.offered().keys() >= set(DESIGNS)


def test_one_of_another_plugin_is_chosen_saved_and_drawn(zoo):
    app, browser, customer = zoo
    page = press(browser, customer, first_page(browser, customer), f"design-{place_of(app, GOOD)}")

    assert "Zoo good" in page
    assert "could not be drawn" not in page
    made = press(browser, customer, page, "save")
    assert "not here just now" not in made
    picture = browser.get("/plugins/greetings/1/card.png")
    assert picture.data.startswith(PNG)
    with app.app_context():
        plain = looks.draw("garden", {**ask_like(), "size": "square"}, "png", 20)
        other = looks.draw(GOOD, {**ask_like(), "size": "square"}, "png", 20)
        upright = looks.draw(GOOD, {**ask_like(), "size": "portrait"}, "png", 20)
    assert plain != other
    wide, high = (int.from_bytes(upright[at : at + 4], "big") for at in (16, 20))
    assert abs(wide - 150) <= 1, "as wide as the square one"
    assert high > wide


def ask_like():
    from loyalapp.plugin_system.designs import SAMPLE

    return SAMPLE


@pytest.mark.parametrize("bad", BAD)
def test_one_that_cannot_be_drawn_is_named_and_left_out_and_the_words_stay(zoo, bad):
    app, browser, customer = zoo
    page = press(browser, customer, first_page(browser, customer), f"design-{place_of(app, f'bad_designs:{bad}')}")

    assert "could not be drawn, so it was left out" in page
    assert f"Zoo {bad}" in page
    again = press(browser, customer, page, "show")
    assert f"Zoo {bad}" not in again
    assert "Zoo good" in again
    assert "Rukhsana" in again
    plugin = registry(app).plugins["bad_designs"]
    assert (plugin.status, plugin.failures) == ("running", {"card_designs": 1})
    assert press(browser, customer, again, "save")
    assert browser.get("/plugins/greetings/1/card.png").data.startswith(PNG)


def test_a_card_outlives_the_plugin_that_drew_it(zoo, data_dir):
    app, browser, customer = zoo
    page = press(browser, customer, first_page(browser, customer), f"design-{place_of(app, GOOD)}")
    press(browser, customer, page, "save")
    registry(app).states.set_wish("bad_designs", state.OFF)
    close(app)
    app = open_app(data_dir)
    browser = through_the_door(app)

    assert "The plugin that drew this card is not here just now" in browser.get("/plugins/greetings/1").get_data(
        as_text=True
    )
    assert browser.get("/plugins/greetings/1/card.png").data.startswith(PNG)
    close(app)


@pytest.mark.parametrize(
    "design",
    [
        {"template": looks.HOME / "garden.typ"},
        {"template": looks.HOME / "nothing.typ"},
        {"key": "../x"},
        {"name": "x" * 100},
        {"occasions": "birthday"},
    ],
    ids=["of others", "nowhere", "key", "name", "occasions"],
)
def test_what_is_no_design_is_the_fault_of_its_plugin(app, design):
    from loyalapp.sdk import CardDesign

    given = {"key": "x", "name": "X", "template": looks.HOME / "garden.typ", **design}
    bad = plug_in(app, "bad", card_designs=lambda: [CardDesign(**given)])
    with app.test_request_context():
        assert {one.plugin for one in ask("card_designs")} == {"greetings"}
    assert bad.failures == {"card_designs": 1}


def test_a_design_is_shown_small_and_without_words_to_choose_from(client):
    first = client.get("/plugins/greetings/look/plain.png")
    assert first.mimetype == "image/png"
    assert size_of(first.data) == (150, 150)
    assert first.data != client.get("/plugins/greetings/look/eid.png").data
    assert client.get("/plugins/greetings/look/..%2Fparts.png").status_code == 404
    assert client.get("/plugins/greetings/look/parts.png").status_code == 404
