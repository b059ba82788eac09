"""When an account is reviewed next (B2): by its rhythm from the last review really held, on a day with room."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, select, update

from loyalapp import sdk

from . import levels, places, rhythm, signals
from .models import APPOINTMENT, Assessment, Review
from .standings import ACCOUNT, Standing, standing, standings

PUT_OFF_DAYS = 14
SOONER_DAYS = 21  # a review that is pulled forward comes within so many days
RISING_DAYS = 60  # after a review with somebody who speaks of other shops more often than before
FIRST_AFTER = 7  # days: nobody is asked for a first review in the week in which they came into the book
CHUNK = 500

LAST_HELD = (
    select(Review.held_on, Review.mood)
    .where(Review.customer_id == bindparam("customer_id"), Review.state == "closed", Review.held_on.is_not(None))
    .order_by(Review.held_on.desc(), Review.id.desc())
    .limit(1)
)
IS_OPEN = select(Review.id).where(Review.customer_id == bindparam("customer_id"), Review.state == "open").limit(1)
THEIRS, THEIR_ID = APPOINTMENT.c.state != "over", APPOINTMENT.c.customer_id  # a day that they chose is not moved
CHOSE = select(APPOINTMENT.c.id).where(THEIRS, bindparam("customer_id") == THEIR_ID).limit(1)
SALESMAN = select(sdk.Customer.salesman_id).where(sdk.Customer.id == bindparam("customer_id"))
PLANNED = (
    select(Assessment.customer_id, Assessment.next_on, Assessment.every_days, sdk.Customer.salesman_id)
    .join(sdk.Customer, sdk.Customer.id == Assessment.customer_id)
    .where(Assessment.next_on > bindparam("day"), ACCOUNT)
    .where(Assessment.customer_id > bindparam("after"), ~exists().where(THEIRS, Assessment.customer_id == THEIR_ID))
    .order_by(Assessment.customer_id)
    .limit(CHUNK)
)
HELD = (
    select(Review.customer_id, Review.held_on, Review.mood)
    .where(Review.customer_id.in_(bindparam("ids", expanding=True)), Review.state == "closed")
    .order_by(Review.held_on, Review.id)
)


def lock(customer_id: int) -> None:
    """Let one desk at a time work on a customer's review (SQLite lets only one write anyway)."""
    sdk.db.session.execute(select(sdk.Customer.id).where(sdk.Customer.id == customer_id).with_for_update())


def row_of(customer_id: int) -> Assessment:
    """The row of a customer, locked so that two desks do not make it twice; in the caller's transaction."""
    lock(customer_id)
    found = sdk.db.session.get(Assessment, customer_id)
    if found is None:
        found = Assessment(customer_id=customer_id, means="unknown", overruled_reason="", sooner="")
        sdk.db.session.add(found)
    return found


def after_review(review: Review) -> date:
    """Plan the next review after one that was really held, in the caller's transaction; answers its day."""
    row = row_of(review.customer_id)
    now = standing(review.customer_id)
    is_rising = signals.of(review.customer_id).is_rising
    row.put_off_on, row.sooner, row.every_days = None, "others" if is_rising else "", now.days
    days = min(now.days, RISING_DAYS) if is_rising else now.days
    row.next_on = _place(review.customer_id, review.held_on or sdk.today(), days, review.mood)
    return row.next_on


def set_next_day(customer_id: int) -> None:
    """Reckon the day of the next review anew after the rhythm may have changed (in the caller's transaction).

    It is counted from the last review really held (B2); where there was none, the first one comes within one rhythm, on
    a day that differs from customer to customer. As long as the rhythm is the same, the day stays.
    """
    row = sdk.db.session.get(Assessment, customer_id)
    if row is None or any(sdk.rows(one, {"customer_id": customer_id}).first() for one in (IS_OPEN, CHOSE)):
        return
    days = standing(customer_id).days
    if row.next_on is not None and (row.every_days == days or row.sooner):
        return
    held = sdk.rows(LAST_HELD, {"customer_id": customer_id}).first()
    row.every_days = days
    if held:
        row.next_on = _place(customer_id, held.held_on, days, held.mood)
    else:
        row.next_on = _place(customer_id, sdk.today(), 1 + customer_id % days)


