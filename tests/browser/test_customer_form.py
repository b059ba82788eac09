"""The customer's form in a browser: Enter saves, lines are added and kept in any language, who sent them is found."""

import pytest

from tests import walk
from tests.browser.conftest import speak

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_lines_stay_with_what_was_typed_when_the_language_is_switched(live, context):
    page = live.visit(context, "/customers/new")
    page.locator("#name").fill("Half written")
    page.locator("#people > summary").click()
    for number in range(2):
        page.locator("#people button[name=more]").click()
        page.wait_for_selector(f"#people-{2 * number + 2}-name")
    page.locator("#people-4-name").fill("Farah")
    speak(page, "ur")

    assert page.input_value("#people-4-name") == "Farah"
    assert page.input_value("#name") == "Half written"
    assert page.locator("#people").get_attribute("open") is not None
    assert page.locator("#reach").get_attribute("open") is None


def test_who_sent_them_is_found_by_a_few_letters_and_enter_saves(live, context):
    page = live.visit(context, "/customers/new")
    page.locator("#name").fill("Sent by somebody")
    page.locator("#ours > summary").click()
    page.locator("#referred_by").type(walk.NAME[:6])
    page.locator(f"[data-found] label:has-text('{walk.NAME}') input").first.check()
    page.locator("#name").press("Enter")

    page.wait_for_selector(".notes .note")
    page.locator("details:has(> .details) > summary").click()
    assert walk.NAME in page.inner_text(".details")


def test_what_is_to_be_mended_is_in_sight_and_has_the_focus(live, chromium):
    made = chromium.new_context(viewport={"width": 900, "height": 600})  # a refused form is a fault to `context`
    page = live.visit(made, "/contacts/new/1")
    page.locator("[name=promised]").fill("The price")
    page.locator("main .button-main[type=submit]").click()

    page.wait_for_selector("[name=promised_for][aria-invalid=true]:focus")
    box = page.locator("[name=promised_for]").bounding_box()
    made.close()
    assert 80 < box["y"] < 520, "between the head and the line that saves"
