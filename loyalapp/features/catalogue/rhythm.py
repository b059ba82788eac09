"""Each customer's own rhythm, and who has gone quiet against it (B7, D1).

The rule: somebody who bought on at least three days has a usual time, the middle one of the pauses between them. They
have gone quiet when they have been silent for longer than twice their usual time, for a quarter longer than ever
before, and for at least 45 days. After 540 days it is no silence any more. Whoever we have talked with is left in
peace for one of their usual times (14 to 45 days) before Today names them again.

tests/features/catalogue/test_rhythm.py holds the rule against simulated buyers: how many false alarms it raises, and
how many of those who left it finds.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, islice, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from loyalapp.core.clock import local
from loyalapp.core.db import rows
from loyalapp.core.memory import remembered
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions.models import Interaction

PURCHASES = 3  # a rhythm needs at least three days of buying
TIMES_USUAL = 2
TIMES_LONGEST = 1.25
LEAST_DAYS = 45
MOST_DAYS = 540  # longer ago it is no silence any more but a former customer
REMEMBERED = 500
AT_ONCE = 120  # customers whose days are read together
LEAST_REST = 14  # days after a talk in which nobody asks again

_DAYS = func.count(Purchase.bought_on.distinct())
_FIRST, _LAST = func.min(Purchase.bought_on), func.max(Purchase.bought_on)
SILENT = (  # a walk through all purchases, of which only the index is read
    select(Purchase.customer_id, _FIRST.label("first"), _LAST.label("last"), _DAYS.label("days"))
    .where(Purchase.customer_id.not_in(customers.OUTSIDERS))
    .group_by(Purchase.customer_id)
    .having(_DAYS >= PURCHASES, bindparam("until") >= _LAST, bindparam("since") < _LAST)
    .order_by(_DAYS.desc(), Purchase.customer_id)
)
DAYS_OF = (
    select(Purchase.customer_id, Purchase.bought_on)
    .where(Purchase.customer_id.in_(bindparam("ids", expanding=True)))
    .where(Purchase.customer_id.not_in(customers.OUTSIDERS))
    .order_by(Purchase.customer_id, Purchase.bought_on)
)
TALKED = (
    select(Interaction.customer_id, func.max(Interaction.happened_at).label("last_at"))
    .where(Interaction.customer_id.in_(bindparam("ids", expanding=True)), Interaction.happened_at > bindparam("since"))
    .where(Interaction.is_answered)
    .group_by(Interaction.customer_id)
)
NEWEST_IMPORT = select(func.max(Purchase.import_id)).where(Purchase.import_id.is_not(None))


class Quiet(NamedTuple):
    """A regular who is silent for longer than their rhythm allows. `purchases`: on how many days they bought."""

    customer_id: int
    last_on: date
    rhythm_days: int
    purchases: int


def usual_days(days: Sequence[int]) -> int:
    """The usual time between purchases, from ascending days, each once; at least a day."""
    pauses = sorted(later - earlier for earlier, later in pairwise(days))
    middle = len(pauses) // 2  # worked out here, as Python's own `statistics` takes longer to load than a plugin
    return max(1, round((pauses[middle] + pauses[-middle - 1]) / 2))


def silence_allowed(days: Sequence[int]) -> int | None:
    """How many days of silence are nothing unusual for somebody who bought on these days (ascending, each once).

    None where they bought too seldom to have a rhythm.
    """
    if len(days) < PURCHASES:
        return None
    longest = max(later - earlier for earlier, later in pairwise(days))
    return max(LEAST_DAYS, TIMES_USUAL * usual_days(days), int(longest * TIMES_LONGEST))


def is_quiet(days: Sequence[int], day: int) -> bool:
    """Whether somebody who bought on these days (ascending, each once, as ordinals) has gone quiet by the day."""
    allowed = silence_allowed(days)
    return allowed is not None and allowed < day - days[-1] < MOST_DAYS


def gone_quiet(day: date, limit: int) -> list[Quiet]:
    """Regulars who are silent for too long and were not talked with lately, the most faithful first.

    Who that may be is worked out once a day and after a list was brought in; whoever is named is looked at again, so
    that somebody who has bought since is not.
    """
    depends_on = (day, rows(NEWEST_IMPORT).scalar())
    silent = remembered("gone_quiet", depends_on, lambda: list(islice(_candidates(day), REMEMBERED)))
    return list(islice(_to_be_asked([one.customer_id for one in silent], day), limit))


def _to_be_asked(ids: Sequence[int], day: date) -> Iterator[Quiet]:
    """Those of the customers who are quiet and whom nobody has talked with lately, in their order."""
    since = datetime.combine(day - timedelta(days=LEAST_DAYS + 1), time(), UTC)
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        talked = {row.customer_id: local(row.last_at).date() for row in rows(TALKED, {"ids": part, "since": since})}
        yield from (one for one in _named(part, day) if not _rests(one, talked.get(one.customer_id), day))


def _rests(one: Quiet, talked_on: date | None, day: date) -> bool:
    rest = timedelta(days=max(LEAST_REST, min(one.rhythm_days, LEAST_DAYS)))
    return talked_on is not None and talked_on + rest > day


def _candidates(day: date) -> Iterator[Quiet]:
    facts = {"until": day - timedelta(days=LEAST_DAYS), "since": day - timedelta(days=MOST_DAYS)}
    silent = [row.customer_id for row in rows(SILENT, facts) if _may_be_quiet(row, day)]
    return _named(silent, day)


def _may_be_quiet(row: Any, day: date) -> bool:
    """By what is known without the days between: the longest pause is at least as long as the mean one."""
    mean = (row.last - row.first).days / (row.days - 1)
    return (day - row.last).days > mean * TIMES_LONGEST


def _named(ids: Sequence[int], day: date) -> Iterator[Quiet]:
    """Those of the customers who are quiet, in their order."""
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        found = {one.customer_id: one for one in _looked_at(part, day)}
        yield from (found[one] for one in part if one in found)


def _looked_at(ids: Sequence[int], day: date) -> Iterator[Quiet]:
    for customer_id, bought in groupby(rows(DAYS_OF, {"ids": ids}), key=itemgetter(0)):
        days = sorted({row.bought_on.toordinal() for row in bought})
        if is_quiet(days, day.toordinal()):
            yield Quiet(customer_id, date.fromordinal(days[-1]), usual_days(days), len(days))
