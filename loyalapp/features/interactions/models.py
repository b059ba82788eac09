"""Contacts as they really happened, and promises we made."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from loyalapp.core.clock import now
from loyalapp.core.db import Base, UtcDateTime
from loyalapp.features.customers.models import Customer

CHANNELS = ("call", "whatsapp", "visit", "counter", "sms", "email", "other")


class Interaction(Base):
    """One contact: by what the customer said and what was learned, not by what we said (practice D6).

    `unasked`: we started it, and it was neither promised, asked for, nor about an open problem (E4).
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
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    __table_args__ = (Index("ix_interaction_timeline", "customer_id", "happened_at", "id"),)


class Promise(Base):
    """What we told a customer we would do, by when; open until `kept_on` is set."""

    __tablename__ = "promise"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"), index=True)
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey(Interaction.id, ondelete="SET NULL"))
    what: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    made_on: Mapped[date]
    kept_on: Mapped[date | None]
    is_example: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_promise_open", "kept_on", "due_on"),)
