"""Reads and keeps the firm's choices; the ones every page needs are remembered in the app's configuration."""

from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import select

from loyalapp.core import clock, native
from loyalapp.core.db import db, only_reading
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _, language_names
from loyalapp.core.moment import this_app
from loyalapp.features.settings.models import Setting

# Country → currency and time zone. "XX" is any other country: its users see English formats.
COUNTRIES = {"PK": ("PKR", "Asia/Karachi"), "IN": ("INR", "Asia/Kolkata"), "XX": ("USD", "UTC")}
DEFAULT_CONTACT_LIMIT = 2  # unasked contacts in 30 days (practice E4)
DEFAULT_CAPACITY = 10  # contacts a salesman manages a day (design §7)
DEFAULT_STOP_AFTER = 3  # tries without an answer
DEFAULT_QUIET = ("21:00", "09:00")  # from, to: in these hours nobody is called


class Firm(NamedTuple):
    """Who we are. `capacity`: contacts a day; `contact_limit`: unasked contacts per customer in 30 days.

    `stop_after`: after so many tries without an answer we stop (0: never); `quiet_from`, `quiet_to`: in these hours
    nobody is called ("" for none); `answer_within`: days in which somebody who wrote or called has our answer (0: no
    such rule). `lock_after`: after so many idle minutes the window locks itself (0: never).
    """

    name: str
    country: str
    city: str
    language: str
    currency: str = "PKR"
    zone: str = "Asia/Karachi"
    sender: str = ""
    capacity: int = DEFAULT_CAPACITY
    contact_limit: int = DEFAULT_CONTACT_LIMIT
    grouping: str = "auto"
    digits: str = "latin"
    hijri: str = ""
    stop_after: int = DEFAULT_STOP_AFTER
    quiet_from: str = DEFAULT_QUIET[0]
    quiet_to: str = DEFAULT_QUIET[1]
    answer_within: int = 1
    lock_after: int = 0

    @property
    def region(self) -> str:
        """Whose phone numbers are meant when no country code is typed."""
        return self.country if self.country in ("PK", "IN") else "PK"


def firm() -> Firm:
    """The firm.

    :raises LoyalAppError: before the first start's questions are answered.
    """
    found: Firm | None = this_app().config["FIRM"]
    if found is None:
        raise LoyalAppError(_("Please answer the questions of the first start first."))
    return found


def is_set_up() -> bool:
    """Whether the questions of the first start are answered."""
    return this_app().config["FIRM"] is not None


def set_up(name: str, country: str, city: str, language: str) -> None:
    """Answer the questions of the first start.

    :raises LoyalAppError: if the name is empty or the country or language is not one of ours.
    """
    if not name.strip():
        raise LoyalAppError(_("Please write the name of your firm or shop."), field="name")
    if country not in COUNTRIES or language not in language_names():
        raise LoyalAppError(_("Please choose a country and a language from the list."), field="country")
    currency, zone = COUNTRIES[country]
    save_firm(Firm(name.strip(), country, city.strip(), language, currency, zone))


def save_firm(chosen: Firm) -> None:
    """Keep the firm's choices; they hold from the next request on."""
    put("firm", chosen._asdict())
    remember_firm(this_app())


def remember_firm(app: Flask) -> None:
    """Read the firm once, so that pages need no query for it."""
    with app.app_context(), only_reading():
        stored = get("firm")
        db.session.remove()
    known = Firm._fields  # data of a newer program may hold more
    found = Firm(**{key: value for key, value in stored.items() if key in known}) if stored else None
    app.config["FIRM"] = found
    if found:
        _apply(app, found)


def _apply(app: Flask, chosen: Firm) -> None:
    app.config["LANGUAGE"] = chosen.language
    app.config["TERRITORY"] = chosen.country
    before = app.config["FORMATS"].get("digits")
    app.config["FORMATS"] = {"grouping": chosen.grouping, "digits": chosen.digits, "hijri": chosen.hijri}
    if before != chosen.digits:
        native.forget()
    clock.set_zone(app, chosen.zone)


def remember_language(app: Flask, chosen: str) -> None:
    """The desk's language is the language of the next start too."""
    known: Firm | None = app.config["FIRM"]
    app.config["LANGUAGE"] = chosen
    if known is not None and known.language != chosen:
        save_firm(known._replace(language=chosen))


def get(key: str, default: Any = None) -> Any:
    """One choice by its key."""
    found = db.session.scalar(select(Setting.value).where(Setting.key == key))
    return default if found is None else found


def put(key: str, value: Any) -> None:
    """Keep one choice (plain values only)."""
    db.session.merge(Setting(key=key, value=value))
    db.session.commit()


def has_examples() -> bool:
    """Whether there are made-up customers among the real ones (asked without knowing the customers' tables)."""
    return bool(get("examples", default=False))
