"""Which complaints rise now, in every product group (A7): `rise` held against the problems in the book."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from loyalapp import sdk

from . import kinds, rise
from .models import Calm, Problem

_ = sdk.texts("issues")
LOOKED_BACK = rise.NEW_DAYS + rise.QUIET_DAYS + rise.A_YEAR
REST = timedelta(days=30)
TOLD = (
    select(Problem.id, Problem.product_group, Problem.kind_id, Problem.opened_at)
    .join(sdk.Customer, sdk.Customer.id == Problem.customer_id)
    .where(Problem.opened_at > bindparam("since"), sdk.Customer.removed_at.is_(None))
)
SINCE_THEN = TOLD.where(Problem.id > bindparam("last"))
NEWEST = select(func.max(Problem.id))
CALM = select(Calm.product_group, Calm.kind_id).where(Calm.until > bindparam("day"))
BEHIND = (
    select(Problem.id, Problem.what, Problem.item, Problem.opened_at, Problem.kind_id, Problem.product_group)
    .join(sdk.Customer, sdk.Customer.id == Problem.customer_id)
    .where(Problem.opened_at > bindparam("since"), sdk.Customer.removed_at.is_(None))
    .where(func.coalesce(Problem.product_group, "").in_(bindparam("groups", expanding=True)))
    .order_by(Problem.opened_at.desc())
    .limit(bindparam("most"))
)
MOST, MOST_IN_ALL = 50, 1000


class Alarm(NamedTuple):
    """What rises in which group."""

    group: str
    rise: rise.Rise

    @property
    def kind_id(self) -> int:
        """The kind as a number for addresses; 0 for the whole group."""
        return self.rise.kind or 0


def now(day: date) -> list[Alarm]:
    """What is flagged on a day and was not put to rest, what rises most first."""
    calm = {(row.product_group, row.kind_id or 0) for row in sdk.rows(CALM, {"day": day})}
    return [one for one in _all(day) if (one.group, one.kind_id) not in calm]


def _all(day: date) -> Sequence[Alarm]:
    """Worked out once a day, and again after a problem was told."""
    newest = sdk.rows(NEWEST).scalar() or 0
    return sdk.remembered("issues.rises", (day, newest), lambda: _found(day, newest))


def _found(day: date, newest: int) -> list[Alarm]:
    today = day.toordinal()
    groups = sdk.remembered("issues.told", day, lambda: Told(day)).until(newest)
    found = [Alarm(group, one) for group in sorted(groups) for one in rise.rises(groups[group], today)]
    return sorted(found, key=lambda one: one.rise.before - one.rise.came)


class Told:
    """The days on which problems were told, ascending, by kind in each group; what comes in the day is added."""

    def __init__(self, day: date) -> None:
        self._since = datetime.combine(day - timedelta(days=LOOKED_BACK), time(), UTC)
        self._ahead = sdk.local(sdk.now()).utcoffset() or timedelta()
        self._last = 0
        self._days: dict[str, dict[int | None, list[int]]] = defaultdict(lambda: defaultdict(list))

    def until(self, newest: int) -> Mapping[str, Mapping[int | None, Sequence[int]]]:
        """All of them up to the newest problem."""
        if newest > self._last:
            touched = set()
            for _id, group, kind_id, at in sdk.rows(SINCE_THEN, {"since": self._since, "last": self._last}):
                self._days[group or ""][kind_id].append((at + self._ahead).toordinal())
                touched.add((group or "", kind_id))
            for group, kind_id in touched:
                self._days[group][kind_id].sort()
            self._last = newest
        return self._days


def behind(flagged: Sequence[Alarm], day: date) -> list[list[Any]]:
    """The newest problems that make each of these rises, in their order; asked for all of them at once."""
    since = datetime.combine(day - timedelta(days=rise.NEW_DAYS), time(), UTC)
    groups = sorted({one.group for one in flagged})
    found = sdk.rows(BEHIND, {"since": since, "groups": groups, "most": MOST_IN_ALL}).all()
    return [list(islice((row for row in found if _makes(row, one, day)), MOST)) for one in flagged]


def _makes(row: Any, one: Alarm, day: date) -> bool:
    is_near = sdk.local(row.opened_at).date() > day - timedelta(days=one.rise.days)
    return is_near and (row.product_group or "") == one.group and one.rise.kind in (None, row.kind_id)


def put_to_rest(group: str, kind_id: int, count: int) -> None:
    """Somebody has looked at it: silent for thirty days, then held against what is usual by then.

    :raises NotFound: for a kind that is not there any more.
    """
    kind = kind_id or None
    if kind is not None and kind not in kinds.names():
        raise sdk.NotFound(_("This kind is not in the list any more."))
    found = select(Calm).where(
        Calm.product_group == group, Calm.kind_id.is_(None) if kind is None else Calm.kind_id == kind
    )
    calm = sdk.db.session.scalars(found).first() or Calm(product_group=group, kind_id=kind)
    calm.seen_on, calm.until, calm.seen_count = sdk.today(), sdk.today() + REST, min(max(count, 0), MOST_IN_ALL)
    sdk.db.session.add(calm)
    sdk.db.session.commit()


def wake(group: str, kind_id: int) -> None:
    """Flag it again."""
    kind = kind_id or None
    for one in sdk.db.session.scalars(select(Calm).where(Calm.product_group == group)):
        if one.kind_id == kind:
            sdk.db.session.delete(one)
    sdk.db.session.commit()


def resting(day: date) -> Sequence[Any]:
    """What was put to rest and is silent still."""
    query = select(Calm.product_group, Calm.kind_id, Calm.until).where(Calm.until > day).order_by(Calm.until)
    return sdk.rows(query).all()


# ---- in words ----


def name(group: str, kind_id: int | None, known: Mapping[int, str]) -> str:
    """What rises, as it is called: the kind (`known`: what each is called), and the group it rises in."""
    thing = sdk.isolate_text(sdk.catalogue.group_label(group))
    kind = known.get(kind_id or 0)
    return f"{thing}: {sdk.isolate_text(kind)}" if kind else thing


def why(one: Alarm) -> str:
    """One plain sentence: how many came, and how many would have been usual."""
    count = sdk.format_number(one.rise.came)
    days = sdk.format_number(one.rise.days)
    if one.rise.is_new and not round(one.rise.before):
        return _("%(count)s came in the last %(days)s days, and none in the 90 days before.", count=count, days=days)
    if one.rise.is_new:
        return _.ngettext(
            "%(count)s came in the last %(days)s days, and only %(before)s in the 90 days before.",
            "%(count)s came in the last %(days)s days, and %(before)s in the 90 days before.",
            round(one.rise.before),
            count=count,
            days=days,
            before=sdk.format_number(round(one.rise.before)),
        )
    usual = sdk.format_number(round(one.rise.before))
    return _(
        "%(count)s came in the last %(days)s days; about %(usual)s would be usual.", count=count, days=days, usual=usual
    )
