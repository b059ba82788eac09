"""What our own window owes its user: it asks before something is lost, remembers, finds, prints, keeps links out."""

import os
import signal
import time
from pathlib import Path
from shutil import copytree

import pytest

from loyalapp.desktop.remembered import Remembered
from loyalapp.features.customers import service as customers
from tests.conftest import close, open_app
from tests.window.conftest import Opener
from tests.window.hand import Hand
from tests.window.program import MARK, PATIENCE

pytestmark = [pytest.mark.window, pytest.mark.slow]

NAME = "فاطِمہ بی بی"
VIEWER = '#!/bin/sh\necho "$1" >> "$HOME/viewed"\n'
PLANTED = """
(() => {
  const script = document.createElement("script");
  script.textContent = "window.ranForTest = 1";
  document.body.append(script);
  const picture = document.createElement("div");
  picture.innerHTML = '<img src="x" onerror="window.ranForTest = 1">';
  document.body.append(picture);
  return true;
})()
"""


@pytest.fixture
def data(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A firm with one customer, and a viewer for PDFs."""
    made = copytree(prepared, tmp_path / "data")
    app = open_app(made)
    with app.app_context():
        customers.add({"name": NAME, "phones": ["0321 7654321"], "place": "Lahore"})
    close(app)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "xdg-open").write_text(VIEWER, "utf-8")
    (tmp_path / "bin" / "xdg-open").chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    return made


def test_the_manners_of_the_window(opened: Opener, data: Path) -> None:
    hand = opened(data, "manners")
    hand.speak("ur")
    hand.go("nav.tabs a[href='/customers/']")
    find_on_the_page(hand)
    zoom(hand)
    print_the_page(hand)
    links_lead_out(hand)
    a_page_that_broke_down_comes_back(hand)
    ask_before_something_is_lost(hand)
    close_in_the_middle_of_a_draft(hand)

    again = opened(data, "manners-again")
    assert again.path() == "/customers/new", "where one was"
    again.program.until(f"document.querySelector('#name').value === {HALF!r}", 10)
    assert again.program.js("Math.round(devicePixelRatio * 100)") == 125, "as large as one left it"
    again.look("as-it-was-left")
    again.click("main h1")
    again.press("ctrl+0")
    again.program.until("devicePixelRatio === 1", 5)
    assert again.program.close() == 0, again.program.told
    assert again.program.left_behind() == []
    assert Remembered(data / "work").zoom == 1.0


def find_on_the_page(hand: Hand) -> None:
    """Without vowel signs, and with the other form of a letter."""
    hand.click("main h1")
    hand.press("ctrl+f")
    hand.program.until("document.activeElement.matches('[data-find] input')", 5)
    hand.program.screen.type("فاطمه")
    hand.program.until("document.querySelector('[data-count]').textContent === '1 / 1'", 5)
    hand.look("found")
    hand.press("Escape")
    hand.program.until("document.querySelector('[data-find]').hidden", 5)
    assert hand.program.js("String(getSelection())") == NAME.split(maxsplit=1)[0]


def zoom(hand: Hand) -> None:
    hand.press("ctrl+plus", "ctrl+equal", "ctrl+equal", "ctrl+minus")
    hand.program.until("Math.round(devicePixelRatio * 100) === 125", 5)
    assert hand.program.js("window.leftByTest = true") is True
    hand.press("F5")
    hand.arrive()
    assert hand.program.js("Math.round(devicePixelRatio * 100)") == 125, "the next page is as large"


def print_the_page(hand: Hand) -> None:
    hand.press("ctrl+p")
    viewed, end = hand.program.data.parent / "home" / "viewed", time.monotonic() + 20
    while not viewed.is_file():
        assert time.monotonic() < end, hand.program.told
        time.sleep(0.1)
    printed = Path(viewed.read_text("utf-8").strip())
    assert printed.read_bytes()[:5] == b"%PDF-"
    assert printed.parent.stat().st_mode & 0o077 == 0, "only the user may read it"


def links_lead_out(hand: Hand) -> None:
    """Attacks 19 and 28: a link to elsewhere, even without a word of its own window; a planted script does not run."""
    here = hand.program.js("location.href")
    other_name = here.replace("127.0.0.1", "localhost")
    for address in (other_name, "ftp://example.org/", "https://example.org/a", "http://localhost:1/x"):
        lead_out(hand, f"location.href = {address!r}", address)
    for address in (other_name, "file:///etc/passwd", "javascript:alert(1)", "https://example.org/b"):
        lead_out(hand, f"window.open({address!r})", address)
    visited = ["https://example.org/a", "http://localhost:1/x", "https://example.org/b"]
    assert hand.program.js(PLANTED) is True
    time.sleep(0.5)
    assert hand.program.visited == visited
    assert hand.program.js("[location.href, typeof window.ranForTest]") == [here, "undefined"]

    end = time.monotonic() + 20
    hand.program.js("(window.open('/customers/1'), true)")
    while len(hand.program.windows()) < 2:
        assert time.monotonic() < end, "our own page has no window"
        time.sleep(0.1)
    beside = max(hand.program.windows())
    hand.program.screen.ask_to_close(beside)
    while len(hand.program.windows()) > 1:
        assert time.monotonic() < end, "the small window stays"
        time.sleep(0.1)


def lead_out(hand: Hand, deed: str, address: str) -> None:
    """One after the other, as a hand clicks; what leads nowhere is given a moment."""
    hand.program.js(f"({deed}, true)")
    is_for_browser = address.startswith(("https:", "http://localhost:1/"))
    end = time.monotonic() + (20 if is_for_browser else 0.7)
    while hand.program.visited[-1:] != [address]:
        if time.monotonic() > end:
            assert not is_for_browser, (address, hand.program.visited)
            return
        time.sleep(0.1)


def a_page_that_broke_down_comes_back(hand: Hand) -> None:
    assert hand.program.js("window.oldForTest = true") is True
    for one in renderers(hand):
        os.kill(one, signal.SIGKILL)
    hand.program.until("!window.oldForTest && document.readyState === 'complete'", 30)
    hand.arrive()
    assert hand.path() == "/customers/"
    hand.program.until("Math.round(devicePixelRatio * 100) === 125", 5)


def renderers(hand: Hand) -> list[int]:
    """The processes that draw pages of this program: those begun by the one that begins them."""
    ours = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={hand.program._mark}".encode() in (place / "environ").read_bytes():
                words = (place / "cmdline").read_bytes()
                parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
                ours[int(place.name)] = (words, parent)
        except OSError:
            continue
    zygotes = {number for number, (words, _parent) in ours.items() if b"--type=zygote" in words}
    begun = {number: parent for number, (_words, parent) in ours.items() if parent in zygotes}
    return [number for number in begun if number not in begun.values()]


def ask_before_something_is_lost(hand: Hand) -> None:
    """A form that no draft keeps: the window asks, and stays or goes as one likes."""
    hand.go("nav.tabs a[href='/settings/']")
    hand.write("#name", "دکان نئی")
    hand.program.screen.ask_to_close(hand.program.window())
    hand.program.until("document.querySelector('[data-leaving]').open", 10)
    hand.look("asks")
    hand.press("Escape")
    hand.program.until("!document.querySelector('[data-leaving]').open", 5)
    time.sleep(0.5)
    assert hand.program.process.poll() is None
    assert hand.value("#name") == "دکان نئی"
    hand.program.screen.ask_to_close(hand.program.window())
    hand.program.until("document.querySelector('[data-leaving]').open", 10)
    hand.click("[data-leaving] button:not([value=leave])")
    hand.go("nav.tabs a[href='/customers/']")


HALF = "رضیہ بی بی"


def close_in_the_middle_of_a_draft(hand: Hand) -> None:
    """What drafts keep is not asked about, and the last letter is kept too."""
    hand.go("main a[href='/customers/new']")
    hand.write("#name", HALF)
    hand.program.screen.ask_to_close(hand.program.window())
    assert hand.program.process.wait(PATIENCE) == 0, hand.program.told
