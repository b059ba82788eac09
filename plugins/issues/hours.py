"""When the firm is open: days by which something is due, and days of waiting, count only those on which we work.

A week has its closing days; on holidays of the country the firm is closed, but for those on which it works all the
same; and it has closed days of its own. What comes in after closing time begins on the next day that we work.
"""

import warnings
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from loyalapp import sdk

_ = sdk.texts("issues").gettext

KEY = "issues.hours"
A_DAY = timedelta(days=1)
A_WEEK = 7
SUNDAY = 6
MOST_OWN = 100
LONGEST_WHY = 100
FARTHEST = timedelta(days=800)
COUNTRIES = ("PK", "IN")
ESTIMATED = " (estimated)"


class Hours(NamedTuple):
    """When we work. `closed`: weekdays (Monday is 0); `works_on`: holidays by name on which we work all the same.

    `own`: closed days of our own, by day in ISO form, with why; `opens`, `closes`: "09:00", or "" for the whole day.
    """

    closed: tuple[int, ...] = (SUNDAY,)
    keeps_holidays: bool = True
    works_on: tuple[str, ...] = ()
    own: tuple[tuple[str, str], ...] = ()
    opens: str = ""
    closes: str = ""


class Holiday(NamedTuple):
    """A holiday of the country. `name`: by which it is kept; `is_expected`: the moon decides."""

    day: date
    name: str
    is_expected: bool


# ---- what others ask ----


def due_day(day: date, days: int = 0) -> date:
    """The day on which something is due that may take `days` working days from `day` on; 0 is the first of them.

    What is to begin today after closing time begins tomorrow.
    """
    hours = of_firm()
    begin = day + A_DAY if _is_over(hours, day) else day
    found = _open_from(hours, begin)
    for _number in range(max(days, 0)):
        found = _open_from(hours, found + A_DAY)
    return found


def working_days(first: date, last: date, hours: Hours | None = None) -> int:
    """How many days after `first`, up to and with `last`, we worked: so long somebody waited.

    :param hours: what `of_firm` said, where this is asked for many.
    """
    if last <= first:
        return 0
    hours = hours or of_firm()
    weeks, rest = divmod((last - first).days, A_WEEK)
    counted = weeks * (A_WEEK - len(hours.closed))
    counted += sum((last - A_DAY * back).weekday() not in hours.closed for back in range(rest))
    special = _special(hours, first.year, last.year)
    return counted - (bisect_right(special, last) - bisect_right(special, first))


def is_open(day: date) -> bool:
    """Whether we work on this day."""
    return not _is_closed(of_firm(), day)


def of_firm() -> Hours:
    """What the firm has said; Sunday and the holidays of the country else. Read again only after a change."""
    return sdk.until_changed(KEY, _read)


def _read() -> Hours:
    kept: Mapping[str, Any] = sdk.settings.get(KEY) or {}
    return Hours(
        tuple(kept.get("closed", (SUNDAY,))),
        bool(kept.get("keeps_holidays", True)),
        tuple(kept.get("works_on", ())),
        tuple((day, why) for day, why in kept.get("own", ())),
        kept.get("opens", ""),
        kept.get("closes", ""),
    )


def _open_from(hours: Hours, day: date) -> date:
    end = day + FARTHEST
    while _is_closed(hours, day) and day < end:
        day += A_DAY
    return day


def _is_closed(hours: Hours, day: date) -> bool:
    return (
        day.weekday() in hours.closed
        or any(day.isoformat() == one for one, _why in hours.own)
        or any(one.day == day for one in _kept_holidays(hours, day.year))
    )


def _is_over(hours: Hours, day: date) -> bool:
    """Whether the day is today and we have closed already."""
    return bool(hours.closes) and day == sdk.today() and f"{sdk.local(sdk.now()):%H:%M}" >= hours.closes


def _special(hours: Hours, first: int, last: int) -> list[date]:
    """Days of these years on which we are closed though it is no closing day of the week; in order, each once."""
    found = {date.fromisoformat(day) for day, _why in hours.own}
    found |= {one.day for year in range(first, last + 1) for one in _kept_holidays(hours, year)}
    return sorted(one for one in found if one.weekday() not in hours.closed)


def _kept_holidays(hours: Hours, year: int) -> list[Holiday]:
    if not hours.keeps_holidays:
        return []
    return [one for one in holidays(sdk.firm().country, year) if one.name not in hours.works_on]


