"""What the head of every page says: who was left out and why, what can be done, and that it was seen."""

import re

import pytest

from loyalapp.features.customers import service as customers
from loyalapp.features.plugin_page import news
from loyalapp.plugin_system import budgets, discovery, loading, state
from loyalapp.plugin_system.calls import registry
from tests.conftest import close, open_app, through_the_door
from tests.plugin_system.parcels import add_migration, folder, parcel, put_in
from tests.walk import speak, token_of

BROKEN = '"""Broken."""\n\nimport a_library_that_nobody_has\n'
PAGES = ("/", "/customers/", "/plugins/", "/settings/", "/help/", "/nothing-here")


@pytest.fixture
def start(data_dir):
    """Starts the app on the same data, again and again, as a new process would."""
    opened = []

    def begin(**options):
        for one in opened:
            close(one)
            for plugin_id in registry(one).plugins:
                loading._forget(plugin_id)
        app = open_app(data_dir, **options)
        app.config["PROPAGATE_BUGS"] = False
        opened.append(app)
        return app

    begin.plugins = data_dir / "plugins"
    yield begin
    for one in opened:
        close(one)


def break_it(place):
    (place / "plugin.py").write_text(BROKEN, "utf-8")


def text(browser, page="/customers/"):
    return browser.get(page).get_data(as_text=True)


def banners(page):
    return re.findall(r'<section class="note \w+ news".*?</section>', page, re.DOTALL)


def press(browser, banner, words):
    """Press the button of a banner as a browser would."""
    form = next(one for one in re.findall(r"<form.*?</form>", banner, re.DOTALL) if words in one)
    address = re.search(r'action="([^"]+)"', form)[1]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    return browser.post(address, data=fields)


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_a_plugin_that_failed_is_named_on_every_page_with_all_that_can_be_done(start, language):
    break_it(folder(start.plugins, "stock"))
    app = start()
    browser = through_the_door(app)
    speak(browser, language)
    name = registry(app).plugins["stock"].name(language)

    for page in PAGES:
        (banner,) = banners(text(browser, page))
        assert name in banner
        for address in ("/plugins/installed/stock/start", "/plugins/installed/stock/off", "/plugins/seen"):
            assert f'action="{address}"' in banner
        assert "ModuleNotFoundError" in banner
        assert "a_library_that_nobody_has" in banner


def test_no_banner_where_nothing_happened(client):
    assert banners(text(client)) == []


def test_seen_is_put_away_until_something_new_happens(start):
    place = folder(start.plugins, "stock")
    break_it(place)
    browser = through_the_door(start())
    answer = press(browser, banners(text(browser, "/settings/"))[0], "I have seen it")
    assert answer.location == "/settings/", "back to where it was pressed"
    assert banners(text(browser)) == []
    assert "Not working" in text(browser, "/plugins/"), "nothing disappears: the page of plugins still says it"

    browser = through_the_door(start())
    assert banners(text(browser)) == [], "the same trouble is no news"

    (place / "plugin.py").write_text('"""Broken."""\n\nraise ValueError("another fault")\n', "utf-8")
    browser = through_the_door(start())
    assert len(banners(text(browser))) == 1


def test_the_same_trouble_after_it_had_worked_is_news(start):
    place = folder(start.plugins, "stock")
    good = (place / "plugin.py").read_text("utf-8")
    for _ in range(2):
        break_it(place)
        browser = through_the_door(start())
        (banner,) = banners(text(browser))
        press(browser, banner, "I have seen it")
        (place / "plugin.py").write_text(good, "utf-8")
        assert banners(text(through_the_door(start()))) == []


def test_switched_off_there_is_no_more_to_say(start):
    break_it(folder(start.plugins, "stock"))
    app = start()
    browser = through_the_door(app)
    press(browser, banners(text(browser))[0], "Switch off")

    assert registry(app).plugins["stock"].status == discovery.OFF
    assert banners(text(browser)) == []
    assert "Restart now" not in text(browser, "/plugins/"), "it did not run anyway"
    assert registry(start()).plugins["stock"].status == discovery.OFF


def test_try_again_starts_anew_with_it(start):
    folder(start.plugins, "stock")
    state.States.read(start.plugins / "state.json").set_wish("stock", state.QUARANTINED, "start")
    app = start()
    browser = through_the_door(app)
    (banner,) = banners(text(browser))
    assert "stopped LoyalApp and was left out" in banner
    press(browser, banner, "Try again")

    assert app.extensions["loyalapp"].restart_wanted.is_set()
    assert not app.extensions["loyalapp"].restart_in_safe_mode
    assert registry(start()).plugins["stock"].status == discovery.RUNNING


