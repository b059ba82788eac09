"""Who is to be greeted in the coming days: by birthday and by the day of the first deal, on the indexes of the core."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select

from loyalapp import sdk

from .models import Card
from .occasions import days_between

NOT_NOW = "not_now"
SETTLED_DAYS = 60  # a greeting given or put aside in these days counts for the day that comes
FIRST_YEAR_DAYS = 300


class Due(NamedTuple):
    """One person and one day. `years` counts the years since the first deal (0 for a birthday)."""

    customer_id: int
    name: str
    occasion: str
    day: date
    years: int = 0

    @property
    def key(self) -> str:
        """The same greeting has the same key on every day."""
        return f"greetings:{self.customer_id}:{self.occasion}:{self.day.year}"


def _question(occasion: str, month: Any, day: Any, *more: ColumnElement[bool]) -> Select[Any]:
    """Whom to greet in a stretch of a month; put together once, since that takes longer than the answer."""
    customer = sdk.Customer
    settled = exists().where(
        Card.customer_id == customer.id,
        Card.occasion == occasion,
        or_(Card.given_on.is_not(None), Card.given_how == NOT_NOW),
        Card.made_on > bindparam("settled"),
    )
    return (
        select(customer.id, customer.name, customer.address_form, customer.since, month.label("month"))
        .add_columns(day.label("day"))
        .where(sdk.customers.OURS, ~settled, *more)
        .where(month == bindparam("month"), day.between(bindparam("begin"), bindparam("end")))
        .order_by(day, customer.id)
        .limit(bindparam("most"))
    )


BIRTHDAYS = _question("birthday", sdk.Customer.birth_month, sdk.Customer.birth_day, sdk.Customer.kind == "person")
FIRST_DEALS = _question(
    "first_deal",
    sdk.Customer.since_month,
    sdk.Customer.since_day,
    sdk.Customer.since < bindparam("old"),
    sdk.Customer.stage != "prospect",
)


def people_due(first: date, days: int, limit: int) -> list[Due]:
    """The people of the coming days, the nearest day first, without those already greeted, or who want no greetings."""
    found = [*_birthdays(first, days, limit), *_first_deals(first, days, limit)]
    refused = sdk.refused([one.customer_id for one in found], "greetings") if found else set()
    welcome = [one for one in found if one.customer_id not in refused]
    return sorted(welcome, key=lambda one: (one.day, one.occasion))[:limit]


def due_for(customer: sdk.Customer, first: date, days: int) -> list[tuple[str, date]]:
    """Occasions of one customer in the coming days (no query)."""
    coming = days_between(first, days)
    found = []
    if customer.birth_month and (customer.birth_month, customer.birth_day) in coming:
        found.append(("birthday", coming[customer.birth_month, customer.birth_day or 0]))
    if (
        customer.since
        and (customer.since.month, customer.since.day) in coming
        and first - customer.since > timedelta(FIRST_YEAR_DAYS)
    ):
        found.append(("first_deal", coming[customer.since.month, customer.since.day]))
    return sorted(found, key=lambda one: one[1])


def _birthdays(first: date, days: int, limit: int) -> list[Due]:
    coming = days_between(first, days)
    rows = _rows(coming, BIRTHDAYS, first, limit)
    return [Due(row.id, _called(row), "birthday", coming[row.month, row.day]) for row in rows]


def _first_deals(first: date, days: int, limit: int) -> list[Due]:
    coming = days_between(first, days)
    rows = _rows(coming, FIRST_DEALS, first, limit)
    days_of = [(row, coming[row.month, row.day]) for row in rows]
    return [Due(row.id, _called(row), "first_deal", day, day.year - row.since.year) for row, day in days_of]


def _rows(coming: dict[tuple[int, int], date], question: Select[Any], first: date, limit: int) -> list[Any]:
    """In the order of the calendar along an index on (month, day), so that a full day costs no more than `limit` rows.

    One query for each month the days touch.
    """
    old, settled = first - timedelta(days=FIRST_YEAR_DAYS), first - timedelta(days=SETTLED_DAYS)
    found: list[Any] = []
    for number, days in _by_month(coming).items():
        if len(found) < limit:
            stretch = {"month": number, "begin": min(days), "end": max(days), "most": limit - len(found)}
            found += sdk.rows(question, {**stretch, "old": old, "settled": settled})
    return found


def _by_month(coming: dict[tuple[int, int], date]) -> dict[int, list[int]]:
    """The days of each month, the nearest month first."""
    found: dict[int, list[int]] = {}
    for month, day in coming:
        found.setdefault(month, []).append(day)
    return found


def _called(row: Any) -> str:
    return sdk.address.with_respect(row.name, row.address_form)
