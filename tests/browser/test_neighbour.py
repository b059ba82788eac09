"""Attack 6: a page of another program on this computer, whose cookies are ours too, since cookies know no ports."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask import Flask, Response, request, request_finished

from loyalapp.desktop.server import LocalServer
from loyalapp.features.customers import service as customers
from loyalapp.web.door import launch_path
from tests.walk import database_hash

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME, PLANTED = "Rubina Example", "Planted by a neighbour"
EMBEDS = """
(ours) => Promise.all([["img", "/customers/1"], ["script", "/customers/suggest?q=R"], ["iframe", "/customers/1"]].map(
  ([name, path]) => new Promise((done) => {
    const one = document.createElement(name);
    one.onload = one.onerror = () => done();
    one.src = ours + path;
    document.body.append(one);
  })
))
"""
ASKS = """
async ([ours, planted]) => {
  const asked = [];
  for (const mode of ["no-cors", "cors"]) {
    for (const [method, path] of [["GET", "/customers/1"], ["POST", "/customers/new"], ["POST", "/settings/"]]) {
      const body = method === "POST" ? new URLSearchParams({name: planted}) : undefined;
      asked.push(fetch(ours + path, {method, mode, body, credentials: "include"}).then((one) => one.text(), () => ""));
    }
  }
  return (await Promise.all(asked)).join("");
}
"""
SENDS = """
([ours, planted]) => {
  const form = document.createElement("form");
  Object.assign(form, {method: "post", action: ours + "/customers/new", innerHTML: "<input name=name>"});
  form.elements[0].value = planted;
  document.body.append(form);
  form.submit();
}
"""


class Neighbour(BaseHTTPRequestHandler):
    """An empty page that sets cookies under every name of ours that it was sent, with another value."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        for pair in (self.headers["Cookie"] or "").split("; "):
            self.send_header("Set-Cookie", f"{pair.partition('=')[0]}=theirs; Path=/neighbour")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Neighbour</title><link rel=icon href='data:,'><body>")

    def log_message(self, *_words: object) -> None:
        """Says nothing."""


@pytest.fixture
def neighbour() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Neighbour)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def asked(app: Flask) -> Iterator[list[tuple[str, int]]]:
    """How each request that came from another site was made, and how it was answered."""
    found: list[tuple[str, int]] = []

    def hear(_app: Flask, response: Response) -> None:
        if request.headers.get("Sec-Fetch-Site") not in ("same-origin", "none"):
            found.append((request.method, response.status_code))

    with request_finished.connected_to(hear, app):
        yield found


def test_a_page_of_another_port_reads_nothing_changes_nothing_and_is_shown_nothing(app, chromium, neighbour, asked):
    with app.app_context():
        customers.add({"name": NAME})
    server = LocalServer(app)
    app.config["DOOR_PORT"] = server.port
    context = chromium.new_context()
    ours = context.new_page()
    ours.goto(server.address + launch_path(app))
    ours.wait_for_url(lambda url: "/boot/" not in url)
    before, page = database_hash(app), context.new_page()
    page.goto(neighbour)

    page.evaluate(EMBEDS, server.address)
    assert page.evaluate(ASKS, [server.address, PLANTED]) == ""
    with page.expect_navigation():
        page.evaluate(SENDS, [server.address, PLANTED])
    page.goto(neighbour)
    with page.expect_navigation():
        page.evaluate("(ours) => { location = ours + '/customers/1' }", server.address)
    assert NAME not in page.content()
    assert (asked.count(("GET", 403)), asked.count(("POST", 403))) == (6, 5), asked
    assert len(asked) == 11
    assert database_hash(app) == before
    ours.goto(f"{server.address}/customers/1")
    assert NAME in ours.content(), "we ourselves are still let in"
    context.close()
    server.stop()
