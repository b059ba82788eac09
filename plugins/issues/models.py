"""Problems of customers, each step until the customer says that one is solved, and all that helps."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, Text, UniqueConstraint, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from loyalapp import sdk

URGENCIES = ("stopped", "trouble", "no_hurry")
EASES = ("easy", "so_so", "hard")
# open: we work on it · solved: we think so, the customer is called back · confirmed: the customer says so ·
# not_confirmed: called back three times, nobody answered. The last two are over.
STATES = ("open", "solved", "confirmed", "not_confirmed")
# told: how it began · called: they had to contact us again · explained: the same, and to explain it all again ·
# handed_on: to an ally · answered: the ally did · worked: we took care of it · visited: we went there ·
# promised: something was promised · done: we think it is solved · tried: called back in vain · solved: the customer
# says so · not_solved: not after all · not_confirmed: closed without their word · taken_over: somebody else is
# responsible from here on.
STEPS = (
    "told", "called", "explained", "handed_on", "answered", "worked", "visited", "promised", "done", "tried", "solved",
    "not_solved", "not_confirmed", "taken_over",
)  # fmt: skip
DEPARTMENTS = ("support", "repair", "supplier", "other")


class Base(DeclarativeBase):
    """The tables of this plugin."""

    metadata = sdk.metadata("issues")


class Problem(Base):
    """One problem in the customer's words, which is over only when the customer confirms that it is solved (A4, A5).

    What it cost the customer is counted as it happens (A1): `contacts`, how often they had to contact us, the first
    time included; `explained`, how often they had to say it all again; `handed_on`; `reopened`, how often it was not
    solved after all. `promises_broken`, `promises_moved` and `waited_days` are settled when it is over; while it runs
    they are worked out by `path`. `next_step_on` is never empty, so that nothing can lie about. `turn` counts every
    step and never goes back, so that what was finished on Today for one day comes back as a new entry. `tries`: call
    backs that nobody answered. `rank` is the place of the urgency, by which the list is sorted. `is_caller_unknown`:
    its customer was made from the number or the name that called. `minutes`: what we spent on it (A8).
    """

    __tablename__ = "plg_issues_problem"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(sdk.Customer.id, ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(Text)
    item: Mapped[str] = mapped_column(Text, default="")
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey(sdk.Purchase.id, ondelete="SET NULL"))
    owned_item_id: Mapped[int | None] = mapped_column(ForeignKey(sdk.OwnedItem.id, ondelete="SET NULL"))
    product_group: Mapped[str | None] = mapped_column(Text)
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("plg_issues_kind.id", ondelete="SET NULL"))
    cause_id: Mapped[int | None] = mapped_column(ForeignKey("plg_issues_cause.id", ondelete="SET NULL"))
    promise_id: Mapped[int | None] = mapped_column(ForeignKey(sdk.Promise.id, ondelete="SET NULL"))
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey(sdk.StaffMember.id, ondelete="SET NULL"))
    urgency: Mapped[str] = mapped_column(Text, default="trouble")
    rank: Mapped[int] = mapped_column(SmallInteger, default=1, server_default="1")
    state: Mapped[str] = mapped_column(Text, default="open")
    is_over: Mapped[bool] = mapped_column(default=False, server_default=false())
    opened_at: Mapped[datetime] = mapped_column(sdk.UtcDateTime, default=sdk.now)
    next_step_on: Mapped[date]
    solved_at: Mapped[datetime | None] = mapped_column(sdk.UtcDateTime)
    ease: Mapped[str | None] = mapped_column(Text)
    contacts: Mapped[int] = mapped_column(default=1)
    explained: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    handed_on: Mapped[int] = mapped_column(default=0)
    reopened: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    promises_broken: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    promises_moved: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    waited_days: Mapped[int] = mapped_column(default=0, server_default="0")
    minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    tries: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    referral_asked_on: Mapped[date | None]
    is_caller_unknown: Mapped[bool] = mapped_column(default=False, server_default=false())
    turn: Mapped[int] = mapped_column(default=0)
    is_example: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_plg_issues_problem_customer", "customer_id", "state"),
        Index("ix_plg_issues_problem_due", "is_over", "next_step_on"),
        Index("ix_plg_issues_problem_solved", "is_over", "solved_at", "id"),
        Index("ix_plg_issues_problem_ended", "state", "solved_at", "id"),
        Index("ix_plg_issues_problem_list", "is_over", "rank", "opened_at", "id"),
        Index("ix_plg_issues_problem_group", "product_group", "kind_id", "opened_at"),
        Index("ix_plg_issues_problem_opened", "opened_at"),
        Index("ix_plg_issues_problem_cause", "cause_id"),
        Index("ix_plg_issues_problem_owned", "owned_item_id", "opened_at"),
    )


class Step(Base):
    """One thing that happened with a problem, and who wrote it down.

    `note`: to whom it was handed on, what was promised, or how easy it was for the customer.
    """

    __tablename__ = "plg_issues_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey(Problem.id, ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")
    happened_at: Mapped[datetime] = mapped_column(sdk.UtcDateTime, default=sdk.now)
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey(sdk.StaffMember.id, ondelete="SET NULL"))
    ally_id: Mapped[int | None] = mapped_column(ForeignKey("plg_issues_ally.id", ondelete="SET NULL"))
    minutes: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")


class Pledge(Base):
    """A promise of the core's promise book that was made about a problem; there may be several."""

    __tablename__ = "plg_issues_pledge"

    problem_id: Mapped[int] = mapped_column(ForeignKey(Problem.id, ondelete="CASCADE"), primary_key=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey(sdk.Promise.id, ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index("ix_plg_issues_pledge_promise", "promise_id"),)


class Ally(Base):
    """Somebody who can help with problems, without an account (A6). `is_gone`: not any more; rows keep the name."""

    __tablename__ = "plg_issues_ally"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(Text, default="support")
    firm: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(Text, default="")
    whatsapp: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")
    is_gone: Mapped[bool] = mapped_column(default=False)
    is_example: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class AllySkill(Base):
    """What an ally is good at: a kind of problem, a product group, or both."""

    __tablename__ = "plg_issues_ally_skill"

    id: Mapped[int] = mapped_column(primary_key=True)
    ally_id: Mapped[int] = mapped_column(ForeignKey(Ally.id, ondelete="CASCADE"), index=True)
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("plg_issues_kind.id", ondelete="CASCADE"), index=True)
    product_group: Mapped[str | None] = mapped_column(Text)