def _place(customer_id: int, since: date, days: int, mood: str | None = None) -> date:
    """A day with room, so many days after another, sooner with somebody who is not content; never after a year."""
    wished = levels.next_day(since, days, mood)
    pool = places.pool_of(sdk.rows(SALESMAN, {"customer_id": customer_id}).scalar())
    return places.around(pool, wished, customer_id).give(pool, wished, since + timedelta(days=rhythm.YEAR))


def level_may_have_changed(customer_id: int) -> None:
    """Something was bought: the rhythm follows the new level."""
    set_next_day(customer_id)
    sdk.db.session.commit()


def set_own_days(customer_id: int, days: int | None) -> Standing:
    """Review this customer every so many days, or (None) as the level and what they have say.

    :raises LoyalAppError: for what is more than a year, or no number of days.
    """
    sdk.customers.get(customer_id)
    if days is not None and not 1 <= days <= rhythm.YEAR:
        raise sdk.LoyalAppError(rhythm.at_least_yearly(), field="own_days")
    row_of(customer_id).own_days = days
    sdk.db.session.flush()
    set_next_day(customer_id)
    sdk.db.session.commit()
    return standing(customer_id)


# ---- put off, pull forward ----


def put_off(customer_id: int, days: int = PUT_OFF_DAYS) -> None:
    """Not now: ask again in two weeks. The rhythm itself is reset only by a review really held (B2)."""
    ask_again_on(customer_id, sdk.today() + timedelta(days=days))


def ask_again_on(customer_id: int, day: date) -> None:
    """Not now: ask again on a day of their choice, whatever else stands on it."""
    sdk.customers.get(customer_id)
    row = row_of(customer_id)
    row.put_off_on, row.next_on = sdk.today(), day
    sdk.db.session.commit()


def take_up_again(customer_id: int, day: date | None) -> None:
    """The undo of that: due again since the day it was due; None for a first review that had no day."""
    row = sdk.db.session.get(Assessment, customer_id)
    if row is not None:
        row.put_off_on, row.next_on = None, day
        sdk.db.session.commit()


def sooner(customer_id: int, why: str = "others", days: int = SOONER_DAYS) -> bool:
    """Pull the next review forward, in the caller's transaction; False where it comes soon enough anyway.

    :param why: `others`: they speak of other shops more often than before.
    """
    row, latest = row_of(customer_id), sdk.today() + timedelta(days=days)
    if row.next_on is not None and row.next_on <= latest:
        return False
    pool = places.pool_of(sdk.rows(SALESMAN, {"customer_id": customer_id}).scalar())
    wished = sdk.today() + timedelta(days=max(1, days // 2))
    row.next_on = places.around(pool, wished, customer_id).give(pool, wished, latest)
    row.sooner = why
    return True


def heard(customer_id: int) -> bool:
    """A customer spoke of another shop, in the caller's transaction; whether their next review was pulled forward."""
    sdk.db.session.flush()
    return signals.of(customer_id).is_rising and sooner(customer_id)


# ---- all of them, after the owner changed the rhythm ----


def replan() -> int:
    """Reckon the days of all whose rhythm is another now; answers how many got another day."""
    changed, after, days_of = 0, 0, places.everywhere()
    while rows := sdk.rows(PLANNED, {"day": sdk.today(), "after": after}).all():
        after = rows[-1].customer_id
        moved = _moved(rows, days_of)
        if moved:
            sdk.db.session.execute(update(Assessment), moved)
        changed += len(moved)
    sdk.db.session.commit()
    return changed


def _moved(rows: Sequence[Any], days_of: places.Places) -> list[dict[str, Any]]:
    ids = [one.customer_id for one in rows]
    now, found = standings(ids), []
    last = {one.customer_id: one for one in sdk.rows(HELD, {"ids": ids})}
    for one in rows:
        days = now[one.customer_id].days
        if days == one.every_days or now[one.customer_id].sooner:
            continue
        pool = places.pool_of(one.salesman_id)
        days_of.taken[pool, one.next_on] -= 1
        held = last.get(one.customer_id)
        since, ahead = (held.held_on, days) if held else (sdk.today(), 1 + one.customer_id % days)
        wished = levels.next_day(since, ahead, held.mood if held else None)
        latest = since + timedelta(days=rhythm.YEAR)
        next_on = days_of.give(pool, wished, latest)
        found.append({"customer_id": one.customer_id, "every_days": days, "next_on": next_on})
    return found
