"""Somebody who works here. Rows stay when people leave, since what they did keeps their name."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from loyalapp.core.clock import now
from loyalapp.core.db import Base, Json, UtcDateTime

ROLES = ("owner", "salesman")


class StaffMember(Base):
    """One of us. `language`: of their screen, the firm's if none; `left_on`: since when they are not here any more.

    `capacity`: contacts they manage a day, the firm's number if none (design §7). `pin`: as the library made it from
    what they chose, never the PIN itself; `pin_tries` counts wrong ones since the last right one.
    """

    __tablename__ = "staff_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(Text)
    left_on: Mapped[date | None]
    capacity: Mapped[int | None] = mapped_column(SmallInteger)
    role: Mapped[str] = mapped_column(Text, default="salesman", server_default="salesman")
    pin: Mapped[str | None] = mapped_column(Text)
    pin_tries: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    pin_tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Deed(Base):
    """Who did what, and when. `what` names the deed, `facts` what its sentence needs; the customer may lack."""

    __tablename__ = "deed"

    id: Mapped[int] = mapped_column(primary_key=True)
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey(StaffMember.id, ondelete="SET NULL"))
    what: Mapped[str] = mapped_column(Text)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))
    facts: Mapped[Any] = mapped_column(Json, default=dict)

    # In the database only of those that have one.
    __table_args__ = (Index("ix_deed_customer_id", "customer_id"), Index("ix_deed_staff_member_id", "staff_member_id"))
