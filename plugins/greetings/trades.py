"""Days of professions: those whose trade says so are greeted without a mark, by the words of `occasions.toml`."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select

from loyalapp import sdk
from loyalapp.sdk import Customer

from . import feasts, occasions

MOST_TRADES = 3000
_FIRST = select(func.min(Customer.trade).label("trade")).where(Customer.trade.is_not(None))
_WALK = _FIRST.cte("walk", recursive=True)
_NEXT = select(func.min(Customer.trade)).where(Customer.trade > _WALK.c.trade).scalar_subquery()
# Each trade once, from one to the next along the index, however many customers have it.
_TRADES = select(_WALK.union_all(select(_NEXT).where(_WALK.c.trade.is_not(None))).c.trade).limit(MOST_TRADES)


def coming(first: date, days: int) -> list[tuple[str, date]]:
    """Days of professions on which we greet among `days` days from `first` on; computed without a library."""
    found = feasts.coming(first, days - 1, _computable()) if days > 0 else []
    return [(one.key, one.day) for one in found if occasions.is_offered(one.key)]


@cache
def _computable() -> tuple[str, ...]:
    return tuple(occasions.every("profession"))


def of_trade(key: str, since: date, limit: int, settled: ColumnElement[bool]) -> list[Any]:
    """Customers whose trade is of this profession, without those greeted for it since a day."""
    known = [one for one in _all_trades() if is_of(key, one)]
    if not known:
        return []
    asked = (
        select(Customer.id, Customer.name, Customer.address_form)
        .where(sdk.customers.OURS, Customer.trade.in_(bindparam("trades", expanding=True)), ~settled)
        .order_by(Customer.id)
        .limit(bindparam("most"))
    )
    return list(sdk.rows(asked, {"trades": known[:500], "occasion": key, "settled": since, "most": limit}))


def is_of(key: str, trade: str) -> bool:
    """Whether a trade, as it was written down, is of this profession: one of its words stands in it as a whole."""
    said = f" {_folded(trade)} "
    return any(f" {word} " in said for word in _words(key))


@cache
def _words(key: str) -> tuple[str, ...]:
    rule = occasions.entry(key)
    words = rule.get("words") or occasions.entry(rule.get("like", "other")).get("words", ())
    return tuple(_folded(word) for word in words)


def _folded(text: str) -> str:
    letters = (letter if letter.isalnum() or not letter.isascii() else " " for letter in sdk.norm(text))
    return " ".join("".join(letters).split())


def _all_trades() -> list[str]:
    found: list[str] = sdk.until_changed("greetings.trades", lambda: [row.trade for row in sdk.rows(_TRADES, {})])
    return [one for one in found if one]


def day_of(key: str, today: date) -> date | None:
    """The next day of a profession, or the one just past while one can still wish well."""
    first = today - timedelta(days=occasions.late(key))
    return next((one.day for one in feasts.coming(first, feasts.LOOKED_AHEAD, [key])), None)
