"""What would be lost if the program ended now: a feature that is at it says so, and the window asks."""

from collections.abc import Callable

from flask import Flask

from loyalapp.core.i18n import in_language

KEY = "loyalapp.at_work"


def tell(app: Flask, name: str, losing: Callable[[], str | None]) -> None:
    """From now on a feature is asked too.

    :param losing: answers one sentence in the language that is spoken, or None while nothing would be lost; asked in
        a thread of its own, also while the work goes on.
    """
    app.extensions.setdefault(KEY, {})[name] = losing


def losing(app: Flask, language: str) -> str | None:
    """What would be lost, in one sentence; None where nothing would."""
    asked = list(app.extensions.get(KEY, {}).values())
    if not asked:
        return None
    with app.app_context(), in_language(language):
        return next((str(said) for ask in asked if (said := ask())), None)
