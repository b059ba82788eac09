"""The banner and the buttons of safe mode, and what can be put away at all."""

import pytest

from loyalapp.plugin_system.calls import registry
from tests.conftest import close, open_app, through_the_door
from tests.features.plugin_page.test_news import banners, press, text
from tests.walk import token_of


@pytest.fixture
def start(data_dir):
    """Starts the app."""
    opened = []

    def begin(**options):
        opened.append(open_app(data_dir, **options))
        return opened[-1]

    yield begin
    for one in opened:
        close(one)


def test_safe_mode_is_said_and_left_with_one_click(start):
    app = start(safe_mode=True)
    browser = through_the_door(app)
    (banner,) = banners(text(browser))
    assert "LoyalApp is open without plugins this time." in banner
    press(browser, banner, "I have seen it")
    assert banners(text(browser)) == []
    assert "Leave safe mode and restart" in text(browser, "/plugins/")

    browser.post("/plugins/restart", data={"csrf_token": token_of(browser)})
    run = app.extensions["loyalapp"]
    assert (run.restart_wanted.is_set(), run.restart_in_safe_mode) == (True, False)


def test_a_button_restarts_without_plugins(client, app):
    assert "Restart without plugins" in text(client, "/plugins/")
    client.post("/plugins/restart", data={"csrf_token": token_of(client), "safe_mode": "1"})

    assert app.extensions["loyalapp"].restart_in_safe_mode


def test_only_what_there_is_can_be_put_away(client, app):
    before = dict(registry(app).states.plugins)
    for event in ("", "|", "nobody|x", "issues|failed:1:x", "issues"):
        client.post("/plugins/seen", data={"csrf_token": token_of(client), "event": event})
    assert registry(app).states.plugins == before
    answer = client.post("/plugins/seen", data={"csrf_token": token_of(client), "next": "https://elsewhere.example/"})
    assert answer.location == "/"
