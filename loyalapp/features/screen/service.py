"""Each one's own choice of letters, size and keyboard, remembered so that no page asks the database for it."""

from typing import Any, NamedTuple

from flask import Flask
from markupsafe import Markup, escape

from loyalapp.core.db import db, only_reading
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.core.moment import this_app
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff
from loyalapp.web.keyboards import NAMES

KEY = "screens"
KEPT = "loyalapp.screens"
NOBODY = "0"  # stands for the computer, where nobody sat down
LETTERS = ("nastaliq", "naskh")
SMALLEST, LARGEST, STEP, USUAL = 85, 130, 5, 100
SIZES = range(SMALLEST, LARGEST + 1, STEP)


class Screen(NamedTuple):
    """What somebody chose. `letters`: of Urdu; `size`: of what is read, in per cent; `keyboard`: "" for none."""

    letters: str = LETTERS[0]
    size: int = USUAL
    keyboard: str = ""


def remember(app: Flask) -> None:
    """Read everybody's choices once; a backup may hold what a newer program wrote."""
    with app.app_context(), only_reading():
        stored = settings.get(KEY, {})
        db.session.remove()
    app.extensions[KEPT] = {whose: _sound(kept) for whose, kept in stored.items()}


def _sound(kept: dict[str, Any]) -> Screen:
    known = Screen(**{name: value for name, value in kept.items() if name in Screen._fields})
    return known if _is_sound(known) else Screen()


def _is_sound(wanted: Screen) -> bool:
    """Whether all of it is offered."""
    return wanted.letters in LETTERS and wanted.size in SIZES and wanted.keyboard in ("", *NAMES)


def screen() -> Screen:
    """The choice of who sits here, else the computer's."""
    kept: dict[str, Screen] = this_app().extensions.get(KEPT, {})
    return kept.get(_whose()) or kept.get(NOBODY) or Screen()


def _whose() -> str:
    return str(staff.at_desk() or NOBODY)


def choose(wanted: Screen) -> None:
    """Keep the choice of who sits here; it holds from the next page on.

    :raises LoyalAppError: for a choice that is not offered.
    """
    if not _is_sound(wanted):
        raise LoyalAppError(_("Please choose one."))
    kept: dict[str, Screen] = this_app().extensions.setdefault(KEPT, {})
    after = {**kept, _whose(): wanted}
    settings.put(KEY, {whose: one._asdict() for whose, one in after.items()})
    this_app().extensions[KEPT] = after


def signs() -> Markup:
    """The choice as attributes of the page, from which the style sheets and the keyboard take it; mostly nothing."""
    chosen = screen()
    told = [(name, value) for name, value in chosen._asdict().items() if value != Screen._field_defaults[name]]
    return Markup("".join([f' data-{name}="{escape(value)}"' for name, value in told]))  # noqa: S704 -- escaped
