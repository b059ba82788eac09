"""The filters of templates: values as they are read, each in its own direction, and the icons."""

from collections.abc import Iterable
from functools import lru_cache

from flask import Flask, current_app, url_for
from markupsafe import Markup

from loyalapp.core import formats, phones
from loyalapp.core.i18n import LETTER, URDU, current_language, isolate, isolates_as_markup

TURNING = frozenset({"next", "help", "undo", "send"})  # ticks, clocks and marks never turn round with the page
REMEMBERED = 512
QUOTES = '“”„"«»'


def install(app: Flask) -> None:
    """Give templates their filters."""
    ltr = lambda value: isolate(value, "ltr")  # noqa: E731 -- one word for four filters
    app.jinja_env.filters.update(
        iso=isolate,
        sentence=isolates_as_markup,
        ltr=ltr,
        together=_together,
        quoted=_quoted,
        phone=lambda number: isolate(phones.shown(number, _region()), "ltr"),
        money=lambda minor, currency=None: isolate(formats.format_money(minor, currency or _currency()), "ltr"),
        number=lambda value: isolate(formats.format_number(value), "ltr"),
        day=lambda value, style="medium": isolate(formats.format_day(value, style)),
        hijri=lambda value: isolate(formats.format_hijri(value)),
        moment=lambda value: isolate(formats.format_moment(value)),
        ago=lambda value: isolate(formats.relative_day(value)),
    )
    app.jinja_env.globals["drawn"] = lru_cache(REMEMBERED)(_drawn)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _together(words: Iterable[str | None]) -> Markup:
    """The words that are there, each in its own direction, with the comma of the language between them."""
    comma = "، " if current_language() == "ur" else ", "
    return Markup(comma.join([isolate(word) for word in words if word]))  # noqa: S704 -- each word is escaped


def _quoted(words: str) -> Markup:
    """What somebody said, between the quotes of its own script, which stay with it wherever its lines fold."""
    bare = words.strip()
    if len(bare) > 1 and bare[0] in QUOTES and bare[-1] in QUOTES and not any(one in QUOTES for one in bare[1:-1]):
        bare = bare[1:-1]  # some write the quotes themselves
    first = LETTER.search(bare)
    return isolate(f"”{bare}“" if first and URDU.match(first[0]) else f"“{bare}”")


def _drawn(name: str, classes: str = "icon") -> Markup:
    """An icon of the sprite; a page shows up to two hundred, so each is put together once."""
    classes = f"{classes} icon-turns" if name in TURNING else classes
    sprite = url_for("static", filename="icons.svg", v=current_app.extensions["loyalapp.static_version"])
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>').format(classes, sprite, name)


def _region() -> str:
    firm = current_app.config["FIRM"]
    return firm.region if firm else "PK"


def _currency() -> str:
    firm = current_app.config["FIRM"]
    return firm.currency if firm else "PKR"
