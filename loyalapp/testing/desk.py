"""Somebody at the screen, for tests: reads pages, fills in forms and presses buttons, past the door as a window is."""

from contextlib import AbstractContextManager
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from loyalapp.core.clock import frozen, now
from loyalapp.testing.markup import Form, Page
from loyalapp.web.door import launch_path

FAULTS = 400
TO_MEND = 422  # a form with something to mend: an ordinary answer


class Desk:
    """One browser on an app. Addresses are as the user sees them, such as `/customers/`."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.browser: FlaskClient = app.test_client()
        self.browser.get(launch_path(app))

    def speak(self, language: str) -> None:
        """Switch to `ur`, `hi` or `en`."""
        with self.browser.session_transaction() as session:
            session["language"] = language

    def open(self, url: str) -> TestResponse:
        """The answer of an address, after any redirects.

        :raises AssertionError: if it is a fault.
        """
        return self._looked_at(self.browser.get(url, follow_redirects=True), url)

    def read(self, url: str) -> str:
        """The text of a page."""
        return self.open(url).get_data(as_text=True)

    def send(self, url: str, **typed: str) -> str:
        """Fill in the form of a page that has these fields, and send it; answers the text of the page that follows.

        :raises AssertionError: if there is no such form, or a fault follows.
        """
        form = next((one for one in self._forms(url) if typed.keys() <= one.fields.keys()), None)
        assert form is not None, f"{url} has no form with {', '.join(typed) or 'anything'}"  # noqa: S101 -- this is for tests
        return self._sent(url, form, typed)

    def press(self, url: str, label: str) -> str:
        """Press a button of a page; answers the text of the page that follows.

        :raises AssertionError: if there is no such button, or a fault follows.
        """
        form = next((one for one in self._forms(url) if label in one.words), None)
        assert form is not None, f"{url} has no button “{label}”"  # noqa: S101 -- this is for tests
        return self._sent(url, form, {})

    def later(self, days: int) -> AbstractContextManager[None]:
        """`with desk.later(days=8):` it is so many days later."""
        return frozen(now() + timedelta(days=days))

    def stray_english(self, url: str) -> list[str]:
        """The English words on a page, outside of inserted values and names; none where English is spoken."""
        page = Page(self.read(url))
        return [] if page.all("html")[0].get("lang") == "en" else page.stray_english()

    def _forms(self, url: str) -> list[Form]:
        return [one for one in Page(self.read(url)).forms if one.method.lower() == "post"]

    def _sent(self, url: str, form: Form, typed: dict[str, str]) -> str:
        to = form.action or url
        answer = self.browser.post(to, data={**form.fields, **typed}, follow_redirects=True)
        return self._looked_at(answer, to).get_data(as_text=True)

    def _looked_at(self, answer: TestResponse, url: str) -> TestResponse:
        assert answer.status_code < FAULTS or answer.status_code == TO_MEND, f"{url} answers {answer.status}"  # noqa: S101 -- this is for tests
        return answer
