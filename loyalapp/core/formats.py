"""Days, moments, numbers and amounts as they are read in the firm's country, in the language of the page.

Patterns come from Babel; what Babel cannot do is done here and nowhere else: native digits, lakh grouping in every
language, amounts without empty decimals, the time of day in words ("شام 5:04"). Everything is remembered per locale and
value, since a list shows the same days again and again. Phones, ids and addresses never pass through here.
"""

from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from babel import Locale
from babel import core as babel_core
from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_symbol

from loyalapp.core import clock, hijri, native
from loyalapp.core.days import PartialDay
from loyalapp.core.i18n import current_locale, ngettext
from loyalapp.core.i18n import gettext as _
from loyalapp.core.moment import this_app
from loyalapp.core.money import DIGITS

_REMEMBERED = 4096
_NO_BREAK = "\u00a0"
# A language without a country would begin the week on Monday and put the month first.
_HOME = {"ur": "ur_PK", "hi": "hi_IN", "en": "en_GB"}
_NATIVE_SEPARATORS = {"ur": "٫٬٪"}
_NATIVE_DIGITS = native.TABLES
_NATIVE_NUMBERS = {
    language: _NATIVE_DIGITS[language] | str.maketrans(".,%", _NATIVE_SEPARATORS.get(language, ".,%"))
    for language in _NATIVE_DIGITS
}
_COMMA = {"ur": "،"}
# From which hour on which part of the day it is, as people say it.
_PARTS_OF_DAY = {
    "ur": ((20, "رات"), (16, "شام"), (12, "دوپہر"), (4, "صبح"), (0, "رات")),
    "hi": ((20, "रात"), (16, "शाम"), (12, "दोपहर"), (4, "सुबह"), (0, "रात")),
}
# Hindi months are not cut short (अक्टू॰), and nobody here writes 05-Mar-2026.
_MONTHS = {"hi": "LLLL"}
_MEDIUM = {"ur": "d MMM، y", "hi": "d MMMM y", "en": "d MMM y"}
_OWN_PATTERNS = {"day": "d MMMM", "near": "d MMMM", "weekday": "EEEE, d MMMM"}
_WEEKS = {"PK": 6, "IN": 6}  # as Babel has it; Monday everywhere else
_AT_HOME = {"PK", "IN"}  # where our languages may stand beside a currency they do not know: Hindi in Pakistan
_OWN_SIGNS = {("PK", "PKR"): "Rs", ("IN", "INR"): "₹"}  # as Babel has them, after reading a megabyte of English
_ONE_AT_A_TIME = Lock()
_DAYS_TOLD_AS_DAYS, _MINUTES_PER_HOUR = 31, 60
_DAYS_PER_MONTH, _DAYS_PER_YEAR = 30.44, 365.25


class FormatSettings(NamedTuple):
    """The firm's wishes: how digits are grouped ("auto" goes by the country) and which digits are shown."""

    grouping: str = "auto"  # "lakh", "million"
    digits: str = "latin"  # "native"
    hijri: str = ""  # days by which the Islamic months begin later than expected; "": their date is not shown


def format_settings() -> FormatSettings:
    """What `app.config["FORMATS"]` says."""
    wishes = this_app().config.get("FORMATS", {})
    return FormatSettings(wishes.get("grouping", "auto"), wishes.get("digits", "latin"), wishes.get("hijri", ""))


def format_day(day: date | PartialDay | None, style: str = "medium") -> str:
    """A day in words; without its year where that is not known; "" for None.

    :param day: a moment is shown as the firm's day.
    :param style: "short" 5/3/26, "medium", "long", "full" (with weekday), "day" 5 March, "weekday" Thursday, 5 March,
        "near" without the year while it is this year, "brief" with a short month too, for the margin of a page,
        "LLL" the month alone, short where the language cuts months short.
    """
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = clock.local(day).date()
    if style in ("near", "brief") and day.year != clock.today().year:
        style = "medium"
    return _day(_locale(), format_settings().digits, (day.year, day.month, day.day), style)


