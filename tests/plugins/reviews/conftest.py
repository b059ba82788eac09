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


def many_accounts(count: int, *, imported: bool = True) -> list[int]:
    """Many who bought, as a list brings them in: nobody is told."""
    people = [Customer(name=f"Account {number}", sort_key=f"account {number:06}") for number in range(count)]
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
        if 'type="radio"' not in tag or " checked" in tag:
            found[name[1]] = html.unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', form):
        found[name] = html.unescape(text).strip()
    return found
