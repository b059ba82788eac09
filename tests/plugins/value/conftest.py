"""What the tests of value share: the app on each database, and a customer of a kind."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from loyalapp import sdk


@pytest.fixture
def here(any_app) -> Iterator[Flask]:
    """Inside a request, on each database: addresses can be made."""
    with any_app.test_request_context():
        yield any_app
        sdk.db.session.remove()


@pytest.fixture
def kind() -> Callable[..., int]:
    """A customer of a trade and size: `kind("tailoring", "small")`; inside the app."""
    made = iter(range(1, 1000))

    def add(trade: str = "", size: str = "", **more) -> int:
        facts = {"name": f"Customer {next(made)}", "trade": trade or None, "size": size or None, **more}
        return sdk.customers.add(facts).id

    return add
