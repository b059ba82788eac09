"""What people do all day, with their clicks counted; the keyboard; the switch of language."""

import pytest
from playwright.sync_api import expect

from tests import walk
from tests.browser.conftest import speak

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LANGUAGES = ["ur", "hi", "en"]
# Whether what has the focus can be seen to have it, by a ring or shadow of its own, of its frame, or of its tile.
RING = """() => {
    const one = document.activeElement;
    if (one === document.body) return "page";
    const near = [one, one.closest("label, .search, .choice"), one.nextElementSibling].filter(Boolean);
    const isSeen = ({outlineStyle, outlineWidth, boxShadow}) =>
        (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
    return near.map((one) => getComputedStyle(one)).some(isSeen) ? "seen" : one.outerHTML.slice(0, 120);
}"""


class Hand:
    """Counts what a hand does."""

    def __init__(self, page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, where: str) -> None:
        self.page.locator(where).first.click()
        self.clicks += 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_customer_is_found_and_a_call_logged_in_three_clicks(live, context, language):
    page = live.visit(context)
    speak(page, language)
    hand = Hand(page)

    page.keyboard.press("/")
    page.keyboard.type(walk.NAME[:6])
    page.wait_for_selector("[data-suggestions] a")
    hand.click(f"[data-suggestions] a:has-text('{walk.NAME}')")
    hand.click("main a[href^='/contacts/new/']")
    page.locator("textarea[name=said]").fill("سب ٹھیک ہے")
    hand.click("main .buttons-save button[type=submit]")

    page.wait_for_selector(".notes .note")
    assert "سب ٹھیک ہے" in page.inner_text("main")
    assert hand.clicks <= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_of_today_is_done_in_three_clicks(live, context, language):
    """From its briefing to its end; what was done stands at the foot and can be taken back."""
    page = live.visit(context)
    speak(page, language)
    hand = Hand(page)
    lines = page.locator("li.entry").count()

    hand.click("li.entry:has(form[action='/today/done']) a[href$='/briefing']")
    page.wait_for_selector(".briefing")
    hand.click(".tabs a[href='/']")
    page.wait_for_selector("li.entry")
    hand.click("form[action='/today/done'] button")

    page.wait_for_selector(".done-list")
    assert page.locator("li.entry").count() == lines - 1
    assert hand.clicks <= 3
    page.locator(".notes form button").click()
    expect(page.locator("li.entry")).to_have_count(lines, timeout=30_000)


def test_the_same_by_keyboard_alone(live, context):
    page = live.visit(context)
    page.keyboard.press("/")
    page.keyboard.type("Walk Exam")
    page.wait_for_selector("[data-suggestions] a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/customers/*")
    customer = page.url.rsplit("/", 1)[1]
    page.goto(f"{live.address}/contacts/new/{customer}")
    page.locator("textarea[name=said]").focus()
    page.keyboard.type("By keyboard")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.buttons-save button[type=submit]')"):
            break
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/customers/{customer}")
    assert "By keyboard" in page.inner_text("main")


@pytest.mark.parametrize("path", ["/customers/new", "/contacts/new/1", "/catalogue/sale/1", "/settings/"])
def test_switching_the_language_in_the_middle_of_a_form_keeps_what_was_typed(live, context, path):
    page = live.visit(context, path)
    speak(page, "en")
    fields = page.locator("main input:not([type=hidden]):not([type=radio]):visible, main textarea:visible")
    typed = {}
    for number in range(fields.count()):
        name = fields.nth(number).get_attribute("name")
        typed[name] = f"لکھا {number}"
        fields.nth(number).fill(typed[name])
    radios = page.locator("main fieldset:visible")
    chosen = []
    for number in range(radios.count()):
        last = radios.nth(number).locator("label").last
        last.click()
        chosen.append(last.locator("input").get_attribute("value"))

    for language in ("ur", "hi", "en"):
        speak(page, language)
        assert page.url == live.address + path
        assert {name: page.locator(f"main [name={name}]").first.input_value() for name in typed} == typed
        ticked = page.locator("main fieldset:visible input:checked")
        assert ticked.evaluate_all("all => all.map(one => one.value)") == chosen


def test_what_was_typed_comes_back_on_another_visit_only_with_the_note_that_says_so(live, context):
    page = live.visit(context, "/customers/new")
    page.locator("main input[name=name]").fill("Once")
    speak(page, "ur")
    assert page.locator("main input[name=name]").input_value() == "Once"
    assert page.locator("[data-throw-away]").count() == 0, "it never left the page"
    page.goto(live.address + "/customers/new")
    with page.expect_response(lambda one: one.url.endswith("/drafts/away")):
        page.locator("[data-throw-away]").click()

    assert page.locator("main input[name=name]").input_value() == ""
    speak(page, "en")


def test_keys_for_the_languages(live, context):
    page = live.visit(context, "/help/")
    for key, language in (("1", "ur"), ("2", "hi"), ("3", "en")):
        page.keyboard.press(f"Control+Alt+{key}")
        page.wait_for_selector(f"html[lang={language}]")
        assert page.url == f"{live.address}/help/"


def test_slash_is_a_letter_where_one_writes(live, context):
    page = live.visit(context, "/customers/new")
    page.locator("main input[name=name]").focus()
    page.keyboard.type("A/B")

    assert page.locator("main input[name=name]").input_value().endswith("A/B")  # behind what a draft has kept, if any


@pytest.mark.parametrize("size", [(900, 600), (1440, 900)])
def test_the_head_stays_where_it_is_when_the_language_changes(live, chromium, size):
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]})
    page = live.visit(context, "/customers/")
    places = {}
    for language in LANGUAGES:
        speak(page, language)
        page.evaluate("document.fonts.ready")
        box = page.locator("header.head").bounding_box()
        search = page.locator("header.head .search").bounding_box()
        switch = [page.locator(".tongues button").nth(number).bounding_box() for number in range(3)]
        places[language] = (
            box["height"],
            search["y"],
            search["height"],
            *(one["y"] for one in switch),
            *(one["width"] for one in switch),
        )
    context.close()

    assert all(abs(one - other) <= 2 for one, other in zip(places["hi"], places["en"], strict=True)), places
    assert all(abs(one - other) <= 2 for one, other in zip(places["ur"], places["en"], strict=True)), places


@pytest.mark.parametrize("language", LANGUAGES)
def test_focus_can_be_seen_everywhere(live, context, language):
    page = live.visit(context)
    speak(page, language)
    for path in ("/", "/customers/new", "/plugins/"):
        page.goto(live.address + path)
        for _ in range(25):
            page.keyboard.press("Tab")
            ring = page.evaluate(RING)
            assert ring in ("page", "seen"), f"{path}: {ring}"


def test_done_and_undo_on_today(live, context):
    page = live.visit(context)
    speak(page, "en")
    before = page.locator("li.entry").count()
    key = "li.entry input[name=key]"
    first = page.locator(key).first.input_value()
    page.locator("li.entry form.deed button").first.click()
    page.wait_for_selector(".notes form button")
    assert first not in page.locator(key).evaluate_all("all => all.map(one => one.value)")

    page.locator(".notes form button").click()
    page.wait_for_load_state()
    assert page.locator("li.entry").count() == before
    assert page.locator(key).first.input_value() == first
