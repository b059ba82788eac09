"""Getting the appointment (B4): the words for it, the day and the hour, or "not now, ask again on…"."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, insert, or_, select, update

from loyalapp import sdk

from . import advice, places, planning, questions
from .models import APPOINTMENT

_ = sdk.texts("reviews").gettext

AGREED, LATER, OVER = "agreed", "asked_later", "over"
CHANNELS = ("call", "visit", "counter", "whatsapp")
ASKED_BY = ("call", "whatsapp", "sms", "email", "visit", "counter")
FURTHEST = timedelta(days=365)
LONGEST_NOTE = 300
HIGHEST_ID = 2**31 - 1

_ROW = APPOINTMENT.c
OPEN = select(APPOINTMENT).where(_ROW.customer_id == bindparam("customer_id"), _ROW.state != OVER)
OPEN = OPEN.order_by(_ROW.id.desc()).limit(1)
DUE = (
    select(APPOINTMENT)
    .join(sdk.Customer, sdk.Customer.id == _ROW.customer_id)
    .where(_ROW.state.in_((AGREED, LATER)), _ROW.day <= bindparam("day"), sdk.customers.OURS)
    .order_by(_ROW.day, _ROW.hour, _ROW.id)
    .limit(bindparam("most"))
)
COMING = (
    select(APPOINTMENT)
    .join(sdk.Customer, sdk.Customer.id == _ROW.customer_id)
    .where(or_(_ROW.state == AGREED, and_(_ROW.state == LATER, _ROW.day <= bindparam("day"))), sdk.customers.OURS)
    .order_by(_ROW.day, _ROW.hour, _ROW.id)
    .limit(bindparam("most"))
)
AGREED_WITH = select(_ROW.customer_id).where(_ROW.state == AGREED)


# ---- the words ----


def words(customer: Any, language: str) -> Mapping[str, str]:
    """What is said or written in a language: `ask` with a greeting, `aloud` without, `hesitates`."""
    hello = sdk.whatsapp.opening(customer, language)
    aloud = f"{questions.opening(language)} {questions.asks_for_time(language)}"
    fallback = questions.if_they_hesitate(language)
    return {"ask": f"{hello} {aloud}", "aloud": aloud, "hesitates": fallback, "all": f"{hello} {aloud} {fallback}"}


# ---- the appointment ----


def open_of(customer_id: int) -> Any | None:
    """What was agreed with a customer, or when they want to be asked again; None for neither."""
    return sdk.rows(OPEN, {"customer_id": customer_id}).first()


def agree(
    customer_id: int,
    day: date | None,
    hour: str = "",
    *,
    channel: str = "call",
    note: str = "",
    why: str = "",
    asked_by: str = "call",
) -> int:
    """They said when: an appointment, in place of the one there was; answers its number. It is a contact (E4).

    :param hour: as "HH:MM", "" where none was said. `channel`: how we will talk. `note`: what to keep in mind for it.
    :param why: why we asked though the rules advised against it. `asked_by`: by which channel.
    :raises LoyalAppError: without a day, for one that is over or very far, or an unknown way to talk.
    """
    if channel not in CHANNELS:
        raise sdk.LoyalAppError(_("Please choose how you will talk."), field="channel")
    if day is None:
        raise sdk.LoyalAppError(_("Which day did you agree on?"), field="day")
    values = {"state": AGREED, "day": _checked(day, "day"), "hour": hour, "channel": channel, "note": note}
    return _write(customer_id, values, why, asked_by)


def ask_later(customer_id: int, day: date | None, note: str = "", *, why: str = "", asked_by: str = "call") -> int:
    """Not now: they are asked again on a day; answers its number. The rhythm stays as it is (B2).

    :raises LoyalAppError: without a day, or for one that is not still to come.
    """
    if day is None:
        raise sdk.LoyalAppError(_("On which day shall we ask again?"), field="again_on")
    if day <= sdk.today():
        raise sdk.LoyalAppError(_("This day is over. Please choose a later day."), field="again_on")
    values = {"state": LATER, "day": _checked(day, "again_on"), "hour": "", "channel": "", "note": note}
    return _write(customer_id, values, why, asked_by)


def _checked(day: date, field: str) -> date:
    if day < sdk.today():
        raise sdk.LoyalAppError(_("This day is over. Please choose today or a later day."), field=field)
    if day > sdk.today() + FURTHEST:
        raise sdk.LoyalAppError(_("This is more than a year away. Please choose an earlier day."), field=field)
    return day


def _write(customer_id: int, values: dict[str, Any], why: str, asked_by: str) -> int:
    customer = sdk.customers.get(customer_id)
    counts = sdk.interactions.is_unasked(customer.id)  # asked before anything is written
    reason = advice.reason(advice.verdict(customer_id, counts=counts), why)
    planning.lock(customer_id)
    settle(customer_id)
    kept = {**values, "note": sdk.plain(values["note"])[:LONGEST_NOTE], "made_on": sdk.today()}
    made = insert(APPOINTMENT).values(**kept, customer_id=customer_id, staff_member_id=sdk.staff.at_desk())
    done: Any = sdk.db.session.execute(made)
    number = int(done.inserted_primary_key[0])
    planning.ask_again_on(customer_id, values["day"])
    said = _("Asked for a talk.") if values["state"] == AGREED else _("Asked for a talk: not now.")
    by = asked_by if asked_by in ASKED_BY else "call"
    sdk.interactions.record(customer_id, channel=by, unasked=counts, note=said, in_spite=reason)
    return number


def settle(customer_id: int) -> None:
    """What was agreed with a customer is over, in the caller's transaction."""
    gone = update(APPOINTMENT).where(_ROW.customer_id == customer_id, _ROW.state != OVER)
    sdk.db.session.execute(gone.values(state=OVER))


