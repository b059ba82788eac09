"""Who was given what, and who was erased: without a name, so that nothing of an erased customer is left in it."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from loyalapp.core.clock import now
from loyalapp.core.db import Base, UtcDateTime

KINDS = ("sheet", "file", "erasure", "list", "trash")


class Disclosure(Base):
    """One export or erasure. `customer_id` is a plain number on purpose: the line outlives the customer's rows.

    For `list` (many customers written to a file) and `trash` (long enough in the trash) it is empty. `count` says how
    many they were, `form` what file it is.
    """

    __tablename__ = "disclosure_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    customer_id: Mapped[int | None] = mapped_column(index=True)
    count: Mapped[int] = mapped_column(default=1)
    form: Mapped[str] = mapped_column(Text, default="")
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
