"""A step that can be taken back, and what the rows it touched looked like before."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from loyalapp.core.clock import now
from loyalapp.core.db import Base, Json, UtcDateTime

KINDS = ("deletion", "merge", "import", "bulk")


class UndoStep(Base):
    """One thing somebody did, whatever number of rows it touched.

    `facts`: what its sentence needs (see `sentences`). `columns`: for each table the columns whose values the rows of
    this step hold, so that a later version of the app with more columns can still read them.
    """

    __tablename__ = "undo_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    facts: Mapped[Any] = mapped_column(Json)
    columns: Mapped[Any] = mapped_column(Json, default=dict)
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class UndoRow(Base):
    """One row that a step touched.

    `row_id`: its primary key as text. `customer_id`: whose row it is, as a plain number, since it must outlive the
    customer. `before`: its values as a JSON array in the order of `UndoStep.columns`, None for a row that the step
    added. `after`: the fingerprint of its values when the step was done, None for a row that was gone by then; behind
    it stand those values themselves where the step changed the row of a customer (see `partly`).
    """

    __tablename__ = "undo_row"

    step_id: Mapped[int] = mapped_column(ForeignKey(UndoStep.id, ondelete="CASCADE"), primary_key=True)
    table_name: Mapped[str] = mapped_column(Text, primary_key=True)
    row_id: Mapped[str] = mapped_column(Text, primary_key=True)
    customer_id: Mapped[int | None] = mapped_column(index=True)
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
