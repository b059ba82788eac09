"""The days one greets on: birthdays and first deals from our own records, and festivals with computed dates.

Nobody is suggested for a festival by name or faith: the app infers nothing (practice D4). Islamic dates are computed
and therefore only expected; Hindu dates end in 2035. A day that is not known is None, never a guess.
"""

import warnings
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from loyalapp import sdk

_ = sdk.texts("greetings").gettext
ngettext = sdk.texts("greetings").ngettext

PERSONAL = ("birthday", "first_deal")
FESTIVALS = ("eid_fitr", "eid_azha", "diwali", "holi", "new_year", "independence_pk", "republic_in")
ALL = (*PERSONAL, *FESTIVALS, "other")
FIXED = {"new_year": (1, 1), "independence_pk": (8, 14), "republic_in": (1, 26)}
LIBRARY_NAMES = {"eid_fitr": "Eid al-Fitr", "eid_azha": "Eid al-Adha", "diwali": "Diwali", "holi": "Holi"}
MOON = ("eid_fitr", "eid_azha")
DESIGNS = ("garden", "eid", "diwali", "anniversary")
FITTING = {
    "eid_fitr": ("eid", "garden"),
    "eid_azha": ("eid", "garden"),
    "diwali": ("diwali", "garden"),
    "first_deal": ("anniversary", "garden"),
}


class Festival(NamedTuple):
    """The next time a festival comes. `expected`: computed, and only certain once the moon was seen."""

    key: str
    day: date
    expected: bool


def name(key: str) -> str:
    """An occasion in the reader's language."""
    names = {
        "birthday": _("Birthday"),
        "first_deal": _("First deal"),
        "eid_fitr": _("Eid ul-Fitr"),
        "eid_azha": _("Eid ul-Adha"),
        "diwali": _("Diwali"),
        "holi": _("Holi"),
        "new_year": _("New Year"),
        "independence_pk": _("Independence Day, 14 August"),
        "republic_in": _("Republic Day, 26 January"),
        "other": _("Another happy occasion"),
    }
    return names[key]


def design_name(design: str) -> str:
    """A design in the reader's language."""
    names = {
        "garden": _("Garden: a wreath of flowers on printed cloth"),
        "eid": _("Arch and new moon"),
        "diwali": _("Marigold garland and five lamps"),
        "anniversary": _("Vine: one flower for each year"),
    }
    return names[design]


def designs_for(occasion: str) -> tuple[str, ...]:
    """The designs that fit an occasion, the best first."""
    return FITTING.get(occasion, ("garden", "anniversary"))


def made_for(design: str) -> tuple[str, ...]:
    """The occasions that a design is made for; none means any."""
    return tuple(occasion for occasion, designs in FITTING.items() if designs[0] == design)


def days_between(first: date, count: int) -> dict[tuple[int, int], date]:
    """(month, day) of the coming days with their dates. Who was born on 29 February is greeted on the 28th else."""
    found: dict[tuple[int, int], date] = {}
    for offset in range(count):
        day = first + timedelta(days=offset)
        found[(day.month, day.day)] = day
        if (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3:
            found[(2, 29)] = day
    return found


def coming_festivals(today: date, within: int, country: str) -> list[Festival]:
    """Festivals of the coming days, the nearest first."""
    found = [festival for key in FESTIVALS if (festival := next_festival(key, today, country))]
    return sorted((one for one in found if (one.day - today).days <= within), key=lambda one: one.day)


def next_festival(key: str, today: date, country: str) -> Festival | None:
    """The next day of a festival; None if nobody can compute it yet."""
    for year in (today.year, today.year + 1):
        for festival in _festivals(year, country):
            if festival.key == key and festival.day >= today:
                return festival
    return None


@lru_cache(maxsize=8)
def _festivals(year: int, country: str) -> tuple[Festival, ...]:
    fixed = [Festival(key, date(year, month, day), expected=False) for key, (month, day) in FIXED.items()]
    moving = [one for key in LIBRARY_NAMES for one in _computed(key, year, country)]
    return tuple(sorted([*fixed, *moving], key=lambda one: one.day))


def _computed(key: str, year: int, country: str) -> list[Festival]:
    """The days of a festival in a year. Eid goes by the firm's country; Diwali and Holi by India's table."""
    source = "PK" if key in MOON and country == "PK" else "IN"
    days = sorted(day for day, names in _library(source, year).items() if LIBRARY_NAMES[key] in names)
    firsts = [day for day in days if day - timedelta(days=1) not in days]
    return [Festival(key, day, expected=key in MOON) for day in firsts]


@lru_cache(maxsize=8)
def _library(source: str, year: int) -> dict[date, list[str]]:
    import holidays  # noqa: PLC0415 -- slow import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # beyond its range the library says so and leaves the days out, as we do
        categories = ("public", "optional") if source == "IN" else ("public",)
        table = holidays.country_holidays(source, years=year, language="en_US", categories=categories)
    return {day: [one.removesuffix(" (estimated)") for one in table.get_list(day)] for day in table}


def sentence(occasion: str, day: date, years: int) -> str:
    """Why somebody is greeted: the birthday, or the years together; a day of today is said so."""
    today = day == sdk.today()
    if occasion == "birthday":
        return (
            _("Birthday today.")
            if today
            else _("Birthday on %(day)s.", day=sdk.isolate_text(sdk.format_day(day, "near")))
        )
    if today:
        return ngettext("One year since the first deal, today.", "%(num)s years since the first deal, today.", years)
    shown = sdk.isolate_text(sdk.format_day(day, "near"))
    return ngettext(
        "One year since the first deal, on %(day)s.",
        "%(num)s years since the first deal, on %(day)s.",
        years,
        day=shown,
    )
