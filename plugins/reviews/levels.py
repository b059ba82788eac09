"""The opportunity level of an account by the rule of practice B1, and how often each level is reviewed (B2)."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case

LEVELS = ("low", "middle", "high")
MEANS = ("yes", "no", "unknown")
MOODS = ("content", "struggling", "leaving")
FEW = 2  # "it bought one or two things"
RHYTHM = {"low": 365, "middle": 182, "high": 90}  # days between two reviews; never more than a year
SOONER = {"struggling": 60, "leaving": 30}  # days until we talk again with somebody who is not content (B7)


def level_of(bought: int, sold: int, means: str, *, ends_soon: bool) -> str:
    """`low`, `middle` or `high`.

    :param bought: how many of the `sold` kinds of goods the account has; `sold` is 0 where there is no catalogue.
    :param means: whether it could buy more; "unknown" never gives high, nor low unless it has everything and nothing
        ends soon.
    :param ends_soon: whether something it has wears out, or a warranty ends, soon.
    """
    if 0 < sold <= bought and not ends_soon:
        return "low"
    if bought <= 1 and means == "no":
        return "low"
    if 1 <= bought <= FEW and bought < sold and means == "yes":
        return "high"
    return "middle"


def level_in_sql(bought: Any, sold: int, means: Any, ends_soon: Any) -> Any:
    """The same rule as an SQL expression, for lists of thousands; a test holds the two together."""
    return case(
        *([(and_(bought >= sold, ends_soon == 0), "low")] if sold else []),
        (and_(bought <= 1, means == "no"), "low"),
        (and_(bought >= 1, bought <= FEW, bought < sold, means == "yes"), "high"),
        else_="middle",
    )


def next_day(since: date, days: int, mood: str | None = None) -> date:
    """When to review again, so many days after another review: sooner with somebody who may leave (B7)."""
    return since + timedelta(days=min(days, SOONER.get(mood or "", days), RHYTHM["low"]))
