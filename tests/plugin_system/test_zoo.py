"""Broken plugins of every kind: the app starts, every page stands, others work, the Plugins page names the culprit."""

import pytest

from loyalapp.core.db import db
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer
from loyalapp.plugin_system import discovery
from loyalapp.plugin_system.calls import registry
from tests import walk
from tests.conftest import through_the_door
from tests.plugin_system.conftest import DEADLY, ZOO
from tests.walk import speak

# What becomes of each at load, and a word of the reason that its maker is given.
AT_LOAD = {
    "syntax_error": (discovery.FAILED, "SyntaxError"),
    "import_error": (discovery.FAILED, "a_library_that_nobody_has"),
    "leaves": (discovery.FAILED, "SystemExit"),
    "no_code": (discovery.FAILED, "plugin"),
    "misspelled_hook": (discovery.FAILED, "today_entrys"),
    "strange_argument": (discovery.FAILED, "customer_id"),
    "wrapper_hook": (discovery.FAILED, "wrapper"),
    "foreign_templates": (discovery.FAILED, "templates/foreign_templates/"),
    "bad_template": (discovery.FAILED, "TemplateSyntaxError"),
    "bad_pages": (discovery.FAILED, "blueprint"),
    "bad_mapper": (discovery.FAILED, "Nobody"),
    "backref": (discovery.FAILED, "backref"),
    "wrong_table": (discovery.FAILED, "plg_wrong_table_"),
    "failing_migration": (discovery.FAILED, "second half"),
    "customers": (discovery.FAILED, "taken"),
    "forms": (discovery.FAILED, "taken"),
    "lacks_need": (discovery.MISSING_NEED, ""),
    "needs_nonsense": (discovery.UNREADABLE, "banana"),
    "needs_a_word": (discovery.UNREADABLE, "needs"),
    "other_api": (discovery.INCOMPATIBLE, ""),
    "no_toml": (discovery.UNREADABLE, "TOML"),
    "other_name": (discovery.UNREADABLE, "another_name"),
}
# Those that load and fail when they are asked; after three failures of one hook each is paused.
ALL_OF_THEM = "nav_links quick_actions today_entries timeline_entries customer_panels customer_actions help_topics"
WHEN_ASKED = {
    "raising_links": "nav_links",
    "exits_in_hook": "quick_actions",
    "writes_when_asked": "nav_links",
    "wrong_answers": ALL_OF_THEM,
    "wrong_values": ALL_OF_THEM,
    "breaking_panel": "customer_panels",
}
WORKING = {"works", "bad_catalogue", "renames", "meddles"}


@pytest.fixture(scope="module")
def visited(zoo):
    """The zoo after somebody looked at every page of the core several times."""
    with zoo.app_context():
        made = customers.add({"name": "Sana Shaikh", "phones": ["0300 1234567"]}).id
        db.session.remove()
    browser = through_the_door(zoo)
    pages = [
        "/",
        "/customers/",
        f"/customers/{made}",
        "/plugins/",
        "/help/",
        "/settings/",
        "/search?q=Sana",
        "/backups/",
        "/nothing",
    ]
    seen = {}
    for language in ("ur", "hi", "en", "en"):
        speak(browser, language)
        for page in pages:
            seen.setdefault(page, []).append(browser.get(page).status_code)
    return zoo, browser, seen


def test_the_whole_zoo_is_described_here():
    there = {one.name for one in ZOO.iterdir() if one.is_dir()}

    assert there == {*AT_LOAD, *WHEN_ASKED, *WORKING, *DEADLY}


def test_every_page_of_the_core_stands(visited):
    _app, _browser, seen = visited

    assert {page: codes for page, codes in seen.items() if set(codes) != {404 if page == "/nothing" else 200}} == {}


@pytest.mark.parametrize("culprit", AT_LOAD)
def test_what_cannot_be_loaded_is_named_with_its_reason(visited, culprit):
    app, browser, _seen = visited
    plugin = registry(app).plugins[culprit]
    status, word = AT_LOAD[culprit]

    assert plugin.status == status
    assert word in plugin.details
    page = browser.get("/plugins/").get_data(as_text=True)
    assert plugin.name("en") in page
    assert plugin.id not in registry(app).running


@pytest.mark.parametrize("culprit", WHEN_ASKED)
def test_what_fails_three_times_is_paused_visibly_and_for_the_next_start(visited, culprit):
    app, browser, _seen = visited
    plugin = registry(app).plugins[culprit]

    assert (plugin.status, plugin.reason in WHEN_ASKED[culprit].split()) == (discovery.PAUSED, True), plugin.failures
    assert registry(app).states.of(culprit).wish == "paused"
    speak(browser, "en")
    assert "The plugin <bdi" in browser.get("/").get_data(as_text=True)
    assert plugin.name("en") in browser.get("/").get_data(as_text=True)


def test_those_without_fault_work_among_them(visited):
    app, browser, _seen = visited
    running = registry(app).running

    assert running.keys() >= WORKING
    assert {one.id for one in registry(app).plugins.values() if one.shipped} <= running.keys()
    assert "It works" in browser.get("/plugins/works/").get_data(as_text=True)
    assert "Good neighbour" in browser.get("/").get_data(as_text=True)


def test_nobody_wrote_anything(visited):
    app, _browser, _seen = visited
    with app.app_context():
        assert [row.name for row in customers.page().rows] == ["Sana Shaikh"]


def test_failed_migration_left_nothing_behind(zoo):
    from sqlalchemy import inspect

    with zoo.app_context():
        tables = inspect(db.engine).get_table_names()

    assert [one for one in tables if "failing" in one] == []


@pytest.mark.parametrize(("language", "words"), [("ur", "Words of"), ("hi", "Words of"), ("en", "Words of")])
def test_a_broken_catalogue_breaks_no_page(visited, language, words):
    _app, browser, _seen = visited
    speak(browser, language)
    answer = browser.get("/plugins/bad_catalogue/")
    text = answer.get_data(as_text=True)

    assert answer.status_code == 200
    assert words in text
    assert "Good morning" in text


def test_a_plugin_cannot_rename_the_words_of_the_core(visited):
    _app, browser, _seen = visited
    speak(browser, "ur")
    own = browser.get("/plugins/renames/").get_data(as_text=True)
    settings = browser.get("/settings/").get_data(as_text=True)

    assert own.count("پلگ ان کا لفظ") == 2, "its title and its heading, and not the tab"
    assert "پلگ ان کا لفظ" not in settings
    assert "غلط لفظ" not in browser.get("/customers/").get_data(as_text=True)


def test_every_page_of_the_whole_walk_stands(visited):
    """With the example data, over the whole map of addresses."""
    app, browser, _seen = visited
    walk.fill(app)
    codes = {
        url: (browser.get(url, buffered=True).status_code, walk.OTHER_STATUS.get(rule.endpoint, (200,))[0])
        for rule, url in walk.addresses(app)
    }

    assert {url: code for url, (code, right) in codes.items() if code != right} == {}


def test_customer_can_be_deleted_after_a_plugin_with_a_bad_mapper_was_refused(zoo):
    with zoo.app_context():
        made = customers.add({"name": "Tariq"}).id
        db.session.delete(db.session.get(Customer, made))
        db.session.commit()

        assert db.session.get(Customer, made) is None
