"""A shared PC in a browser: F9 hides at once and keeps what was typed; one click switches who sits here."""

import pytest

from loyalapp.features.customers import service as customers
from loyalapp.features.staff import pins
from loyalapp.features.staff import service as staff
from tests import walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECRET = "Haggles to the last rupee"
PIN = "4812"


@pytest.fixture(scope="module")
def shop(live) -> dict[str, int]:
    """Rohit without a PIN, Zahid with one, and a customer of whom a note is kept."""
    with live.app.app_context():
        rohit, zahid = staff.add("Rohit Example"), staff.add("Zahid Example")
        pins.choose(zahid, PIN, PIN)
        secret = customers.add({"name": "Kashif Example", "notes": SECRET}).id
    return {"rohit": rohit, "zahid": zahid, "customer": secret}


def is_seen(page) -> bool:
    return page.get_by_text(SECRET).count() > 0 and page.get_by_text(SECRET).first.is_visible()


def test_f9_hides_at_once_keeps_what_was_typed_and_holds_on_the_next_pages(live, context, shop):
    page = live.visit(context, f"/customers/{shop['customer']}")
    assert is_seen(page)
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    box = page.locator("main textarea, main input[name=text]").first
    box.fill("Likes tea")
    page.keyboard.press("F9")

    assert not is_seen(page)
    assert asked == [], "nothing is waited for"
    assert box.input_value() == "Likes tea"
    assert page.locator(".counter-word").is_visible()
    page.goto(live.address + f"/customers/{shop['customer']}?again")
    assert SECRET not in page.content()

    page.locator("main textarea, main input[name=text]").first.fill("Likes tea")
    with page.expect_navigation():
        page.keyboard.press("F9")
    assert is_seen(page)
    assert page.locator("main textarea, main input[name=text]").first.input_value() == "Likes tea"
    assert not page.locator(".counter-word").is_visible()


def test_button_does_the_same_and_a_pin_stands_before_showing_again(live, context, shop):
    page = live.visit(context, f"/customers/{shop['customer']}")
    page.locator(".seat summary").click()
    with page.expect_navigation():
        page.locator(f".seat button[value='{shop['zahid']}']").click()
    page.locator("#pin").fill(PIN)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Zahid" in page.locator(".seat summary").inner_text()

    page.locator(".counter-switch button").click()
    assert not is_seen(page)
    with page.expect_navigation():
        page.locator(".counter-switch button").click()
    assert not is_seen(page)
    page.locator("#pin").fill("۴۸۱۲")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert is_seen(page)


def test_one_click_switches_who_sits_here_and_keeps_the_page_and_what_was_typed(live, context, shop):
    page = live.visit(context, "/customers/new")
    page.locator("main input[name=name]").fill(f"{walk.NAME} typed")
    page.locator(".seat summary").click()
    with page.expect_navigation():
        page.locator(f".seat button[value='{shop['rohit']}']").click()

    assert "Rohit" in page.locator(".seat summary").inner_text()
    assert page.url.endswith("/customers/new")
    assert page.locator("main input[name=name]").input_value() == f"{walk.NAME} typed"


def test_f9_closes_a_private_page_and_bares_today_at_once(live, context, shop):
    page = live.visit(context, "/?whose=all")
    todo = page.locator(".entry-do").first
    todo.wait_for()
    page.keyboard.press("F9")
    assert not todo.is_visible()
    assert page.locator(".entry-name").first.is_visible()
    assert page.locator(".tally:visible").count() == 0
    with page.expect_navigation():
        page.keyboard.press("F9")
    assert page.locator(".entry-do").first.is_visible()

    page.goto(live.address + "/promises/")
    head = page.locator("h1")
    assert head.is_visible()
    page.keyboard.press("F9")
    assert not head.is_visible()
    assert page.locator(".closed").is_visible()
    with page.expect_navigation():
        page.keyboard.press("F9")
    assert page.url.endswith("/promises/")
    assert page.locator("h1").is_visible()