class HandOver(Base):
    """A problem was given to an ally; it waits on them until `answered_on`. `to_name`: as they were called then.

    `tried`: what was tried before; `note`: what we ask of them; `with_contact`: whether they are told how to reach the
    customer; `answer`: what they said, empty where it went on to somebody else.
    """

    __tablename__ = "plg_issues_hand_over"

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey(Problem.id, ondelete="CASCADE"), index=True)
    ally_id: Mapped[int | None] = mapped_column(ForeignKey(Ally.id, ondelete="SET NULL"))
    to_name: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(sdk.UtcDateTime, default=sdk.now)
    answer_by: Mapped[date | None]
    answered_on: Mapped[date | None]
    thanked_on: Mapped[date | None]
    tried: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    with_contact: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (Index("ix_plg_issues_hand_over_ally", "ally_id", "answered_on"),)


class Photo(Base):
    """A picture of the broken part, cleaned of all that is no picture; it lies here, so that backups and desks have it.

    `small` is a PNG for pages; both are read only where they are shown. One with `removed_at` is kept for an undo.
    """

    __tablename__ = "plg_issues_photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey(Problem.id, ondelete="CASCADE"), index=True)
    mimetype: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    small: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    width: Mapped[int]
    height: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(sdk.UtcDateTime, default=sdk.now)
    removed_at: Mapped[datetime | None] = mapped_column(sdk.UtcDateTime)


class Kind(Base):
    """A kind of problem: those that come with LoyalApp have a `key` and are named by it, else `name` stands."""

    __tablename__ = "plg_issues_kind"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text, default="")
    is_gone: Mapped[bool] = mapped_column(default=False)


class Cause(Base):
    """What stands behind several problems (A7): who looks after it, the quick fix, and since when it is mended.

    `words`: other ways in which customers say it, by which it is found too.
    """

    __tablename__ = "plg_issues_cause"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey(sdk.StaffMember.id, ondelete="SET NULL"))
    kind_id: Mapped[int | None] = mapped_column(ForeignKey(Kind.id, ondelete="SET NULL"))
    product_group: Mapped[str | None] = mapped_column(Text)
    fix: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(Text, default="open")
    found_on: Mapped[date] = mapped_column(default=sdk.today)
    fixed_on: Mapped[date | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Told(Base):
    """The customer of a problem was told that its cause is mended."""

    __tablename__ = "plg_issues_told"

    problem_id: Mapped[int] = mapped_column(ForeignKey(Problem.id, ondelete="CASCADE"), primary_key=True)
    cause_id: Mapped[int] = mapped_column(ForeignKey(Cause.id, ondelete="CASCADE"), primary_key=True)
    told_on: Mapped[date] = mapped_column(default=sdk.today)

    __table_args__ = (Index("ix_plg_issues_told_cause", "cause_id"),)


class Key(Base):
    """A piece of a problem's words in a form that is the same across scripts, by which similar ones are found."""

    __tablename__ = "plg_issues_key"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey(Problem.id, ondelete="CASCADE"), primary_key=True, index=True)


class Calm(Base):
    """Somebody has looked at a rise of one kind in one group: it is not flagged again before the day `until`."""

    __tablename__ = "plg_issues_calm"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind_id: Mapped[int | None] = mapped_column(ForeignKey(Kind.id, ondelete="CASCADE"))
    product_group: Mapped[str] = mapped_column(Text)
    seen_on: Mapped[date] = mapped_column(default=sdk.today)
    seen_count: Mapped[int] = mapped_column(default=0)
    until: Mapped[date]

    __table_args__ = (UniqueConstraint("kind_id", "product_group", name="uq_plg_issues_calm"),)


class Upkeep(Base):
    """Somebody asked a customer whether they want a thing of theirs looked after regularly (B6).

    `thing`: the key of its name, where it is no owned item; `again_on`: not asked again before.
    """

    __tablename__ = "plg_issues_upkeep"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(sdk.Customer.id, ondelete="CASCADE"), index=True)
    thing: Mapped[str] = mapped_column(Text)
    asked_on: Mapped[date] = mapped_column(default=sdk.today)
    again_on: Mapped[date]
