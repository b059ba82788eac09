"""What was really done for a customer in a period, from records only, each with the page that says so (C2, C3)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from loyalapp import sdk

from . import words
from .models import Voice
from .service import years_together

SPANS = (90, 365, 1095, 0)  # days; 0 is everything
FIRST_DAY = date(1990, 1, 1)

GIVEN = (
    select(Voice.id, Voice.words, Voice.extra, Voice.said_on, Voice.saved_minor, Voice.saved_minutes)
    .where(
        Voice.customer_id == bindparam("customer_id"),
        Voice.kind == "extra_given",
        Voice.said_on >= bindparam("since"),
        Voice.said_on <= bindparam("until"),
    )
    .order_by(Voice.said_on.desc(), Voice.id.desc())
)
TOLD = (
    select(Voice.id, Voice.words, Voice.said_on, Voice.kind, Voice.who)
    .where(
        Voice.customer_id == bindparam("customer_id"),
        Voice.kind.in_(["likes", "stays"]),
        Voice.quoting != "no",
        Voice.withdrawn_on.is_(None) | (Voice.quoting != ""),
    )
    .order_by(Voice.said_on.desc(), Voice.id.desc())
    .limit(bindparam("most"))
)


class Deed(NamedTuple):
    """One thing that was done. `sort`: a key of an extra, or `problem`; `url` opens its record."""

    on: date
    sort: str
    text: str
    url: str
    days: int | None
    minutes: int
    minor: int


class Done(NamedTuple):
    """All of it, the newest first, with what it saved; `years` together, 0 where unknown; `said` by the customer."""

    since: date
    until: date
    problems: Sequence[Deed]
    advice: Sequence[Deed]
    extras: Sequence[Deed]
    said: Sequence[Any]
    years: int

    @property
    def everything(self) -> list[Deed]:
        """Every deed."""
        return [*self.problems, *self.advice, *self.extras]

    @property
    def is_empty(self) -> bool:
        """Whether there is no record of anything done: then no sheet is made, since nothing is invented."""
        return not (self.problems or self.advice or self.extras)

    @property
    def saved_minor(self) -> int:
        """What it saved in money, where that is known."""
        return sum(one.minor for one in self.everything)

    @property
    def saved_minutes(self) -> int:
        """What it saved in time, where that is known."""
        return sum(one.minutes for one in self.everything)

    @property
    def half_within(self) -> int | None:
        """Within how many days half of the problems were solved; None under four, which say nothing of a half."""
        days = sorted(one.days for one in self.problems if one.days is not None)
        return days[(len(days) - 1) // 2] if len(days) >= 4 else None


def done(customer_id: int, days: int = 365, told: int = 3) -> Done:
    """What was done for a customer in the last days (0: ever).

    :param told: how many of their own words go with it.
    """
    until = sdk.today()
    since = until - timedelta(days=days) if days else _beginning(customer_id)
    found = [*_of_others(customer_id, since, until), *_own(customer_id, since, until)]
    found.sort(key=lambda one: one.on, reverse=True)
    return Done(
        since,
        until,
        [one for one in found if one.sort == "problem"],
        [one for one in found if one.sort == "advice"],
        [one for one in found if one.sort not in ("problem", "advice")],
        sdk.rows(TOLD, {"customer_id": customer_id, "most": told}).all(),
        years_together(sdk.customers.profile(customer_id).since),
    )


def _beginning(customer_id: int) -> date:
    return sdk.customers.profile(customer_id).since or FIRST_DAY


def _of_others(customer_id: int, since: date, until: date) -> list[Deed]:
    """What other plugins know: solved problems, advice taken from reviews, service given."""
    given = sdk.ask("extras_given", customer_id=customer_id, since=since, until=until)
    return [
        Deed(one.on, one.sort, one.text, one.url, one.days, one.saved_minutes, one.saved_minor)
        for one in given
        if since <= one.on <= until
    ]


def _own(customer_id: int, since: date, until: date) -> list[Deed]:
    """What was written down by hand."""
    rows = sdk.rows(GIVEN, {"customer_id": customer_id, "since": since, "until": until})
    return [
        Deed(
            one.said_on,
            one.extra or "service",
            one.words,
            sdk.url_for("value.show", voice_id=one.id),
            None,
            one.saved_minutes,
            one.saved_minor,
        )
        for one in rows
    ]


def sort_name(sort: str) -> str:
    """What a deed is called in the reader's language."""
    return words.extra_sort(sort)
