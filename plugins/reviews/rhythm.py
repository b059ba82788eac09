"""How often accounts are reviewed, and how many reviews a day holds (practice B2): the owner says so for the firm."""

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from loyalapp import sdk

from . import levels

_ = sdk.texts("reviews").gettext
KEY, NUMBER_KEY = "reviews.rhythm", "reviews.per_day"
YEAR = 365  # no account waits longer than this
STEPS = (30, 60, 90, 120, 182, YEAR)  # days between two reviews, as they are offered
PER_DAY = 2
MOST_A_DAY = 40
SUNDAY = 6
NOBODY = 0  # stands for the accounts that none of us looks after


class Rhythm(NamedTuple):
    """Days between two reviews by `levels` and by product `groups`; what is shorter counts.

    `numbers`: reviews a day by the id of one of us, `number` for everybody else; `closed`: days of the week on which
    none is planned (Monday is 0).
    """

    levels: Mapping[str, int] = MappingProxyType(levels.RHYTHM)
    groups: Mapping[str, int] = MappingProxyType({})
    numbers: Mapping[int, int] = MappingProxyType({})
    number: int = PER_DAY
    closed: tuple[int, ...] = (SUNDAY,)

    def a_day(self, salesman_id: int | None) -> int:
        """How many reviews a day holds for one of us."""
        return self.numbers.get(salesman_id or NOBODY, self.number)

    def is_open(self, day: date) -> bool:
        """Whether reviews are planned for this day."""
        return day.weekday() not in self.closed


def of_firm() -> Rhythm:
    """What the firm has said; read again only after a change."""
    return sdk.until_changed(KEY, _read)


def _read() -> Rhythm:
    kept: Mapping[str, Any] = sdk.settings.get(KEY) or {}
    return Rhythm(
        {**levels.RHYTHM, **kept.get("levels", {})},
        dict(kept.get("groups", {})),
        {int(one): number for one, number in kept.get("numbers", {}).items()},
        int(sdk.settings.get(NUMBER_KEY, PER_DAY)),
        tuple(kept.get("closed", (SUNDAY,))),
    )


def days(level: str, groups: Collection[str], own: int | None = None) -> int:
    """Days between two reviews of an account: its own, else the shortest by level and what it has; at most a year."""
    said = of_firm()
    wanted = [said.groups[one] for one in groups if one in said.groups] if said.groups else []
    return min(own or min([said.levels[level], *wanted]), YEAR)


def save(chosen: Rhythm) -> None:
    """Keep what the owner has said.

    :raises LoyalAppError: for what is no number of days or reviews, or if no day of the week is left.
    """
    if any(not 1 <= one <= YEAR for one in (*chosen.levels.values(), *chosen.groups.values())):
        raise sdk.LoyalAppError(at_least_yearly())
    if any(not 0 <= one <= MOST_A_DAY for one in (chosen.number, *chosen.numbers.values())):
        raise sdk.LoyalAppError(_("Please write a number from 0 to 40."))
    if len(set(chosen.closed)) > SUNDAY:
        raise sdk.LoyalAppError(_("Please leave at least one day of the week for reviews."))
    kept = {
        "levels": dict(chosen.levels),
        "groups": dict(chosen.groups),
        "numbers": {str(one): number for one, number in chosen.numbers.items()},
        "closed": sorted(set(chosen.closed)),
    }
    sdk.settings.put(NUMBER_KEY, chosen.number)
    sdk.settings.put(KEY, kept)


def at_least_yearly() -> str:
    """The rule that nothing changes."""
    return _("Every account is reviewed at least once a year.")
