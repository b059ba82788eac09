"""What the contact rules go by: the wishes of customers, and how often we tried and were answered lately (E4)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from loyalapp.core.clock import now
from loyalapp.core.db import rows
from loyalapp.features.customers import consent
from loyalapp.features.customers.models import Customer
from loyalapp.features.customers.service import OURS
from loyalapp.features.interactions.models import Interaction
from loyalapp.features.settings import service as settings
from loyalapp.plugin_system.calls import ask

LIMIT_DAYS = 30
TRIES_DAYS = 90  # older tries without an answer are forgotten, so that nobody is given up for good
REFUSABLE = {"greeting": "greetings", "offer": "offers"}
# What arrives though nobody answers. A call that nobody took, a door that nobody opened, use up nothing.
WRITTEN = ("whatsapp", "sms", "email")

COUNTS = or_(Interaction.is_answered, Interaction.channel.in_(WRITTEN))
USED = (
    select(Interaction.customer_id, func.count().label("contacts"))
    .where(
        Interaction.customer_id.in_(bindparam("ids", expanding=True)),
        Interaction.happened_at > bindparam("since"),
        Interaction.unasked,
        COUNTS,
    )
    .group_by(Interaction.customer_id)
)
_LATER = aliased(Interaction)
IN_VAIN = and_(
    Interaction.is_answered.is_(False),
    Interaction.started_by == "us",
    ~exists().where(
        _LATER.customer_id == Interaction.customer_id,
        _LATER.is_answered,
        _LATER.happened_at >= Interaction.happened_at,
    ),
)
TRIES = (
    select(Interaction.customer_id, func.count().label("contacts"))
    .where(
        Interaction.customer_id.in_(bindparam("ids", expanding=True)),
        Interaction.happened_at > bindparam("since"),
        IN_VAIN,
    )
    .group_by(Interaction.customer_id)
)
WISHES = select(
    Customer.id,
    Customer.salesman_id,
    Customer.worth,
    Customer.contact_limit,
    Customer.no_contact,
    Customer.paused_until,
    Customer.pause_why,
    Customer.stop_after,
    Customer.channel,
    Customer.hours,
).where(OURS, Customer.id.in_(bindparam("ids", expanding=True)))
# Who called or wrote and has no answer yet: nothing was talked since.
UNANSWERED = (
    select(Interaction.id, Interaction.customer_id, Interaction.channel, Interaction.happened_at, Interaction.said)
    .join(Customer, and_(Customer.id == Interaction.customer_id, OURS))
    .where(
        Interaction.happened_at > bindparam("since"),
        Interaction.is_answered.is_(False),
        Interaction.started_by == "customer",
        ~exists().where(
            _LATER.customer_id == Interaction.customer_id,
            or_(_LATER.is_answered, _LATER.started_by == "us"),
            _LATER.happened_at >= Interaction.happened_at,
            _LATER.id != Interaction.id,
        ),
    )
    .order_by(Interaction.happened_at, Interaction.id)
    .limit(bindparam("limit"))
)


class Standing(NamedTuple):
    """What the rules go by for one customer: their wishes, and how often we tried lately."""

    wishes: Any
    used: int = 0
    tries: int = 0
    has_problem: bool = False
    refused: frozenset[str] = frozenset()

    @property
    def limit(self) -> int:
        """How many unasked contacts in 30 days this customer bears."""
        own: int | None = self.wishes.contact_limit
        return own if own is not None else settings.firm().contact_limit

    @property
    def stop_after(self) -> int:
        """After so many tries without an answer we stop; 0: never."""
        own: int | None = self.wishes.stop_after
        return own if own is not None else settings.firm().stop_after


def of(customer_ids: Iterable[int]) -> dict[int, Standing]:
    """What the rules go by, for those who are in the list."""
    return complete(wishes(customer_ids))


def wishes(customer_ids: Iterable[int]) -> dict[int, Any]:
    """The wishes of those who are in the list, with who looks after them and what working with them can bring."""
    return {row.id: row for row in rows(WISHES, {"ids": sorted(set(customer_ids))})}


def complete(found: Mapping[int, Any]) -> dict[int, Standing]:
    """The rest of what the rules go by."""
    ids = list(found)
    if not ids:
        return {}
    used, tries = unasked_counts(ids), tries_without_answer(ids)
    problems = set(ask("customers_with_open_problem", customer_ids=ids))
    refused = {purpose: consent.refused(ids, word) for purpose, word in REFUSABLE.items()}
    return {
        one: Standing(
            found[one],
            used.get(one, 0),
            tries.get(one, 0),
            one in problems,
            frozenset(purpose for purpose in refused if one in refused[purpose]),
        )
        for one in ids
    }


def unasked_counts(customer_ids: Sequence[int]) -> dict[int, int]:
    """How many contacts of the last 30 days count against each customer's limit (E4).

    Only what we began, that was neither promised nor asked for nor about an open problem, and that reached them: a
    call that nobody took uses up nothing, but see `tries_without_answer`.
    """
    return _counted(USED, customer_ids, LIMIT_DAYS)


def tries_without_answer(customer_ids: Sequence[int]) -> dict[int, int]:
    """How often we tried in vain since we last talked, in the last three months."""
    return _counted(TRIES, customer_ids, TRIES_DAYS)


def _counted(question: Any, customer_ids: Sequence[int], days: int) -> dict[int, int]:
    facts = {"ids": list(customer_ids), "since": now() - timedelta(days=days)}
    return {row.customer_id: row.contacts for row in rows(question, facts)}


def unanswered(limit: int) -> Sequence[Any]:
    """Who called or wrote in the last month and has no answer yet, the longest waiting first (D4)."""
    if not settings.firm().answer_within:
        return []
    return rows(UNANSWERED, {"since": now() - timedelta(days=LIMIT_DAYS), "limit": limit}).all()
