"""The pages of plugins: behind the door whatever they do, and with a page of our own where they fail."""

import json
import re
import sys

import pytest
from flask import Blueprint

from loyalapp.plugin_system import budgets, discovery
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.checking import BadPlugin
from loyalapp.plugin_system.pages import FILTERS, INSTEAD, METHODS, Pages
from tests.conftest import through_the_door
from tests.walk import speak, token_of


@pytest.fixture
def broken(start):
    """The app with plugins whose pages fail or mean no good, and a browser that came in."""
    app = start("breaking_page", "catches_all", "works")
    return app, through_the_door(app)


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>", "", answer.get_data(as_text=True))


@pytest.mark.parametrize("path", ["", "leaves", "floods", "endless", "?words=1"])
def test_a_page_that_fails_gives_way_to_one_of_ours(broken, path):
    app, browser = broken
    answer = browser.get(f"/plugins/breaking_page/{path}", headers={"Referer": "http://localhost/customers/?after=3"})

    assert answer.status_code == 500
    assert "This page of the plugin Breaking page did not work." in text_of(answer)
    assert "Your data is safe, and everything else goes on as usual." in text_of(answer)
    shown = answer.get_data(as_text=True)
    assert 'href="/customers/?after=3"' in shown, "a way back"
    assert 'href="/plugins/"' in shown
    assert '<nav class="tabs' in shown, "inside the app's frame"
    assert path == "floods" or "plugin.py, line" in shown, "for its maker"
    number = re.search(r"please tell this number: (\w{6})", text_of(answer))[1]
    assert f"incident {number}" in (app.extensions["loyalapp.data"].logs / "loyalapp.log").read_text("utf-8")


@pytest.mark.parametrize(("language", "words"), [("ur", "پلگ اِن"), ("hi", "प्लगइन"), ("en", "plugin")])
def test_it_speaks_the_language_of_the_reader(broken, language, words):
    _app, browser = broken
    speak(browser, language)
    answer = browser.get("/plugins/breaking_page/")

    assert words in re.search(r"<h1>(.*?)</h1>", answer.get_data(as_text=True), re.DOTALL)[1]


def test_a_page_that_hangs_is_ended_and_says_so(broken, monkeypatch):
    app, browser = broken
    monkeypatch.setattr(budgets, "PAGE", budgets.PAGE._replace(end=0.4, longest=2))
    answer = browser.get("/plugins/breaking_page/hangs")

    assert "took too long, so we ended it" in text_of(answer)
    assert registry(app).plugins["breaking_page"].status == discovery.RUNNING


def test_the_third_failure_pauses_the_plugin_and_its_pages_say_so(broken, data_dir):
    app, browser = broken
    for _turn in range(3):
        answer = browser.get("/plugins/breaking_page/")
    plugin = registry(app).plugins["breaking_page"]

    assert "so we paused it" in text_of(answer)
    assert (plugin.status, plugin.reason) == (discovery.PAUSED, "page breaking_page.show")
    after = browser.get("/plugins/breaking_page/missing")
    assert after.status_code == 404
    assert "is paused just now, so this page is not here" in text_of(after)
    assert "One of its pages failed three times" in text_of(browser.get("/plugins/"))
    kept = json.loads((data_dir / "plugins" / "state.json").read_text("utf-8"))["plugins"]["breaking_page"]
    assert "plugin.py, line" in kept["details"]


def test_a_sentence_for_the_user_is_no_fault(broken):
    app, browser = broken
    for _turn in range(4):
        answer = browser.get("/plugins/breaking_page/missing")

    assert (answer.status_code, "Not here, says the plugin." in text_of(answer)) == (404, True)
    assert registry(app).plugins["breaking_page"].failures == {}


def test_a_plugin_without_its_files_has_a_page_that_says_so(start):
    app = start("deletes_itself")
    browser = through_the_door(app)
    browser.get("/customers/")
    answer = browser.get("/plugins/deletes_itself/")

    assert answer.status_code == 500
    assert "This page of the plugin Deletes itself did not work." in text_of(answer)
    assert browser.get("/plugins/").status_code == browser.get("/plugins/details").status_code == 200


