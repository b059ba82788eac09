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
    "hangs_at_import": (discovery.QUARANTINED, "TookTooLong"),
    "hog_at_import": (discovery.FAILED, "MemoryError"),
    "reaches_out": (discovery.FAILED, "before_request"),
    "wants_the_app": (discovery.FAILED, "do not get the app"),
    "brings_a_reacher": (discovery.FAILED, "context processors"),
    "outside_page": (discovery.FAILED, "outside"),
    "strange_method": (discovery.FAILED, "PURGE"),
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
    "unbalanced_panel": "customer_panels",
    "hangs_in_hook": "customer_actions",
    "hog_in_hook": "customer_panels",
    "floods": ALL_OF_THEM,
    "tab_of_others": "nav_links",
}
# Those that do something else than they should, and harm nobody by it.
WORKING = {
    "works",
    "bad_catalogue",
    "renames",
    "meddles",
    "slow_hook",
    "mutates_facts",
    "meddles_when_asked",
    "same_tab",
    "html_in_texts",
    "deletes_itself",
    "breaking_page",
    "brings_a_guest",
    "catches_all",
    "bad_designs",
}
PAGES_OF_THEIR_OWN = {"breaking_page", "deletes_itself", "catches_all", "brings_a_guest"}  # test_pages.py opens them


@pytest.fixture(scope="module")
def visited(zoo):
    """The zoo after somebody looked at every page of the core several times."""
    with zoo.app_context():
        made = customers.add({"name": "Sana Shaikh", "phones": ["0300 1234567"]}).id
        db.session.remove()
    before = walk.database_hash(zoo)
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
            answer = browser.get(page)
            seen.setdefault(page, []).append((answer.status_code, answer.get_data(as_text=True)))
    return zoo, browser, seen, before


def test_the_whole_zoo_is_described_here():
    there = {one.name for one in ZOO.iterdir() if one.is_dir()}

    assert there == {*AT_LOAD, *WHEN_ASKED, *WORKING, *DEADLY}


def test_every_page_of_the_core_stands(visited):
    _app, _browser, seen, _before = visited
    codes = {page: {code for code, _text in found} for page, found in seen.items()}

    assert {page: code for page, code in codes.items() if code != {404 if page == "/nothing" else 200}} == {}


def test_nothing_that_a_plugin_did_is_in_the_data_or_on_a_page_of_the_core(visited):
    app, _browser, seen, before = visited
    texts = [text for found in seen.values() for _code, text in found]

    assert walk.database_hash(app) == before
    assert [text for text in texts if "Meddled" in text] == []
    assert [text for text in texts if "<script>zoo" in text] == []
    assert any("&lt;script&gt;zoo" in text for text in texts), "it is shown as what it is"
    assert max(len(text) for text in texts) < 500_000


def test_a_page_of_the_manual_that_would_spoil_the_rest_is_not_shown(start):
    app = start("unbalanced_panel")
    browser = through_the_door(app)
    answer = browser.get("/help/unbalanced")

    assert answer.status_code == 404
    assert "Meddled" not in answer.get_data(as_text=True)
    assert registry(app).plugins["unbalanced_panel"].failures == {"help_topics": 1}
    assert "Unbalanced" in browser.get("/help/").get_data(as_text=True)


def test_two_tabs_of_one_name_both_stand(visited):
    _app, browser, _seen, _before = visited
    speak(browser, "en")
    tabs = browser.get("/").get_data(as_text=True).split("</nav>")[0]

    assert tabs.count('href="/plugins/same_tab/"') == 3
    assert 'href="/customers/"' in tabs


@pytest.mark.parametrize("culprit", AT_LOAD)
def test_what_cannot_be_loaded_is_named_with_its_reason(visited, culprit):
    app, browser, _seen, _before = visited
    plugin = registry(app).plugins[culprit]
    status, word = AT_LOAD[culprit]

    assert plugin.status == status
    assert word in f"{plugin.details} {plugin.trace}"
    page = browser.get("/plugins/").get_data(as_text=True)
    assert plugin.name("en") in page
    assert plugin.id not in registry(app).running


@pytest.mark.parametrize("culprit", WHEN_ASKED)
def test_what_fails_three_times_is_paused_visibly_and_for_the_next_start(visited, culprit):
    app, browser, _seen, _before = visited
    plugin = registry(app).plugins[culprit]

    assert plugin.status == discovery.PAUSED, plugin.failures
    assert plugin.reason.split()[-1] in WHEN_ASKED[culprit].split()
    assert registry(app).states.of(culprit).wish == "paused"
    speak(browser, "en")
    page = browser.get("/").get_data(as_text=True)
    assert "plugins are not working and were left out" in page
    assert plugin.name("en") in page


def test_those_without_fault_work_among_them(visited):
    app, browser, _seen, _before = visited
    running = registry(app).running

    assert running.keys() >= WORKING
    assert {one.id for one in registry(app).plugins.values() if one.shipped} <= running.keys()
    assert "It works" in browser.get("/plugins/works/").get_data(as_text=True)
    assert "Good neighbour" in browser.get("/").get_data(as_text=True)


def test_nobody_wrote_anything(visited):
    app, _browser, _seen, _before = visited
    with app.app_context():
        assert [row.name for row in customers.page().rows] == ["Sana Shaikh"]


def test_failed_migration_left_nothing_behind(zoo):
    from sqlalchemy import inspect

    with zoo.app_context():
        tables = inspect(db.engine).get_table_names()

    assert [one for one in tables if "failing" in one] == []


@pytest.mark.parametrize(("language", "words"), [("ur", "Words of"), ("hi", "Words of"), ("en", "Words of")])
def test_a_broken_catalogue_breaks_no_page(visited, language, words):
    _app, browser, _seen, _before = visited
    speak(browser, language)
    answer = browser.get("/plugins/bad_catalogue/")
    text = answer.get_data(as_text=True)

    assert answer.status_code == 200
    assert words in text
    assert "Good morning" in text


def test_a_plugin_cannot_rename_the_words_of_the_core(visited):
    _app, browser, _seen, _before = visited
    speak(browser, "ur")
    own = browser.get("/plugins/renames/").get_data(as_text=True)
    settings = browser.get("/settings/").get_data(as_text=True)

    assert own.count("پلگ ان کا لفظ") == 2, "its title and its heading, and not the tab"
    assert "پلگ ان کا لفظ" not in settings
    assert "غلط لفظ" not in browser.get("/customers/").get_data(as_text=True)


def test_every_page_of_the_whole_walk_stands(visited, monkeypatch):
    """With the example data, over the whole map of addresses."""
    monkeypatch.setitem(walk.WORDS, ("catches_all.show", "rest"), ["anything"])
    app, browser, _seen, _before = visited
    walk.fill(app)
    codes = {
        url: (browser.get(url, buffered=True).status_code, walk.OTHER_STATUS.get(rule.endpoint, (200,))[0])
        for rule, url in walk.addresses(app)
        if rule.endpoint.partition(".")[0] not in PAGES_OF_THEIR_OWN
    }

    assert {url: code for url, (code, right) in codes.items() if code != right} == {}


def test_customer_can_be_deleted_after_a_plugin_with_a_bad_mapper_was_refused(zoo):
    with zoo.app_context():
        made = customers.add({"name": "Tariq"}).id
        db.session.delete(db.session.get(Customer, made))
        db.session.commit()

        assert db.session.get(Customer, made) is None
