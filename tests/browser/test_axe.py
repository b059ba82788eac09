"""axe-core finds nothing on any page, in any language; on a small screen no word is cut off or left in English."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import speak
from tests.browser.looking import looked_at
from tests.browser.set_right import set_right, strokes

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
def test_every_page_can_be_read_and_heard(live, context, language):
    page = live.visit(context)
    speak(page, language)
    found = {}
    for path in live.pages:
        page.goto(live.address + path)
        if wrong := looked_at(page) + set_right(page) + violations(page):
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


def test_axe_does_look(live, context):
    """A planted fault is found, so that finding nothing means something."""
    page = live.visit(context)
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")

    assert any(one.startswith("image-alt") for one in violations(page))


def test_a_figure_out_of_order_is_found(live, context):
    page = live.visit(context)
    speak(page, "ur")
    assert not set_right(page)
    page.evaluate("""() => {
        const bare = document.createElement("p");
        bare.append("فون +92 300 4567890 کم -1,234 اور 15% رعایت");
        document.querySelector("main").prepend(bare);
    }""")

    assert len(set_right(page)) == 3


def test_no_stroke_is_cut_off_wherever_words_stand(live, chromium):
    made = chromium.new_context()
    page = live.visit(made, "/components/")
    speak(page, "ur")
    for letters in ("nastaliq", "naskh"):
        assert [one for one in strokes(chromium, page, letters) if not one.is_whole()] == []
    made.close()
