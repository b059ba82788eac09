"""Greeting in a real browser: few clicks from Today, few keys on the desk, one key for each name of the pass."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from loyalapp import sdk
from loyalapp.desktop.server import LocalServer
from loyalapp.web.door import launch_path
from plugins.greetings import feasts, marked, passing, service
from plugins.greetings.models import Card

MOST_CLICKS = 6
MOST_KEYS = 5  # for one greeting of the desk, besides the line that is typed
CARD, NEW = re.compile(r"/plugins/greetings/\d+$"), re.compile(r"/plugins/greetings/new/\d+")
FOCUSED = "a[autofocus]:focus"
FEAST = ("new_year", 2031)

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def people(app) -> list[int]:
    """Three whose birthday is today."""
    with app.app_context():
        born = {"birth_month": sdk.today().month, "birth_day": sdk.today().day}
        names = ("Aslam Butt", "Bashir Ahmad", "Chandni Rao")
        return [
            sdk.customers.add({"name": name, "message_language": "en", "phones": [f"0300 123456{place}"], **born}).id
            for place, name in enumerate(names)
        ]


@pytest.fixture
def address(app) -> Iterator[str]:
    """The app under its real server."""
    server = LocalServer(app)
    yield server.address
    server.stop()


@pytest.fixture
def page(app, people, address, chromium):
    """Today, in a browser that came in through the launch link; it reaches nothing else."""
    context = chromium.new_context(base_url=address)
    context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.fulfill(body="the chat"))
    opened = context.new_page()
    opened.goto(launch_path(app))
    opened.goto("/")
    yield opened
    context.close()


def test_from_today_to_given_in_six_clicks_and_one_line(app, page):
    clicks = []

    def click(where: str) -> None:
        clicks.append(where)
        page.locator(where).first.click()

    click("main a[href*='/plugins/greetings/new/']")
    page.wait_for_url(NEW)
    page.locator("textarea[name=own_line]").fill("Your advice on the iron helped us much.")
    click("button[name=do][value=save]")
    page.wait_for_url(CARD)
    click("form[action$='/ready'] button")
    page.wait_for_load_state()
    click("a[href*='wa.me'], a[href*='whatsapp']")
    click("button[name=how][value=whatsapp]")
    page.wait_for_selector("form[action$='/take-back']")

    assert len(clicks) <= MOST_CLICKS
    with app.app_context():
        card = sdk.db.session.query(Card).one()
        assert (card.given_how, card.own_line) == ("whatsapp", "Your advice on the iron helped us much.")


def test_the_desk_is_worked_through_by_keyboard_one_after_another(app, page, people):
    keys: list[str] = []

    def press(key: str) -> None:
        keys.append(key)
        page.keyboard.press(key)

    page.goto("/plugins/greetings/")
    page.wait_for_selector(FOCUSED)
    press("Enter")  # begin with the first: the button has the focus
    for number, customer_id in enumerate(people):
        page.wait_for_url(f"**/new/{customer_id}?**")
        page.wait_for_load_state()
        press("Alt+O")
        page.keyboard.type(f"A line only for number {number}.")
        press("Control+Enter")
        page.wait_for_url(CARD)
        page.wait_for_load_state()  # with the scripts that hear the keys
        press("Alt+G")
        page.wait_for_selector("form[action$='/take-back']")
        page.wait_for_selector(FOCUSED)
        press("Enter")  # the next person: that button has the focus
    page.wait_for_url("**/plugins/greetings/")

    assert len(keys) <= len(people) * MOST_KEYS
    with app.app_context():
        assert [card.customer_id for card in sdk.db.session.query(Card).order_by(Card.id)] == people
        assert all(service.get(number).given_how == "whatsapp" for number in (1, 2, 3))


def test_a_line_is_taken_over_with_one_key_and_the_card_saved_with_the_next(app, page, people):
    with app.app_context():
        sdk.customers.change(people[0], {"since": date(2019, 3, 5)})
    page.goto(f"/plugins/greetings/new/{people[0]}?occasion=birthday")
    page.keyboard.press("Alt+1")
    page.wait_for_selector("button[value=take-0][aria-pressed=true]")
    page.wait_for_load_state()  # with the scripts that hear the keys
    page.keyboard.press("Control+Enter")
    page.wait_for_url(CARD)

    with app.app_context():
        assert "2019" in sdk.db.session.query(Card).one().own_line


def test_the_pass_takes_one_key_for_each_name(app, page):
    with app.app_context():
        added = [sdk.customers.add({"name": f"Name {number:03}"}).id for number in range(97)]
        assert feasts.at(*FEAST) is not None
        names = [row.id for row in passing.names(*FEAST).rows]
        assert len(names) == passing.AT_ONCE
    page.goto(f"/plugins/greetings/marks/{FEAST[0]}/{FEAST[1]}")
    pressed = 0
    for part, onward in ((passing.AT_ONCE, "**after=**"), (50, "**/plugins/greetings/")):
        page.wait_for_selector("[data-entry][aria-current=true]")
        for number in range(part):
            page.keyboard.press("1" if number % 2 == 0 else "2")
            pressed += 1
        page.wait_for_url(onward)

    assert pressed == 100
    with app.app_context():
        answers = [row.greet for one in added for row in marked.marks_of(one)]
        assert len(answers) == 97
        assert set(answers) == {True, False}
