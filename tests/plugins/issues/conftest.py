"""What the tests of problems share: a customer, a problem, pages in three languages, the number of queries."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from loyalapp import sdk
from tests.conftest import through_the_door

PEOPLE = {
    "ur": {"name": "عمران صدیقی", "address_form": "صاحب", "message_language": "ur", "phones": ["0300 4567890"]},
    "hi": {"name": "सुनीता शर्मा", "address_form": "जी", "message_language": "hi", "phones": ["0321 4567891"]},
    "en": {"name": "John Mathew", "address_form": "Mr", "message_language": "en", "phones": ["0333 4567892"]},
    "ur-Latn": {"name": "Zainab Shaikh", "message_language": "ur-Latn", "phones": []},
    "hi-Latn": {"name": "Vikram Rao", "message_language": "hi-Latn", "phones": []},
}


@pytest.fixture
def here(any_app) -> Iterator[Flask]:
    """Inside the app, on each database; nothing but services is called in these tests."""
    with any_app.app_context():
        yield any_app


@pytest.fixture
def person() -> Callable[[str], int]:
    """A customer who speaks a language: `person("ur")`; inside an app context."""

    def add(language: str = "ur", **more) -> int:
        return sdk.customers.add({**PEOPLE[language], **more}).id

    return add


@contextmanager
def queries(app: Flask) -> Iterator[list[str]]:
    """The statements sent to the database inside the block."""
    sent: list[str] = []

    def note(_link, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    with app.app_context():
        engine = sdk.db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def browser(app: Flask, language: str = "en"):
    """A browser that speaks a language."""
    client = through_the_door(app)
    with client.session_transaction() as session:
        session["language"] = language
    return client


def send(client, page: str, address: str | None = None, **fields):
    """Fill in the form of a page and send it, with its token."""
    text = client.get(page).get_data(as_text=True)
    token = text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    return client.post(address or page, data={"csrf_token": token, **fields})
