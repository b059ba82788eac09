"""The customer's form in a browser: Enter saves, lines are added and kept in any language, who sent them is found.

And what holds for every form: switching the language loses nothing, and the keyboard on the screen writes.
"""

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


def test_keys_switch_the_language_in_mid_form_and_nothing_is_lost(live, context):
    """By the place of the key, whatever it writes; the cursor, open parts, ticks and what was searched stay too."""
    page = live.visit(context, "/customers/new")
    page.locator("#q").fill("Wal")
    page.locator("#name").fill("Half written")
    page.locator("#ours > summary").click()
    page.locator("#referred_by").type(walk.NAME[:6])
    page.locator(f"[data-found] label:has-text('{walk.NAME}') input").first.check()
    page.locator("#who > summary").click()
    page.locator("[name=kind][value=firm]").check()
    page.locator("#notes").fill("up to here, and on")
    page.locator("#notes").evaluate("one => one.setSelectionRange(4, 6)")

    for code, key, language in (("Digit1", "۱", "ur"), ("Numpad2", "2", "hi"), ("Digit3", "£", "en")):
        page.evaluate(
            "([code, key]) => document.activeElement.dispatchEvent("
            "new KeyboardEvent('keydown', {code, key, ctrlKey: true, altKey: true, bubbles: true, cancelable: true}))",
            [code, key],
        )
        page.wait_for_selector(f"html[lang={language}]")
        page.wait_for_selector("[name=referred_by_id]:checked", state="attached")
        there = page.evaluate(
            "[document.activeElement.id, document.activeElement.selectionStart, document.activeElement.selectionEnd]"
        )
        assert there == ["notes", 4, 6]
        assert page.input_value("#notes") == "up to here, and on"
        assert page.input_value("#name") == "Half written"
        assert page.input_value("#q") == "Wal"
        assert page.is_checked("[name=kind][value=firm]")
        assert page.evaluate("[...document.querySelectorAll('main details[open]')].map(one => one.id)") == [
            "who",
            "ours",
        ]
        # Where one writes is in sight, once fonts and proposals have come.
        for _tenth in range(50):
            if 60 < (height := page.locator("#notes").bounding_box()["y"]) < 560:
                break
            page.wait_for_timeout(100)
        assert 60 < height < 560


def test_a_page_that_only_answers_a_form_keeps_what_was_typed_too(live, chromium):
    """It has no address of its own: one comes back to the page before it."""
    made = chromium.new_context(viewport={"width": 900, "height": 600})  # a refused form is a fault to `context`
    page = live.visit(made, "/customers/1")
    form = page.locator("form[action$='/customers/1/learn']")
    form.locator("[name=learned_on]").evaluate("one => (one.closest('details') || {}).open = true")
    form.locator("[name=text]").fill("Likes to be called early")
    form.locator("[name=learned_on]").fill("not a day")
    form.evaluate("one => one.requestSubmit()")
    page.wait_for_selector("[name=learned_on][aria-invalid=true]")
    speak(page, "ur")

    assert page.evaluate("location.pathname") == "/customers/1"
    assert page.input_value("form[action$='/learn'] [name=text]") == "Likes to be called early"
    assert page.input_value("form[action$='/learn'] [name=learned_on]") == "not a day"
    made.close()


def test_what_was_not_touched_follows_the_language_and_a_change_of_others_is_noticed(live, context):
    page = live.visit(context, "/customers/1/edit")
    before = page.input_value("[name=version]")
    page.locator("#notes").evaluate("one => { one.value = 'mine' }")
    page.evaluate("const one = document.querySelector('[name=place]'); one.value = one.defaultValue = 'old'")
    page.evaluate("document.querySelector('[name=version]').value = '0'")
    speak(page, "hi")

    assert page.input_value("#notes") == "mine"
    assert page.input_value("[name=version]") == "0", "the version that was seen goes along"
    assert page.input_value("[name=place]") != "old", "what nobody touched comes fresh"
    page.reload()
    assert page.input_value("[name=version]") == before


def test_keyboard_on_the_screen_writes_by_its_keys_and_by_those_of_the_computer(live, context):
    page = live.visit(context, "/customers/new")
    speak(page, "ur")
    page.locator("#name").fill("")  # a draft may lie here
    page.keyboard.press("Control+Alt+k")
    page.wait_for_selector(".keyboard")
    page.keyboard.type("hmd")
    page.keyboard.press("Shift+a")
    page.locator("[data-keys=ur] [data-code=KeyK]").click()
    page.locator("[data-keys=ur] [data-shift]").click()
    page.locator("[data-keys=ur] [data-code=KeyK]").click()
    assert page.input_value("#name") == "حمدآکخ"
    page.locator("[data-keys=ur] [data-back]").click()
    page.keyboard.press("Control+z")
    assert page.evaluate("[document.activeElement.id, getComputedStyle(document.activeElement).direction]") == [
        "name",
        "rtl",
    ]

    page.locator("[name='phones-0-number']").click()
    page.keyboard.type("0300")
    assert page.input_value("[name='phones-0-number']") == "0300", "numbers are left alone"
    page.locator("#who").evaluate("one => { one.open = true }")
    for field, written in (("name_hi", "कब"), ("name_en", "kb"), ("name_ur", "کب")):
        page.locator(f"#{field}").click()
        page.keyboard.type("kb")
        assert page.input_value(f"#{field}") == written, "a field for one language gets its keyboard"

    page.goto(live.address + "/customers/")
    page.wait_for_selector(".keyboard")
    page.locator(".keyboard [data-close]").click()
    page.locator("#q").focus()
    page.keyboard.type("kb")
    assert page.input_value("#q") == "kb"
    assert page.locator(".keyboard").is_hidden()


def test_a_proposed_spelling_goes_into_its_field(live, context):
    page = live.visit(context, "/customers/1/edit")
    page.evaluate("for (const one of document.querySelectorAll('#name_ur, #name_hi')) one.value = ''")
    page.locator("#name").fill("Ayesha Khan")
    page.locator("[data-put=name_hi]").click()

    assert page.input_value("#name_hi") == "आयशा ख़ान"
    assert page.locator("#who").get_attribute("open") is not None
    page.wait_for_selector("[data-put=name_ur]")
    assert page.locator("[data-put=name_hi]").count() == 0
