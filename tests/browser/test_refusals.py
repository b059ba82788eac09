"""Forms that come back in a browser: the sentence stands in sight by its field, which has the keys; nothing is cut off.

And words that were cut or in the wrong order while they were typed: the search's own, and fields in braces.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import speak

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SEEN = """() => [...document.querySelectorAll(".field-error")].filter((one) => one.checkVisibility()).some((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
})"""
WORDS_OF_THE_SEARCH = """() => {
    const box = document.querySelector("#q"), style = getComputedStyle(box);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = style.font;
    const room = box.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd);
    return room - pen.measureText(box.placeholder).width;
}"""


WITHOUT_A_NUMBER = "Nobody"  # came in with a list, so the first thing that is asked is the number


@pytest.fixture
def refused(chromium) -> Iterator[BrowserContext]:
    """As `context`; but that a form is refused is told on the console too, and is no fault here."""
    made = chromium.new_context(viewport={"width": 900, "height": 600})
    faults: list[str] = []
    made.on("weberror", lambda one: faults.append(str(one.error)))
    yield made
    made.close()
    assert faults == []


def customer(live, context, language: str):
    page = live.visit(context, f"/search?q={WITHOUT_A_NUMBER}")
    speak(page, language)
    page.locator(".people a", has_text=WITHOUT_A_NUMBER).first.click()
    page.wait_for_selector("[name=text]")
    return page


@pytest.mark.parametrize("language", ["ur", "hi"])
def test_under_a_field_as_tall_as_the_window_the_sentence_is_in_sight(live, refused, language):
    page = customer(live, refused, language)
    page.locator("[name=text]").first.fill("word " * 700)
    page.locator("form:has([name=text]) [type=submit]").first.click()
    page.wait_for_selector("main[data-sent] .field-error")
    page.wait_for_timeout(300)

    assert page.evaluate(SEEN)
    assert page.evaluate("document.activeElement.name") == "text"
    assert page.input_value("[name=text]").count("word") == 700


def test_a_refusal_that_repeats_a_long_word_does_not_push_the_page_apart(live, refused):
    page = customer(live, refused, "ur")
    box = page.locator("form[action*='/answer/'] input:not([type=hidden])").first
    box.fill("9" * 40)
    page.locator("form[action*='/answer/'] [type=submit]").first.click()
    page.wait_for_selector("main[data-sent] .field-error")

    assert page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth") <= 0


@pytest.mark.parametrize("width", [900, 1280, 1440, 1530, 1920])
def test_the_words_of_the_search_are_read_to_their_end(live, context, width):
    page = live.visit(context, "/customers/")
    page.set_viewport_size({"width": width, "height": 700})
    for language in ("ur", "hi", "en"):
        speak(page, language)
        page.evaluate("document.fonts.ready")
        assert page.evaluate(WORDS_OF_THE_SEARCH) >= 0, language


@pytest.mark.parametrize(
    ("typed", "way"),
    [
        ("{{ name }} آپ کو عید مبارک ہو", "rtl"),
        ("{{ نام }} जी, दीवाली की शुभकामनाएँ", "ltr"),
        ("{{ نام }} Eid Mubarak", "ltr"),
        ("{{ name }}", "auto"),
    ],
)
def test_a_wording_runs_as_its_words_do_whatever_stands_in_its_braces(live, context, typed, way):
    page = live.visit(context, "/plugins/greetings/wordings/new")
    page.fill("#text", typed)

    assert page.get_attribute("#text", "dir") == way
