"""What was finished on Today, so that it does not come back and can be taken back."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from loyalapp.core.clock import now
from loyalapp.core.db import Base, UtcDateTime
from loyalapp.features.customers.models import Customer


class Finished(Base):
    """One finished entry by its key. `what` is the sentence as it stood on the page."""

    __tablename__ = "today_finished"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(Text)
    finished_on: Mapped[date] = mapped_column(index=True)
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
