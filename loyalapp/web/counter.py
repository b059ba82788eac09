"""The counter: while customers may see the screen, the pages leave out levels, worth and notes (design §7).

A cookie of its own says so, which the page's script sets before anything is asked of the server: whatever page is
opened next is asked for with it, and no answer that is still on its way sets it back.
"""

from typing import Any

from flask import Flask, Response, current_app
from flask.globals import _cv_request  # what is told once for a page must go with the page


class IsCounter:
    """What templates and macros ask: `{% if not is_counter %}`."""

    def __bool__(self) -> bool:
        return is_counter()


def is_counter() -> bool:
    """Whether a customer may see this desk's screen now."""
    page: Any = _cv_request.get(None)
    if page is None:
        return False
    kept = vars(page)
    if "loyalapp.is_counter" not in kept:  # a page asks dozens of times
        kept["loyalapp.is_counter"] = page.request.cookies.get(cookie()) == "1"
    return bool(kept["loyalapp.is_counter"])


def cookie() -> str:
    """The name of the cookie, with the installation's own id: cookies do not know of ports."""
    door: str = current_app.extensions["loyalapp.door"].cookie
    return f"{door}_counter"


def remember(answer: Response, *, is_open: bool) -> Response:
    """From here on a customer may see the screen, or not any more."""
    if is_open:
        answer.set_cookie(cookie(), "1", samesite="Strict")
    else:
        answer.delete_cookie(cookie(), samesite="Strict")
    return answer


def install(app: Flask) -> None:
    """Let every template ask."""
    app.jinja_env.globals["is_counter"] = IsCounter()
