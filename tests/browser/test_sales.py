"""A sale in ten seconds from any page: by keys, by clicks, and to somebody who is not in the book yet."""

import pytest

from tests import walk
from tests.browser.conftest import speak

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Keys:
    """Types text and counts every other key."""

    def __init__(self, page) -> None:
        self.page = page
        self.count = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.count += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)


@pytest.mark.parametrize("language", ["ur", "hi"])
def test_a_sale_takes_five_keys_besides_its_words(live, context, language):
    page = live.visit(context, "/settings/")
    speak(page, language)
    keys = Keys(page)

    keys.press("Alt+s")
    page.wait_for_selector("#who")
    keys.type(walk.NAME)
    keys.press("Enter")
    page.wait_for_selector("input[name=item]:focus")
    keys.type(f"Needle plate {language}")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("1250")
    keys.press("Enter")

    page.wait_for_selector(".notes .note")
    assert f"Needle plate {language}" in page.inner_text("main")
    assert keys.count <= 5


def test_a_sale_takes_three_clicks(live, context):
    page = live.visit(context, "/customers/")
    clicks = 0
    for where, words in (
        (".quick a[href='/catalogue/sale']", walk.NAME[:8]),
        (f"[data-suggestions] a:has-text('{walk.NAME}')", "Bobbin"),
        ("main .buttons-save button[type=submit]", ""),
    ):
        page.locator(where).first.click()
        clicks += 1
        if words:
            page.wait_for_selector("#who:focus, input[name=item]:focus")
            page.keyboard.type(words)

    page.wait_for_selector(".notes .note")
    assert "Bobbin" in page.inner_text("main")
    assert clicks <= 3


def test_a_sale_to_nobody_known_loses_nothing_that_was_typed(live, context):
    page = live.visit(context)
    page.keyboard.press("Alt+s")
    page.wait_for_selector("#who")
    page.keyboard.type("Hamidullah Zaman")
    page.keyboard.press("Enter")
    page.wait_for_selector("input[name=number]:focus")

    assert page.input_value("input[name=name]") == "Hamidullah Zaman"
    page.locator("input[name=item]").fill("Oil")
    page.keyboard.press("Enter")

    page.wait_for_selector(".notes .note")
    assert "Hamidullah Zaman" in page.inner_text("h1")
    assert "Oil" in page.inner_text("main")
