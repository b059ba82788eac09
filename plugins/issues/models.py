"""Problems of customers, and each step on the way until the customer says that one is solved."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from loyalapp import sdk

URGENCIES = ("stopped", "trouble", "no_hurry")
EASES = ("easy", "so_so", "hard")
# told: how it began · called: they had to contact us again · handed_on · worked: we took care of it · solved: the
# customer says so · not_solved: not after all.
STEPS = ("told", "called", "handed_on", "worked", "solved", "not_solved")


class Base(DeclarativeBase):
    """The tables of this plugin."""

    metadata = sdk.metadata("issues")


class Problem(Base):
    """One problem in the customer's words: `open` until the customer confirms that it is solved (A4, A5).

    `contacts`: how often they had to contact us about it, the first time included; `handed_on`: how often it was handed
    on (A1). `next_step_on` is never empty, so that nothing can lie about. `turn` counts every step and never goes back,
    so that a problem which was finished on Today for one day comes back as a new entry.
    """

    __tablename__ = "plg_issues_problem"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(sdk.Customer.id, ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(Text)
    item: Mapped[str] = mapped_column(Text, default="")
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey(sdk.Purchase.id, ondelete="SET NULL"))
    promise_id: Mapped[int | None] = mapped_column(ForeignKey(sdk.Promise.id, ondelete="SET NULL"))
    urgency: Mapped[str] = mapped_column(Text, default="trouble")
    state: Mapped[str] = mapped_column(Text, default="open")
    opened_at: Mapped[datetime] = mapped_column(sdk.UtcDateTime, default=sdk.now)
    next_step_on: Mapped[date]
    solved_at: Mapped[datetime | None] = mapped_column(sdk.UtcDateTime)
    ease: Mapped[str | None] = mapped_column(Text)
    contacts: Mapped[int] = mapped_column(default=1)
    handed_on: Mapped[int] = mapped_column(default=0)
    turn: Mapped[int] = mapped_column(default=0)
    is_example: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_plg_issues_problem_customer", "customer_id", "state"),
        Index("ix_plg_issues_problem_due", "state", "next_step_on"),
        Index("ix_plg_issues_problem_solved", "state", "solved_at", "id"),
    )


class Step(Base):
    """One thing that happened with a problem. `note`: to whom it was handed on, or how easy it was for the customer."""

    __tablename__ = "plg_issues_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey(Problem.id, ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")
    happened_at: Mapped[datetime] = mapped_column(sdk.UtcDateTime, default=sdk.now)
