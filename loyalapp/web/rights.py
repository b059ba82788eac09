"""What a page asks of who opens it, said at its view: `@owner_only`, `@owner_saves`, `@private_page`.

    @pages.route("/file", methods=["GET", "POST"])
    @owner_only
    def to_file(): …

The staff's pages look at it before every request (`features.staff.views`).
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app

View = TypeVar("View", bound=Callable[..., Any])
ALL = "all"
SAVING = "saving"


def owner_only(view: View) -> View:
    """Only the owner opens this page and sends its form."""
    view.owner = ALL  # type: ignore[attr-defined]  # -- functions carry what is written on them
    return view


def owner_saves(view: View) -> View:
    """Everybody may look at this page; only the owner sends its form."""
    view.owner = SAVING  # type: ignore[attr-defined]  # -- functions carry what is written on them
    return view


def private_page(view: View) -> View:
    """Nobody looks at this page while a customer may see the screen; a form that is open already can be sent."""
    view.is_private = True  # type: ignore[attr-defined]  # -- functions carry what is written on them
    return view


def asks_owner(endpoint: str | None, method: str) -> bool:
    """Whether a request needs the owner."""
    asked = getattr(current_app.view_functions.get(endpoint or ""), "owner", None)
    return asked == ALL or (asked == SAVING and method == "POST")


def is_private(endpoint: str | None) -> bool:
    """Whether a page is not for the eyes of customers."""
    return hasattr(current_app.view_functions.get(endpoint or ""), "is_private")
