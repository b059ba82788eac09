"""Greeting cards, each for one person; whom we greet on which day, and days that were confirmed."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, SmallInteger, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from loyalapp import sdk

REPLIES = ("glad", "greeted_back", "ordered", "told", "displeased", "none")
TONES = ("warm", "respectful", "short")  # of a wish


class Base(DeclarativeBase):
    """The tables of this plugin."""

    metadata = sdk.metadata("greetings")


class Card(Base):
    """One card. It is given when `given_on` is set; "not this time" leaves a card without words (`given_how`).

    `wish_key` is the folded wish, by which two cards with the same words are found (practice E1). `years` is the
    number of years together on a first-deal card, which is its number of flowers. `turn` tells the times of an occasion
    apart (`calendar.Feast`): nobody is greeted twice for one. `reply`: what came back, one of `REPLIES`, with the words
    in `reply_note`; `thanked_on`: when we thanked them for it.
    """

    __tablename__ = "plg_greetings_card"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(sdk.Customer.id, ondelete="CASCADE"))
    occasion: Mapped[str] = mapped_column(Text)
    design: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(Text, default="en")
    greet: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(Text, default="")
    wish: Mapped[str] = mapped_column(Text, default="")
    wish_key: Mapped[str] = mapped_column(Text, default="")
    own_line: Mapped[str] = mapped_column(Text, default="")
    sender: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[str] = mapped_column(Text, default="")
    years: Mapped[int] = mapped_column(SmallInteger, default=0)
    made_on: Mapped[date]
    given_on: Mapped[date | None]
    given_how: Mapped[str | None] = mapped_column(Text)
    tone: Mapped[str] = mapped_column(Text, default="", server_default="")
    shape: Mapped[str] = mapped_column(Text, default="square", server_default="square")
    contact_id: Mapped[int | None]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey(sdk.StaffMember.id, ondelete="SET NULL"))
    turn: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    reply: Mapped[str | None] = mapped_column(Text)
    reply_note: Mapped[str] = mapped_column(Text, default="", server_default="")
    replied_on: Mapped[date | None]
    thanked_on: Mapped[date | None]
    is_example: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_plg_greetings_card_customer", "customer_id", "made_on"),
        Index("ix_plg_greetings_card_wish", "wish_key", "made_on"),
        Index("ix_plg_greetings_card_open", "given_on", "given_how", "made_on"),
    )


class Picture(Base):
    """The firm's own picture on cards: the `logo`, or the `signature` as it is written by hand."""

    __tablename__ = "plg_greetings_picture"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    content: Mapped[bytes]
    mimetype: Mapped[str] = mapped_column(Text)
    small: Mapped[bytes]


class Letter(Base):
    """A card on its way by e-mail. `state` goes from `prepared` over `sending` to `sent`, `failed` or `unknown`.

    What was `sending` when the program ended is `unknown`: it may have arrived, so it is never sent by itself again.
    `fault` says why it failed; `message_key` is the Message-ID, the same in every try.
    """

    __tablename__ = "plg_greetings_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey(Card.id, ondelete="CASCADE"))
    customer_id: Mapped[int] = mapped_column(ForeignKey(sdk.Customer.id, ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(Text)
    message_key: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, default="prepared")
    fault: Mapped[str] = mapped_column(Text, default="")
    moved_at: Mapped[datetime] = mapped_column(sdk.UtcDateTime)

    __table_args__ = (
        Index("ix_plg_greetings_letter_card", "card_id"),
        Index("ix_plg_greetings_letter_customer", "customer_id"),
    )


class Wording(Base):
    """A wording of the firm's own: a template for the wish of a card (`templating`).

    `occasion`: its key, or empty for every occasion. `removed_on`: not offered any more; it can be brought back.
    """

    __tablename__ = "plg_greetings_wording"

    id: Mapped[int] = mapped_column(primary_key=True)
    occasion: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(Text)
    tone: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey(sdk.StaffMember.id, ondelete="SET NULL"))
    removed_on: Mapped[date | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index("ix_plg_greetings_wording_occasion", "occasion", "language"),)


# By what cards are found that are much alike, or go to people who know each other: some hashes for each (`likeness`).
TRAITS = Table(
    "plg_greetings_trait",
    Base.metadata,
    Column("card_id", ForeignKey(Card.id, ondelete="CASCADE"), primary_key=True),
    Column("trait", BigInteger, primary_key=True),
    Index("ix_plg_greetings_trait_trait", "trait", "card_id"),
)


def _customer() -> Column[int]:
    return Column("customer_id", Integer, ForeignKey(sdk.Customer.id, ondelete="CASCADE"), nullable=False)


def _staff() -> Column[int]:
    return Column("staff_member_id", Integer, ForeignKey(sdk.StaffMember.id, ondelete="SET NULL"))


# The salesman's mark: we greet this customer on this turn of an occasion, or not this time.
MARK = Table(
    "plg_greetings_mark",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    _customer(),
    Column("occasion", Text, nullable=False),
    Column("turn", SmallInteger, nullable=False),
    Column("greet", Boolean, nullable=False),
    Column("marked_on", Date, nullable=False),
    _staff(),
    Index("ix_plg_greetings_mark_customer", "customer_id", "occasion", "turn"),
    Index("ix_plg_greetings_mark_turn", "occasion", "turn", "greet", "customer_id"),
)
# The customer's own word about an occasion, for every year; where two rows disagree, "please not" wins.
WISH = Table(
    "plg_greetings_wish",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    _customer(),
    Column("occasion", Text, nullable=False),
    Column("wanted", Boolean, nullable=False),
    Column("said_on", Date, nullable=False),
    _staff(),
    Index("ix_plg_greetings_wish_customer", "customer_id", "occasion"),
    Index("ix_plg_greetings_wish_occasion", "occasion", "wanted", "customer_id"),
)
# The days of the occasions for which somebody is marked: as computed, until `confirmed_on` says that it is certain.
DAY = Table(
    "plg_greetings_day",
    Base.metadata,
    Column("occasion", Text, primary_key=True),
    Column("turn", SmallInteger, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),
    Column("confirmed_on", Date),
    _staff(),
    Index("ix_plg_greetings_day_day", "day"),
)
# Occasions of the firm's own, every year or once; on cards and marks they are called `own-<id>`.
OWN = Table(
    "plg_greetings_own",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("year", SmallInteger),
    Column("month", SmallInteger, nullable=False),
    Column("day", SmallInteger, nullable=False),
    Column("is_gone", Boolean, nullable=False),
    Column("is_example", Boolean, nullable=False),
)
