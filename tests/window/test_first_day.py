"""The first day of a shop in Urdu, in the real window: first start, a customer, another language, the end."""

import time
from pathlib import Path
from shutil import copytree

import pytest

from loyalapp.core.paths import DataFolder
from loyalapp.desktop.remembered import Remembered
from tests.window.conftest import Opener
from tests.window.hand import Hand
from tests.window.program import Program
from tests.window.x11 import HIGH, WIDE, Screen

pytestmark = [pytest.mark.window, pytest.mark.slow]

FIRM, CITY = "بھٹی الیکٹرک اسٹور", "گوجرانوالہ"
NAME, PHONE = "محمد عثمان ڈار", "۰۳۰۰ ۱۲۳۴۵۶۷"
HALF_NAME, HALF_NOTE = "رضیہ بی بی", "دکان نئی ہے"


def test_the_first_day(opened: Opener, tmp_path: Path) -> None:
    data = tmp_path / "data"
    hand = opened(data, "first-day")

    assert hand.path() == "/welcome/"
    hand.look("three-doors")
    hand.go("button.door[value=ur]")
    assert hand.program.js("[document.documentElement.lang, document.dir]") == ["ur", "rtl"]
    hand.write("#name", FIRM)
    hand.click("label.choice:has([name=country][value=PK])")
    hand.write("#city", CITY)
    hand.look("firm")
    hand.go(".threshold-form button[type=submit]")
    assert hand.path() == "/welcome/ways"
    hand.look("ways")
    hand.go("a.way:last-of-type")
    assert hand.path() == "/"
    hand.look("today-empty")
    assert hand.text(".brand-firm") == FIRM

    add_a_customer(hand)
    find_the_customer(hand)
    switch_in_the_middle_of_a_form(hand)

    program = hand.program
    assert program.close() == 0, program.told
    assert program.told == "", "a start without trouble is silent"
    assert Remembered(DataFolder(data).work).language == "ur"
    assert program.left_behind() == []
    assert leftovers(data) == []


def add_a_customer(hand: Hand) -> None:
    hand.go("nav.tabs a[href='/customers/']")
    hand.look("customers-empty")
    hand.go("main a[href='/customers/new']")
    hand.write("#name", NAME)
    hand.write("#phones-0-number", PHONE)
    hand.write("#place", CITY)
    hand.look("new-customer")
    hand.go("main form.ledger-form .button-main")
    assert NAME in hand.text("h1")
    assert "+92 300 1234567" in hand.text(".wishes")
    hand.look("customer")


def find_the_customer(hand: Hand) -> None:
    """With the keyboard alone, from another page."""
    hand.go("nav.tabs a[href='/']")
    hand.press("slash")
    hand.program.until("document.activeElement.id === 'q'", 5)
    hand.program.screen.type("عثمان")
    hand.program.until("!!document.querySelector('[data-suggestions] a')", 10)
    hand.look("suggestions")
    hand.press("Down", "Return")
    hand.program.until("location.pathname === '/customers/1' && document.readyState === 'complete'", 10)
    assert NAME in hand.title()


def switch_in_the_middle_of_a_form(hand: Hand) -> None:
    hand.go("nav.tabs a[href='/customers/']")
    hand.go("main a[href='/customers/new']")
    hand.write("#name", HALF_NAME)
    hand.program.until("!!document.querySelector('.spellings button')", 20)  # what is proposed moves what stands below
    hand.click("#ours > summary")
    hand.write("#notes", HALF_NOTE)
    for language in ("hi", "en", "ur"):
        hand.speak(language)
        assert (hand.value("#name"), hand.value("#notes")) == (HALF_NAME, HALF_NOTE)
        hand.look(f"half-filled-{language}")
    hand.go("main form.ledger-form .button-main")
    assert HALF_NAME in hand.text("h1"), "what was typed goes on in any language"


def leftovers(data: Path) -> list[str]:
    """Files that only a program that runs, or one that was killed, has."""
    running = [*data.glob("running.json"), *data.rglob("window-is-opening")]
    return [one.name for one in (*running, *data.rglob("*.sqlite3-wal"), *data.rglob("*.sqlite3-shm"))]


def test_a_second_start_brings_the_first_to_the_front(
    opened: Opener, prepared: Path, tmp_path: Path, screen: Screen
) -> None:
    data = copytree(prepared, tmp_path / "data")
    first = opened(data, "second-start")
    window = first.program.window()

    with screen.curtain() as curtain:
        assert screen.window_on_top(WIDE // 2, HIGH // 2) == curtain
        again = first.program.start_again()
        assert (again.returncode, again.stderr) == (0, "")
        assert again.stdout.strip(), "it says in one sentence where the program is"
        until_on_top(screen, window)
    first.look("in-front-again")

    assert first.program.close() == 0
    assert first.program.left_behind() == []


def until_on_top(screen: Screen, window: int) -> None:
    end = time.monotonic() + 5
    while screen.window_on_top(WIDE // 2, HIGH // 2) != window:
        assert time.monotonic() < end, "the window stays behind"
        time.sleep(0.1)


def test_closed_while_it_still_opens(screen: Screen, prepared: Path, tmp_path: Path) -> None:
    data = copytree(prepared, tmp_path / "data")
    program = Program(screen, data)
    try:
        end = time.monotonic() + 30
        while not program.windows():
            assert time.monotonic() < end, program.told
        assert program.close() == 0, program.told
        assert program.left_behind() == []
        assert leftovers(data) == []
    finally:
        program.tidy_up()
