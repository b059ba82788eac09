"""A record of each list that was brought in, with its plain account."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from loyalapp.core.clock import now
from loyalapp.core.db import Base, Json, UtcDateTime


class Import(Base):
    """One import. `counts`: how many rows became what; `account`: every row that was not taken, and why."""

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(Text)
    file_hash: Mapped[str] = mapped_column(Text, index=True)
    kind: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counts: Mapped[Any] = mapped_column(Json)
    account: Mapped[Any] = mapped_column(Json)
