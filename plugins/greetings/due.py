"""Who is to be greeted in the coming days: by birthday and by the day of the first deal, on the indexes of the core."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, case, exists, extract, or_, select

from loyalapp import sdk

from .models import Card
from .occasions import days_between

NOT_NOW = "not_now"
SETTLED_DAYS = 60  # a greeting given or put aside in these days counts for the day that comes
FIRST_YEAR_DAYS = 300


@dataclass(frozen=True)
class Due:
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


def people_due(first: date, days: int, limit: int) -> list[Due]:
    """The people of the coming days, the nearest day first, without those already greeted. Two queries."""
    found = [*_birthdays(first, days, limit), *_first_deals(first, days, limit)]
    return sorted(found, key=lambda one: (one.day, one.occasion))[:limit]


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
    month, day = sdk.Customer.birth_month, sdk.Customer.birth_day
    rows = _rows(coming, month, day, "birthday", first, limit, [sdk.Customer.kind == "person"])
    return [Due(row.id, _called(row), "birthday", coming[row.month, row.day]) for row in rows]


def _first_deals(first: date, days: int, limit: int) -> list[Due]:
    coming = days_between(first, days)
    month, day = sdk.Customer.since_month, sdk.Customer.since_day
    old_enough = [sdk.Customer.since < first - timedelta(days=FIRST_YEAR_DAYS), sdk.Customer.stage != "prospect"]
    rows = _rows(coming, month, day, "first_deal", first, limit, old_enough)
    found = [
        Due(row.id, _called(row), "first_deal", on := coming[row.month, row.day], on.year - row.year) for row in rows
    ]
    return [one for one in found if one.years > 0]


def _rows(
    coming: dict[tuple[int, int], date],
    month: Any,
    day: Any,
    occasion: str,
    first: date,
    limit: int,
    more: Sequence[ColumnElement[bool]],
) -> Sequence[Row[Any]]:
    customer = sdk.Customer
    nearest = case(*((_on(month, day, pair), (on - first).days) for pair, on in coming.items()), else_=len(coming))
    settled = exists().where(
        Card.customer_id == customer.id,
        Card.occasion == occasion,
        or_(Card.given_on.is_not(None), Card.given_how == NOT_NOW),
        Card.made_on > first - timedelta(days=SETTLED_DAYS),
    )
    query = (
        select(
            customer.id,
            customer.name,
            customer.address_form,
            month.label("month"),
            day.label("day"),
            _year().label("year"),
        )
        .where(_in_days(month, day, list(coming)), customer.removed_at.is_(None), ~settled, *more)
        .order_by(nearest, customer.id)
        .limit(limit)
    )
    return sdk.db.session.execute(query).all()


def _year() -> Any:
    return extract("year", sdk.Customer.since)


def _on(month: Any, day: Any, pair: tuple[int, int]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (month == pair[0]) & (day == pair[1])
    return found


def _in_days(month: Any, day: Any, pairs: list[tuple[int, int]]) -> ColumnElement[bool]:
    """Month by month, so that an index on (month, day) is used."""
    months = sorted({one for one, _day in pairs})
    return or_(*((month == one) & day.in_([second for first, second in pairs if first == one]) for one in months))


def _called(row: Row[Any]) -> str:
    return sdk.address.with_respect(row.name, row.address_form)
