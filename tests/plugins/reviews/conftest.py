"""Customers who bought something, and a browser's button on the page of a review."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event

from loyalapp import sdk
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers.models import Customer
from plugins.reviews import service
from plugins.reviews.models import Review

HOME = "/plugins/reviews"
SOLD = ("iron", "table", "machine", "thread", "needles", "lamp", "scissors", "press")


def sell_everything() -> None:
    """A firm with eight kinds of goods."""
    for name in SOLD:
        sdk.catalogue.product_named(name)
    sdk.db.session.commit()


def account(*items: str, name: str = "Imran Siddiqui", ago: int = 30, **values) -> int:
    """A customer who bought these."""
    one = sdk.customers.add({"name": name, **values}).id
    for item in items:
        sdk.catalogue.record_purchase(one, item, sdk.today() - timedelta(days=ago))
    return one


def many_accounts(count: int, *, imported: bool = True, came: int = 30, **values) -> list[int]:
    """Many who bought, as a list brought them in so many days ago: nobody is told."""
    at = sdk.now() - timedelta(days=came)
    people = [
        Customer(name=f"Account {number}", sort_key=f"3account {number:06}", created_at=at, **values)
        for number in range(count)
    ]
    sdk.db.session.add_all(people)
    sdk.db.session.flush()
    product = sdk.catalogue.product_named("iron")
    day = sdk.today() - timedelta(days=400)
    sdk.db.session.add_all(
        Purchase(
            customer_id=one.id, product_id=product.id, item="iron", bought_on=day, import_id=1 if imported else None
        )
        for one in people
    )
    sdk.db.session.commit()
    return [one.id for one in people]


@pytest.fixture
def count_queries() -> Callable[[Callable[[], object]], int]:
    """How many statements a deed sends to the database."""

    def counted(deed: Callable[[], object]) -> int:
        seen = []
        listen = lambda *args: seen.append(args[2])  # noqa: E731 -- one line to count
        event.listen(sdk.db.engine, "before_cursor_execute", listen)
        try:
            deed()
        finally:
            event.remove(sdk.db.engine, "before_cursor_execute", listen)
        return len(seen)

    return counted


def fields(page: str) -> dict[str, str]:
    """What a browser would post back of the review's form."""
    form = page.split('<form class="book"', 1)[1].split("</form>", 1)[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if not re.search(r'type="(radio|checkbox)"', tag) or " checked" in tag:
            found[name[1]] = html.unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', form):
        found[name] = html.unescape(text).strip()
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        values = re.findall(r'<option value="([^"]*)"( selected)?', options)
        found[name] = next((value for value, is_chosen in values if is_chosen), values[0][0])
    return found


# ---- pages ----


@pytest.fixture
def farah(any_app) -> int:
    """A customer who writes Urdu and bought an iron."""
    with any_app.app_context():
        sell_everything()
        one = account("iron", name="ڈاکٹر فرح خان", message_language="ur")
        sdk.db.session.remove()
    return one


@pytest.fixture
def desk(any_client):
    """A browser that came in."""
    return any_client


def speak(desk, language: str) -> None:
    """The desk speaks this language from now on."""
    with desk.session_transaction() as session:
        session["language"] = language


def press(desk, one: int, page: str, button: str, **typed):
    """Press a button of a review's page, with what was typed since."""
    return desk.post(f"{HOME}/hold/{one}", data={**fields(page), **typed, "do": button})


def held(any_app, one: int):
    """The review that was held last."""
    with any_app.app_context():
        return service.last_held(one)


def add_review(customer_id: int, ago: int, kind: str = "tip", outcome: str = "") -> None:
    """A review that was held so many days ago."""
    day = sdk.today() - timedelta(days=ago)
    sdk.db.session.add(
        Review(
            customer_id=customer_id, opened_on=day, held_on=day, state="closed", level="high", kind=kind,
            outcome=outcome, recommendation="x",
        )
    )  # fmt: skip
    sdk.db.session.commit()
