"""The page of plugins: each named with its state, switched off and on for the next start, restarted in one click."""

import pytest

from loyalapp.plugin_system import discovery
from loyalapp.plugin_system.calls import registry
from tests.conftest import close, open_app, through_the_door
from tests.walk import speak, token_of


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_every_plugin_is_named_in_the_language_of_the_reader(app, client, language):
    speak(client, language)
    text = client.get("/plugins/").get_data(as_text=True)

    for plugin in registry(app).plugins.values():
        assert plugin.name(language) in text
        assert f'action="/plugins/installed/{plugin.id}/off"' in text


def test_switched_off_now_and_gone_at_the_next_start_its_rows_stay(data_dir):
    app = open_app(data_dir)
    browser = through_the_door(app)
    data = {"csrf_token": token_of(browser)}
    page = browser.post("/plugins/installed/greetings/off", data=data, follow_redirects=True).get_data(as_text=True)
    assert "Restart now" in page
    assert browser.get("/plugins/greetings/").status_code == 200, "until then it goes on"
    close(app)

    app = open_app(data_dir)
    browser = through_the_door(app)
    assert registry(app).plugins["greetings"].status == discovery.OFF
    assert browser.get("/plugins/greetings/").status_code == 404
    browser.post("/plugins/installed/greetings/on", data={"csrf_token": token_of(browser)})
    close(app)

    app = open_app(data_dir)
    assert registry(app).plugins["greetings"].status == discovery.RUNNING
    close(app)


def test_thinking_better_of_it_needs_no_restart(client):
    data = {"csrf_token": token_of(client)}
    client.post("/plugins/installed/greetings/off", data=data)
    page = client.post("/plugins/installed/greetings/on", data=data, follow_redirects=True).get_data(as_text=True)

    assert "Restart now" not in page


def test_a_plugin_that_is_not_there_cannot_be_switched(client, app):
    data = {"csrf_token": token_of(client)}
    before = dict(registry(app).states.plugins)

    assert [
        client.post(f"/plugins/{one}/{way}", data=data).status_code
        for one in ("nothing", "..%2f..%2fx")
        for way in ("on", "off")
    ] == [404] * 4
    assert registry(app).states.plugins == before


def test_restart_is_one_click(client, app):
    answer = client.post("/plugins/restart", data={"csrf_token": token_of(client)})

    assert answer.status_code == 200
    assert app.extensions["loyalapp"].restart_wanted.is_set()


def test_safety_is_told_honestly(client):
    assert "not from bad intent" in client.get("/plugins/").get_data(as_text=True)
