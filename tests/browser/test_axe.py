"""axe-core finds nothing on any page, in any language; nothing scrolls sideways on a small screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import speak

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def violations(page) -> list[str]:
    """What axe-core finds, one line each."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in found
        for node in one["nodes"][:2]
    ]


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_axe_finds_nothing_in_the_light(live, context, language):
    page = live.visit(context)
    speak(page, language)
    found = {}
    for path in live.pages:
        page.goto(live.address + path)
        if wrong := violations(page):
            found[path] = wrong

    assert found == {}


@pytest.mark.parametrize("language", ["ur", "hi"])
def test_axe_finds_nothing_in_the_dark(live, chromium, language):
    dark = chromium.new_context(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    page = live.visit(dark)
    speak(page, language)
    found = {}
    for path in (
        "/",
        "/customers/",
        "/customers/1",
        "/customers/new",
        "/contacts/new/1",
        "/plugins/",
        "/settings/",
        "/components/",
        "/nothing",
    ):
        page.goto(live.address + path)
        if wrong := violations(page):
            found[path] = wrong
    dark.close()

    assert found == {}


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_no_page_scrolls_sideways_on_a_small_screen(live, context, language):
    page = live.visit(context)
    speak(page, language)
    wide = {}
    for path in live.pages:
        page.goto(live.address + path)
        over = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
        if over > 0:
            wide[path] = over

    assert wide == {}


def test_axe_does_look(live, context):
    """A planted fault is found, so that finding nothing means something."""
    page = live.visit(context)
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")

    assert any(one.startswith("image-alt") for one in violations(page))
