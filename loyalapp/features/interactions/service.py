"""What can be done with contacts and promises: record, promise, keep, count."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select

from loyalapp.core.clock import now, today
from loyalapp.core.db import db, rows
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import _
from loyalapp.core.textkeys import plain
from loyalapp.features.customers import removing
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import needs, promises, rules, standings
from loyalapp.features.interactions.models import CHANNELS, Interaction
from loyalapp.features.staff import service as staff
from loyalapp.plugin_system.calls import ask

LIMIT_DAYS = standings.LIMIT_DAYS
LAST_MOMENT = datetime(9999, 12, 31, tzinfo=UTC)
LOOKED_AT, MANY_SILENT = 10, 7  # a monologue: in 7 of the last 10 talks nothing of theirs was written down (D6)
# The promise book, for plugins too.
promise, keep, break_, reopen = promises.promise, promises.keep, promises.break_, promises.reopen
move, move_back = promises.move, promises.move_back
promises_of, open_promises = promises.promises_of, promises.open_promises
moves_of = promises.moves_of
unasked_counts = rules.unasked_counts

# Questions of every customer's page are put together once: that takes longer than their answer.
_NEWEST_TALKS = (  # whom nobody reached could not say anything
    select(Interaction.said)
    .where(Interaction.customer_id == bindparam("customer_id"), Interaction.is_answered)
    .order_by(Interaction.happened_at.desc(), Interaction.id.desc())
    .limit(LOOKED_AT)
    .subquery()
)
HOW_OFTEN = select(
    select(func.count())
    .select_from(Interaction)
    .where(
        Interaction.customer_id == bindparam("customer_id"),
        Interaction.happened_at > bindparam("since"),
        Interaction.unasked,
        standings.COUNTS,
    )
    .scalar_subquery()
    .label("used"),
    select(func.count()).select_from(_NEWEST_TALKS).where(_NEWEST_TALKS.c.said == "").scalar_subquery().label("silent"),
    select(func.count())
    .select_from(Interaction)
    .where(
        Interaction.customer_id == bindparam("customer_id"),
        Interaction.happened_at > bindparam("tried_since"),
        standings.IN_VAIN,
    )
    .scalar_subquery()
    .label("tries"),
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
        Interaction.is_answered,
    )
    .where(Interaction.customer_id == bindparam("customer_id"), Interaction.happened_at <= bindparam("until"))
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
    is_answered: bool = True,
    in_spite: str | None = None,
    need: str = "",
    promised: str = "",
    promised_for: date | None = None,
    next_step: str = "",
    next_on: date | None = None,
    kept: Sequence[int] = (),
) -> int:
    """Write down a contact: what was learned becomes a fact; promises and our next step go to the promise book.

    :param unasked: whether it counts against the limit (E4), see `is_unasked`. `is_answered`: whether we reached them.
        `in_spite`: why it was made though the contact rules advised against. `need`: in their words (D5).
        `next_step`: what we do next, which the customer is not told. `kept`: which promises are kept by this.
    :raises LoyalAppError: for an unknown channel, or a promise or step without a day that is still to come.
    """
    _check(channel)
    _check_days(promised, promised_for, next_step, next_on)
    counts = is_unasked(customer_id, started_by) if unasked is None else unasked  # asked before anything is written
    customers.deal_with(customers.get(customer_id))
    interaction = Interaction(customer_id=customer_id, channel=channel, started_by=started_by, is_answered=is_answered)
    words = [plain(one, keep_lines=True) for one in (said, learned, note)]
    interaction.said, interaction.learned, interaction.note = words
    interaction.unasked, interaction.in_spite = counts, plain(in_spite) or None
    interaction.happened_at, interaction.staff_member_id = happened_at or now(), staff.at_desk()
    _keep(interaction)
    promises.keep_by(customer_id, kept)
    _carry_on(interaction, need, (promised, promised_for), (next_step, next_on))
    db.session.commit()
    return interaction.id


def _keep(interaction: Interaction) -> None:
    db.session.add(interaction)
    staff.note_deed("contact", interaction.customer_id)
    db.session.flush()


def _carry_on(
    interaction: Interaction, need: str, promised: tuple[str, date | None], step: tuple[str, date | None]
) -> None:
    """What comes of a contact: a promise, a next step, a need, a fact."""
    who = interaction.customer_id
    if promised[1]:
        promises.add(who, promised[0], promised[1], interaction.id)
    if step[1]:
        promises.add(who, plain(step[0]) or _("Talk to them again"), step[1], interaction.id, is_told=False)
    if plain(need):
        needs.write(who, need, interaction.id)
    if interaction.learned:
        customers.add_fact(who, interaction.learned, customers.FROM_A_CONTACT)


def get(interaction_id: int) -> Interaction:
    """One contact.

    :raises NotFound: if there is none.
    """
    found = db.session.get(Interaction, interaction_id)
    if found is None:
        raise NotFound(_("This contact is not in the book any more."))
    return found


def change(
    interaction_id: int, *, channel: str, started_by: str, said: str, learned: str, is_answered: bool = True
) -> None:
    """Correct a contact; the fact that was learned from it stays with the customer as it was written down.

    :raises LoyalAppError: for an unknown channel.
    """
    _check(channel)
    interaction = get(interaction_id)
    interaction.channel, interaction.started_by, interaction.is_answered = channel, started_by, is_answered
    interaction.said, interaction.learned = plain(said, keep_lines=True), plain(learned, keep_lines=True)
    interaction.unasked = interaction.unasked and started_by == "us"
    db.session.commit()


def remove(interaction_id: int) -> int:
    """Delete a contact that never was; a promise made in it stays. Answers the step by which it is brought back.

    :raises NotFound: if there is none.
    """
    interaction = get(interaction_id)
    return removing.delete(customers.get(interaction.customer_id), "contact", "interaction", interaction_id)


def _check(channel: str) -> None:
    if channel not in CHANNELS:
        raise LoyalAppError(_("Please choose how you were in contact."), field="channel")


def _check_days(promised: str, promised_for: date | None, next_step: str, next_on: date | None) -> None:
    if plain(promised) and promised_for is None:
        raise LoyalAppError(_("By which day did you promise it?"), field="promised_for")
    if promised_for and not plain(promised):
        raise LoyalAppError(_("What did you promise for this day?"), field="promised")
    if plain(next_step) and next_on is None:
        raise LoyalAppError(_("On which day is the next step?"), field="next_on")
    for day, field in ((promised_for, "promised_for"), (next_on, "next_on")):
        if day is not None:
            promises.check_day(day, field)


def is_unasked(customer_id: int, started_by: str = "us") -> bool:
    """Whether a contact now would count: they neither began, nor wait for a promise that is due or a problem (E4).

    Whoever writes something of their own first asks before that, and tells `record` by its `unasked`.
    """
    if started_by != "us" or ask("customers_with_open_problem", customer_ids=[customer_id]):
        return False
    return not any(one.is_told and one.due_on <= today() for one in promises.promises_of(customer_id))


def how_often(customer_id: int) -> tuple[int, int, bool]:
    """Contacts that count against the limit, tries in vain since we last talked, and whether the last talks were
    monologues: hardly a word of theirs.
    """
    moment = now()
    since = {"since": moment - timedelta(days=LIMIT_DAYS), "tried_since": moment - timedelta(days=standings.TRIES_DAYS)}
    row = rows(HOW_OFTEN, {"customer_id": customer_id, **since}).one()
    return row.used, row.tries, row.silent >= MANY_SILENT


def latest(customer_id: int, limit: int, until: datetime | None = None) -> Sequence[Any]:
    """The newest contacts of one customer, those after a moment left out."""
    facts = {"customer_id": customer_id, "limit": limit, "until": until or LAST_MOMENT}
    return rows(LATEST, facts).all()
