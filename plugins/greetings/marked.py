"""Whom we greet on a festival: those the salesman marked, and who asked for it; "please not" always wins (E2).

Nothing is suggested but last year's own marks, and nothing can be sifted, counted or written out by a festival.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, delete, exists, insert, or_, select, update

from loyalapp import sdk
from loyalapp.sdk import Customer

from . import feasts, occasions
from .models import DAY, MARK, WISH, Card

_ = sdk.texts("greetings").gettext
NOT_NOW = "not_now"
AHEAD = 12  # turns for which the days are kept for those who asked to be greeted
_WHO = (Customer.id, Customer.name, Customer.address_form)
_DAYS = (
    select(DAY.c.occasion, DAY.c.turn, DAY.c.day, DAY.c.confirmed_on)
    .where(DAY.c.day.between(bindparam("first"), bindparam("last")))
    .order_by(DAY.c.day, DAY.c.occasion)
)


def _done() -> Any:
    """Greeted on this turn already, or put aside."""
    return exists().where(
        Card.customer_id == Customer.id,
        Card.occasion == bindparam("occasion"),
        Card.turn == bindparam("turn"),
        or_(Card.given_on.is_not(None), Card.given_how == NOT_NOW),
    )


def _due(table: Any, *on: Any) -> Any:
    """Along the table's index on the occasion, so that ten thousand marks cost no more than those that are shown."""
    return (
        select(*_WHO)
        .join_from(table, Customer, Customer.id == table.c.customer_id)
        .where(table.c.occasion == bindparam("occasion"), *on, sdk.customers.OURS, ~_done())
        .order_by(table.c.customer_id)
        .limit(bindparam("most"))
    )


def _said() -> Any:
    return exists().where(
        MARK.c.customer_id == Customer.id,
        MARK.c.occasion == bindparam("occasion"),
        MARK.c.turn == bindparam("turn"),
    )


_BY_MARK = _due(MARK, MARK.c.turn == bindparam("turn"), MARK.c.greet.is_(True))
_BY_WISH = _due(WISH, WISH.c.wanted.is_(True)).where(~_said())
_UNWANTED = select(WISH.c.customer_id, WISH.c.occasion).where(
    WISH.c.customer_id.in_(bindparam("ids", expanding=True)), WISH.c.wanted.is_(False)
)


class Marked(NamedTuple):
    """Somebody who is marked, or asked, for one time of an occasion."""

    id: int
    name: str
    address_form: str | None
    occasion: str
    turn: int
    day: date
    confirmed_on: date | None


def due(first: date, last: date, limit: int) -> list[Marked]:
    """Who is marked, or asked, for an occasion between two days; one cheap question where there is no such day."""
    found: dict[tuple[int, str, int], Marked] = {}
    for day in sdk.rows(_DAYS, {"first": first, "last": last}).all():
        asked = {"occasion": day.occasion, "turn": day.turn, "most": limit}
        for row in (*sdk.rows(_BY_MARK, asked), *sdk.rows(_BY_WISH, asked)):
            found[row.id, day.occasion, day.turn] = Marked(row.id, row.name, row.address_form, *day)
    return list(found.values())


def is_expected(row: Marked) -> bool:
    """Whether the day of a row of `due` is computed by the moon and not confirmed yet."""
    return row.confirmed_on is None and "moon" in occasions.entry(row.occasion)


def unwanted(customer_ids: Collection[int]) -> set[tuple[int, str]]:
    """(customer, occasion) to which somebody said "please not"."""
    return {(row.customer_id, row.occasion) for row in sdk.rows(_UNWANTED, {"ids": list(customer_ids)})}


# ---- marking


def mark(customer_id: int, key: str, turn: int, *, greet: bool | None) -> None:
    """We greet this customer on this turn of an occasion, or not this time; None takes the answer back.

    :raises LoyalAppError: for an occasion without marks, one that cannot be computed, or against the customer's word.
    """
    sdk.customers.get(customer_id)
    feast = _feast(key, turn)
    if greet and (customer_id, key) in unwanted([customer_id]):
        raise sdk.LoyalAppError(_("They asked not to be greeted on this day."))
    mine = (MARK.c.customer_id == customer_id, MARK.c.occasion == key, MARK.c.turn == turn)
    sdk.db.session.execute(delete(MARK).where(*mine))
    if greet is not None:
        row = {"customer_id": customer_id, "occasion": key, "turn": turn, "greet": greet, "marked_on": sdk.today()}
        sdk.db.session.execute(insert(MARK).values(**row, staff_member_id=sdk.staff.at_desk()))
    keep_day(feast)
    sdk.db.session.commit()


def _feast(key: str, turn: int) -> feasts.Feast:
    if key not in occasions.ALL or occasions.kind(key) not in occasions.MARKED:
        raise sdk.LoyalAppError(_("Please choose an occasion from the list."))
    found = feasts.at(key, turn)
    if found is None:
        raise sdk.LoyalAppError(_("Nobody can compute this day yet. Please write down first on which day it is."))
    return found


def keep_day(feast: feasts.Feast) -> None:
    """Write down the day somebody is marked for, so that Today need not compute it; in the caller's transaction."""
    where = and_(DAY.c.occasion == feast.key, DAY.c.turn == feast.turn)
    there = sdk.db.session.execute(select(DAY.c.day, DAY.c.confirmed_on).where(where)).first()
    if there is None:
        sdk.db.session.execute(insert(DAY).values(occasion=feast.key, turn=feast.turn, day=feast.day))
    elif there.confirmed_on is None and there.day != feast.day:
        sdk.db.session.execute(update(DAY).where(where).values(day=feast.day))


def wish(customer_id: int, key: str, *, wanted: bool | None) -> None:
    """The customer's own word about an occasion, for every year; None takes it back.

    :raises LoyalAppError: for an occasion that is not there.
    """
    sdk.customers.get(customer_id)
    if key not in occasions.ALL or key == "other":
        raise sdk.LoyalAppError(_("Please choose an occasion from the list."))
    mine = (WISH.c.customer_id == customer_id, WISH.c.occasion == key)
    sdk.db.session.execute(delete(WISH).where(*mine))
    if wanted is not None:
        row = {"customer_id": customer_id, "occasion": key, "wanted": wanted, "said_on": sdk.today()}
        sdk.db.session.execute(insert(WISH).values(**row, staff_member_id=sdk.staff.at_desk()))
    if wanted and occasions.kind(key) in occasions.MARKED:
        for feast in feasts.coming(sdk.today(), 366 * AHEAD, [key])[:AHEAD]:
            keep_day(feast)
    sdk.db.session.commit()


def wishes_of(customer_id: int) -> dict[str, bool]:
    """What they said about occasions; where two rows disagree, "please not" wins."""
    rows = sdk.db.session.execute(select(WISH.c.occasion, WISH.c.wanted).where(WISH.c.customer_id == customer_id))
    found: dict[str, bool] = {}
    for row in rows:
        found[row.occasion] = found.get(row.occasion, True) and row.wanted
    return found


def marks_of(customer_id: int) -> Sequence[Any]:
    """Marks of one customer, the newest first."""
    asked = select(MARK.c.occasion, MARK.c.turn, MARK.c.greet, MARK.c.marked_on)
    asked = asked.where(MARK.c.customer_id == customer_id)
    return sdk.db.session.execute(asked.order_by(MARK.c.marked_on.desc(), MARK.c.id.desc())).all()
