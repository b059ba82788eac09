"""Recording a problem from Today in a real browser: few keys, few clicks, with and without script."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from loyalapp import sdk
from loyalapp.desktop.server import LocalServer
from loyalapp.web.door import launch_path
from plugins.issues import service

MOST_KEYS, MOST_CLICKS = 12, 5
SECONDS_A_KEY, SECONDS_A_THOUGHT = 0.28, 1.35  # of the keystroke-level model: an average typist, one step in the mind
PROBLEM = re.compile(r"/plugins/issues/\d+$")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def address(app, person) -> Iterator[str]:
    """The app under its real server, with a customer who bought something last week."""
    with app.app_context():
        customer_id = person("ur-Latn")
        for ago, item in ((7, "Steam iron"), (300, "Dress forms")):
            sdk.catalogue.record_purchase(customer_id, item, sdk.today() - timedelta(days=ago))
    server = LocalServer(app)
    yield server.address
    server.stop()


@pytest.fixture(params=["with script", "without script"])
def page(request, app, address, chromium):
    """Today, in a browser that came in through the launch link."""
    context = chromium.new_context(base_url=address, java_script_enabled=request.param == "with script")
    opened = context.new_page()
    opened.goto(launch_path(app))
    opened.goto("/")
    yield opened
    context.close()


def test_the_keyboard_alone_records_a_problem(app, page):
    keys = []

    def press(key: str) -> None:
        keys.append(key)
        page.keyboard.press(key)

    page.locator(".quick a.button-alarm").focus()
    press("Enter")
    page.wait_for_selector("#who:focus")
    page.keyboard.type("zain")
    press("Enter")
    page.wait_for_selector("main ol a:focus")
    press("Enter")
    page.wait_for_selector("#what:focus")
    page.keyboard.type("Iron garam nahin hoti")
    press("Tab")  # the thing that was just bought is chosen already
    press("Tab")
    press("ArrowUp")  # their work has stopped
    press("Enter")
    page.wait_for_url(PROBLEM)

    assert len(keys) <= MOST_KEYS
    with app.app_context():
        problem = service.get(1)
        assert (problem.what, problem.item, problem.urgency) == ("Iron garam nahin hoti", "Steam iron", "stopped")


def test_a_few_clicks_record_a_problem_and_solve_it(app, page):
    clicks = []

    def click(what: str) -> None:
        clicks.append(what)
        page.locator(what).first.click()

    click(".quick a.button-alarm")
    page.locator("#who").fill("zain")
    page.keyboard.press("Enter")
    page.wait_for_url("**/new?who=zain")
    click("main ol a")
    page.locator("#what").fill("Iron garam nahin hoti")
    click("label.choice:has([value=stopped])")
    click(".line-save .button-main")
    page.wait_for_url(PROBLEM)
    assert len(clicks) <= MOST_CLICKS

    click("form[action$='/solved'] button")
    click("button[value=easy]")
    page.wait_for_selector("form[action$='/referral']")
    with app.app_context():
        assert (service.get(1).state, service.get(1).ease) == ("confirmed", "easy")


def test_something_else_opens_the_box_for_its_name(app, page):
    page.goto("/plugins/issues/new/1")
    assert not page.locator("#item").is_visible()
    page.locator("label.choice:has([value=other])").click()
    page.locator("#item").fill("Cutting table")
    page.locator("#what").fill("It wobbles")
    page.locator(".line-save button[value=solved]").click()
    page.wait_for_url(PROBLEM)

    with app.app_context():
        assert (service.get(1).item, service.get(1).purchase_id) == ("Cutting table", None)
        assert service.get(1).state == "confirmed"


@pytest.mark.parametrize("page", ["with script"], indirect=True)
def test_one_key_records_solved_and_confirmed_from_the_customers_page(app, page):
    keys = []

    def press(key: str) -> None:
        keys.append(key)
        page.keyboard.press(key)

    page.goto("/customers/1")
    press("Alt+KeyP")
    page.wait_for_selector("#what:focus")
    page.keyboard.type("Iron garam nahin hoti")
    press("Alt+KeyK")
    page.wait_for_url(PROBLEM)

    assert len(keys) == 2
    with app.app_context():
        assert (service.get(1).state, service.get(1).item) == ("confirmed", "Steam iron")


@pytest.mark.parametrize("page", ["with script"], indirect=True)
def test_a_case_solved_on_the_call_is_written_down_in_under_twenty_seconds_by_hand(app, page):
    """From Today to the customer's answer: each key as a usual typist needs it, each step as it is thought of."""
    steps = []

    def do(keys: str | list[str], wait: str) -> None:
        steps.append(len(keys))
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_selector(wait)

    page.keyboard.press("Alt+KeyP")
    page.wait_for_selector("#who:focus")
    do(["Alt+KeyP", *"zain", "Enter"][1:], "main ol a:focus")
    do(["Enter"], "#what:focus")
    do([*"Iron garam nahin", "Alt+KeyK"], "button[value=easy]")
    do(["Alt+Digit1"], "form[action$='/referral']")

    seconds = (1 + sum(steps)) * SECONDS_A_KEY + (1 + len(steps)) * SECONDS_A_THOUGHT
    assert seconds < 20
    with app.app_context():
        assert (service.get(1).state, service.get(1).ease) == ("confirmed", "easy")


@pytest.mark.parametrize("page", ["with script"], indirect=True)
def test_an_unknown_number_is_recorded_with_the_keyboard_alone(app, page):
    keys = []

    def press(key: str) -> None:
        keys.append(key)
        page.keyboard.press(key)

    press("Alt+KeyP")
    page.wait_for_selector("#who:focus")
    page.keyboard.type("0300 5551112")
    press("Enter")
    page.wait_for_selector("main a.button:focus")
    press("Enter")
    page.wait_for_selector("#what:focus")
    page.keyboard.type("Mashin band hai")
    press("Control+Enter")
    page.wait_for_url(PROBLEM)

    assert len(keys) <= MOST_KEYS
    with app.app_context():
        assert service.get(1).is_caller_unknown
        assert len(sdk.customers.by_phone("0300 5551112")) == 1
