"""Sessions as Flask keeps them, in a signed cookie, of which the signature is not reckoned anew for every page."""

import time
from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

REMEMBERED = 64  # cookies; a desk sends the same one until its session changes
SECONDS = 600.0  # after which a signature and its age are looked at again
PLAIN = (str, int, bool, type(None))


class Sessions(SecureCookieSessionInterface):
    """Reckoning a signature takes a tenth of a page. What was verified once, letter by letter the same, is right."""

    def __init__(self) -> None:
        self._verified: dict[str, tuple[float, dict[str, Any]]] = {}

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        sent = request.cookies.get(self.get_cookie_name(app), "")
        known = self._verified.get(sent)
        if known and known[0] > time.monotonic():
            return self.session_class(known[1])  # a copy
        session = super().open_session(app, request)
        if session and all(type(value) in PLAIN for value in session.values()):
            if len(self._verified) >= REMEMBERED:
                self._verified.clear()
            self._verified[sent] = (time.monotonic() + SECONDS, dict(session))
        return session
