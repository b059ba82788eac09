"""Greeting cards: each for one person, with the words that were written for that person."""

from datetime import date

from sqlalchemy import ForeignKey, Index, SmallInteger, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from loyalapp import sdk


class Base(DeclarativeBase):
    """The tables of this plugin."""

    metadata = sdk.metadata("greetings")


class Card(Base):
    """One card. It is given when `given_on` is set; "not this time" leaves a card without words (`given_how`).

    `wish_key` is the folded wish, by which two cards with the same words are found (practice E1). `years` is the
    number of years together on a first-deal card, which is its number of flowers.
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
    is_example: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_plg_greetings_card_customer", "customer_id", "made_on"),
        Index("ix_plg_greetings_card_wish", "wish_key", "made_on"),
        Index("ix_plg_greetings_card_open", "given_on", "given_how", "made_on"),
    )