def test_what_fails_after_a_page_is_counted_and_leaves_the_page(broken):
    app, browser = broken
    answer = browser.get("/plugins/breaking_page/missing?late=1")

    assert answer.status_code == 404
    assert registry(app).plugins["breaking_page"].failures == {"page breaking_page": 1}


# ---- the door ----


def addresses(app):
    """Every address of every plugin, with each of its methods."""
    for rule in app.url_map.iter_rules():
        if registry(app).owner_of(rule.endpoint):
            url = re.sub(r"<int:[^>]+>", "1", rule.rule)
            yield from ((re.sub(r"<[^>]+>", "x", url), method) for method in rule.methods)


def test_nobody_gets_in_without_the_cookie(broken):
    app, _browser = broken
    stranger = app.test_client()
    answers = {
        (url, method): (answer.status_code, answer.get_data())
        for url, method in addresses(app)
        for answer in [stranger.open(url, method=method)]
    }

    assert len(answers) > 50
    wrong = {where: answer for where, answer in answers.items() if answer[0] != 403 or answer[1] not in (b"403", b"")}
    assert wrong == {}


def test_nothing_is_changed_without_the_token_whatever_the_plugin_says_about_that(broken):
    _app, browser = broken
    browser.get("/customers/")  # its tab was asked, and with that it took itself out of the protection
    done = sys.modules["plugins.catches_all.plugin"].DONE
    done.clear()
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        browser.open("/plugins/catches_all/rest", method=method)
    assert set(done) <= {"done"}
    done.clear()
    browser.post("/plugins/catches_all/rest", data={"csrf_token": token_of(browser)})

    assert done == ["before", "rest", "done"]


def test_a_change_without_the_token_is_refused_for_every_page_of_every_plugin(broken):
    app, browser = broken
    changing = [(url, method) for url, method in addresses(app) if method not in ("GET", "HEAD", "OPTIONS")]
    codes = {(url, method): browser.open(url, method=method).status_code for url, method in changing}

    assert len(codes) > 10
    assert {where: code for where, code in codes.items() if code != 400 and "catches_all" not in where[0]} == {}


def test_a_plugin_that_answers_everything_cannot_stand_before_the_core(broken):
    app, browser = broken
    assert browser.get("/customers/").status_code == 200
    browser.post("/plugins/installed/catches_all/off", data={"csrf_token": token_of(browser)})

    assert registry(app).states.of("catches_all").wish == "off"


def test_each_page_carries_the_seal_of_the_door(broken):
    _app, browser = broken
    for page in ("breaking_page/", "breaking_page/floods", "catches_all/", "works/"):
        assert "default-src 'none'" in browser.get(f"/plugins/{page}").headers["Content-Security-Policy"]


# ---- what a blueprint may not do ----


@pytest.mark.parametrize("name", [*INSTEAD, *FILTERS])
def test_what_would_reach_pages_of_others_is_refused_with_the_way_to_do_it(name):
    with pytest.raises(BadPlugin, match=f"{name} would reach pages of others; use"):
        getattr(Pages("thanks", __name__), name)(lambda: None)


def test_every_app_wide_way_of_flask_is_known_here():
    """A newer Flask may bring more."""
    known = {*INSTEAD, *FILTERS}
    there = {name for name in dir(Blueprint) if re.search(r"(^|_)app_", name) and not name.startswith("_")}

    assert there <= known
    assert {"GET", "POST"} <= METHODS


def test_pages_of_others_that_keep_to_themselves_may_be_brought_along(start, data_dir):
    app = start("brings_a_guest")
    browser = through_the_door(app)
    assert "a guest" in text_of(browser.get("/plugins/brings_a_guest/theirs/"))
    assert app.test_client().get("/plugins/brings_a_guest/theirs/").status_code == 403
    for _turn in range(3):
        answer = browser.get("/plugins/brings_a_guest/theirs/fails")

    assert "This page of the plugin Brings a guest did not work." in text_of(answer)
    assert browser.get("/plugins/brings_a_guest/theirs/").status_code == 404, "they are paused with it"
