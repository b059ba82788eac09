"""A live server with an example of everything, and Debian's Chromium driving it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page

from loyalapp.desktop.server import LocalServer
from loyalapp.web.door import launch_path
from tests import walk
from tests.conftest import close, copied, open_app, through_the_door
from tests.markup import is_page


@dataclass
class Live:
    """The app being served, its address without a slash, and every path that answers with a page."""

    app: Flask
    address: str
    pages: list[str]

    def visit(self, context: BrowserContext, path: str = "/") -> Page:
        """A page that came in by the launch link, as a desk's browser does."""
        page = context.new_page()
        page.goto(self.address + launch_path(self.app))
        page.wait_for_url(lambda url: "/boot/" not in url)
        if path != "/":
            page.goto(self.address + path)
        return page


def speak(page: Page, language: str) -> None:
    """Press the switch."""
    page.locator(f".tongues button[value={language}]").click()
    page.wait_for_selector(f"html[lang={language}]")


@pytest.fixture(scope="module")
def live(prepared, tmp_path_factory) -> Iterator[Live]:
    """The app with an example of everything, served as on a desk."""
    folder = tmp_path_factory.mktemp("live") / "data"
    copied(prepared, folder)
    app = open_app(folder)
    app.config["PROPAGATE_BUGS"] = False
    walk.fill(app)
    browser = through_the_door(app)
    pages = [url for _rule, url in walk.addresses(app) if is_page(browser.get(url, buffered=True))]
    server = LocalServer(app)
    app.config["DOOR_PORT"] = server.port
    yield Live(app, server.address, [*pages, "/search?q=Walk", "/contacts/new?who=Walk"])
    server.stop()
    close(app)


@pytest.fixture
def context(chromium) -> Iterator[BrowserContext]:
    """A browser window of its own, as large as a small screen; a fault in a script or a refusal by the policy fails."""
    made = chromium.new_context(viewport={"width": 900, "height": 600})
    faults: list[str] = []
    made.on("weberror", lambda one: faults.append(str(one.error)))
    made.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    yield made
    made.close()
    assert faults == []
