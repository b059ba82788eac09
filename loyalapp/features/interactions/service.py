"""What can be done with contacts and promises: record, promise, keep, count."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select

from loyalapp.core.clock import now, today
from loyalapp.core.db import db, rows
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import _
from loyalapp.core.textkeys import plain
from loyalapp.features.customers import removing
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions.models import CHANNELS, Interaction, Promise
from loyalapp.plugin_system.calls import ask

LIMIT_DAYS = 30

# Questions of every customer's page are put together once: that takes longer than their answer.
PROMISES_OF = (
    select(Promise.id, Promise.what, Promise.due_on, Promise.made_on, Promise.kept_on)
    .where(Promise.customer_id == bindparam("customer_id"), Promise.kept_on.is_(None))
    .order_by(Promise.due_on)
)
UNASKED_COUNTS = (
    select(Interaction.customer_id, func.count().label("contacts"))
    .where(
        Interaction.customer_id.in_(bindparam("ids", expanding=True)),
        Interaction.happened_at > bindparam("since"),
        Interaction.unasked,
    )
    .group_by(Interaction.customer_id)
)
LATEST = (
    select(
        Interaction.id,
        Interaction.happened_at,
        Interaction.channel,
        Interaction.started_by,
        Interaction.said,
        Interaction.learned,
        Interaction.note,
    )
    .where(Interaction.customer_id == bindparam("customer_id"))
    .order_by(Interaction.happened_at.desc(), Interaction.id.desc())
    .limit(bindparam("limit"))
)


def record(
    customer_id: int,
    *,
    channel: str = "call",
    started_by: str = "us",
    said: str = "",
    learned: str = "",
    note: str = "",
    unasked: bool | None = None,
    happened_at: datetime | None = None,
    promised: str = "",
    promised_for: date | None = None,
) -> int:
    """Write down a contact; what was learned becomes a fact, what was promised goes to the promise book.

    :param unasked: whether it counts against the customer's limit; by default what we started counts unless it was
        promised or is about an open problem (E4).
    :raises LoyalAppError: for an unknown channel or a promise without a day.
    """
    customer = customers.get(customer_id)
    _check(channel, promised, promised_for)
    customers.deal_with(customer)
    interaction = Interaction(
        customer_id=customer_id,
        channel=channel,
        started_by=started_by,
        said=plain(said, keep_lines=True),
        learned=plain(learned, keep_lines=True),
        note=plain(note, keep_lines=True),
        unasked=_is_unasked(customer_id, started_by) if unasked is None else unasked,
        happened_at=happened_at or now(),
    )
    db.session.add(interaction)
    db.session.flush()
    if promised.strip() and promised_for:
        _add_promise(customer_id, promised, promised_for, interaction.id)
    if interaction.learned:
        customers.add_fact(customer_id, interaction.learned, customers.FROM_A_CONTACT)
    db.session.commit()
    return interaction.id


def get(interaction_id: int) -> Interaction:
    """One contact.

    :raises NotFound: if there is none.
    """
    found = db.session.get(Interaction, interaction_id)
    if found is None:
        raise NotFound(_("This contact is not in the book any more."))
    return found


def change(interaction_id: int, *, channel: str, started_by: str, said: str, learned: str) -> None:
    """Correct a contact; the fact that was learned from it stays with the customer as it was written down.

    :raises LoyalAppError: for an unknown channel.
    """
    _check(channel, "", None)
    interaction = get(interaction_id)
    interaction.channel, interaction.started_by = channel, started_by
    interaction.said, interaction.learned = plain(said, keep_lines=True), plain(learned, keep_lines=True)
    interaction.unasked = interaction.unasked and started_by == "us"
    db.session.commit()


def remove(interaction_id: int) -> int:
    """Delete a contact that never was; a promise made in it stays. Answers the step by which it is brought back.

    :raises NotFound: if there is none.
    """
    interaction = get(interaction_id)
    return removing.delete(customers.get(interaction.customer_id), "contact", "interaction", interaction_id)


def _check(channel: str, promised: str, promised_for: date | None) -> None:
    if channel not in CHANNELS:
        raise LoyalAppError(_("Please choose how you were in contact."), field="channel")
    if promised.strip() and promised_for is None:
        raise LoyalAppError(_("By which day did you promise it?"), field="promised_for")


def _is_unasked(customer_id: int, started_by: str) -> bool:
    """Whether the customer neither began, nor waits for a promise that is due, nor for an open problem (E4)."""
    if started_by != "us" or ask("customers_with_open_problem", customer_ids=[customer_id]):
        return False
    return not any(one.due_on <= today() for one in promises_of(customer_id))


def promise(customer_id: int, what: str, due_on: date) -> int:
    """Write into the promise book what we told whom, by when.

    :raises LoyalAppError: if nothing was written.
    """
    if not plain(what):
        raise LoyalAppError(_("Please write what you promised."), field="promised")
    customers.deal_with(customers.get(customer_id))
    made = _add_promise(customer_id, what, due_on, None)
    db.session.commit()
    return made.id


def _add_promise(customer_id: int, what: str, due_on: date, interaction_id: int | None) -> Promise:
    made = Promise(
        customer_id=customer_id, what=plain(what), due_on=due_on, made_on=today(), interaction_id=interaction_id
    )
    db.session.add(made)
    db.session.flush()
    return made


def keep(promise_id: int) -> Promise:
    """A promise was kept.

    :raises NotFound: if there is no such promise.
    """
    return _set_kept(promise_id, today())


def reopen(promise_id: int) -> Promise:
    """It was not kept after all (undo)."""
    return _set_kept(promise_id, None)


def _set_kept(promise_id: int, day: date | None) -> Promise:
    found = db.session.get(Promise, promise_id)
    if found is None:
        raise NotFound(_("This promise is not in the book any more."))
    found.kept_on = day
    db.session.commit()
    return found


def open_promises(day: date, limit: int) -> Sequence[Promise]:
    """Promises that are due by the day, the oldest first."""
    query = (
        select(Promise)
        .where(Promise.kept_on.is_(None), Promise.due_on <= day)
        .order_by(Promise.due_on, Promise.id)
        .limit(limit)
    )
    return db.session.scalars(query).all()


def promises_of(customer_id: int) -> Sequence[Any]:
    """All open promises to one customer."""
    return rows(PROMISES_OF, {"customer_id": customer_id}).all()


def unasked_counts(customer_ids: Sequence[int]) -> dict[int, int]:
    """How many contacts of the last 30 days count against each customer's limit (E4)."""
    facts = {"ids": list(customer_ids), "since": now() - timedelta(days=LIMIT_DAYS)}
    return {row.customer_id: row.contacts for row in rows(UNASKED_COUNTS, facts)}


def latest(customer_id: int, limit: int) -> Sequence[Any]:
    """The newest contacts of one customer."""
    return rows(LATEST, {"customer_id": customer_id, "limit": limit}).all()
