"""PostgreSQL goes away in the middle of an edit (fault 26): the words stay, a sentence says so, the next save works.

And nothing half-done stays of a deed that was cut off in its middle.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import func, select

from loyalapp.core.db import db
from loyalapp.desktop.server import LocalServer
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions.models import Interaction
from loyalapp.features.settings import service as settings
from loyalapp.web.door import launch_path
from tests import postgres
from tests.conftest import FIRM, close, compiled_pages, open_app, through_the_door
from tests.walk import token_of

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.slow]

SAID = 'ان کا کہنا ہے: موٹر «بہت» شور کرتی ہے\nand "quotes" <b>too</b> & more'
SAVE = "form[data-draft] .buttons-save .button-main"
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type IN ('Lock', 'Timeout') AND query LIKE %s"


@pytest.fixture
def office() -> Iterator[postgres.Server]:
    """A server of its own, which may be stopped."""
    made = postgres.Server()
    made.start()
    yield made
    made.remove()


@pytest.fixture
def app(office, prepared, tmp_path) -> Iterator[Flask]:
    postgres.create_database(office.url, "office")
    made = open_app(compiled_pages(prepared, tmp_path / "data"), database_url=f"{office.url}office")
    made.config["PROPAGATE_BUGS"] = False
    with made.app_context():
        settings.set_up(*FIRM)
    yield made
    close(made)


@pytest.fixture
def kashif(app) -> int:
    with app.app_context():
        return customers.add({"name": "Kashif Example"}).id


@contextmanager
def opened(app: Flask, chromium) -> Iterator[Page]:
    """A page of the served app. What the browser says of the answers 503 is no fault here."""
    server, context = LocalServer(app), chromium.new_context()
    app.config["DOOR_PORT"] = server.port
    page = context.new_page()
    page.goto(server.address + launch_path(app))
    page.wait_for_url(lambda url: "/boot/" not in url)
    yield page
    context.close()
    server.stop()


def written(app: Flask) -> list[str]:
    """What was said in every contact that is kept."""
    with app.app_context():
        found = list(db.session.scalars(select(Interaction.said)))
        db.session.remove()
    return found


def test_words_typed_stay_while_the_database_is_away_and_are_saved_once_it_is_back(app, office, kashif, chromium):
    with opened(app, chromium) as page:
        home = page.url.rstrip("/")
        page.goto(f"{home}/contacts/new/{kashif}")
        page.locator("label:has([name=channel][value=visit])").click()
        page.locator("#said").fill(SAID)
        office.stop()
        for turn in ("first", "second"):
            with page.expect_navigation() as answer:
                page.locator(SAVE if turn == "first" else ".sorry button[type=submit]").click()
            assert answer.value.status == 503
            said = page.inner_text("main")
            assert "The data cannot be reached just now, so this was not kept." in said
            assert "What was typed is still on this page." in said
        office.start()
        with page.expect_navigation() as answer:
            page.locator(".sorry button[type=submit]").click()
        assert answer.value.status == 200
        assert "موٹر «بہت» شور کرتی ہے" in page.inner_text("main")
    assert written(app) == [SAID], "once, letter by letter"
    with app.app_context():
        assert db.session.scalar(select(Interaction.channel)) == "visit"
        db.session.remove()


def test_a_restart_while_somebody_types_is_not_noticed(app, office, kashif, chromium):
    with opened(app, chromium) as page:
        home = page.url.rstrip("/")
        page.goto(f"{home}/contacts/new/{kashif}")
        page.locator("#said").fill("typed before")
        office.stop()
        office.start()
        page.locator("#said").fill(SAID)
        with page.expect_navigation() as answer:
            page.locator(SAVE).click()
        assert answer.value.status == 200
    assert written(app) == [SAID]


def test_pages_say_so_in_every_language_and_no_plugin_is_blamed(app, office, kashif):
    browser, plugins = through_the_door(app), app.extensions["loyalapp.plugins"]
    words = {"en": "cannot be reached just now", "ur": "ڈیٹا تک", "hi": "डेटा तक"}
    office.stop()
    for language, word in words.items():
        app.config["LANGUAGE"] = language
        for page in ("/", "/customers/", f"/customers/{kashif}", "/plugins/reviews/", "/plugins/issues/"):
            for _turn in range(3):
                answer = browser.get(page)
                assert (answer.status_code, word in answer.text) == (503, True), page
    office.start()
    assert [browser.get(page).status_code for page in ("/", "/plugins/reviews/", "/plugins/issues/")] == [200] * 3
    assert len(plugins.running) == 4


@pytest.mark.parametrize("moment", ["in its middle", "while it is kept"])
def test_what_was_cut_off_leaves_nothing_half_done(app, office, kashif, moment):
    browser, said = through_the_door(app), {}
    typed = {"csrf_token": token_of(browser, f"/contacts/new/{kashif}"), "channel": "call", "said": SAID}
    browser.post("/language", data={"csrf_token": typed["csrf_token"], "language": "en"})  # the day has begun
    before = counts(app)

    def send() -> None:
        said["answer"] = browser.post(f"/contacts/new/{kashif}", data=typed)

    with held_up(office, moment) as is_waiting:
        sending = threading.Thread(target=send)
        sending.start()
        wait_for(is_waiting)
        office.stop()
        sending.join(60)
    text = said["answer"].text
    assert said["answer"].status_code == 503, text
    assert ("look whether it is there" in text) == (moment == "while it is kept")
    assert "What was typed is still on this page." in text
    office.start()
    let_go(office)
    assert counts(app) == before
    assert browser.post(f"/contacts/new/{kashif}", data=typed).status_code == 303
    assert written(app) == [SAID]


@contextmanager
def held_up(office: postgres.Server, moment: str) -> Iterator[Callable[[], bool]]:
    """Whoever writes down a contact waits in the middle of it, or while it is kept, until the server is stopped."""
    address = office.url.replace("+psycopg", "") + "office"
    link, watch = psycopg.connect(address), psycopg.connect(address, autocommit=True)
    if moment == "in its middle":
        link.execute("LOCK TABLE interaction IN ACCESS EXCLUSIVE MODE")
    else:
        watch.execute(
            "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(600); RETURN NULL; END'"
        )
        watch.execute(
            "CREATE CONSTRAINT TRIGGER waits AFTER INSERT ON interaction DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION wait()"
        )
    wanted = "%interaction%" if moment == "in its middle" else "COMMIT%"
    yield lambda: bool(watch.execute(WAITS, [wanted]).fetchone()[0])
    link.close()
    watch.close()


def let_go(office: postgres.Server) -> None:
    with psycopg.connect(office.url.replace("+psycopg", "") + "office", autocommit=True) as link:
        link.execute("DROP TRIGGER IF EXISTS waits ON interaction")


def wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def counts(app: Flask) -> dict[str, int]:
    """How many rows each table holds."""
    with app.app_context():
        tables = db.metadata.tables.values()
        found = {one.name: db.session.scalar(select(func.count()).select_from(one)) for one in tables}
        db.session.remove()
    return found