def finish(appointment_id: int, *, is_over: bool = True) -> None:
    """Done on Today without a review, or (False) the undo of that."""
    found = sdk.rows(select(APPOINTMENT).where(_ROW.id == appointment_id)).first() if _fits(appointment_id) else None
    if found is None:
        return
    state = OVER if is_over else AGREED if found.channel else LATER  # who asks again has no channel yet
    sdk.db.session.execute(update(APPOINTMENT).where(_ROW.id == appointment_id).values(state=state))
    sdk.db.session.commit()


def _fits(number: int) -> bool:
    return 0 < number <= HIGHEST_ID


# ---- lists ----


def due(day: date, limit: int) -> Sequence[Any]:
    """What was agreed for a day, or before and not held, and who wants to be asked again; the earliest first."""
    return sdk.rows(DUE, {"day": day, "most": limit}).all()


def coming(day: date, limit: int) -> Sequence[Any]:
    """What was agreed and not held yet, and who wants to be asked again by a day; the earliest first."""
    return sdk.rows(COMING, {"day": day, "most": limit}).all()


def until(day: date) -> Sequence[Any]:
    """What customers chose themselves up to a day, one for each, with whose account it is; by day and hour."""
    query = (
        select(_ROW.customer_id, _ROW.state, _ROW.day, _ROW.hour, _ROW.note, places.pool_in_sql().label("pool"))
        .join(sdk.Customer, sdk.Customer.id == _ROW.customer_id)
        .where(_ROW.state != OVER, _ROW.day <= day, sdk.customers.OURS)
        .order_by(_ROW.id)
    )
    newest = {one.customer_id: one for one in sdk.rows(query)}
    return sorted(newest.values(), key=lambda one: (one.day, one.hour, one.customer_id))


def with_a_day_until(day: date) -> Select[tuple[int]]:
    """The numbers of these customers, for a question that leaves them out: their day is no other."""
    return select(_ROW.customer_id).where(_ROW.state != OVER, _ROW.day <= day)