@lru_cache(maxsize=64)
def holidays(country: str, year: int) -> tuple[Holiday, ...]:
    """The holidays of a country in a year, by their English names; none for a country we do not know."""
    if country not in COUNTRIES:
        return ()
    import holidays as library  # noqa: PLC0415 -- slow import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # beyond its range the library says so and leaves the days out, as we do
        table = library.country_holidays(country, years=year, language="en_US")
    found = [(day, name) for day in sorted(table) for name in table.get_list(day)]
    return tuple(Holiday(day, name.removesuffix(ESTIMATED), name.endswith(ESTIMATED)) for day, name in found)


def coming_holidays() -> list[Holiday]:
    """Those of the coming twelve months."""
    today = sdk.today()
    both = (*holidays(sdk.firm().country, today.year), *holidays(sdk.firm().country, today.year + 1))
    return [one for one in both if today <= one.day < today + timedelta(days=365)]


# ---- what the firm says ----


def save(hours: Hours) -> None:
    """Keep it, after a look whether it can be.

    :raises LoyalAppError: for a week without a day of work, or a closing time that is not after the opening.
    """
    closed = tuple(sorted({one for one in hours.closed if 0 <= one < A_WEEK}))
    if len(closed) >= A_WEEK:
        raise sdk.LoyalAppError(_("Please leave one day of the week on which you work."), field="closed")
    if bool(hours.opens) != bool(hours.closes) or hours.opens > hours.closes:
        raise sdk.LoyalAppError(_("Please write when you open and when you close, or leave both empty."), field="opens")
    kept = hours._replace(closed=closed, own=_checked_own(hours.own))
    sdk.settings.put(KEY, kept._asdict() | {"own": [list(one) for one in kept.own]})


def _checked_own(own: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Closed days that are over are forgotten after a year, since waiting days reach back."""
    oldest = (sdk.today() - timedelta(days=366)).isoformat()
    found = {day: sdk.plain(why)[:LONGEST_WHY] for day, why in own if day >= oldest}
    if len(found) > MOST_OWN:
        most = sdk.format_number(MOST_OWN)
        raise sdk.LoyalAppError(_("At most %(count)s days can be written here.", count=most), field="own")
    return tuple(sorted(found.items()))


def with_own(text: str) -> tuple[tuple[str, str], ...]:
    """Closed days as they were typed, one in each line: a day, and why.

    :raises LoyalAppError: for a line that does not begin with a day.
    """
    return tuple(_own(line) for line in text.splitlines() if line.strip())


def _own(line: str) -> tuple[str, str]:
    first, _space, why = line.strip().partition(" ")
    try:
        found = sdk.parse_day(first, latest_year=sdk.today().year + 5)
        day = date(found.year or sdk.today().year, found.month, found.day)
    except ValueError as error:
        words = _(
            "This line does not begin with a day: %(line)s. Please begin it like 25/12/2026.",
            line=sdk.isolate_text(line[:60]),
        )
        raise sdk.LoyalAppError(words, field="own") from error
    return day.isoformat(), why.strip(" –-·")


def as_typed(own: Iterable[tuple[str, str]]) -> str:
    """The same the other way round, for the form."""
    return "\n".join(f"{date.fromisoformat(day):%d/%m/%Y} {why}".strip() for day, why in own)


# ---- in words ----


def holiday_name(name: str) -> str:
    """A holiday in the reader's language; one we do not know keeps its own name."""
    known = {
        "Eid al-Fitr": _("Eid ul-Fitr"),
        "Eid al-Adha": _("Eid ul-Adha"),
        "Ashura": _("Ashura"),
        "Prophet's Birthday": _("Birthday of the Prophet"),
        "Kashmir Solidarity Day": _("Kashmir Day"),
        "Pakistan Day": _("Pakistan Day"),
        "Labor Day": _("Labour Day"),
        "Youm-e-Takbeer": _("Youm-e-Takbeer"),
        "Independence Day": _("Independence Day"),
        "Iqbal Day": _("Iqbal Day"),
        "Quaid-e-Azam Day": _("Quaid-e-Azam Day"),
        "Republic Day": _("Republic Day"),
        "Holi": _("Holi"),
        "Maha Shivaratri": _("Maha Shivaratri"),
        "Ram Navami": _("Ram Navami"),
        "Mahavira's Birthday": _("Mahavir Jayanti"),
        "Good Friday": _("Good Friday"),
        "Dr. B. R. Ambedkar's Birthday": _("Ambedkar Jayanti"),
        "Buddha Purnima": _("Buddha Purnima"),
        "Janmashtami (Vaishnava)": _("Janmashtami"),
        "Mahatma Gandhi's Birthday": _("Gandhi Jayanti"),
        "Dussehra": _("Dussehra"),
        "Diwali": _("Diwali"),
        "Guru Nanak's Birthday": _("Birthday of Guru Nanak"),
        "Christmas": _("Christmas"),
    }
    return known.get(name, name)
