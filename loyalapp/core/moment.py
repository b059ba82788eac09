"""The app of the moment past Flask's proxy, which takes five times as long and which a page asks hundreds of times."""

from typing import Any

from flask import Flask, current_app
from flask.globals import _cv_app


def this_app() -> Flask:
    """What `current_app` stands for.

    :raises RuntimeError: outside of an app context.
    """
    context = _cv_app.get(None)
    return context.app if context else current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- the documented way to the real app, which raises here


def of_the_moment() -> dict[str, Any]:
    """What is kept as long as the app context lasts, which is one request.

    :raises LookupError: outside of an app context.
    """
    return vars(_cv_app.get().g)


def context_number() -> int:
    """Tells one app context from another; sessions of the database are kept apart by it.

    :raises RuntimeError: outside of an app context.
    """
    context = _cv_app.get(None)
    if context is None:
        this_app()
    return id(context)
