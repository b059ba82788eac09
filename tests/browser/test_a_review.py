"""A review held from Today to the recommendation: the program is killed and the language switched in the middle."""

import signal

import pytest

from loyalapp.core.clock import today
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import service as customers
from plugins.reviews import answers, service, talks
from tests.browser.conftest import speak
from tests.browser.test_drafts import came_in, program
from tests.conftest import close, open_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAID = "मशीन ठीक चल रही है, बस धागा टूटता है"
NEED = "बटन लगाने में सबसे ज़्यादा समय"
TIP = "हर हफ़्ते मशीन में एक बूँद तेल"
WRITTEN = ("said-us_going", "said-needs_time", "recommendation")
ALL_CHECKED = "found => found.length === 2 && found.every(one => one.checked)"


def type_into(page, name: str, text: str) -> None:
    """Type, and wait for the pause at which the program has it."""
    with page.expect_response(lambda one: one.url.endswith("/keep")) as kept:
        page.locator(f"[name={name}]").fill(text)
    assert kept.value.status == 200
    assert "clash" not in kept.value.json()


def switch_and_find_all(page) -> None:
    """To Urdu and back to Hindi, with words that are not saved yet."""
    for language in ("ur", "hi"):
        speak(page, language)
        assert page.locator("html").get_attribute("lang") == language
        assert [page.locator(f"[name={one}]").input_value() for one in WRITTEN] == [SAID, NEED, TIP]
        assert page.locator("[name=tick-us_going][value=good], [name=kind][value=tip]").evaluate_all(ALL_CHECKED)


def test_a_review_held_in_hindi_survives_a_kill_in_the_middle(data_dir, context):
    app = open_app(data_dir)
    with app.app_context():
        one = customers.add({"name": "सुनीता शर्मा", "message_language": "hi-Latn"}).id
        catalogue.record_purchase(one, "Machine", today())
        talks.agree(one, today(), "10:00")
    close(app)
    where = f"/plugins/reviews/hold/{one}"

    with program(data_dir) as (child, link), came_in(context, link, "/") as page:
        speak(page, "hi")
        page.locator(f"a[href='{where}']").first.click()
        page.wait_for_selector("#said-us_going")
        assert "Jo aapne humse liya" in page.content(), "the question in the customer's language too"
        type_into(page, "said-us_going", SAID)
        page.locator("label:has([name=tick-us_going][value=good])").click()
        type_into(page, "said-needs_time", NEED)
        child.send_signal(signal.SIGKILL)
        child.wait()

    with program(data_dir) as (_child, link), came_in(context, link, where) as page:
        assert page.locator("#said-us_going").input_value() == SAID
        assert page.locator("[name=tick-us_going][value=good]").is_checked()
        assert page.locator("#said-needs_time").input_value() == NEED
        page.locator("[name=recommendation]").fill(TIP)
        page.locator("label:has([name=kind][value=tip])").click()
        switch_and_find_all(page)
        with page.expect_navigation():
            page.locator("button[value=finish]").click()
        assert page.locator("html").get_attribute("lang") == "hi"
        assert NEED in page.content()

    app = open_app(data_dir)
    with app.app_context():
        held = service.last_held(one)
        assert held is not None
        assert answers.of(held.id)["us_going"].tick == "good"
    close(app)
