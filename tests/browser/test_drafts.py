"""What is half written survives the program: typed, the program killed, started again, and it is there."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from loyalapp.features.customers import service as customers
from tests.conftest import close, open_app
from tests.sources import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAID = "موٹر بہت شور کرتی ہے"


@contextmanager
def program(folder: Path) -> Iterator[tuple[subprocess.Popen, str]]:
    """The program as an office starts it, and the link that lets a browser in."""
    command = [sys.executable, "-X", "utf8", "-m", "loyalapp", "serve", "--port", "0", "--data-dir", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ}, stdout=subprocess.PIPE, text=True) as child:
        line = next(one for one in child.stdout if "Ready:" in one)
        try:
            yield child, line.split()[-1]
        finally:
            child.kill()


@contextmanager
def came_in(context: BrowserContext, link: str, path: str) -> Iterator[Page]:
    """A page of the program."""
    page = context.new_page()
    page.goto(link)
    page.wait_for_url(lambda url: "/boot/" not in url)
    page.goto(link.split("/boot/", maxsplit=1)[0] + path)
    yield page
    page.close()


def type_into(page: Page, box: str, text: str) -> None:
    """Type, and wait until the program has it."""
    with page.expect_response(lambda one: one.url.endswith("/drafts/") and one.request.method == "POST") as kept:
        page.locator(box).fill(text)
    assert kept.value.status == 204


def test_words_typed_before_the_program_was_killed_are_there_after_it(data_dir, context):
    app = open_app(data_dir)
    with app.app_context():
        kashif = customers.add({"name": "Kashif Example"}).id
    close(app)
    where = f"/contacts/new/{kashif}"

    with program(data_dir) as (child, link), came_in(context, link, where) as page:
        page.locator("label:has([name=channel][value=visit])").click()
        type_into(page, "#said", SAID)
        child.send_signal(signal.SIGKILL)
        child.wait()

    with program(data_dir) as (_child, link):
        with came_in(context, link, where) as page:
            page.wait_for_selector("[data-throw-away]")
            assert page.locator("#said").input_value() == SAID
            assert page.locator("[name=channel][value=visit]").is_checked()
            with page.expect_navigation():
                page.locator("form[data-draft] .buttons-save .button-main").click()
            assert SAID in page.content()
        with came_in(context, link.split("/boot/")[0] + "/", where) as page:
            page.wait_for_load_state("networkidle")
            assert page.locator("[data-throw-away]").count() == 0
            assert page.locator("#said").input_value() == ""


def test_lines_that_were_added_come_back_too_and_can_be_thrown_away(live, context):
    page = live.visit(context, "/customers/new?people=2")
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    type_into(page, "[name='people-1-name']", "Munshi Akbar")

    page.goto(live.address + "/customers/new")
    page.wait_for_selector("[data-throw-away]")
    assert page.locator("[name='people-1-name']").input_value() == "Munshi Akbar"
    with page.expect_response(lambda one: one.url.endswith("/drafts/away")):
        page.locator("[data-throw-away]").click()
    assert page.locator("[name='people-1-name']").input_value() == ""
    page.goto(live.address + "/customers/new")
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-throw-away]").count() == 0


def test_before_the_window_closes_the_page_asks_about_what_was_typed_and_what_is_under_way(live, context):
    page = live.visit(context, "/settings/")
    typed, at_work = (page.locator(f"[data-leaving={one}]") for one in ("typed", "at_work"))
    asks = "window.loyalLeaving"
    assert page.evaluate(f"{asks}(null)") == "yes"

    assert page.evaluate(f"{asks}('A list is on its way')") == "wait"
    assert at_work.locator("[data-losing]").inner_text() == "A list is on its way"
    at_work.locator("button:not([value=leave])").click()
    assert page.evaluate(f"{asks}('A list is on its way')") == "no"

    page.locator("#name").fill("Another name")
    assert page.evaluate(f"{asks}('A list is on its way')") == "wait"
    assert (typed.is_visible(), at_work.is_visible()) == (True, False)
    typed.locator("[value=leave]").click()
    assert (typed.is_visible(), at_work.is_visible()) == (False, True)
    assert page.evaluate(f"{asks}(null)") == "wait"
    at_work.locator("[value=leave]").click()
    assert page.evaluate(f"{asks}(null)") == "yes"