def test_who_needs_another_is_told_and_one_click_switches_that_on(start):
    folder(start.plugins, "ground")
    folder(start.plugins, "stock", tables='[needs]\nground = ">=1.0"')
    state.States.read(start.plugins / "state.json").set_wish("ground", state.OFF)
    app = start()
    (banner,) = banners(text(through_the_door(app)))

    assert "is waiting: it needs" in banner
    assert 'action="/plugins/installed/ground/start"' in banner


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [("api", "was made for another version of LoyalApp"), ("toml", "is not complete and was left out")],
)
def test_what_trying_again_cannot_help_offers_no_such_button(start, damage, sentence):
    place = folder(start.plugins, "stock", api=">=7.0" if damage == "api" else ">=1.0")
    if damage == "toml":
        (place / "plugin.toml").write_text("no toml", "utf-8")
    (banner,) = banners(text(through_the_door(start())))

    assert sentence in banner
    assert "/start" not in banner
    assert "/plugins/installed/stock/off" in banner


def test_many_troubles_are_one_sentence_that_names_them_all(start):
    for number in range(3):
        break_it(folder(start.plugins, f"broken_{number}"))
    browser = through_the_door(start())
    (banner,) = banners(text(browser))
    assert "3</bdi> plugins are not working" in banner

    browser.post(
        "/plugins/seen",
        data={"csrf_token": token_of(browser), "event": re.findall(r'name="event" value="([^"]+)"', banner)},
    )
    assert banners(text(browser)) == []


# ---- updates ----


def update_to_a_broken_one(start, tmp_path, code=BROKEN):
    app = start()
    put_in(app, parcel(tmp_path / "old"))
    registry(app).states.set_wish("stock", state.ON)
    app = start()
    place = folder(tmp_path / "new", "stock", "1.1.0")
    (place / "plugin.py").write_text(code, "utf-8")
    from loyalapp.plugin_system import packing

    put_in(app, packing.pack(place, tmp_path))
    return start()


def test_an_update_that_did_not_start_is_told_until_it_is_seen(start, tmp_path):
    app = update_to_a_broken_one(start, tmp_path)
    browser = through_the_door(app)
    (banner,) = banners(text(browser))
    assert "comes back with the next start" in banner
    assert "Restart now" in banner

    browser = through_the_door(start())
    (banner,) = banners(text(browser))
    assert "so the version before it is back" in banner
    assert "update to 1.1.0 undone" in banner
    assert "a_library_that_nobody_has" in banner
    press(browser, banner, "I have seen it")
    assert banners(text(browser)) == []

    browser = through_the_door(start())
    assert banners(text(browser)) == []
    assert "so the version before it is back" in text(browser, "/plugins/")


def test_an_update_that_hangs_is_undone_too(start, tmp_path, monkeypatch):
    monkeypatch.setattr(budgets, "LOADING", 0.3)
    app = update_to_a_broken_one(start, tmp_path, '"""Hangs."""\n\nwhile True:\n    pass\n')
    (banner,) = banners(text(through_the_door(app)))
    assert "comes back with the next start" in banner

    app = start()
    assert registry(app).plugins["stock"].status == discovery.RUNNING
    assert registry(app).plugins["stock"].manifest.version == "1.0.0"
    assert "so the version before it is back" in banners(text(through_the_door(app)))[0]


def test_an_update_that_works_ends_the_story(start, tmp_path):
    update_to_a_broken_one(start, tmp_path)
    app = start()
    put_in(app, parcel(tmp_path / "good", version="1.2.0"))
    app = start()

    assert registry(app).states.of("stock").undone == ""
    assert banners(text(through_the_door(app))) == []


# ---- reports ----


def test_a_report_holds_nothing_of_the_customers(start, monkeypatch):
    place = folder(start.plugins, "stock")
    (place / "plugin.py").write_text(
        '"""Tells a name."""\n\nfrom loyalapp.sdk import customers, hookimpl\n\n\n'
        "@hookimpl\ndef customer_panels(customer_id):\n"
        '    """A fault with a name in it."""\n    raise ValueError(customers.get(customer_id).name)\n',
        "utf-8",
    )
    app = start()
    with app.app_context():
        made = customers.add({"name": "Zulekha Bibi", "phones": ["0300 7654321"]}).id
    browser = through_the_door(app)
    for _ in range(4):
        browser.get(f"/customers/{made}")

    for _ in range(2):
        (banner,) = banners(text(browser))
        assert "was paused" in banner
        assert "ValueError" in banner
        assert "plugin.py, line" in banner
        assert "customer_panels" in banner
        assert "Zulekha" not in banner
        assert str(start.plugins) not in banner, "the folders carry the user's name"
        browser = through_the_door(start())


def test_the_report_of_a_failed_migration_holds_no_values(start):
    place = folder(start.plugins, "stock")
    add_migration(place, "2026_first", None, "raise RuntimeError(\"duplicate '0300 7654321'\")")
    app = start()
    with app.test_request_context():
        report = news.report(registry(app).plugins["stock"])

    assert "RuntimeError" in report
    assert "7654321" not in report
