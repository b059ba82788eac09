"""The job of each plugin, done by hand in the real window: once in Urdu, once in Hindi."""

import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from urllib.parse import unquote

import pytest

from loyalapp.core.clock import today
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import service as customers
from tests.conftest import close, open_app
from tests.window.conftest import Opener
from tests.window.hand import Hand

pytestmark = [pytest.mark.window, pytest.mark.slow]

SAVE = "main .buttons-save .button-main"


@dataclass(frozen=True)
class Talk:
    """One customer and the salesman's words in one language."""

    language: str
    name: str
    phone: str
    item: str
    problem: str
    answer: str
    tip: str
    own_line: str
    likes: str


TALKS = {
    "ur": Talk(
        "ur", "نصرت پروین", "0321 7654321", "سلائی مشین", "مشین کی سوئی بار بار ٹوٹتی ہے", "کام اچھا چل رہا ہے",
        "ہر مہینے تیل ڈالیں", "بیٹی کو امتحان کی مبارک", "آپ فون فوراً اٹھاتے ہیں",
    ),
    "hi": Talk(
        "hi", "कमला देवी", "0333 1112223", "सिलाई मशीन", "मशीन की सुई बार-बार टूटती है", "काम अच्छा चल रहा है",
        "हर महीने तेल डालिए", "बेटी को परीक्षा की बधाई", "आप फ़ोन तुरंत उठाते हैं",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def data(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A firm with two customers who bought something a while ago; ids 1 and 2."""
    folder = copytree(prepared, tmp_path_factory.mktemp("jobs") / "data")
    app = open_app(folder)
    with app.app_context():
        for talk in TALKS.values():
            known = {"name": talk.name, "phones": [talk.phone], "message_language": talk.language, "place": "Lahore"}
            made = customers.add(known)
            catalogue.record_purchase(made.id, talk.item, today() - timedelta(days=200))
    close(app)
    return folder


@pytest.fixture(scope="module")
def hand(opened: Opener, data: Path) -> Hand:
    return opened(data, "jobs")


@pytest.fixture(params=TALKS)
def talk(request: pytest.FixtureRequest) -> Talk:
    return TALKS[request.param]


def open_customer(hand: Hand, talk: Talk) -> int:
    """From the list, as a user does; answers the customer's number."""
    hand.speak(talk.language)
    number = list(TALKS).index(talk.language) + 1
    hand.go("nav.tabs a[href='/customers/']")
    hand.go(f"main a[href='/customers/{number}']")
    assert talk.name in hand.text("h1")
    return number


def begin(hand: Hand, deed: str) -> None:
    """Choose one of the rarer deeds of the customer's page, which lie folded."""
    hand.click("main header details.fold > summary")
    hand.go(f"main a[href='{deed}']")


def test_a_problem_is_recorded_and_solved(hand: Hand, talk: Talk) -> None:
    number = open_customer(hand, talk)
    hand.go(f"main a[href='/plugins/issues/new/{number}']")
    hand.write("#what", talk.problem)
    hand.click("label.choice:has([name=urgency][value=stopped])")
    hand.look(f"problem-{talk.language}")
    hand.go(SAVE)
    assert talk.problem in hand.text("h1")
    hand.look(f"problem-open-{talk.language}")

    hand.go("main form[action$='/solved'] button")
    hand.look(f"problem-ask-{talk.language}")
    hand.go("main form[action$='/ease'] button[value=easy]")
    assert not hand.sees("main form[action$='/solved']")
    hand.look(f"problem-solved-{talk.language}")
    hand.go("nav.tabs a[href='/plugins/issues/']")
    assert talk.problem not in hand.text("main")
    hand.go("main nav a[href*='show=solved']")
    assert talk.problem in hand.text("main")


def test_a_level_is_set_and_a_review_ends_in_a_recommendation(hand: Hand, talk: Talk) -> None:
    number = open_customer(hand, talk)
    hand.go(f"main a[href='/plugins/reviews/level/{number}']")
    hand.click("label.choice:has([name=means][value=yes])")
    hand.look(f"level-{talk.language}")
    hand.go(SAVE)
    levels = hand.program.js("[...document.querySelectorAll('ol.level li')].map((one) => one.className)")
    assert levels == ["", "", "here"], "they bought one kind of goods and could buy more: high"

    begin(hand, f"/plugins/reviews/hold/{number}")
    hand.write(".questions textarea", talk.answer)
    hand.look(f"review-{talk.language}")
    hand.write("#recommendation", talk.tip)
    hand.click("label.choice:has([name=kind])")
    hand.look(f"review-tip-{talk.language}")
    hand.go("main button[value=finish]")
    assert talk.answer in hand.text("main")
    hand.go(f"main a[href='/customers/{number}']")
    assert talk.tip in hand.text("section[aria-labelledby=h-time]")
    hand.look(f"review-held-{talk.language}")


def test_a_greeting_card_is_made_and_seen(hand: Hand, talk: Talk, data: Path) -> None:
    number = open_customer(hand, talk)
    begin(hand, f"/plugins/greetings/new/{number}")
    before = hand.program.js("document.querySelector('.card-view img').src")
    hand.write("#own_line", talk.own_line)
    hand.go("main button[value=show].button-soft")
    assert hand.program.js("document.querySelector('.card-view img').src") != before
    hand.look(f"card-words-{talk.language}")

    hand.go("main button[value=save]")
    assert hand.program.js("document.querySelector('.card-view img').naturalWidth") == 1080
    assert talk.own_line in hand.value("#card-text")
    hand.look(f"card-{talk.language}")
    hand.go("main form:has([name=format][value=png]) button")
    hand.go("main form:has([name=size][value=a6]) button")
    hand.look(f"card-saved-{talk.language}")
    send_by_whatsapp(hand, talk)
    saved = [one for one in (data / "exports").iterdir() if talk.name.split()[0] in one.name]
    assert {one.suffix: one.read_bytes()[:4] for one in saved} == {".png": b"\x89PNG", ".pdf": b"%PDF"}


def send_by_whatsapp(hand: Hand, talk: Talk) -> None:
    """The words go to the default browser, with the number; the window stays where it is."""
    before, here = len(hand.program.visited), hand.path()
    hand.click("main a[href^='https://wa.me/']")
    end = time.monotonic() + 10
    while len(hand.program.visited) == before:
        assert time.monotonic() < end, "the browser was not asked"
        time.sleep(0.1)
    number, _mark, words = hand.program.visited[-1].removeprefix("https://wa.me/").partition("?text=")
    assert number == "92" + talk.phone.removeprefix("0").replace(" ", "")
    assert talk.own_line in unquote(words)
    assert hand.path() == here


def test_what_a_customer_values_is_written_down(hand: Hand, talk: Talk) -> None:
    number = open_customer(hand, talk)
    begin(hand, f"/plugins/value/new/{number}")
    hand.write("#likes", talk.likes)
    hand.look(f"value-{talk.language}")
    hand.go(SAVE)
    assert talk.likes in hand.text("section[aria-labelledby=h-time]")
    hand.look(f"value-said-{talk.language}")
    hand.go("nav.tabs a[href='/plugins/value/']")
    assert talk.likes in hand.text("main")
    hand.look(f"value-book-{talk.language}")


def test_the_window_closes_cleanly_after_all_that(hand: Hand) -> None:
    assert hand.program.close() == 0, hand.program.told
    assert hand.program.left_behind() == []
