"""A record of each list that was brought in, with its plain account; and what was chosen for lists of one shape."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from loyalapp.core.clock import now
from loyalapp.core.db import Base, Json, UtcDateTime


class Import(Base):
    """One import. `counts`: how many rows became what; `account`: every row that was not taken, and why.

    `finished_at` is empty while a long list is being written in parts. `step_id`: the step of "bring back" by which
    it is undone; `undone_at`: when that was.
    """

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(Text)
    file_hash: Mapped[str] = mapped_column(Text, index=True)
    kind: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    step_id: Mapped[int | None]
    counts: Mapped[Any] = mapped_column(Json)
    account: Mapped[Any] = mapped_column(Json)


class Shape(Base):
    """What the user chose for lists with the same headings. `key`: see `shapes.key_of`."""

    __tablename__ = "import_shape"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    wishes: Mapped[Any] = mapped_column(Json)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)
