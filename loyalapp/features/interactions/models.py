"""Contacts as they really happened, and promises we made."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, true
from sqlalchemy.orm import Mapped, mapped_column

from loyalapp.core.clock import now
from loyalapp.core.db import Base, UtcDateTime
from loyalapp.features.customers.models import Customer
from loyalapp.features.staff.models import StaffMember

CHANNELS = ("call", "whatsapp", "visit", "counter", "sms", "email", "other")


class Interaction(Base):
    """One contact: by what the customer said and what was learned, not by what we said (practice D6).

    `unasked`: we started it, and it was neither promised, asked for, nor about an open problem (E4). `is_answered`:
    whether we reached them. `in_spite`: why it was made though the contact rules advised against it.
    """

    __tablename__ = "interaction"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    channel: Mapped[str] = mapped_column(Text, default="call")
    started_by: Mapped[str] = mapped_column(Text, default="us")
    unasked: Mapped[bool] = mapped_column(default=True)
    said: Mapped[str] = mapped_column(Text, default="")
    learned: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    is_answered: Mapped[bool] = mapped_column(default=True, server_default=true())
    in_spite: Mapped[str | None] = mapped_column(Text)
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey(StaffMember.id, ondelete="SET NULL"))
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    __table_args__ = (
        Index("ix_interaction_timeline", "customer_id", "happened_at", "id"),
        Index("ix_interaction_staff_member_id", "staff_member_id"),  # in the database only of those that have one
        Index("ix_interaction_unanswered", "happened_at"),  # in the database only of those without an answer
    )


class Promise(Base):
    """What we told a customer we would do, by when; open until `kept_on` or `broken_on` is set. See `promises`.

    `is_told`: the customer knows of it; without, it is a next step that we set ourselves.
    """

    __tablename__ = "promise"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"), index=True)
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey(Interaction.id, ondelete="SET NULL"))
    what: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    made_on: Mapped[date]
    kept_on: Mapped[date | None]
    broken_on: Mapped[date | None]
    is_told: Mapped[bool] = mapped_column(default=True, server_default=true())
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey(StaffMember.id, ondelete="SET NULL"))
    is_example: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_promise_open", "kept_on", "due_on"),
        Index("ix_promise_staff_member_id", "staff_member_id"),  # in the database only of those that have one
    )


class PromiseMove(Base):
    """A promise was given another day, with the customer's knowledge, and why.

    Where `due_after` is still `due_before`, it was broken on `moved_on`, and `why` is what we told the customer.
    """

    __tablename__ = "promise_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey(Promise.id, ondelete="CASCADE"), index=True)
    moved_on: Mapped[date]
    due_before: Mapped[date]
    due_after: Mapped[date]
    why: Mapped[str] = mapped_column(Text, default="")


class Need(Base):
    """What a customer needs, in their own words (D5); open until `met_on` is set."""

    __tablename__ = "customer_need"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    product_group: Mapped[str | None] = mapped_column(Text)
    learned_on: Mapped[date]
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey(Interaction.id, ondelete="SET NULL"))
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey(StaffMember.id, ondelete="SET NULL"))
    met_on: Mapped[date | None]
    is_example: Mapped[bool] = mapped_column(default=False)


OUTCOMES = ("open", "yes", "later", "no")


class Offer(Base):
    """What we offered, and for which need; one without a need was made before we asked (D5)."""

    __tablename__ = "customer_offer"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"), index=True)
    need_id: Mapped[int | None] = mapped_column(ForeignKey(Need.id, ondelete="SET NULL"))
    what: Mapped[str] = mapped_column(Text)
    made_on: Mapped[date]
    outcome: Mapped[str] = mapped_column(Text, default="open")
    decided_on: Mapped[date | None]
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey(Interaction.id, ondelete="SET NULL"))
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey(StaffMember.id, ondelete="SET NULL"))
    is_example: Mapped[bool] = mapped_column(default=False)
