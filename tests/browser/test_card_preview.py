"""The picture of a card follows what is typed, and a slow old answer never takes the place of a newer one."""

import re
import threading

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Live

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_picture_follows_typing_and_a_late_answer_is_dropped(live: Live, context):
    page = live.visit(context, "/plugins/greetings/new/1?occasion=birthday")
    shown = page.locator("img[data-preview]")
    first, held = shown.get_attribute("src"), threading.Event()

    def hold_back(route):
        if "Slow" in route.request.url and not held.is_set():
            held.set()
            late.append(route)
        else:
            route.continue_()

    late = []
    page.route("**/preview.png?*", hold_back)
    page.fill("[name=own_line]", "Slow words")
    for _turn in range(100):
        if held.is_set():
            break
        page.wait_for_timeout(50)
    assert shown.get_attribute("src") == first, "the old picture stays until the new one is whole"
    page.fill("[name=own_line]", "Quick words")
    expect(shown).to_have_attribute("src", re.compile("Quick"), timeout=30_000)
    late[0].continue_()
    page.wait_for_timeout(700)
    assert "Quick" in shown.get_attribute("src")
    assert page.evaluate("() => document.querySelector('img[data-preview]').naturalWidth") == 720
