"""What customers need, in their own words, and what we offered for it (practice D5)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, bindparam, desc, exists, literal, select, union_all
from sqlalchemy.orm import aliased

from loyalapp.core.clock import today
from loyalapp.core.db import db, rows
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import _
from loyalapp.core.textkeys import plain
from loyalapp.features.customers import removing
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions.models import OUTCOMES, Need, Offer
from loyalapp.features.staff import service as staff

LONGEST_NEED = 1000
LONGEST_OFFER = 300
FEW = 20

# Put together once: they are asked for every page of a customer.
NEEDS_OF = (
    select(Need.id, Need.text, Need.product_group, Need.learned_on, Need.met_on)
    .where(Need.customer_id == bindparam("customer_id"), Need.met_on.is_(None))
    .order_by(Need.learned_on.desc(), Need.id.desc())
)
OFFERS_OF = (
    select(Offer.id, Offer.need_id, Offer.what, Offer.made_on, Offer.outcome, Offer.decided_on)
    .where(Offer.customer_id == bindparam("customer_id"))
    .order_by(Offer.made_on.desc(), Offer.id.desc())
    .limit(FEW)
)
_NEWEST_OFFERS = OFFERS_OF.subquery()
NEEDS_AND_OFFERS = union_all(  # one question for the customer's page
    select(
        literal(None, Integer).label("need_id"),
        Need.id,
        Need.text.label("words"),
        Need.product_group.label("more"),
        Need.learned_on.label("day"),
        literal(value=True).label("is_need"),
    ).where(Need.customer_id == bindparam("customer_id"), Need.met_on.is_(None)),
    select(
        _NEWEST_OFFERS.c.need_id,
        _NEWEST_OFFERS.c.id,
        _NEWEST_OFFERS.c.what,
        _NEWEST_OFFERS.c.outcome,
        _NEWEST_OFFERS.c.made_on,
        literal(value=False),
    ),
).order_by(desc("day"), desc("id"))
_Made = aliased(Offer)
NOT_YET_OFFERED = (
    select(Need.id, Need.customer_id, Need.text, Need.product_group, Need.learned_on)
    .where(Need.met_on.is_(None), ~exists().where(_Made.need_id == Need.id))
    .order_by(Need.learned_on, Need.id)
    .limit(bindparam("limit"))
)


def add(customer_id: int, text: str, *, product_group: str | None = None) -> int:
    """Write down what a customer needs, in their own words.

    :param product_group: which group of our products answers it, where that is known.
    :raises LoyalAppError: without words.
    """
    customers.deal_with(customers.get(customer_id))
    made = write(customer_id, text, None, product_group=product_group)
    db.session.commit()
    return made.id


def write(customer_id: int, text: str, interaction_id: int | None, *, product_group: str | None = None) -> Need:
    """The row of a need, in the caller's transaction.

    :raises LoyalAppError: without words.
    """
    words = plain(text, keep_lines=True)[:LONGEST_NEED]
    if not words:
        raise LoyalAppError(_("Please write what they need, in their own words."), field="need")
    made = Need(
        customer_id=customer_id,
        text=words,
        product_group=plain(product_group) or None,
        learned_on=today(),
        interaction_id=interaction_id,
        staff_member_id=staff.at_desk(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def get(need_id: int) -> Need:
    """One need.

    :raises NotFound: if there is none.
    """
    found = db.session.get(Need, need_id)
    if found is None:
        raise NotFound(_("This need is not in the book any more."))
    return found


def change(need_id: int, text: str, product_group: str | None) -> Need:
    """Correct the words of a need, or say which of our groups answers it.

    :raises LoyalAppError: without words.
    """
    need, words = get(need_id), plain(text, keep_lines=True)[:LONGEST_NEED]
    if not words:
        raise LoyalAppError(_("Please write what they need, in their own words."), field="need")
    need.text, need.product_group = words, plain(product_group) or None
    db.session.commit()
    return need


def meet(need_id: int) -> Need:
    """The need is met, by us or otherwise."""
    return _set_met(get(need_id), is_met=True)


def reopen(need_id: int) -> Need:
    """It is not met after all (undo)."""
    return _set_met(get(need_id), is_met=False)


def _set_met(need: Need, *, is_met: bool) -> Need:
    need.met_on = today() if is_met else None
    db.session.commit()
    return need


def remove(need_id: int) -> int:
    """Strike out a need that never was; answers the step by which it is brought back."""
    return removing.delete(customers.get(get(need_id).customer_id), "need", "customer_need", need_id)


def needs_of(customer_id: int) -> Sequence[Any]:
    """The open needs of one customer, the newest first."""
    return rows(NEEDS_OF, {"customer_id": customer_id}).all()


def of(customer_id: int) -> tuple[list[Any], list[Any]]:
    """The open needs and the newest offers of one customer by one question: `id`, `words`, `day`.

    `more` is the group of a need, and the outcome of an offer, whose `need_id` may lack.
    """
    found = rows(NEEDS_AND_OFFERS, {"customer_id": customer_id}).all()
    return [one for one in found if one.is_need], [one for one in found if not one.is_need]


def not_yet_offered(limit: int) -> Sequence[Any]:
    """Open needs of all customers for which nothing was offered yet, the oldest first."""
    return rows(NOT_YET_OFFERED, {"limit": limit}).all()


# ---- offers ----


def offer(customer_id: int, what: str, need_id: int | None = None) -> int:
    """Write down an offer, and for which need it was made; without one it was made before we asked.

    :raises LoyalAppError: without words, or for a need of somebody else.
    """
    customer, words = customers.get(customer_id), plain(what)[:LONGEST_OFFER]
    if not words:
        raise LoyalAppError(_("Please write what you offered."), field="what")
    if need_id is not None and get(need_id).customer_id != customer_id:
        raise LoyalAppError(_("This need is not in the book any more."), field="need_id")
    customers.deal_with(customer)
    made = Offer(customer_id=customer_id, need_id=need_id, what=words, made_on=today(), staff_member_id=staff.at_desk())
    db.session.add(made)
    db.session.commit()
    return made.id


def get_offer(offer_id: int) -> Offer:
    """One offer.

    :raises NotFound: if there is none.
    """
    found = db.session.get(Offer, offer_id)
    if found is None:
        raise NotFound(_("This offer is not in the book any more."))
    return found


def decide(offer_id: int, outcome: str) -> Offer:
    """What the customer answered: `yes` meets the need, `later` and `no` leave it, `open` takes an answer back.

    :raises LoyalAppError: for an answer we do not know.
    """
    if outcome not in OUTCOMES:
        raise LoyalAppError(_("Please choose yes, later or no."))
    made = get_offer(offer_id)
    was, made.outcome = made.outcome, outcome
    made.decided_on = None if outcome == "open" else today()
    need = db.session.get(Need, made.need_id) if made.need_id else None
    if need is not None and outcome == "yes":
        need.met_on = today()
    elif need is not None and was == "yes":
        need.met_on = None
    db.session.commit()
    return made


def remove_offer(offer_id: int) -> int:
    """Strike out an offer that never was; answers the step by which it is brought back."""
    return removing.delete(customers.get(get_offer(offer_id).customer_id), "offer", "customer_offer", offer_id)


def offers_of(customer_id: int) -> Sequence[Any]:
    """The newest offers to one customer."""
    return rows(OFFERS_OF, {"customer_id": customer_id}).all()
