"""What we think an account could still buy, and the reviews that were held."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from loyalapp import sdk


class Base(DeclarativeBase):
    """The tables of this plugin."""

    metadata = sdk.metadata("reviews")


class Assessment(Base):
    """One row per customer who was assessed or reviewed.

    `said_on` is set once somebody answered "could they buy more?". `overruled` is the level that counts
    instead of the rule's. `next_on` is the day of the next review; `put_off_on` the day on which it was last put off
    without being held.
    """

    __tablename__ = "plg_reviews_assessment"

    customer_id: Mapped[int] = mapped_column(ForeignKey(sdk.Customer.id, ondelete="CASCADE"), primary_key=True)
    means: Mapped[str] = mapped_column(Text, default="unknown")
    said_on: Mapped[date | None] = mapped_column(index=True)
    overruled: Mapped[str | None] = mapped_column(Text)
    overruled_reason: Mapped[str] = mapped_column(Text, default="")
    next_on: Mapped[date | None] = mapped_column(index=True)
    put_off_on: Mapped[date | None] = mapped_column(index=True)


class Review(Base):
    """One review: `open` while it is being held, `closed` once it ended in a recommendation (practice B5).

    `answers` maps a question's id to the customer's words; "" means that it was left out.
    """

    __tablename__ = "plg_reviews_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(sdk.Customer.id, ondelete="CASCADE"))
    opened_on: Mapped[date]
    held_on: Mapped[date | None] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(Text, default="open")
    level: Mapped[str] = mapped_column(Text, default="middle")
    channel: Mapped[str] = mapped_column(Text, default="call")
    answers: Mapped[dict[str, Any]] = mapped_column(sdk.Json, default=dict)
    leaving: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    recommendation: Mapped[str] = mapped_column(Text, default="")
    next_on: Mapped[date | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_plg_reviews_review_customer", "customer_id", "state", "held_on"),
        Index("ix_plg_reviews_review_state", "state", "held_on", "id"),
    )
