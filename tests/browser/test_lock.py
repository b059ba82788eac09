"""The lock in a browser: F8 and idle time take the page away, and a PIN brings it back with all that was typed."""

import pytest

from loyalapp.features.customers import service as customers
from loyalapp.features.safety import lock
from loyalapp.features.staff import pins
from loyalapp.features.staff import service as staff

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECRET = "Haggles to the last rupee"
PIN, OTHER = "4812", "5933"
ASKS = "[data-lock-open]"


@pytest.fixture(scope="module")
def shop(live) -> dict[str, int]:
    """Rohit and Zahid with PINs, and a customer of whom a note is kept."""
    with live.app.app_context():
        rohit, zahid = staff.add("Rohit Example"), staff.add("Zahid Example")
        pins.choose(rohit, PIN, PIN)
        pins.choose(zahid, OTHER, OTHER)
        secret = customers.add({"name": "Kashif Example", "notes": SECRET}).id
    return {"rohit": rohit, "zahid": zahid, "customer": secret}


@pytest.fixture
def page(live, context, shop):
    """Rohit sits here and writes to a customer of whom a note is kept."""
    page = live.visit(context, f"/desk/{shop['rohit']}/sit?next=/customers/{shop['customer']}")
    page.locator("main input[type=password]").fill(PIN)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/customers/{shop['customer']}")
    yield page
    with live.app.app_context():
        lock.choose(0)
        lock.lock().open()


def show_pin(page, pin, who=None):
    if who:
        page.check(f"input[name=lock_who][value='{who}']", force=True)
    page.fill("#lock_pin", pin)
    page.keyboard.press("Enter")


def test_f8_takes_the_page_away_and_the_pin_brings_it_back_as_it_was(live, context, shop, page):
    beside = context.new_page()
    beside.goto(f"{live.address}/customers/{shop['customer']}")
    box = page.locator("main textarea, main input[name=text]").first
    box.fill("Likes tea")
    page.bring_to_front()
    page.keyboard.press("F8")
    page.wait_for_selector(ASKS)
    beside.wait_for_selector(ASKS)

    for one in (page, beside):
        assert SECRET not in one.content()
    assert "Likes tea" not in page.content()
    assert "Locked" in page.title()

    show_pin(page, "0000")
    page.get_by_text("This is not the PIN.").wait_for()
    show_pin(page, PIN)
    page.get_by_text(SECRET).first.wait_for()
    assert box.input_value() == "Likes tea"
    beside.get_by_text(SECRET).first.wait_for()
    beside.close()


def test_somebody_else_begins_at_the_first_page(live, shop, page):
    page.locator(".lock-button button").click()
    page.wait_for_selector(ASKS)
    show_pin(page, OTHER, shop["zahid"])
    page.wait_for_url(f"{live.address}/")
    assert SECRET not in page.content()


def test_it_locks_after_idle_time_and_not_while_somebody_is_there(live, shop, page):
    with live.app.app_context():
        lock.choose(2)
    page.clock.install()
    page.reload()
    page.clock.run_for(90_000)
    page.mouse.move(50, 50)
    page.clock.run_for(90_000)
    assert page.locator(ASKS).count() == 0
    page.clock.run_for(40_000)
    page.wait_for_selector(ASKS)
    assert SECRET not in page.content()
