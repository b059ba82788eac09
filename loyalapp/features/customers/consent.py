"""What a customer allows us: one line for each answer, by purpose, with who said it how and when (practice D4).

The newest line of a purpose counts. Where two customers become one, a refusal of either wins.
"""

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType

from sqlalchemy import ForeignKey, Text, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from loyalapp.core.clock import today
from loyalapp.core.db import Base, db, rows
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import _
from loyalapp.core.memory import once
from loyalapp.core.textkeys import plain
from loyalapp.features.customers import removing
from loyalapp.features.customers.models import Customer

PURPOSES = ("greetings", "offers", "reference", "details")
SOURCES = ("told", "wrote", "form")
MERGED = "merged"  # a source of ours: the other one of two customers who were one had refused
LONGEST_NOTE = 300


class Consent(Base):
    """One answer of a customer: whether we may, how we know, since when."""

    __tablename__ = "customer_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(Text)
    given: Mapped[bool]
    source: Mapped[str] = mapped_column(Text)
    given_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")


# Put together once: they are asked for every page of a customer and for Today. The newest line comes last.
ANSWERS = (
    select(Consent.purpose, Consent.given)
    .where(Consent.customer_id == bindparam("customer_id"))
    .order_by(Consent.given_on, Consent.id)
)
ANSWERS_OF_MANY = (
    select(Consent.customer_id, Consent.given)
    .where(Consent.customer_id.in_(bindparam("ids", expanding=True)), Consent.purpose == bindparam("purpose"))
    .order_by(Consent.given_on, Consent.id)
)


def write(
    customer_id: int, purpose: str, source: str, given_on: date | None = None, note: str = "", *, given: bool
) -> int:
    """Write an answer down; a newer one takes the place of an older one, which stays as history.

    :raises LoyalAppError: for an unknown purpose or source, or a day that is still to come.
    """
    if purpose not in PURPOSES or source not in SOURCES:
        raise LoyalAppError(_("Please choose what it is about, and how they said so."))
    if (given_on or today()) > today():
        raise LoyalAppError(_("This day is still to come. Please look once more."), field="given_on")
    line = Consent(
        customer_id=customer_id,
        purpose=purpose,
        given=given,
        source=source,
        given_on=given_on or today(),
        note=plain(note)[:LONGEST_NOTE],
    )
    db.session.add(line)
    db.session.commit()
    return line.id


def strike_out(customer_id: int, line_id: int) -> int:
    """Take a line away that was written by mistake; answers the step that brings it back.

    :raises NotFound: if it is not there any more.
    """
    line = db.session.get(Consent, line_id)
    if line is None or line.customer_id != customer_id:
        raise NotFound(_("This is not written down any more."))
    customer = db.session.get_one(Customer, customer_id)
    return removing.delete(customer, "consent", Consent.__tablename__, line_id)


def history(customer_ids: Collection[int]) -> list[Consent]:
    """Every line of these customers, the newest first."""
    asked = select(Consent).where(Consent.customer_id.in_(customer_ids))
    return list(db.session.scalars(asked.order_by(Consent.given_on.desc(), Consent.id.desc())))


def standing(customer_id: int) -> dict[str, Consent]:
    """The line that counts for each purpose; a purpose nobody asked about is not there."""
    return {line.purpose: line for line in reversed(history([customer_id]))}


def said(customer_id: int) -> Mapping[str, bool]:
    """Yes or no for each purpose that was asked about; for pages that need no more than that."""
    return once(f"customers.consent.{customer_id}", lambda: MappingProxyType(_said(customer_id)))


def _said(customer_id: int) -> dict[str, bool]:
    return {row.purpose: row.given for row in rows(ANSWERS, {"customer_id": customer_id})}


def refused(customer_ids: Collection[int], purpose: str) -> set[int]:
    """Those of the customers who do not want this; whoever was not asked has not refused."""
    if len(customer_ids) == 1:  # on a customer's page others ask too
        return {one for one in customer_ids if not said(one).get(purpose, True)}
    found = rows(ANSWERS_OF_MANY, {"ids": list(customer_ids), "purpose": purpose})
    answers = {row.customer_id: row.given for row in found}
    return {customer_id for customer_id, given in answers.items() if not given}


def keep_refusals(from_id: int, to_id: int) -> list[int]:
    """Before two customers become one: where either refuses what the other allows, the refusal goes on for both.

    In the caller's transaction, while the lines are still apart; answers the lines it added for `to_id`.
    """
    before: tuple[Mapping[str, Consent], ...] = (standing(from_id), standing(to_id))
    added = []
    for purpose in PURPOSES:
        lines = [one[purpose] for one in before if purpose in one]
        if {line.given for line in lines} == {True, False}:
            line = Consent(customer_id=to_id, purpose=purpose, given=False, source=MERGED, given_on=today())
            db.session.add(line)
            added.append(line)
    db.session.flush()
    return [line.id for line in added]
