"""Occasions of the firm's own, such as the day the shop opened: every year, or once."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update

from loyalapp import sdk

from .models import OWN

_ = sdk.texts("greetings").gettext
KEY = re.compile(r"own-([1-9][0-9]{0,8})\Z")
LONGEST_NAME = 60
MOST = 60
LEAP = 2000  # a year that has a 29 February
_ALL = select(OWN).where(OWN.c.is_gone.is_(False)).order_by(OWN.c.month, OWN.c.day, OWN.c.id).limit(MOST)
_NAMES = select(OWN.c.id, OWN.c.name)


def is_own(key: str) -> bool:
    """Whether a key is one of theirs: `own-12`."""
    return bool(KEY.match(key))


def number(key: str) -> int:
    """The number in `own-12`."""
    found = KEY.match(key)
    return int(found[1]) if found else 0


def name(key: str) -> str:
    """What they called it; also of one that was taken out, since cards still speak of it."""
    known: dict[int, str] = sdk.until_changed("greetings.own", _names)
    return known.get(number(key)) or _("An occasion that was taken out")


def _names() -> dict[int, str]:
    return {row.id: row.name for row in sdk.rows(_NAMES, {})}


def kept() -> list[Any]:
    """Those that are there, in the order of the year."""
    return list(sdk.rows(_ALL, {}))


def keys() -> list[str]:
    """The keys of those that are there."""
    return [f"own-{row.id}" for row in kept()]


def days(wanted: Iterable[str], first: date, last: date) -> list[tuple[str, date]]:
    """On which days between `first` and `last` they are; 29 February is kept on the 28th in other years."""
    chosen = set(wanted)
    if not chosen:
        return []
    rows = [row for row in kept() if f"own-{row.id}" in chosen]
    years = range(max(1, first.year), min(last.year, 9998) + 1)
    found = [(f"own-{row.id}", _day(row, year)) for row in rows for year in years if row.year in (None, year)]
    return [(key, day) for key, day in found if first <= day <= last]


def _day(row: Any, year: int) -> date:
    if (row.month, row.day) == (2, 29) and (year % 4 or (year % 100 == 0 and year % 400)):
        return date(year, 2, 28)
    return date(year, row.month, row.day)


def add(what: str, day: sdk.PartialDay | None) -> str:
    """Write one down; answers its key.

    :raises LoyalAppError: without a name or a day, or where there are too many.
    """
    called = sdk.plain(what)
    if not called or len(called) > LONGEST_NAME:
        raise sdk.LoyalAppError(_("Please write what day it is, in a few words."), field="name")
    if day is None:
        raise sdk.LoyalAppError(_("Please write the day, like 14 March, or 14 March 2027 for once only."), field="day")
    if len(kept()) >= MOST:
        raise sdk.LoyalAppError(_("There are very many days of your own already. Please take one out first."))
    values = {"name": called, "year": day.year, "month": day.month, "day": day.day}
    made = insert(OWN).values(**values, is_gone=False, is_example=False).returning(OWN.c.id)
    key = f"own-{sdk.db.session.scalar(made)}"
    sdk.db.session.commit()
    return key


def take_out(key: str, *, gone: bool = True) -> None:
    """It does not come any more; cards that were given for it stay. Also the undo of that."""
    sdk.db.session.execute(update(OWN).where(OWN.c.id == number(key)).values(is_gone=gone))
    sdk.db.session.commit()
