"""A picture that is dropped on the page of logo and signature goes where it was dropped, and nowhere else."""

import base64

import pytest

from loyalapp.desktop.server import LocalServer
from loyalapp.web.door import launch_path
from plugins.greetings import pictures
from tests.plugins.greetings.pictures import STORED

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DROP = """([where, content]) => {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  const dragged = new DataTransfer();
  dragged.items.add(new File([bytes], "logo.png", { type: "image/png" }));
  const drop = new DragEvent("drop", { dataTransfer: dragged, bubbles: true, cancelable: true });
  document.querySelector(where).dispatchEvent(drop);
}"""


def test_a_dropped_logo_is_the_logo_and_not_the_signature(app, chromium):
    server = LocalServer(app)
    context = chromium.new_context(base_url=server.address)
    page = context.new_page()
    page.goto(launch_path(app))
    page.goto("/plugins/greetings/firm")
    content = base64.b64encode((STORED / "plain-en.png").read_bytes()).decode()
    page.evaluate(DROP, ["form:has(#picture-logo)", content])
    page.wait_for_selector("img.firm-mark")
    context.close()
    server.stop()

    with app.app_context():
        assert pictures.kept() == {"logo"}
