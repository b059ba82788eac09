"""On which day an occasion of the table is: computed from the calendars, and as somebody confirmed it.

A day that no calendar knows is left out, never guessed: the Hindu days end in 2035, the Islamic ones in 1500 AH.
`turn` tells the times of an occasion apart: the year of the day, for Islamic days the Islamic year, since one of them
can come twice in a year of ours.
"""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from loyalapp import sdk

from . import occasions, own
from .models import DAY

HIJRI_YEARS = range(1343, 1501)  # what the library knows
SEEN_LATER = timedelta(days=1)  # the moon is seen here a day after the computed calendar
ABOUT = timedelta(days=3)  # two calendars mean the same day when they are no further apart
LOOKED_AHEAD = 420
CHANGED_BY = timedelta(days=20)  # further than this nobody moves a day
_KNOWN = select(DAY.c.occasion, DAY.c.turn, DAY.c.day, DAY.c.confirmed_on).where(DAY.c.day >= bindparam("first"))


class Feast(NamedTuple):
    """One time of an occasion. `expected`: computed, and only certain once somebody confirmed it."""

    key: str
    turn: int
    day: date
    expected: bool = False
    confirmed: bool = False


def coming(first: date, within: int, keys: Iterable[str] | None = None) -> list[Feast]:
    """The times of the occasions we greet on in the days from `first` on, the nearest first."""
    chosen = list(occasions.offered()) if keys is None else list(keys)
    last = first + timedelta(days=within)
    found = _with_confirmed(_of_all(chosen, first - CHANGED_BY, last + CHANGED_BY), chosen, first)
    return sorted((one for one in found if first <= one.day <= last), key=lambda one: (one.day, one.key))


def following(key: str, today: date) -> Feast | None:
    """The next time of an occasion, today included; None if nobody can compute it yet."""
    return next(iter(coming(today, LOOKED_AHEAD, [key])), None)


def at(key: str, turn: int) -> Feast | None:
    """One time of an occasion as it is known now."""
    first, last = _around(key, turn)
    found = [one for one in _of_all([key], first, last) if one.turn == turn]
    return next((one for one in _with_confirmed(found, [key], first - CHANGED_BY) if one.turn == turn), None)


def computed_at(key: str, turn: int) -> Feast | None:
    """The same as the calendars say, whatever was confirmed."""
    return next((one for one in _of_all([key], *_around(key, turn)) if one.turn == turn), None)


def near(key: str, today: date) -> Feast | None:
    """The time a greeting of today is about: the one just past while one can still wish well, else the next."""
    late = timedelta(days=occasions.late(key))
    return next(iter(coming(today - late, LOOKED_AHEAD, [key])), None)


def _around(key: str, turn: int) -> tuple[date, date]:
    """The days among which a turn lies."""
    if "moon" in occasions.entry(key):
        about = 622 + turn * 32 // 33
        return date(max(1, about - 1), 1, 1), date(about + 2, 12, 31)
    return date(max(1, min(turn, 9990)), 1, 1), date(max(1, min(turn, 9990)), 12, 31)


def _with_confirmed(computed: list[Feast], keys: list[str], first: date) -> list[Feast]:
    """The same with the days that somebody confirmed or wrote down."""
    if not any(occasions.kind(key) in occasions.MARKED for key in keys):
        return computed  # nobody moves the day of a profession
    rows = sdk.rows(_KNOWN, {"first": first - CHANGED_BY})
    written = {(row.occasion, row.turn): row.day for row in rows if row.confirmed_on and row.occasion in keys}
    found = {(one.key, one.turn): one for one in computed}
    found |= {mark: Feast(*mark, day, expected=False, confirmed=True) for mark, day in written.items()}
    return list(found.values())


def _of_all(keys: list[str], first: date, last: date) -> list[Feast]:
    yours = own.days([key for key in keys if own.is_own(key)], first, last)
    found = [Feast(key, day.year, day) for key, day in yours]
    country = sdk.firm().country
    for key in keys:
        if not own.is_own(key):
            found += [one for one in _computed(key, first.year, last.year, country) if first <= one.day <= last]
    return found


@lru_cache(maxsize=256)
def _computed(key: str, first: int, last: int, country: str) -> tuple[Feast, ...]:
    """Every day of an occasion in these years, as far as it can be computed."""
    rule = occasions.entry(key)
    years = range(max(1, first), min(last, 9998) + 1)
    if "month" in rule:
        return tuple(Feast(key, year, date(year, rule["month"], rule["day"])) for year in years)
    if "weekday" in rule:
        return tuple(Feast(key, year, _nth(year, *rule["weekday"])) for year in years)
    if "moon" in rule:
        return tuple(_by_the_moon(key, rule, years, country))
    if "table" in rule:
        days = ((year, _listed(rule["table"], rule.get("state"), year)) for year in years)
        return tuple(Feast(key, year, day) for year, listed in days for day in listed[:1])
    return ()


def _nth(year: int, month: int, which: int, weekday: int) -> date:
    """Such as the first Monday of October; -1 is the last one."""
    if which > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    end = date(year, month + 1, 1) - timedelta(days=1) if month < 12 else date(year, 12, 31)
    return end - timedelta(days=(end.weekday() - weekday) % 7)


def _by_the_moon(key: str, rule: Mapping[str, Any], years: range, country: str) -> Iterator[Feast]:
    from hijridate import Hijri  # noqa: PLC0415 -- slow import

    if not years:
        return
    about = range((years[0] - 622) * 33 // 32 - 1, (years[-1] - 622) * 33 // 32 + 3)
    for turn in sorted(set(about) & set(HIJRI_YEARS)):
        computed = date(*Hijri(turn, *rule["moon"]).to_gregorian().timetuple()[:3]) + SEEN_LATER
        yield Feast(key, turn, _as_listed(rule.get("table"), computed, country), expected=True)


def _as_listed(name: str | None, computed: date, country: str) -> date:
    """The day that the library has for it, where it has one; in Pakistan it lists days off, which may begin before."""
    if name is None:
        return computed
    days = [day for day in _listed(name, None, computed.year) if abs(day - computed) <= ABOUT]
    if country == "PK" and days:
        off = [day for day in _listed(name, None, computed.year, "PK") if abs(day - computed) <= ABOUT]
        days = [day for day in days if day in off] or off or days
    return days[0] if days else computed


def _listed(name: str, state: str | None, year: int, country: str = "IN") -> list[date]:
    return [day for day, names in _library(country, state, year).items() if name in names]


@lru_cache(maxsize=24)
def _library(country: str, state: str | None, year: int) -> dict[date, list[str]]:
    import holidays  # noqa: PLC0415 -- slow import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # beyond its range the library says so and leaves the days out, as we do
        kinds = ("public", "optional") if country == "IN" else ("public",)
        table = holidays.country_holidays(country, subdiv=state, years=year, language="en_US", categories=kinds)
    return {day: [one.removesuffix(" (estimated)") for one in table.get_list(day)] for day in sorted(table)}
