"""What a customer who stands at the counter may see of problems: nothing of other customers, nor of who helps us."""

import pytest

from loyalapp.desktop.server import LocalServer
from loyalapp.web.door import launch_path
from plugins.issues import allies, causes, service
from tests.plugins.issues.conftest import browser

TOLD = "Machine makes a terrible noise"
FIX = "Turn the screw beside the belt"


@pytest.fixture
def book(app, person):
    """A problem of somebody else, two causes, and somebody who helps."""
    with app.app_context():
        theirs = service.record(person("hi"), TOLD)
        causes.write("Belts of this year are bad", problem_id=theirs, fix=FIX)
        causes.write("Machine makes noise: badly built", fix="")
        allies.add(allies.Written({"name": "Kevin", "department": "supplier", "phone": "0300 1112233"}))
        person("en")
    return app


def test_the_words_of_other_customers_and_what_we_know_against_our_goods_stay_hidden(book):
    client = browser(book)
    address = "/plugins/issues/similar?what=machine+makes+noise"
    assert TOLD in client.get(address).get_data(as_text=True)
    client.set_cookie(f"{book.extensions['loyalapp.door'].cookie}_counter", "1")

    text = client.get(address).get_data(as_text=True)
    assert FIX in text, "it helps the customer who stands there"
    for hidden in (TOLD, "Belts of this year", "badly built", "known thing"):
        assert hidden not in text


@pytest.mark.parametrize("page", ["allies", "allies/1"])
def test_who_helps_us_and_how_they_are_reached_stays_hidden(book, page):
    client = browser(book)
    assert "1112233" in client.get(f"/plugins/issues/{page}").get_data(as_text=True)
    client.set_cookie(f"{book.extensions['loyalapp.door'].cookie}_counter", "1")

    text = client.get(f"/plugins/issues/{page}").get_data(as_text=True)
    assert "Not at the counter" in text
    assert "1112233" not in text


@pytest.mark.browser
@pytest.mark.slow
def test_f9_hides_them_at_once_while_one_types(book, chromium):
    server = LocalServer(book)
    context = chromium.new_context(base_url=server.address)
    page = context.new_page()
    page.goto(launch_path(book))
    page.goto("/plugins/issues/new/2")
    page.locator("#what").fill("machine makes noise")
    told = page.locator("#similar").get_by_text(TOLD)
    told.wait_for()

    page.keyboard.press("F9")
    assert not told.is_visible()
    assert page.locator("#similar").get_by_text(FIX).is_visible()
    assert not page.locator("#similar").get_by_text("Belts of this year").is_visible()
    context.close()
    server.stop()
