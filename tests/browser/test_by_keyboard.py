"""What is written down all day goes by keyboard: the keys besides the text are counted."""

from collections.abc import Iterator

import pytest

from loyalapp.core.db import db
from loyalapp.features.customers import service as customers
from loyalapp.features.help import guide
from loyalapp.features.interactions import service as interactions
from tests.browser.conftest import speak

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NUMBER = "0321 7654398"
NAMES = ("Adil Baig", "Bano Chand", "Chiman Das", "Dilip Ekka", "Ehsan Faiz", "Farid Gul", "Gopal Hari", "Habib Iqbal")


class Keyboard:
    """Types text, and counts every other key; a chord counts each of its keys."""

    def __init__(self, page) -> None:
        self.page, self.count = page, 0

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def press(self, keys: str) -> None:
        self.count += len(keys.split("+"))
        self.page.keyboard.press(keys)


@pytest.fixture
def caller(live) -> Iterator[int]:
    """Somebody whom we may contact; gone afterwards, as the number is found once."""
    with live.app.app_context():
        made = customers.add({"name": "Zubeda Mirza", "phones": [NUMBER]}).id
        db.session.remove()
    yield made
    with live.app.app_context():
        customers.remove(made)
        db.session.remove()


def said_of(live, who: int) -> list[str]:
    with live.app.app_context():
        found = [row.said for row in interactions.latest(who, 20)]
        db.session.remove()
    return found


@pytest.mark.parametrize(
    ("language", "start"), [("ur", "/"), ("hi", "/settings/"), ("ur", "/promises/"), ("hi", "/customers/new")]
)
def test_a_call_takes_at_most_six_keys_besides_the_text(live, context, caller, start, language):
    page = live.visit(context, start)
    speak(page, language)
    keys, words = Keyboard(page), f"سب ٹھیک ہے {start} {language}"
    keys.press("Alt+KeyL")
    page.wait_for_url("**/contacts/new")
    page.wait_for_selector("#who:focus")
    keys.write("۰۳۲۱ ۷۶۵۴۳۹۸" if language == "ur" else "Zubed")
    keys.press("Enter")
    page.wait_for_url(f"**/contacts/new/{caller}")
    page.wait_for_selector("textarea[name=said]:focus")
    keys.write(words)
    keys.press("Control+Enter")
    page.wait_for_url(f"**/customers/{caller}")
    assert keys.count <= 6
    assert words in said_of(live, caller)


def test_on_a_customers_page_the_key_logs_with_them_at_once(live, context, caller):
    page = live.visit(context, f"/customers/{caller}")
    page.keyboard.press("Alt+KeyL")
    page.wait_for_url(f"**/contacts/new/{caller}")


def test_alt_and_an_arrow_lead_back_and_forward(live, context):
    page = live.visit(context, "/promises/")
    page.goto(f"{live.address}/customers/")
    page.keyboard.press("Alt+ArrowLeft")
    page.wait_for_url("**/promises/")
    page.keyboard.press("Alt+ArrowRight")
    page.wait_for_url("**/customers/")


def test_results_show_while_one_types_and_the_arrow_chooses(live, context, caller):
    page = live.visit(context, "/contacts/new")
    page.keyboard.type("Zubed")
    page.wait_for_selector(".whom [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/contacts/new/{caller}")


def test_what_was_typed_is_there_again_and_gone_once_it_is_saved(live, context, caller):
    page = live.visit(context, f"/contacts/new/{caller}")
    page.keyboard.type("آدھی بات")
    page.locator("input[name=channel][value=visit]").check()
    page.goto(f"{live.address}/")
    page.goto(f"{live.address}/contacts/new/{caller}")
    page.wait_for_selector("[data-throw-away]")
    assert page.locator("textarea[name=said]").input_value() == "آدھی بات"
    assert page.locator("input[name=channel][value=visit]").is_checked()
    page.locator("textarea[name=said]").press("Control+Enter")
    page.wait_for_url(f"**/customers/{caller}")
    page.goto(f"{live.address}/contacts/new/{caller}")
    page.wait_for_load_state("networkidle")
    assert page.locator("textarea[name=said]").input_value() == ""


def test_eight_visits_of_an_evening_by_keyboard_alone(live, context):
    with live.app.app_context():
        ids = [customers.add({"name": name}).id for name in NAMES]
        db.session.remove()
    page = live.visit(context, "/contacts/catch-up/")
    keys = Keyboard(page)
    page.locator("#who").focus()
    for name, who in zip(NAMES, ids, strict=True):
        before = keys.count
        keys.write(name[:6])
        keys.press("Enter")
        page.wait_for_url(f"**with={who}*")
        page.wait_for_selector(f"form[data-draft='{who}'] :focus")
        keys.write(f"visit of {name}")
        keys.press("Tab")  # past "nobody there"
        keys.press("Tab")
        keys.write("3")
        keys.press("Enter")
        page.wait_for_selector(f"form[data-draft='{who}']", state="detached")
        assert keys.count - before <= 6
        page.locator("#who").focus()
    assert [said_of(live, who) for who in ids] == [[f"visit of {name}"] for name in NAMES]


def test_planned_visits_follow_each_other_without_a_key_between(live, context):
    page = live.visit(context, "/contacts/catch-up/")
    first = page.evaluate("document.activeElement.form.dataset.draft")
    page.keyboard.type("one")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"form[data-draft='{first}']", state="detached")
    second = page.evaluate("document.activeElement.form.dataset.draft")
    assert second not in (None, first)
    assert said_of(live, int(first))[0] == "one"


def test_f1_opens_the_help_of_the_page_over_what_is_half_written_and_closes_it(live, context):
    page = live.visit(context, "/customers/new")
    speak(page, "en")
    page.locator("#name").fill("Half writ")
    page.keyboard.press("F1")
    page.wait_for_selector(".help-box[open]")

    assert page.locator(".help-box h2").inner_text() == "Customers"
    assert page.locator(".help-box .manual p").count() > 5
    page.keyboard.press("Escape")
    assert page.locator(".help-box[open]").count() == 0
    assert page.locator("#name").input_value() == "Half writ"
    page.locator(".help-sign").click()
    page.locator(".help-box[open] a.button").click()
    page.wait_for_url("**/help/customers")


def test_tour_goes_from_part_to_part_of_the_window_and_back_by_keyboard(live, context):
    page, seen = live.visit(context, "/help/tour"), []
    for _stop in range(20):
        seen.append((page.locator(".tour h2:visible").inner_text(), page.locator(".tour-here").count()))
        if not page.locator("[data-tour-next]").is_visible():
            break
        page.locator("[data-tour-next]").focus()
        page.keyboard.press("Enter")

    assert len(seen) == len({title for title, _here in seen}) == len(guide.STOPS)
    assert all(here == 1 for _title, here in seen)
    page.locator("[data-tour-back]").focus()
    page.keyboard.press("Enter")
    assert page.locator(".tour h2:visible").inner_text() == seen[-2][0]
