"""The opportunity level of an account by the rule of practice B1, and how often each level is reviewed (B2)."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case

LEVELS = ("low", "middle", "high")
MEANS = ("yes", "no", "unknown")
LEAVING = ("no", "little", "yes")
FEW = 2  # "it bought one or two things"
RHYTHM = {"low": 365, "middle": 182, "high": 90}  # days between two reviews; never more than a year
SOONER = {"little": 60, "yes": 30}  # days until we talk again with somebody who may leave (B7)


def level_of(bought: int, sold: int, means: str, *, ends_soon: bool) -> str:
    """`low`, `middle` or `high`.

    :param bought: how many of the `sold` kinds of goods the account has. `means`: whether it could buy more;
        "unknown" never gives high, nor low unless it has everything and nothing ends soon.
    :param ends_soon: whether something it has wears out, or a warranty ends, soon.
    """
    if bought >= max(sold, 1) and not ends_soon:
        return "low"
    if bought <= 1 and means == "no":
        return "low"
    if 1 <= bought <= FEW and bought < sold and means == "yes":
        return "high"
    return "middle"


def level_in_sql(bought: Any, sold: int, means: Any, ends_soon: Any) -> Any:
    """The same rule as an SQL expression, for lists of thousands; a test holds the two together."""
    return case(
        (and_(bought >= max(sold, 1), ends_soon == 0), "low"),
        (and_(bought <= 1, means == "no"), "low"),
        (and_(bought >= 1, bought <= FEW, bought < sold, means == "yes"), "high"),
        else_="middle",
    )


def next_day(held_on: date, level: str, leaving: str | None = None) -> date:
    """When to review again: by level, and sooner with somebody who may leave."""
    return held_on + timedelta(days=min(RHYTHM[level], SOONER.get(leaving or "no", RHYTHM["low"])))
