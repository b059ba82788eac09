"""A customer with what hangs on it: phones, people, days, tags, facts. Rows carry a version for optimistic locking."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from loyalapp.core.clock import now
from loyalapp.core.days import PartialDay
from loyalapp.core.db import Base, UtcDateTime
from loyalapp.features.staff.models import StaffMember

STAGES = ("prospect", "customer", "former")
# From a phone book and not yet looked at; looked at and none of our business. In no list, figure or line of Today.
OUTSIDE = ("unsorted", "not_ours")
KINDS = ("person", "firm")
SIZES = ("small", "middle", "large")
WORTHS = (1, 2, 3)  # what working with a customer can bring: little, something, much (D3)
CHANNELS = ("call", "whatsapp", "visit", "sms", "email")
DAY_KINDS = ("birthday_of_firm", "own")


class Customer(Base):
    """A person or a firm we sell to. Only `name` is required (practice D2: the rest is learned).

    `channel` is the way they like to be reached, `hours` when, in their words. `version` counts every change of the
    row and of its phones, people, days and tags; facts are written down beside it without counting.
    The `search_…` columns (names, what stands around them, what was written down, sounds, numbers) and `sort_key` are
    keys made from the rest by `customers.keys`, never shown.
    """

    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    name_ur: Mapped[str | None] = mapped_column(Text)
    name_hi: Mapped[str | None] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    address_form: Mapped[str | None] = mapped_column(Text)
    firm: Mapped[str | None] = mapped_column(Text)
    trade: Mapped[str | None] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(Text)
    locality: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    message_language: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text, default="person")
    stage: Mapped[str] = mapped_column(Text, default="customer")
    birth_year: Mapped[int | None] = mapped_column(SmallInteger)
    birth_month: Mapped[int | None] = mapped_column(SmallInteger)
    birth_day: Mapped[int | None] = mapped_column(SmallInteger)
    since: Mapped[date | None]
    since_month: Mapped[int | None] = mapped_column(SmallInteger)
    since_day: Mapped[int | None] = mapped_column(SmallInteger)
    contact_limit: Mapped[int | None] = mapped_column(SmallInteger)
    size: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[str | None] = mapped_column(Text)
    hours: Mapped[str | None] = mapped_column(Text)
    salesman_id: Mapped[int | None] = mapped_column(ForeignKey(StaffMember.id, ondelete="SET NULL"))
    referred_by_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id", ondelete="SET NULL"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id", ondelete="SET NULL"))
    worth: Mapped[int | None] = mapped_column(SmallInteger)
    worth_why: Mapped[str | None] = mapped_column(Text)
    no_contact: Mapped[bool] = mapped_column(default=False, server_default=false())
    paused_until: Mapped[date | None]
    pause_why: Mapped[str | None] = mapped_column(Text)
    stop_after: Mapped[int | None] = mapped_column(SmallInteger)
    notes: Mapped[str] = mapped_column(Text, default="")
    do_not_mention: Mapped[str] = mapped_column(Text, default="")
    is_example: Mapped[bool] = mapped_column(default=False)
    import_id: Mapped[int | None] = mapped_column(index=True)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)
    version: Mapped[int] = mapped_column(default=1)
    search_norm: Mapped[str] = mapped_column(Text, default="")
    search_around: Mapped[str] = mapped_column(Text, default="")
    search_more: Mapped[str] = mapped_column(Text, default="")
    search_skeleton: Mapped[str] = mapped_column(Text, default="")
    search_phones: Mapped[str] = mapped_column(Text, default="")
    sort_key: Mapped[str] = mapped_column(Text().with_variant(Text(collation="C"), "postgresql"), default="")
    sound_key: Mapped[str] = mapped_column(Text, default="")

    phones: Mapped[list["Phone"]] = relationship(
        back_populates="customer", cascade="all, delete-orphan", order_by="Phone.id"
    )
    facts: Mapped[list["Fact"]] = relationship(
        back_populates="customer", cascade="all, delete-orphan", order_by="Fact.learned_on.desc(), Fact.id.desc()"
    )
    people: Mapped[list["Person"]] = relationship(
        back_populates="customer", cascade="all, delete-orphan", order_by="Person.id"
    )
    days: Mapped[list["CustomerDay"]] = relationship(
        back_populates="customer",
        cascade="all, delete-orphan",
        order_by="CustomerDay.month, CustomerDay.day, CustomerDay.id",
    )
    tags: Mapped[list["Tag"]] = relationship(
        back_populates="customer", cascade="all, delete-orphan", order_by="Tag.tag_key"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        # In the database only of those who are in the list, and the last three only of those who have one (naming the
        # condition here would load PostgreSQL's dialect).
        # With removed_at as a column it would be taken for every question that leaves the removed ones out.
        Index("ix_customer_list", "sort_key", "id"),
        Index(
            "ix_customer_outside", "stage", "sort_key", "id"
        ),  # in the database only of those who are not in the list
        Index("ix_customer_sound_key", "sound_key", "place"),  # in the database only of those who were not removed
        Index("ix_customer_email", "email"),  # the same, of those who have one
        Index("ix_customer_trade", "trade"),  # in the database only of those who have one
        Index("ix_customer_birth", "birth_month", "birth_day"),
        Index("ix_customer_since", "since_month", "since_day"),
        Index("ix_customer_salesman_id", "salesman_id"),
        Index("ix_customer_referred_by_id", "referred_by_id"),
        Index("ix_customer_merged_into_id", "merged_into_id"),
    )

    @property
    def birthday(self) -> PartialDay | None:
        """The birthday, with or without its year."""
        if self.birth_month is None or self.birth_day is None:
            return None
        return PartialDay(self.birth_year, self.birth_month, self.birth_day)


class Phone(Base):
    """A phone number in E.164, with the words the user put beside it."""

    __tablename__ = "customer_phone"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"), index=True)
    number: Mapped[str] = mapped_column(Text, index=True)
    label: Mapped[str | None] = mapped_column(Text)
    on_whatsapp: Mapped[bool] = mapped_column(default=True)

    customer: Mapped[Customer] = relationship(back_populates="phones")


class Fact(Base):
    """Something we learned, from where and when (D2, D4).

    `may_use`: it may stand on cards and in offers; `do_not_mention`: it is shown as a warning instead.
    """

    __tablename__ = "customer_fact"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    learned_on: Mapped[date]
    may_use: Mapped[bool] = mapped_column(default=True)
    do_not_mention: Mapped[bool] = mapped_column(default=False)

    customer: Mapped[Customer] = relationship(back_populates="facts")


class Person(Base):
    """Somebody inside a firm, with what they do there: doctor, purchase, accounts, technician, or in own words."""

    __tablename__ = "customer_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str | None] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(Text, index=True)
    note: Mapped[str | None] = mapped_column(Text)

    customer: Mapped[Customer] = relationship(back_populates="people")


class CustomerDay(Base):
    """A day of the year that matters to the customer besides the birthday: that of the firm, or one of their own."""

    __tablename__ = "customer_date"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(Text, default="own")
    year: Mapped[int | None] = mapped_column(SmallInteger)
    month: Mapped[int] = mapped_column(SmallInteger)
    day: Mapped[int] = mapped_column(SmallInteger)

    customer: Mapped[Customer] = relationship(back_populates="days")

    __table_args__ = (Index("ix_customer_date_day", "month", "day", "customer_id"),)

    @property
    def when(self) -> PartialDay:
        """The day, with or without its year."""
        return PartialDay(self.year, self.month, self.day)


class Tag(Base):
    """A word the firm sorts its customers by; `tag_key` is the same for all spellings of the word."""

    __tablename__ = "customer_tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"))
    tag: Mapped[str] = mapped_column(Text)
    tag_key: Mapped[str] = mapped_column(Text)

    customer: Mapped[Customer] = relationship(back_populates="tags")

    __table_args__ = (UniqueConstraint("customer_id", "tag_key"), Index("ix_customer_tag_tag_key", "tag_key"))


class NotTheSame(Base):
    """Two customers who look like one and are not: somebody who knows them said so. In either order."""

    __tablename__ = "not_the_same"

    customer_a: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"), primary_key=True)
    customer_b: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"), primary_key=True, index=True)
