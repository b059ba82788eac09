"""Somebody who works here. Rows stay when people leave, since what they did keeps their name."""

from datetime import date

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from loyalapp.core.db import Base


class StaffMember(Base):
    """One of us. `language`: of their screen, the firm's if none; `left_on`: since when they are not here any more."""

    __tablename__ = "staff_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(Text)
    left_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
