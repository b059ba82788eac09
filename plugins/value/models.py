"""What customers value, in their own words, the extras they were given, our own guess, and where a quote was used."""

from datetime import date

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from loyalapp import sdk


class Base(DeclarativeBase):
    """The tables of this plugin."""

    metadata = sdk.metadata("value")


class Voice(Base):
    """Something a customer said (`likes` best, why they stay: `stays`), or an extra they were given (`extra_given`).

    `who`: the person inside the firm who said it, where it was not the customer. `quoting`: what they allowed others to
    be told (practice C4): `name`, `kind` (only what kind of customer said it), `no`, or "" while nobody asked.
    `withdrawn_on`: the day on which they took a yes back. `extra`: the sort of an extra, a key or `own-` and a number;
    `saved_minor` and `saved_minutes`: what it saved the customer, where that is known, in minor units and minutes.
    """

    __tablename__ = "plg_value_voice"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(sdk.Customer.id, ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    extra: Mapped[str | None] = mapped_column(Text)
    said_on: Mapped[date]
    who: Mapped[str] = mapped_column(Text, default="", server_default="")
    quoting: Mapped[str] = mapped_column(Text, default="", server_default="")
    withdrawn_on: Mapped[date | None]
    saved_minor: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    saved_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    is_example: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_plg_value_voice_customer", "customer_id", "said_on", "id"),
        Index("ix_plg_value_voice_newest", "said_on", "id"),
        Index("ix_plg_value_voice_kind", "kind", "said_on", "id"),
    )


# What the words are about: a key of `themes.toml`, or a word of our own.
theme = Table(
    "plg_value_theme",
    Base.metadata,
    Column("voice_id", Integer, ForeignKey(Voice.id, ondelete="CASCADE"), primary_key=True),
    Column("theme", Text, primary_key=True),
    Index("ix_plg_value_theme_theme", "theme", "voice_id"),
)
# What we believe: `valued` by customers, or what `only` we offer.
guess = Table(
    "plg_value_guess",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("theme", Text, nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
    Column("made_on", Date, nullable=False),
    Column("is_example", Boolean, nullable=False, server_default=false()),
)
# Whom we know well enough to ask.
friend = Table(
    "plg_value_friend",
    Base.metadata,
    Column("customer_id", Integer, ForeignKey(sdk.Customer.id, ondelete="CASCADE"), primary_key=True),
    Column("marked_on", Date, nullable=False),
)
# Sorts of extras that the owner added.
sort = Table(
    "plg_value_sort",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("is_gone", Boolean, nullable=False, server_default=false()),
    Column("is_example", Boolean, nullable=False, server_default=false()),
)
# Where a quote was used: for which customer or kind, by which `way` (`paper`, `message`, `spoken`), in which file.
use = Table(
    "plg_value_use",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("voice_id", Integer, ForeignKey(Voice.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("used_on", Date, nullable=False),
    Column("way", Text, nullable=False),
    Column("for_id", Integer, ForeignKey(sdk.Customer.id, ondelete="SET NULL"), index=True),
    Column("trade", Text, nullable=False, server_default=""),
    Column("size", Text, nullable=False, server_default=""),
    Column("file", Text, nullable=False, server_default=""),
    Column("by_name", SmallInteger, nullable=False, server_default="0"),
)