def format_hijri(day: date) -> str:
    """The Islamic date of a day, "16 Ramadan 1447 AH"; "" where the firm does not wish it beside the Gregorian one."""
    wishes, locale = format_settings(), _locale()
    if not wishes.hijri:
        return ""
    return _native(hijri.in_words(day, locale[:2], int(wishes.hijri)), locale, wishes.digits, _NATIVE_DIGITS)


def week_begins() -> int:
    """The weekday on which weeks begin in the firm's country, Monday being 0: Sunday in Pakistan and India."""
    return _WEEKS.get(_country(), 0)


def format_moment(moment: datetime | None, style: str = "medium") -> str:
    """A stored moment on the firm's wall clock: day and time, or only the time with the style "time"; "" for None."""
    if moment is None:
        return ""
    wall = clock.local(moment)
    locale, digits = _locale(), format_settings().digits
    hour = _time(locale, digits, wall.hour, wall.minute)
    if style == "time":
        return hour
    return f"{format_day(wall.date(), style)}{_COMMA.get(locale[:2], ',')} {hour}"


def format_time(hour: time) -> str:
    """A time of day without a date, such as opening hours: "5:04 pm", "شام 5:04"."""
    return _time(_locale(), format_settings().digits, hour.hour, hour.minute)


def format_number(value: Decimal | float | None) -> str:
    """A number with at most two decimals, grouped as the firm wishes; "" for None."""
    return "" if value is None else _number(_locale(), _country(), format_settings(), value or 0)


def format_money(minor: int | None, currency: str) -> str:
    """An amount of minor units: "₹ 1,25,000", "Rs 99.50"; whole amounts without decimals; "" for None."""
    return "" if minor is None else _money(_locale(), _country(), format_settings(), minor, currency)


def relative_day(day: date, today: date | None = None) -> str:
    """How far a day is from today, in words: "today", "tomorrow", "in 3 days", "7 months ago".

    :param day: a moment of today that is past is told to the hour: "just now", "20 minutes ago", "3 hours ago".
    """
    if isinstance(day, datetime):
        moment, day = day, clock.local(day).date()
        if day == (today or clock.today()) and moment <= clock.now():
            return _within_the_day(int((clock.now() - moment).total_seconds()) // 60)
    distance = (day - (today or clock.today())).days
    if distance == 0:
        return _("today")
    if abs(distance) == 1:
        return _("tomorrow") if distance > 0 else _("yesterday")
    return _ahead(distance) if distance > 0 else _ago(-distance)


def _within_the_day(minutes: int) -> str:
    if minutes < 1:
        return _("just now")
    if minutes < _MINUTES_PER_HOUR:
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes, count=format_number(minutes))
    hours = minutes // _MINUTES_PER_HOUR
    return ngettext("%(count)s hour ago", "%(count)s hours ago", hours, count=format_number(hours))


def _ahead(days: int) -> str:
    if days <= _DAYS_TOLD_AS_DAYS:
        return ngettext("in %(count)s day", "in %(count)s days", days, count=format_number(days))
    months = round(days / _DAYS_PER_MONTH)
    if months < 12:
        return ngettext("in %(count)s month", "in %(count)s months", months, count=format_number(months))
    years = round(days / _DAYS_PER_YEAR)
    return ngettext("in %(count)s year", "in %(count)s years", years, count=format_number(years))


def _ago(days: int) -> str:
    if days <= _DAYS_TOLD_AS_DAYS:
        return ngettext("%(count)s day ago", "%(count)s days ago", days, count=format_number(days))
    months = round(days / _DAYS_PER_MONTH)
    if months < 12:
        return ngettext("%(count)s month ago", "%(count)s months ago", months, count=format_number(months))
    years = round(days / _DAYS_PER_YEAR)
    return ngettext("%(count)s year ago", "%(count)s years ago", years, count=format_number(years))


