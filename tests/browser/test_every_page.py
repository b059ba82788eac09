"""A language that nobody speaks, with long words from right to left: every page has room for it, no word is cut off."""

from collections.abc import Iterator

import pytest

from loyalapp.core import tongues
from loyalapp.core.i18n import LANGUAGES
from tests import strange_tongue
from tests.browser.conftest import speak
from tests.browser.looking import looked_at

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def strange(live, tmp_path) -> Iterator[str]:
    """The live app with one folder more: a language that nobody speaks. Its name for the switch."""
    folder = strange_tongue.make(tmp_path)
    live.app.extensions["loyalapp.tongues"][folder.name] = tongues.read(folder / tongues.ABOUT, LANGUAGES)
    yield folder.name
    live.app.extensions["loyalapp.tongues"].clear()


def test_nothing_is_cut_off_in_a_language_that_nobody_speaks(live, context, strange):
    page = live.visit(context)
    page.locator(f".tongues button[value={strange}]").click()
    page.wait_for_selector(f"html[lang={strange_tongue.TAG}][dir=rtl]")
    wrong = {}
    for path in live.pages:
        page.goto(live.address + path)
        if found := looked_at(page):
            wrong[path] = found

    assert wrong == {}


def test_the_look_does_see(live, context):
    """Planted faults are found, so that finding nothing means something."""
    page = live.visit(context)
    speak(page, "hi")
    page.goto(live.address + "/customers/")
    page.evaluate(
        """() => {
            document.querySelector('main').insertAdjacentHTML('afterbegin', `
                <p>Nobody translated me</p><button title="Me neither">हाँ</button>
                <div class="plant-cut">कटा हुआ कटा हुआ</div><p class="plant-over">चौड़ा</p>`);
            const cut = {inlineSize: '3rem', overflow: 'hidden', whiteSpace: 'nowrap'};
            Object.assign(document.querySelector('.plant-cut').style, cut);
            Object.assign(document.querySelector('.plant-over').style, {inlineSize: '99rem', maxInlineSize: 'none'});
        }"""
    )
    found = "\n".join(looked_at(page))

    planted = ("over the edge", "cut off: DIV.plant-cut", "English: Nobody", "English: neither")
    assert [one for one in planted if one not in found] == []
