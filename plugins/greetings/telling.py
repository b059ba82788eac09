"""Why somebody is greeted, in whole sentences; and what to say instead where a day is long past."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from loyalapp import sdk

from . import feasts, occasions
from .due import Due

_ = sdk.texts("greetings").gettext
ngettext = sdk.texts("greetings").ngettext
FILE = Path(__file__).with_name("late.toml")


def why(one: Due) -> str:
    """Why this person is greeted."""
    return sentence(one.occasion, one.day, one.years, one.what, expected=one.expected)


def sentence(occasion: str, day: date, years: int = 0, what: str = "", *, expected: bool = False) -> str:
    """Such as `Birthday today.`; a day that is past is told so."""
    today, shown = day == sdk.today(), sdk.isolate_text(sdk.format_day(day, "near"))
    if occasion == "first_deal":
        return _deal(years, "" if today else shown)
    called = sdk.isolate_text(what) if what and occasion == "own_day" else occasions.name(occasion)
    if expected and day >= sdk.today():
        return _("%(occasion)s, expected: %(day)s. The moon decides.", occasion=called, day=shown)
    if today:
        return _("%(occasion)s today.", occasion=called)
    if day < sdk.today():
        return _("%(occasion)s was %(day)s.", occasion=called, day=shown)
    return _("%(occasion)s on %(day)s.", occasion=called, day=shown)


def _deal(years: int, shown: str) -> str:
    if not shown:
        return ngettext("One year since the first deal, today.", "%(num)s years since the first deal, today.", years)
    return ngettext(
        "One year since the first deal, on %(day)s.",
        "%(num)s years since the first deal, on %(day)s.",
        years,
        day=shown,
    )


def day_of(feast: feasts.Feast) -> str:
    """On which day, and how certain that is."""
    shown = sdk.isolate_text(sdk.format_day(feast.day, "weekday"))
    if feast.expected:
        return _("Expected on %(day)s; the moon decides.", day=shown)
    if feast.confirmed:
        return _("On %(day)s, confirmed.", day=shown)
    return _("On %(day)s.", day=shown)


def of_feast(occasion: str, today: date) -> str:
    """When an occasion of the table is: certain, expected, or unknown to every calendar."""
    if occasions.kind(occasion) == "personal":
        return ""
    feast = feasts.near(occasion, today)
    if feast is None:
        return unknown(occasion)
    return day_of(feast)


def unknown(occasion: str) -> str:
    """Beyond the range of the calendars nothing is guessed."""
    if "moon" in occasions.entry(occasion):
        return _("Not known yet: the computed calendar ends in 2077.")
    if occasions.kind(occasion) == "own":
        return _("It was for once only.")
    return _("Not known yet: the calendars end in 2035. Write the day yourself when you know it.")


def is_too_late(occasion: str, day: date) -> bool:
    """Whether nobody wishes well any more."""
    return (sdk.today() - day).days > occasions.late(occasion)


def instead(customer: Any, occasion: str) -> str:
    """What to say when it is too late, in the customer's language."""
    known = customer.message_language
    language = known if known in sdk.MESSAGE_LANGUAGES else sdk.current_language()
    kind = occasion if occasion in ("birthday", "first_deal") else "day"
    return str(_late()[kind][language])


@cache
def _late() -> dict[str, dict[str, str]]:
    return tomllib.loads(FILE.read_text("utf-8"))
