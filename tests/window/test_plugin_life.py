"""The life of a plugin in the real window, in Urdu: made, installed, used, updated, back, removed, installed again."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from loyalapp.features.customers import service as customers
from tests.conftest import close, open_app
from tests.window.conftest import Opener
from tests.window.hand import Hand
from tests.window.program import ROOT

pytestmark = [pytest.mark.window, pytest.mark.slow]

NAME, CUSTOMER = "ڈائری", "نصرت پروین"
WISH = "نیلا دھاگا منگوانا ہے"
OLD, NEW = "جو باتیں بعد میں کرنی ہیں۔", "جو باتیں یاد رکھنی ہیں۔"
KEPT = "اس کا ڈیٹا سنبھال کر رکھا ہے"
MOST_CLICKS = 4
PLUGINS, INSTALL = "a[href='/plugins/']", "main [data-install]"
YES = "main form[action^='/plugins/install/']:not([action$='/no']) button"
START = "main form[action='/plugins/installed/diary/start'] button"
BACK = "main form[action='/plugins/installed/diary/back'] button"
REMOVE = "main a[href='/plugins/installed/diary/remove']"


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A firm with one customer."""
    made = copytree(prepared, tmp_path / "data")
    app = open_app(made)
    with app.app_context():
        customers.add({"name": CUSTOMER, "phones": ["0321 7654321"]})
    close(app)
    return made


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """The folder that `loyalapp plugin new` makes."""
    names = ["--name-en", "Diary", "--name-ur", NAME, "--name-hi", "डायरी", "--author", "میرا جوشی"]
    loyalapp("new", "diary", "--in", tmp_path, *names)
    return tmp_path / "diary"


def loyalapp(*words: object) -> str:
    """`loyalapp plugin …`, as its maker types it."""
    command = [sys.executable, "-m", "loyalapp", "plugin", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def packed(folder: Path) -> Path:
    return Path(loyalapp("pack", folder))


def raised(folder: Path) -> Path:
    """The next version, which says one thing in other words."""
    manifest, words = folder / "plugin.toml", folder / "translations" / "ur" / "LC_MESSAGES" / "diary.po"
    manifest.write_text(manifest.read_text("utf-8").replace('"1.0.0"', '"1.1.0"'), "utf-8")
    words.write_text(words.read_text("utf-8").replace(OLD, NEW), "utf-8")
    return packed(folder)


def test_the_life_of_a_plugin(opened: Opener, data: Path, diary: Path) -> None:
    hand = opened(data, "plugin-life")
    hand.speak("ur")
    first = packed(diary)

    assert install(hand, first, "new") <= MOST_CLICKS
    use(hand)
    update(hand, raised(diary))
    go_back(hand)
    remove_and_keep(hand)

    assert install(hand, first, "again") <= MOST_CLICKS
    assert WISH in lines(hand), "its data is there again"
    hand.look("data-there-again")
    assert hand.program.close() == 0, hand.program.told
    assert hand.program.left_behind() == []


def install(hand: Hand, file: Path, name: str) -> int:
    """From the page of the plugins to a running one; answers how many clicks that takes."""
    hand.go(PLUGINS)
    hand.look(f"plugins-{name}")
    before = hand.clicks
    look_at(hand, file)
    hand.look(f"review-{name}")
    assert NAME in hand.text("#h-name")
    hand.go(YES)
    assert NAME in hand.text("main .note.indigo")
    hand.look(f"installed-{name}")
    hand.restart(START)
    taken = hand.clicks - before
    hand.look(f"restarted-{name}")
    assert hand.sees("nav.tabs a[href='/plugins/diary/']"), "it runs"
    return taken


def look_at(hand: Hand, file: Path) -> None:
    """One click, and the choice of the file."""
    assert hand.program.js("window.leftByTest = true") is True
    hand.choose_file(INSTALL, file)
    hand.arrive()
    assert hand.path().startswith("/plugins/install/"), hand.text("main")


def use(hand: Hand) -> None:
    """Its page, its button on the customer's page, its line on Today."""
    hand.go("nav.tabs a[href='/plugins/diary/']")
    hand.look("its-page-empty")
    hand.go("main a[href='/customers/']")
    hand.go("main a[href='/customers/1']")
    if not hand.program.js(f"document.querySelector({BUTTON!r}).checkVisibility()"):
        hand.click(f"details:has({BUTTON}) > summary")
    hand.look("its-button")
    hand.go(BUTTON)
    hand.write("#what", WISH)
    hand.write("#due_on", hand.program.js("new Date().toLocaleDateString('en-GB', {timeZone: 'Asia/Karachi'})"))
    hand.look("its-form")
    hand.go("main form.ledger-form .button-main")
    hand.go("nav.tabs a[href='/']")
    assert WISH in hand.text("main")
    hand.look("its-line-on-today")


BUTTON = 'a[href="/plugins/diary/new/1"]'


def lines(hand: Hand) -> str:
    hand.go("nav.tabs a[href='/plugins/diary/']")
    return hand.text("main")


def update(hand: Hand, file: Path) -> None:
    """The new version comes with the next start, and everything is there."""
    assert OLD in lines(hand)
    hand.go(PLUGINS)
    look_at(hand, file)
    hand.look("review-update")
    assert "1.0.0" in hand.text("main")
    hand.go(YES)
    hand.look("update-waits")
    hand.restart(START)
    found = lines(hand)
    assert NEW in found
    assert WISH in found
    hand.look("updated")


def go_back(hand: Hand) -> None:
    """One click, and a restart."""
    hand.go(PLUGINS)
    hand.look("may-go-back")
    hand.go(BACK)
    hand.look("goes-back")
    hand.restart(START)
    found = lines(hand)
    assert OLD in found
    assert WISH in found
    hand.look("went-back")


def remove_and_keep(hand: Hand) -> None:
    """Keeping the data is what is proposed."""
    hand.go(PLUGINS)
    hand.go(REMOVE)
    hand.look("remove")
    hand.go("main form.ledger-form button[type=submit]")
    assert not hand.sees(REMOVE)
    assert KEPT in hand.text("main .note"), "one does not have to look for it"
    assert NAME in hand.text("main section:has(#h-kept)")
    hand.look("removed-and-kept")
    hand.go("nav.tabs a[href='/']")
    assert WISH not in hand.text("main")
    assert not hand.sees("nav.tabs a[href='/plugins/diary/']")
