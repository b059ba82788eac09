"""Who is to be greeted in some days, found along the indexes of the core.

Birthdays, first deals, days of their own and of their trade come by themselves; festivals and days of the country only
for those who were marked, or who asked for it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, literal_column, or_, select, union_all

from loyalapp import sdk
from loyalapp.sdk import Customer

from . import feasts, marked, trades
from .models import Card
from .occasions import PERSONAL, days_between, is_deal_greeted, late

NOT_NOW = "not_now"
OWN_DAY = "own_day"
MOST_LOOKED_AT = 5_000  # rows from one source, where very many of them are left out
SETTLED_DAYS = 60  # a greeting given or put aside in these days counts for the day that comes
FIRST_YEAR_DAYS = 300


class Due(NamedTuple):
    """One person and one day. `years` since the first deal (else 0); `what`: how they call a day of their own.

    `turn` tells the times of a festival, and the days of their own, apart (0 for other days of one person);
    `expected`: its day is not certain yet.
    """

    customer_id: int
    name: str
    occasion: str
    day: date
    years: int = 0
    what: str = ""
    turn: int = 0
    expected: bool = False

    @property
    def key(self) -> str:
        """The same greeting has the same key on every day."""
        return f"greetings:{self.customer_id}:{self.occasion}:{self.turn or self.day.year}"


def settled(occasion: Any, *of_turn: ColumnElement[bool]) -> ColumnElement[bool]:
    """Somebody was greeted, or put aside, for this occasion lately."""
    return exists().where(
        *of_turn,
        Card.customer_id == Customer.id,
        Card.occasion == occasion,
        or_(Card.given_on.is_not(None), Card.given_how == NOT_NOW),
        Card.made_on > bindparam("settled"),
    )


def own_turn(year: Any, month: Any, day: Any) -> Any:
    """Tells days of their own apart, also two of one year; small enough for its column, also in 2077."""
    return (year - 2000) % 78 * 416 + month * 32 + day


def _question(
    occasion: Any, month: Any, day: Any, what: Any, *more: ColumnElement[bool], of_turn: tuple[Any, ...] = ()
) -> Any:
    """Whom to greet in a stretch of a month, in the order of the days."""
    found = (
        select(Customer.id, Customer.name, Customer.address_form, Customer.since)
        .add_columns(month.label("month"), day.label("day"), occasion.label("occasion"), what.label("what"))
        .where(sdk.customers.OURS, ~settled(occasion, *of_turn), *more)
        .where(month == bindparam("month"), day.between(bindparam("begin"), bindparam("end")))
        .order_by(day, Customer.id)
        .limit(bindparam("most"))
        .subquery()
    )
    return select(found)


def _questions() -> Select[Any]:
    """All days of one person at once; put together once, since that takes longer than the answer."""
    word = sdk.CustomerDay
    no_word: ColumnElement[str] = literal_column("''")
    born = case((Customer.kind == "firm", literal_column("'firm_birthday'")), else_=literal_column("'birthday'"))
    own = case((word.kind == "birthday_of_firm", literal_column("'firm_birthday'")), else_=literal_column("'own_day'"))
    this_day = or_(Card.occasion != OWN_DAY, Card.turn == own_turn(bindparam("year"), word.month, word.day))
    dealt = (Customer.since < bindparam("old"), Customer.stage != "prospect")
    found = union_all(
        _question(born, Customer.birth_month, Customer.birth_day, no_word),
        _question(literal_column("'first_deal'"), Customer.since_month, Customer.since_day, no_word, *dealt),
        _question(own, word.month, word.day, word.what, word.customer_id == Customer.id, of_turn=(this_day,)),
    ).subquery()
    return select(found).order_by(found.c.day, found.c.id)


PERSONAL_DAYS = _questions()
_OWN_DONE = select(Card.turn).where(
    Card.customer_id == bindparam("customer_id"),
    Card.occasion == OWN_DAY,
    or_(Card.given_on.is_not(None), Card.given_how == NOT_NOW),
)


def people_due(first: date, days: int, limit: int) -> list[Due]:
    """The people of `days` days from `first` on, the nearest day first.

    Without those already greeted, those who want no greetings, and those who said "please not" to an occasion.
    """
    most = limit
    while True:
        found = [*_personal(first, days, most), *_by_trade(first, days, most), *_marked(first, days, most)]
        welcome = sorted(_welcome(found), key=lambda one: (one.day, one.occasion, one.customer_id))[:limit]
        if len(welcome) == limit or len(found) < most or most >= MOST_LOOKED_AT:
            return welcome
        most *= 5  # so many are left out that those behind them would never come up


def _welcome(found: list[Due]) -> list[Due]:
    found = [one for one in found if one.occasion != "first_deal" or is_deal_greeted(one.years)]
    ids = sorted({one.customer_id for one in found})
    if not ids:
        return []
    refused, unwanted = sdk.refused(ids, "greetings"), marked.unwanted(ids)
    return [one for one in found if one.customer_id not in refused and (one.customer_id, one.occasion) not in unwanted]


def _personal(first: date, days: int, limit: int) -> list[Due]:
    """In the order of the calendar along indexes on (month, day), so that a full day costs no more than `limit` rows.

    One query for each month the days touch.
    """
    coming = days_between(first, days)
    old, since = first - timedelta(days=FIRST_YEAR_DAYS), first - timedelta(days=SETTLED_DAYS)
    found: list[Due] = []
    for number, touched in _by_month(coming).items():
        if len(found) < limit:
            year = coming[number, touched[0]].year
            stretch = {"month": number, "year": year, "begin": min(touched), "end": max(touched), "most": limit}
            rows = sdk.rows(PERSONAL_DAYS, {**stretch, "old": old, "settled": since})
            found += [_due(row, coming[row.month, row.day]) for row in rows]
    return found


def _due(row: Any, day: date) -> Due:
    years = day.year - row.since.year if row.occasion == "first_deal" else 0
    turn = own_turn(day.year, row.month, row.day) if row.occasion == OWN_DAY else 0
    return Due(row.id, _called(row), row.occasion, day, years, row.what or "", turn)


def _by_month(coming: dict[tuple[int, int], date]) -> dict[int, list[int]]:
    """The days of each month, the nearest month first."""
    found: dict[int, list[int]] = {}
    for month, day in coming:
        found.setdefault(month, []).append(day)
    return found


def _by_trade(first: date, days: int, limit: int) -> list[Due]:
    coming = trades.coming(first, days)
    since = first - timedelta(days=SETTLED_DAYS)
    return [
        Due(row.id, _called(row), key, day)
        for key, day in coming
        for row in trades.of_trade(key, since, limit, settled(bindparam("occasion")))
    ]


def _marked(first: date, days: int, limit: int) -> list[Due]:
    return [
        Due(row.id, _called(row), row.occasion, row.day, turn=row.turn, expected=marked.is_expected(row))
        for row in marked.due(first, first + timedelta(days=days - 1), limit)
    ]


def due_for(customer: sdk.Customer, first: date, days: int) -> list[tuple[str, date]]:
    """Days of one customer from our own records in the coming days (no query but for days of their own)."""
    coming = days_between(first, days)
    born = "firm_birthday" if customer.kind == "firm" else "birthday"
    told: list[tuple[str, tuple[Any, Any]]] = [(born, (customer.birth_month, customer.birth_day))]
    if customer.since and first - customer.since > timedelta(FIRST_YEAR_DAYS):
        told.append(("first_deal", (customer.since.month, customer.since.day)))
    told += [
        ("firm_birthday" if one.kind == "birthday_of_firm" else "own_day", (one.month, one.day))
        for one in customer.days
    ]
    found = [(key, coming[month, day]) for key, (month, day) in told if month and (month, day) in coming]
    return sorted(_greeted(customer, found), key=lambda one: one[1])


def _greeted(customer: sdk.Customer, found: Iterable[tuple[str, date]]) -> list[tuple[str, date]]:
    """Without anniversaries on which we do not greet."""
    begun = customer.since.year if customer.since else 0
    return [(key, day) for key, day in found if key != "first_deal" or is_deal_greeted(day.year - begun)]


class OwnDay(NamedTuple):
    """A day of a customer's own: what they call it, and its turn."""

    day: date
    what: str
    turn: int


