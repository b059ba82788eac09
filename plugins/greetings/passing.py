"""The pass before a festival: name after name, whom we greet, with last time's marks offered first.

Everybody is asked about in one order, marked or not: there is no list of those who are marked.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_, select

from loyalapp import sdk
from loyalapp.sdk import Customer

from .marked import unwanted
from .models import MARK

AT_ONCE = 50
REST = "-"  # goes on with those who were not marked last time
_NAMES = (Customer.id, Customer.name, Customer.address_form, Customer.firm, Customer.place, Customer.sort_key)


class Names(NamedTuple):
    """Names to be marked. `again`: marked last time; `answers`: what was said by now; `after`: where it goes on."""

    rows: Sequence[Any]
    again: bool
    answers: Mapping[int, bool]
    after: str | None


def names(key: str, turn: int, after: str = "", *, mine: int | None = None, everyone: bool = False) -> Names:
    """Some names for the pass: those marked last time first, then all others in the order of the list.

    :param mine: only those whom this one of us looks after. `everyone`: also those who are answered already.
    """
    asked = select(*_NAMES).where(sdk.customers.OURS_IN_ORDER, *([Customer.salesman_id == mine] if mine else []))
    if not everyone:
        asked = asked.where(~_marked(key, turn))
    if not after:
        rows = _in_order(asked.where(_marked(key, turn - 1, greet=True)), None)
        if rows:
            return _welcome(key, turn, rows[:AT_ONCE], "" if len(rows) > AT_ONCE and not everyone else REST, again=True)
    sort_key, _tab, number = after.rpartition("\t")
    place = (sort_key, int(number)) if number.isdecimal() and len(number) < 10 else None
    rows = _in_order(asked.where(~_marked(key, turn - 1, greet=True), Customer.stage != "prospect"), place)
    last = rows[AT_ONCE - 1] if len(rows) > AT_ONCE else None
    return _welcome(key, turn, rows[:AT_ONCE], f"{last.sort_key}\t{last.id}" if last else None)


def _in_order(asked: Any, place: tuple[str, int] | None) -> list[Any]:
    """The next names by the alphabet of the page."""

    def ask(run: sdk.alphabet.Run, most: int) -> Sequence[Any]:
        here = and_(Customer.sort_key == run.key, Customer.id > run.number)
        some = asked.where(Customer.sort_key >= run.key, or_(Customer.sort_key > run.key, here))
        some = some.where(Customer.sort_key < run.end).order_by(Customer.sort_key, Customer.id)
        return sdk.db.session.execute(some.limit(most)).all()

    return sdk.alphabet.walk(ask, place, AT_ONCE + 1)


def _marked(key: str, turn: int, *, greet: bool | None = None) -> ColumnElement[bool]:
    said = [] if greet is None else [MARK.c.greet.is_(greet)]
    mine = (MARK.c.customer_id == Customer.id, MARK.c.occasion == key, MARK.c.turn == turn)
    return exists().where(*mine, *said)


def _welcome(key: str, turn: int, rows: Sequence[Any], after: str | None, *, again: bool = False) -> Names:
    """Without those who want no greetings, or said "please not" to this one."""
    ids = [row.id for row in rows]
    if not ids:
        return Names([], again, {}, after)
    refused = sdk.refused(ids, "greetings") | {number for number, occasion in unwanted(ids) if occasion == key}
    asked = select(MARK.c.customer_id, MARK.c.greet).where(MARK.c.occasion == key, MARK.c.turn == turn)
    said = sdk.db.session.execute(asked.where(MARK.c.customer_id.in_(ids)))
    answers = {row.customer_id: bool(row.greet) for row in said}
    return Names([row for row in rows if row.id not in refused], again, answers, after)
