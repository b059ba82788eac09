"""The search box in a browser: reached and used by keyboard alone, late answers dropped, and useful without script."""

import pytest

from loyalapp.web.door import launch_path
from tests import walk
from tests.browser.conftest import speak

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BOX = "#q"
HITS = "[data-suggestions] [role=option]"


def state(page) -> dict[str, str | None]:
    return page.evaluate(
        """() => Object.fromEntries(["aria-expanded", "aria-controls", "aria-activedescendant"]
            .map((name) => [name, document.querySelector("#q").getAttribute(name)]))"""
    )


@pytest.mark.parametrize("keys", ["/", "Control+k"])
@pytest.mark.parametrize("language", ["ur", "en"])
def test_by_keyboard_alone(live, context, language, keys):
    page = live.visit(context, "/settings/")
    page.set_viewport_size({"width": 1920, "height": 900})  # where there is room for the hint
    speak(page, language)
    page.locator("main").focus()
    assert page.locator(".search-key").is_visible()
    page.keyboard.press(keys)
    assert page.evaluate("document.activeElement.id") == "q"
    assert state(page) == {"aria-expanded": "false", "aria-controls": None, "aria-activedescendant": None}

    page.keyboard.type(walk.NAME[:6])
    page.wait_for_selector(HITS)
    assert state(page)["aria-expanded"] == "true"
    assert page.locator(f"#{state(page)['aria-controls']}").get_attribute("role") == "listbox"
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{state(page)['aria-activedescendant']}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert page.evaluate("document.activeElement.id") == "q", "the focus stays in the box"
    page.keyboard.press("ArrowUp")
    assert state(page)["aria-activedescendant"] == "found-all", "round the corner to all results"

    page.keyboard.press("Escape")
    assert page.locator(HITS).count() == 0
    assert state(page)["aria-expanded"] == "false"
    page.keyboard.type("a")
    page.keyboard.press("Backspace")
    page.wait_for_selector(HITS)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/customers/*")


def test_enter_leads_to_all_results_and_a_letter_in_a_field_is_a_letter(live, context):
    page = live.visit(context, "/customers/new")
    page.locator("main input[name=name]").focus()
    page.keyboard.type("A/B")
    assert page.locator("main input[name=name]").input_value() == "A/B"
    page.locator(BOX).fill(walk.NAME[:4])
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.locator("main a[href^='/customers/']").count() >= 1


def test_an_answer_that_comes_late_is_dropped(live, context):
    page = live.visit(context)
    slow = []

    def hold_back(route) -> None:
        if route.request.url.endswith("q=Walk"):
            slow.append(route)
        else:
            route.continue_()

    page.route("**/search/suggest?*", hold_back)
    page.locator(BOX).press_sequentially("Walk")
    page.wait_for_timeout(400)
    page.locator(BOX).fill("zzzz")
    page.wait_for_selector("[data-suggestions] [role=status]")
    assert slow
    for one in slow:
        one.continue_()
    page.wait_for_timeout(300)
    assert page.locator(HITS).count() == 0


def test_without_script(live, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live.address + launch_path(live.app))
    page.wait_for_url(lambda url: "/boot/" not in url)
    page.locator(BOX).fill(walk.NAME[:4])
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.locator("main a[href^='/customers/']").count() >= 1
    context.close()
