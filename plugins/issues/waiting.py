"""What waits on whom since when, and whom we still have to thank; each in a constant number of queries (A6)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, case, func, select

from loyalapp import sdk

from .models import Ally, HandOver, Problem, Step

_ = sdk.texts("issues").gettext

MOST = 300
THANK_WITHIN = timedelta(days=21)  # later nobody remembers what for

# What was given away and not answered, of a problem that is not solved and whose customer is there.
_LISTED = (
    select(
        HandOver.id,
        HandOver.problem_id,
        HandOver.ally_id,
        HandOver.to_name,
        HandOver.given_at,
        HandOver.answer_by,
        HandOver.answered_on,
        HandOver.answer,
        HandOver.note,
        HandOver.tried,
        HandOver.thanked_on,
        Problem.customer_id,
        Problem.what,
        Problem.item,
        Problem.urgency,
        Problem.state,
        Problem.solved_at,
        Problem.staff_member_id,
        func.coalesce(Ally.name, HandOver.to_name).label("name"),
        Ally.department,
        Ally.phone,
        Ally.whatsapp,
    )
    .join(Problem, Problem.id == HandOver.problem_id)
    .join(sdk.Customer, sdk.Customer.id == Problem.customer_id)
    .outerjoin(Ally, Ally.id == HandOver.ally_id)
    .where(sdk.Customer.removed_at.is_(None))
)
_WAITS = (HandOver.answered_on.is_(None), Problem.state == "open")
_SOONEST = (case((HandOver.answer_by.is_(None), 1), else_=0), HandOver.answer_by, HandOver.given_at, HandOver.id)
WAITS = _LISTED.where(*_WAITS).order_by(*_SOONEST).limit(bindparam("most"))
WAITS_ON = _LISTED.where(*_WAITS, HandOver.ally_id == bindparam("ally_id")).order_by(*_SOONEST).limit(MOST)
WAITS_OF = _LISTED.where(*_WAITS, HandOver.problem_id.in_(bindparam("ids", expanding=True))).order_by(*_SOONEST)
ALL_OF = _LISTED.where(HandOver.problem_id == bindparam("problem_id")).order_by(HandOver.id.desc()).limit(MOST)
ONE = _LISTED.where(HandOver.id == bindparam("id"))
COUNTS = (
    select(HandOver.ally_id, func.count())
    .join(Problem, Problem.id == HandOver.problem_id)
    .join(sdk.Customer, sdk.Customer.id == Problem.customer_id)
    .where(*_WAITS, HandOver.ally_id.is_not(None), sdk.Customer.removed_at.is_(None))
    .group_by(HandOver.ally_id)
)
# Whoever answered, where the customer says that it is solved; each ally once for a problem.
THANKS = (
    _LISTED.where(
        Problem.state == "confirmed",
        Problem.solved_at >= bindparam("since"),
        HandOver.answered_on.is_not(None),
        HandOver.answer != "",
        HandOver.ally_id.is_not(None),
        HandOver.id
        == select(func.max(HandOver.id).label("newest"))
        .where(HandOver.problem_id == Problem.id, HandOver.ally_id == Ally.id)
        .correlate(Problem, Ally)
        .scalar_subquery(),
        HandOver.thanked_on.is_(None),
    )
    .order_by(Problem.solved_at, HandOver.id)
    .limit(bindparam("most"))
)


def counts() -> dict[int, int]:
    """How much waits on each ally on whom something waits."""
    return {row[0]: row[1] for row in sdk.rows(COUNTS)}


def everything(limit: int = MOST) -> Sequence[Row[*tuple[Any, ...]]]:
    """All that waits, the day of whose answer comes first."""
    return sdk.rows(WAITS, {"most": limit}).all()


def on(ally_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """What waits on one ally."""
    return sdk.rows(WAITS_ON, {"ally_id": ally_id}).all()


def of(problem_ids: Sequence[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    """On whom these problems wait, by problem; the earliest where it is several."""
    found: dict[int, Row[*tuple[Any, ...]]] = {}
    for one in sdk.rows(WAITS_OF, {"ids": list(problem_ids)}).all() if problem_ids else ():
        found.setdefault(one.problem_id, one)
    return found


def all_of(problem_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Every hand-over of one problem, the newest first."""
    return sdk.rows(ALL_OF, {"problem_id": problem_id}).all()


def one(hand_over_id: int) -> Row[*tuple[Any, ...]]:
    """One hand-over with its problem and its ally.

    :raises NotFound: if there is none, or its customer was removed.
    """
    found = sdk.rows(ONE, {"id": hand_over_id}).first() if 0 < hand_over_id < 2**31 else None
    if found is None:
        raise sdk.NotFound(_("This is not in the book any more."))
    return found


def to_thank(limit: int = MOST) -> Sequence[Row[*tuple[Any, ...]]]:
    """Whose help solved something, and who was not thanked yet."""
    since = sdk.now() - THANK_WITHIN
    return sdk.rows(THANKS, {"since": since, "most": limit}).all()


def was_taken_back(step: Step) -> None:
    """A step is about to be taken back, and with it what was given or answered; in the caller's transaction."""
    if step.ally_id is None or step.kind not in ("handed_on", "answered"):
        return
    own = select(HandOver).where(HandOver.problem_id == step.problem_id, HandOver.ally_id == step.ally_id)
    newest = sdk.db.session.scalars(own.order_by(HandOver.id.desc()).limit(1)).first()
    if newest is None:
        return
    if step.kind == "handed_on":
        sdk.db.session.delete(newest)
    else:
        newest.answered_on, newest.answer = None, ""


# ---- on Today ----


def today_entries(limit: int) -> list[sdk.TodayEntry]:
    """Whom to thank, once; it is about the customer's problem, but nobody contacts the customer for it."""
    return [
        sdk.TodayEntry(
            key=f"issues-thanks:{one.id}",
            customer_id=one.customer_id,
            kind="suggestion",
            what=_("Thank %(who)s for the help", who=sdk.isolate_text(one.name)),
            why=_("It is solved: %(what)s", what=sdk.isolate_text(one.item or " ".join(one.what.split())[:80])),
            url=sdk.url_for("issues.given", hand_over_id=one.id, _anchor="thanks"),
            unasked=False,
            by=one.staff_member_id,
        )
        for one in to_thank(limit)
    ]


# ---- in words ----


def sentence(row: Any) -> str:
    """On whom it waits and since when, and by which day the answer was asked for."""
    who, when = sdk.isolate_text(row.name), sdk.relative_day(row.given_at)
    if row.answer_by is None:
        return _("With %(who)s. Handed over: %(when)s.", who=who, when=when)
    day = sdk.isolate_text(sdk.format_day(row.answer_by, "near"))
    if row.answer_by < sdk.today():
        return _("With %(who)s. Handed over: %(when)s. The answer was due on %(day)s.", who=who, when=when, day=day)
    return _("With %(who)s. Handed over: %(when)s. The answer is due on %(day)s.", who=who, when=when, day=day)


def is_late(row: Any, today: date) -> bool:
    """Whether the answer is overdue."""
    return row.answer_by is not None and row.answer_by < today
