"""What is remembered is read again after a change, and what a page asks for several times is read once."""

from loyalapp.core.db import only_reading
from loyalapp.core.memory import once, until_changed
from loyalapp.features.customers import service as customers


def test_once_reads_once_for_a_page_and_anew_for_the_next(app):
    made = []
    for _page in range(2):
        with app.test_request_context(), only_reading():
            for _asker in range(2):
                once("test", lambda: made.append(1))

    assert len(made) == 2


def test_once_reads_each_time_where_pages_may_write(app):
    made = []
    with app.test_request_context():
        once("test", lambda: made.append(1))
        once("test", lambda: made.append(1))

    assert len(made) == 2


def test_what_was_remembered_is_made_again_after_a_change(app):
    made = []

    def look() -> None:
        with app.test_request_context(), only_reading():
            until_changed("test", lambda: made.append(1))

    look()
    look()
    assert len(made) == 1

    with app.app_context():
        customers.add({"name": "Amna"})
    look()
    assert len(made) == 2
