"""What we think an account could still buy, and the reviews that were held, with all that was said in them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from loyalapp import sdk


class Base(DeclarativeBase):
    """The tables of this plugin."""

    metadata = sdk.metadata("reviews")


class Assessment(Base):
    """One row per customer who was assessed or reviewed.

    `said_on` is set once somebody answered "could they buy more?", `said_by_id` says who. `overruled` is the level that
    counts instead of the rule's; `overruled_on`: when it was last said or confirmed. `own_days`: the rhythm of this
    customer alone. `next_on` is the day of the next review, `every_days` the rhythm it was reckoned with, `sooner` why
    it was pulled forward; `put_off_on` the day on which it was last put off without being held.
    """

    __tablename__ = "plg_reviews_assessment"

    customer_id: Mapped[int] = mapped_column(ForeignKey(sdk.Customer.id, ondelete="CASCADE"), primary_key=True)
    means: Mapped[str] = mapped_column(Text, default="unknown")
    said_on: Mapped[date | None] = mapped_column(index=True)
    said_by_id: Mapped[int | None] = mapped_column(ForeignKey(sdk.StaffMember.id, ondelete="SET NULL"))
    overruled: Mapped[str | None] = mapped_column(Text)
    overruled_reason: Mapped[str] = mapped_column(Text, default="")
    overruled_on: Mapped[date | None]
    own_days: Mapped[int | None]
    next_on: Mapped[date | None] = mapped_column(index=True)
    every_days: Mapped[int | None]
    sooner: Mapped[str] = mapped_column(Text, default="", server_default="")
    put_off_on: Mapped[date | None] = mapped_column(index=True)


class Review(Base):
    """One review: `open` while it is held, `closed` with a recommendation (B5), `dropped` where it never was finished.

    `mood`: whether they are content, struggle, or may be leaving (B7). `kind` and `recommendation` are what we
    recommended, `reason` why, with the need, the thing or the group of goods it answers. `outcome`: what became of it
    ("" while nobody knows), asked about on `ask_on`. `promised` is half typed: it is in the promise book once sent.
    `held_on`: the day of the talk; while the review is open, the one that was typed, if any.
    """

    __tablename__ = "plg_reviews_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(sdk.Customer.id, ondelete="CASCADE"))
    opened_on: Mapped[date]
    held_on: Mapped[date | None] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(Text, default="open")
    level: Mapped[str] = mapped_column(Text, default="middle")
    channel: Mapped[str] = mapped_column(Text, default="call")
    mood: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    recommendation: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    need_id: Mapped[int | None] = mapped_column(ForeignKey(sdk.Need.id, ondelete="SET NULL"))
    owned_item_id: Mapped[int | None] = mapped_column(ForeignKey(sdk.OwnedItem.id, ondelete="SET NULL"))
    product_group: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text, default="")
    outcome_on: Mapped[date | None]
    outcome_note: Mapped[str] = mapped_column(Text, default="")
    ask_on: Mapped[date | None]
    promised: Mapped[str] = mapped_column(Text, default="")
    promised_for: Mapped[date | None]
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey(sdk.StaffMember.id, ondelete="SET NULL"))
    changed_at: Mapped[datetime | None] = mapped_column(sdk.UtcDateTime, default=sdk.now)
    next_on: Mapped[date | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_plg_reviews_review_customer", "customer_id", "state", "held_on"),
        Index("ix_plg_reviews_review_state", "state", "held_on", "id"),
        Index("ix_plg_reviews_review_ask_on", "outcome", "ask_on"),
    )


# Plain tables: nobody works with their rows as objects.

OUTCOMES = ("taken", "later", "not_taken")
SURE = ("said", "seen", "guess")  # they said it · we saw or heard it · we guess so


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _of(name: str, whose: Any, on_delete: str = "CASCADE") -> Column[int]:
    return Column(name, Integer, ForeignKey(whose, ondelete=on_delete), nullable=on_delete == "SET NULL")


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False, default="") for name in names]


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, default=False, server_default=false())


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False, default=1, server_default="1")


# One answer of a review. `question`: the key in the bank, or "own:" and the number of one of the firm's own; `asked`:
# its words as they were asked, so that the answer can be read when the question is gone. `keep_as`: what it is besides
# an answer ("need", "fact", "mention"), `became`: what was made of it ("need:12"). `shop` and `sure`: of a mention.
ANSWER = Table(
    "plg_reviews_answer",
    Base.metadata,
    _id(),
    _of("review_id", Review.id),
    *_texts("question", "asked", "said", "tick"),
    _flag("is_left_out"),
    *_texts("keep_as", "shop", "sure", "became"),
    Column("changed_at", sdk.UtcDateTime, nullable=False, default=sdk.now),
    _version(),
    UniqueConstraint("review_id", "question", name="uq_plg_reviews_answer"),
    Index("ix_plg_reviews_answer_review_id", "review_id"),
)
# What was said of an account (B1), newest last: `what` is "means" (yes, no, unknown), "level" (an own level, "" for the
# rule's again; "still" before it where it was only confirmed) or "days" (its own rhythm); `reason` as it was written.
SAID = Table(
    "plg_reviews_said",
    Base.metadata,
    _id(),
    _of("customer_id", sdk.Customer.id),
    Column("said_at", sdk.UtcDateTime, nullable=False, default=sdk.now),
    _of("staff_member_id", sdk.StaffMember.id, "SET NULL"),
    *_texts("what", "answer", "reason"),
    Index("ix_plg_reviews_said_customer", "customer_id", "id"),
)
# A customer spoke of another shop: which, what, and how sure we are of it (`SURE`).
MENTION = Table(
    "plg_reviews_mention",
    Base.metadata,
    _id(),
    _of("customer_id", sdk.Customer.id),
    _of("review_id", Review.id, "SET NULL"),
    *_texts("shop", "words", "sure"),
    Column("heard_on", Date, nullable=False, default=sdk.today),
    _of("staff_member_id", sdk.StaffMember.id, "SET NULL"),
    _flag("is_example"),
    Index("ix_plg_reviews_mention_customer", "customer_id", "heard_on"),
    Index("ix_plg_reviews_mention_heard_on", "heard_on", "id"),
    Index("ix_plg_reviews_mention_review_id", "review_id"),
)
# When we talk: `agreed` with them for a day and perhaps an hour; `asked_later`: not now, ask again on that day; `over`.
APPOINTMENT = Table(
    "plg_reviews_appointment",
    Base.metadata,
    _id(),
    _of("customer_id", sdk.Customer.id),
    *_texts("state"),
    Column("day", Date, nullable=False),
    *_texts("hour", "channel", "note"),
    Column("made_on", Date, nullable=False, default=sdk.today),
    _of("staff_member_id", sdk.StaffMember.id, "SET NULL"),
    _flag("is_example"),
    _version(),
    Index("ix_plg_reviews_appointment_customer", "customer_id", "state"),
    Index("ix_plg_reviews_appointment_day", "state", "day"),
)
# Questions and tips of the firm's own, in the languages it wrote them in (`words` and `direct` are JSON by language). A
# question with a `key` stands for one that came with the program and is not wanted (`is_gone`).
QUESTION = Table(
    "plg_reviews_question",
    Base.metadata,
    _id(),
    Column("key", Text),
    *_texts("area"),
    Column("words", sdk.Json, nullable=False, default=dict),
    Column("direct", sdk.Json, nullable=False, default=dict),
    *_texts("trade", "product_group"),
    _flag("is_gone"),
    _flag("is_example"),
    _version(),
    UniqueConstraint("key", name="uq_plg_reviews_question"),
)
TIP = Table(
    "plg_reviews_tip",
    Base.metadata,
    _id(),
    Column("words", sdk.Json, nullable=False, default=dict),
    *_texts("product_group"),
    _flag("is_gone"),
    _flag("is_example"),
    _version(),
)
