"""What customers value, in their own words, and the extras they were given."""

from datetime import date

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from loyalapp import sdk


class Base(DeclarativeBase):
    """The tables of this plugin."""

    metadata = sdk.metadata("value")


class Voice(Base):
    """Something a customer said (`likes` best, why they stay: `stays`), or an extra they were given (`extra_given`).

    `extra` is the sort of an extra. `may_name`: whether the customer may be named with these words (practice C4).
    """

    __tablename__ = "plg_value_voice"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(sdk.Customer.id, ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    extra: Mapped[str | None] = mapped_column(Text)
    said_on: Mapped[date]
    may_name: Mapped[bool] = mapped_column(default=False)
    is_example: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_plg_value_voice_customer", "customer_id", "said_on", "id"),
        Index("ix_plg_value_voice_newest", "said_on", "id"),
        Index("ix_plg_value_voice_kind", "kind", "said_on", "id"),
    )