def own_day_of(customer: sdk.Customer) -> OwnDay | None:
    """The day of their own that a greeting of today is about: the next for which they were not greeted yet."""
    coming = days_between(sdk.today() - timedelta(days=late(OWN_DAY)), SETTLED_DAYS)
    told = [one for one in customer.days if one.kind != "birthday_of_firm" and (one.month, one.day) in coming]
    found = [(coming[one.month, one.day], one) for one in told]
    mine = [OwnDay(day, one.what, own_turn(day.year, one.month, one.day)) for day, one in found]
    if len(mine) > 1:
        done = sdk.db.session.scalars(_OWN_DONE, {"customer_id": customer.id}).all()
        mine = [one for one in mine if one.turn not in done] or mine
    return min(mine, default=None)


def turn_of(customer: sdk.Customer, occasion: str) -> int:
    """Which time of an occasion a greeting of today is about (`feasts.Feast.turn`)."""
    today = sdk.today()
    if occasion == OWN_DAY and (mine := own_day_of(customer)):
        return mine.turn
    if occasion in PERSONAL:
        first = today - timedelta(days=late(occasion))
        return next((day.year for key, day in due_for(customer, first, SETTLED_DAYS) if key == occasion), today.year)
    feast = feasts.near(occasion, today)
    return feast.turn if feast else today.year


def _called(row: Any) -> str:
    return str(sdk.address.with_respect(row.name, row.address_form))
