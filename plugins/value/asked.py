"""Which kinds of customers (trade and size) were asked what they value, and whom of a kind to ask next (C1)."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, exists, func, insert, literal_column, or_, select

from loyalapp import sdk

from .models import Voice, friend, theme
from .service import SAID

_ = sdk.texts("value").gettext
ngettext = sdk.texts("value").ngettext

CALM = timedelta(days=7)  # after somebody was asked, Today names nobody for so long
MOST_FRIENDS = 500
SIZES = ("small", "middle", "large")
Kind = tuple[str, str]  # trade and size; "" where it is not known

_PERSON = sdk.Customer
_TRADE, _SIZE = func.coalesce(_PERSON.trade, ""), func.coalesce(_PERSON.size, "")
_BUYS = (_PERSON.removed_at.is_(None), _PERSON.stage == literal_column("'customer'"))
KINDS = (
    select(_TRADE.label("trade"), _SIZE.label("size"), func.count().label("customers"))
    .where(*_BUYS, _PERSON.trade.is_not(None), _PERSON.trade != "")
    .group_by(_TRADE, _SIZE)
)
HEARD = (
    select(
        _TRADE.label("trade"),
        _SIZE.label("size"),
        func.count(Voice.customer_id.distinct()).label("customers"),
        func.max(Voice.said_on).label("newest"),
    )
    .join(Voice, Voice.customer_id == _PERSON.id)
    .where(Voice.kind.in_(SAID), sdk.customers.OURS)
    .group_by(_TRADE, _SIZE)
)
_SENT = select(_PERSON.referred_by_id).where(_PERSON.referred_by_id.is_not(None), _PERSON.removed_at.is_(None))
_MARKED = select(friend.c.customer_id)
FRIENDS = (
    select(
        _PERSON.id,
        _TRADE.label("trade"),
        _SIZE.label("size"),
        _PERSON.id.in_(_MARKED).label("is_marked"),
        _PERSON.id.in_(_SENT).label("has_sent"),
    )
    .where(
        *_BUYS,
        or_(_PERSON.id.in_(_MARKED), _PERSON.id.in_(_SENT)),
        ~exists().where(Voice.customer_id == _PERSON.id, Voice.kind.in_(SAID)),
    )
    .order_by(_PERSON.id.in_(_MARKED).desc(), _PERSON.id)
    .limit(MOST_FRIENDS)
)
NEWEST = select(func.max(Voice.said_on)).where(Voice.kind.in_(SAID))


class Unasked(NamedTuple):
    """A kind of customers nobody of whom was asked; `ask`: the friend to begin with, None where we know of none."""

    trade: str
    size: str
    customers: int
    ask: int | None
    is_marked: bool


class Standing(NamedTuple):
    """How far we are: kinds heard with counts and the newest day, kinds not asked, of how many kinds."""

    heard: Sequence[Row[Any]]
    unasked: Sequence[Unasked]
    kinds: int


def standing(most: int = 200) -> Standing:
    """Every kind of our customers: whom we heard, whom not; the most common first."""
    heard = sorted(sdk.rows(HEARD).all(), key=lambda one: (-one.customers, one.trade, one.size))
    have = {(one.trade, one.size) for one in heard}
    kinds = kinds_of_customers()
    whom = _whom_to_ask()
    unasked = [
        Unasked(trade, size, count, *whom.get((trade, size), (None, False)))
        for (trade, size), count in sorted(kinds.items(), key=lambda one: (-one[1], one[0]))
        if (trade, size) not in have
    ]
    unasked.sort(key=lambda one: one.ask is None)
    return Standing(heard[:most], unasked[:most], len(kinds))


def kinds_of_customers() -> Counter[Kind]:
    """How many customers there are of each kind; counted again only after a change."""
    return sdk.until_changed(
        "value.kinds", lambda: Counter({(one.trade, one.size): one.customers for one in sdk.rows(KINDS)})
    )


def _whom_to_ask() -> dict[Kind, tuple[int, bool]]:
    """The best friend of each kind who was not asked yet: one marked by us before one who has sent us somebody."""
    found: dict[Kind, tuple[int, bool]] = {}
    for one in sdk.rows(FRIENDS):
        found.setdefault((one.trade, one.size), (one.id, bool(one.is_marked)))
    return found


def next_on(day: date) -> tuple[int, bool] | None:
    """Whom Today names: one friend of a kind nobody of whom was asked, and nobody in the week after somebody was."""
    newest = sdk.rows(NEWEST).scalar()
    if newest is not None and newest > day - CALM:
        return None
    whom = _whom_to_ask()
    heard = {(one.trade, one.size) for one in sdk.rows(HEARD)} if whom else set()
    return next((found for kind, found in whom.items() if kind not in heard), None)


# ---- friends ----


def friends_among(customer_ids: Collection[int]) -> set[int]:
    """Those of these customers whom we marked as friendly."""
    asked = select(friend.c.customer_id).where(friend.c.customer_id.in_(customer_ids))
    return set(sdk.db.session.scalars(asked)) if customer_ids else set()


def mark_friend(customer_id: int, *, is_friend: bool) -> None:
    """A customer who likes to be asked, or not any more."""
    sdk.customers.get(customer_id)
    sdk.db.session.execute(delete(friend).where(friend.c.customer_id == customer_id))
    if is_friend:
        sdk.db.session.execute(insert(friend).values(customer_id=customer_id, marked_on=sdk.today()))
    sdk.db.session.commit()


# ---- what they value, counted ----


class Counted(NamedTuple):
    """How many customers named a theme, of how many asked, and when last."""

    theme: str
    part: int
    asked: int
    newest: date

    @property
    def percent(self) -> int | None:
        """The share, where at least twenty were asked."""
        return round(100 * self.part / self.asked) if self.asked >= FEWEST else None


FEWEST = 20  # fewer are counted out and never made a percentage of


def counted(trade: str = "", size: str = "") -> list[Counted]:
    """What customers of a kind value, what most of them said first; each customer counts once for a theme."""
    narrow = [column == value for column, value in ((_PERSON.trade, trade), (_PERSON.size, size)) if value]
    base = (
        select(theme.c.theme, func.count(Voice.customer_id.distinct()), func.max(Voice.said_on))
        .join(Voice, Voice.id == theme.c.voice_id)
        .join(_PERSON, _PERSON.id == Voice.customer_id)
        .where(Voice.kind.in_(SAID), sdk.customers.OURS, *narrow)
        .group_by(theme.c.theme)
    )
    whole = how_many_asked(trade, size)
    found = [Counted(key, part, whole, newest) for key, part, newest in sdk.db.session.execute(base)]
    return sorted(found, key=lambda one: (-one.part, one.theme))


def how_many_asked(trade: str = "", size: str = "") -> int:
    """How many customers of a kind were asked what they value."""
    narrow = [column == value for column, value in ((_PERSON.trade, trade), (_PERSON.size, size)) if value]
    asked = select(func.count(Voice.customer_id.distinct())).join(_PERSON, _PERSON.id == Voice.customer_id)
    return sdk.db.session.scalar(asked.where(Voice.kind.in_(SAID), sdk.customers.OURS, *narrow)) or 0
