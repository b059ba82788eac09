"""A list that somebody wants to see again."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from loyalapp.core.clock import now
from loyalapp.core.db import Base, Json, UtcDateTime


class SavedList(Base):
    """Filters under a name: "Wholesale, Anarkali". Who is on it is asked anew each time."""

    __tablename__ = "saved_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    filters: Mapped[Any] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
