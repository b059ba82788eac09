"""The real program on encrypted data: it asks for the password, starts again without asking, survives a kill."""

import re
import signal
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from loyalapp.core import sealing
from tests.desktop.test_instance import Program, program  # noqa: F401 -- a fixture
from tests.desktop.test_restarts import Browser, desk  # noqa: F401 -- a fixture

pytestmark = pytest.mark.slow

WORDS = "pankha baarish table"
ASKS, PLACE = "Your data is encrypted", "/customers/"


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def sent(browser: Browser, page: str, form_page: str | None = None, **fields: str) -> str:
    """The answer to a form, also where it is a refusal."""
    body = urllib.parse.urlencode({"csrf_token": token(browser.get(form_page or page)), **fields}).encode()
    try:
        with browser._opener.open(browser.address + page, body, timeout=60) as answer:
            text: str = answer.read().decode()
    except urllib.error.HTTPError as error:
        text = error.read().decode()
    return text


def opened(browser: Browser) -> str:
    """Write the password, and wait for the page that was asked for."""
    assert ASKS in browser.get(PLACE)
    assert "neither the password nor" in sent(browser, PLACE, password="wrong")
    assert "LoyalApp is opening" in sent(browser, PLACE, password=WORDS)
    until = time.monotonic() + 60
    while "LoyalApp is opening" in (page := browser.get(PLACE)) and time.monotonic() < until:
        time.sleep(0.1)
    return page


def test_encrypted_killed_asked_and_opened_again(desk: Program) -> None:  # noqa: F811 -- the fixture itself
    database = desk.data / "loyalapp.sqlite3"
    browser = Browser(*desk.start("serve", "--language", "en"))
    sent(browser, "/safety/encrypt", kept="password", password=WORDS, again=WORDS)
    groups = re.findall(r"<span>([0-9A-Z]{4})</span>", browser.get("/safety/paper"))
    assert "starting again" in sent(browser, "/safety/paper", last=groups[-1])

    browser = Browser(*desk.ready(desk.running[0]))
    assert ASKS not in browser.get(PLACE), "who has just chosen the password is not asked for it"
    assert not sealing.is_open(database)
    desk.running[0].send_signal(signal.SIGKILL)
    desk.running.pop(0).communicate(timeout=20)

    address, link = desk.start("serve", "--language", "en")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(address + PLACE, timeout=20)  # the page that asks has the same door
    browser = Browser(address, link)
    assert "<h1>Customers</h1>" in opened(browser)
    assert "starting again" in sent(browser, "/safety/decrypt")

    browser = Browser(*desk.ready(desk.running[0]))
    assert "<h1>Customers</h1>" in browser.get(PLACE)
    assert sealing.is_open(database)


def test_closed_while_it_asks_and_asked_on_the_console(desk: Program) -> None:  # noqa: F811 -- the fixture itself
    secret = sealing.new_secret()
    seal = sealing.Seal(sealing.PASSWORD, sealing.mark_of(secret), sealing.lock(secret, WORDS), sealing.ON)
    sealing.write(desk.data, seal)
    browser = Browser(*desk.start("serve", "--language", "en"))
    assert ASKS in browser.get("/")
    desk.running[0].send_signal(signal.SIGTERM)
    desk.running[0].communicate(timeout=30)
    assert desk.running.pop(0).returncode == 0
    assert sealing.is_open(desk.data / "loyalapp.sqlite3"), "nothing was done without the password"

    told = desk.run("backup", "list")
    assert told.returncode != 0
    assert (ASKS in told.stdout + told.stderr, "UTC" in told.stdout) == (True, False), "nobody answered on the console"
