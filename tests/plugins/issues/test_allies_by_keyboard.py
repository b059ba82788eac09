"""From a problem to somebody who can help, to their answer and the thanks, with the keyboard alone."""

from collections.abc import Iterator

import pytest

from loyalapp import sdk
from loyalapp.desktop.server import LocalServer
from loyalapp.web.door import launch_path
from plugins.issues import allies, hours, service, waiting

FARTHEST = 90  # Tabs to anything on a page
HELD = "selector => document.activeElement?.matches(selector)"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def page(app, person, chromium) -> Iterator:
    """The page of an open problem, for whom nobody is known yet who can help."""
    with app.app_context():
        hours.save(hours.Hours(closed=(), keeps_holidays=False))
        service.record(person("en"), "It makes noise")
    server = LocalServer(app)
    context = chromium.new_context(base_url=server.address)
    opened = context.new_page()
    opened.goto(launch_path(app))
    opened.goto("/plugins/issues/1")
    yield opened
    context.close()
    server.stop()


def reach(page, what: str) -> None:
    """Tab after Tab until it is held."""
    for _tab in range(FARTHEST):
        page.keyboard.press("Tab")
        if page.evaluate(HELD, what):
            return
    raise AssertionError(f"no Tab leads to {what}")


def press(page, what: str, to: str) -> None:
    """Press what the keyboard has led to, and wait for the page it leads to."""
    reach(page, what)
    with page.expect_navigation(url=to):
        page.keyboard.press("Enter")


def test_an_ally_is_written_down_asked_answers_and_is_thanked_without_a_mouse(app, page):
    press(page, "main a[href$='/1/hand-over']", "**/1/hand-over")
    press(page, "main a[href*='/allies/new']", "**/allies/new?problem=1")
    reach(page, "#name")
    page.keyboard.type("Usman")
    reach(page, "[name=department]:checked")
    page.keyboard.press("ArrowRight")
    reach(page, "#whatsapp")
    page.keyboard.type("0300 1112233")
    reach(page, "[name=kinds][value='3']")
    page.keyboard.press("Space")
    press(page, "main .line-save button", "**/1/hand-over?ally=1")
    reach(page, "#tried")
    page.keyboard.type("Oiled it")
    press(page, "main .line-save button", "**/hand-overs/1")
    reach(page, "#answer")
    page.keyboard.type("Change the belt")
    press(page, "main form[action$='/answer'] button", "**/issues/1")
    with page.expect_navigation():
        page.keyboard.press("Alt+KeyK")
    page.goto("/plugins/issues/waiting")
    press(page, "main form[action$='/thanked'] button", "**/waiting")

    with app.app_context():
        (ally,) = allies.here()
        assert (ally.name, ally.department, ally.whatsapp) == ("Usman", "repair", "+923001112233")
        assert allies.skills_of([1])[1].kinds == {3}
        given = waiting.one(1)
        assert (given.answer, given.thanked_on) == ("Change the belt", sdk.today())
        assert service.get(1).state == "confirmed"


def test_allies_are_changed_removed_and_brought_back_without_a_mouse(app, page):
    with app.app_context():
        allies.add(allies.Written({"name": "Usman", "department": "repair", "phone": "0300 1112233"}))
    page.goto("/plugins/issues/allies")
    press(page, "main a[href$='/allies/1']", "**/allies/1")
    reach(page, "#note")
    page.keyboard.type("After lunch")
    press(page, "main .line-save button", "**/allies#ally-1")
    press(page, "main form[action$='/allies/1/remove'] button", "**/allies")
    press(page, "main form[action$='/allies/1/bring-back'] button", "**/allies#ally-1")
    with app.app_context():
        assert [(one.name, one.note) for one in allies.here()] == [("Usman", "After lunch")]