def _locale() -> str:
    """The language of the moment with its country, such as "ur_PK"."""
    locale = current_locale()
    if locale is None:
        return _HOME["en"]
    language: str = locale.language
    return f"{language}_{locale.territory}" if locale.territory else _HOME.get(language, language)


def _country() -> str:
    """The firm's country, which decides about groups of digits and signs of money in every language."""
    country: str | None = this_app().config.get("TERRITORY")
    return country or _locale()[-2:]


@lru_cache(_REMEMBERED)
def _known(locale: str) -> Locale:
    """What Babel knows of a language. The two megabytes by which it found it are let go; asked again, it reads them."""
    with _ONE_AT_A_TIME:
        found = Locale.parse(locale)
        if found.number_symbols:  # which reads what there is of the language
            babel_core._global_data = None  # noqa: SLF001 -- Babel has no word for it
    return found


def _native(text: str, locale: str, digits: str, tables: dict[str, dict[int, int]]) -> str:
    table = tables.get(locale[:2]) if digits == "native" else None
    return text.translate(table) if table else text


def _pattern(language: str, style: str, *, has_year: bool) -> str:
    if style == "LLL":
        return _MONTHS.get(language, style)
    medium = _MEDIUM.get(language, style)
    brief = medium.removesuffix(" y").removesuffix("،")
    if not has_year:
        return {"short": "d/M", "medium": brief, "brief": brief}.get(style, _OWN_PATTERNS["day"])
    return {"medium": medium, "brief": brief}.get(style) or _OWN_PATTERNS.get(style, style)


@lru_cache(_REMEMBERED)
def _day(locale: str, digits: str, parts: tuple[int | None, int, int], style: str) -> str:
    year, month, day = parts
    pattern = _pattern(locale[:2], style, has_year=year is not None)
    text = format_date(date(2000 if year is None else year, month, day), pattern, locale=_known(locale))
    if style == "weekday":
        text = text.replace(",", _COMMA.get(locale[:2], ","))
    return _native(text, locale, digits, _NATIVE_DIGITS)


@lru_cache(_REMEMBERED)
def _time(locale: str, digits: str, hour: int, minute: int) -> str:
    text = f"{hour % 12 or 12}:{minute:02d}"
    language = locale[:2]
    if language in _PARTS_OF_DAY:
        part = next(word for begins, word in _PARTS_OF_DAY[language] if hour >= begins)
        text = f"{part}{_NO_BREAK}{text}"
    else:
        text = f"{text}{_NO_BREAK}{'am' if hour < 12 else 'pm'}"
    return _native(text, locale, digits, _NATIVE_DIGITS)


def _grouped(country: str, settings: FormatSettings) -> str:
    """The pattern of a whole number: every two digits after the thousand in India, every three elsewhere."""
    lakh = settings.grouping == "lakh" or (settings.grouping == "auto" and country == "IN")
    return "#,##,##0" if lakh else "#,##0"


@lru_cache(_REMEMBERED)
def _number(locale: str, country: str, settings: FormatSettings, value: Decimal | float) -> str:
    text = format_decimal(value, f"{_grouped(country, settings)}.##", locale=_known(locale))
    return _native(text, locale, settings.digits, _NATIVE_NUMBERS)


@lru_cache(_REMEMBERED)
def _money(locale: str, country: str, settings: FormatSettings, minor: int, currency: str) -> str:
    places = DIGITS[currency]
    amount = Decimal(abs(minor)).scaleb(-places)
    decimals = f".{'0' * places}" if minor % 10**places else ""
    text = format_decimal(amount, _grouped(country, settings) + decimals, locale=_known(locale))
    sign = ("-" if minor < 0 else "") + _sign_of(currency, country, locale)
    return f"{sign}{_NO_BREAK}{_native(text, locale, settings.digits, _NATIVE_NUMBERS)}"


def _sign_of(currency: str, country: str, locale: str) -> str:
    if own := _OWN_SIGNS.get((country, currency)):
        return own
    sign: str = get_currency_symbol(currency, locale=f"en_{country}" if country in _AT_HOME else locale)
    return sign
