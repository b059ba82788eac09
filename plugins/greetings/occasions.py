"""The occasions one greets on, by the table `occasions.toml` and from our own records; each has a short key.

Nobody is suggested for a festival by name or faith: the app infers nothing (practice D4). Which of them are offered
goes by country and state until the firm chooses; who is greeted on one is for the salesman to mark (`marked`).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from loyalapp import sdk

from . import own

_ = sdk.texts("greetings").gettext

DIGITS = re.compile(r"\d+")  # of the days of the nation: shown as the firm wishes figures
FILE = Path(__file__).with_name("occasions.toml")
PERSONAL = ("birthday", "firm_birthday", "first_deal", "own_day")
MARKED = ("festival", "national", "own")  # kinds on which only those are greeted who are marked
LEADS = {"birthday": 3, "firm_birthday": 5, "first_deal": 5, "own_day": 3}  # days before, by key or kind
LEADS |= {"festival": 4, "national": 3, "own": 4, "profession": 4}
MOST_LEAD = 14
ROUND = (1, 5)  # years together; beyond them every tenth and every fifth year
SETTING = "greetings.days"


class _All:
    """Every occasion there is, own ones too; the table is read when somebody first asks."""

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and (key in _table() or own.is_own(key))

    def __iter__(self) -> Iterator[str]:
        return iter((*PERSONAL, *offered(), *professions(), "other"))


ALL = _All()


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    found = tomllib.loads(FILE.read_text("utf-8"))
    return MappingProxyType({key: MappingProxyType(one) for key, one in found.items()})


def entry(key: str) -> Mapping[str, Any]:
    """What the table says about an occasion; nothing for one that it does not know."""
    return _table().get(key, {}) if key != "regions" else {}


def kind(key: str) -> str:
    """`personal`, `festival`, `national`, `profession`, or `own` for one that the firm added."""
    return "own" if own.is_own(key) else str(entry(key).get("kind", "personal"))


def name(key: str) -> str:
    """An occasion in the reader's language."""
    if own.is_own(key):
        return own.name(key)
    named = entry(key) or entry("other")
    return DIGITS.sub(lambda number: sdk.format_number(int(number[0])), str(named[sdk.current_language()]))


def option(key: str) -> str:
    """An occasion among choices: one that the firm added is isolated, whatever its script."""
    return sdk.isolate(own.name(key)) if own.is_own(key) else name(key)


def names_of(key: str) -> tuple[str, ...]:
    """What it is called in all three scripts."""
    return tuple(str(entry(key)[language]) for language in sdk.LANGUAGES) if entry(key) else (own.name(key),)


def every(*kinds: str) -> list[str]:
    """The keys of some kinds, in the order of the table."""
    return [key for key, one in _table().items() if one.get("kind") in kinds]


def ours(kind_of: str) -> list[str]:
    """Those of a kind that are not another country's alone, and those that we chose all the same."""
    country = sdk.firm().country
    places = {key: [entry(key).get("of", ""), *entry(key).get("on", ())] for key in every(kind_of)}
    near = {key for key, found in places.items() if any(one.startswith(country) for one in found)}
    return [key for key in places if key in near or is_offered(key)]


def regions(country: str) -> dict[str, str]:
    """States or provinces of a country, by key, in the reader's language."""
    named = {key: str(one[sdk.current_language()]) for key, one in _table()["regions"].items()}
    return {key: called for key, called in named.items() if key.startswith(f"{country}-")}


# ---- what the firm chose


def choices() -> dict[str, Any]:
    """What the firm chose: `region`, which days are `on` or `off` against the usual, `lead` in days, `deal` years."""
    chosen: dict[str, Any] = sdk.until_changed(SETTING, lambda: sdk.settings.get(SETTING, {}))
    return chosen


def choose(**chosen: Any) -> None:
    """Keep some of the firm's choices."""
    sdk.settings.put(SETTING, {**sdk.settings.get(SETTING, {}), **chosen})


def is_usual(key: str, region: str) -> bool:
    """Whether an occasion is offered in our country and state from the beginning."""
    places = entry(key).get("on", ())
    return sdk.firm().country in places or region in places


def is_offered(key: str) -> bool:
    """Whether we greet on it."""
    chosen = choices()
    if key in chosen.get("on", ()) or key in chosen.get("off", ()):
        return key in chosen.get("on", ())
    return is_usual(key, chosen.get("region", ""))


def offered() -> list[str]:
    """Festivals, days of the country and own days on which we greet whom we marked."""
    return [*(key for key in every("festival", "national") if is_offered(key)), *own.keys()]


def professions() -> list[str]:
    """Days of professions on which we greet."""
    return [key for key in every("profession") if is_offered(key)]


def lead_title(key: str) -> str:
    """What a lead time is for, in the reader's language."""
    titles = {
        "festival": _("Festivals"),
        "national": _("Days of the country and the year"),
        "own": _("Days of your own"),
        "profession": _("Days of professions"),
    }
    return titles.get(key) or name(key)


def lead(key: str) -> int:
    """How many days before its day an occasion comes up."""
    chosen = choices().get("lead", {})
    usual = LEADS.get(key) or LEADS.get(kind(key), 3)
    return int(chosen.get(key, usual))


def most_lead() -> int:
    """The longest of the lead times."""
    return max(lead(key) for key in LEADS)


def late(key: str) -> int:
    """How many days after its day one still wishes well."""
    return int(entry(key).get("late", 1))


def is_round(years: int) -> bool:
    """Whether so many years together are a number people notice: 1, 5, 10, 15…"""
    return years in ROUND or (years > 0 and years % 5 == 0)


def is_deal_greeted(years: int) -> bool:
    """Whether we greet on this anniversary of the first deal: on each, or on round ones where the firm chose so."""
    return years > 0 and (is_round(years) or choices().get("deal") != "round")


# ---- how they look and read


def days_between(first: date, count: int) -> dict[tuple[int, int], date]:
    """(month, day) of the coming days with their dates. Who was born on 29 February is greeted on the 28th else."""
    found: dict[tuple[int, int], date] = {}
    for offset in range(count):
        day = first + timedelta(days=offset)
        found[(day.month, day.day)] = day
        if (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3:
            found[(2, 29)] = day
    return found
