"""How long things last: the day on which something has served as long as its product usually does."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session, scoped_session

from loyalapp.features.catalogue.models import OwnedItem, Product, Purchase

MONTHS = 12
AnySession = Session | scoped_session[Any]
ITEMS = OwnedItem.__table__


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last one of a month that has no such day (29 February)."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + years, month + 1
    following = date(year + month // MONTHS, month % MONTHS + 1, 1)
    return date(year, month, min(day.day, (following - timedelta(days=1)).day))


def work_out(session: AnySession, product_id: int | None = None, import_id: int | None = None) -> None:
    """Of things of one product or one import that do not say how long they last; in the caller's transaction."""
    since = func.coalesce(OwnedItem.installed_on, Purchase.bought_on)
    query = (
        select(OwnedItem.id, since.label("since"), Product.expected_life_months)
        .join(Product, Product.id == OwnedItem.product_id)
        .outerjoin(Purchase, Purchase.id == OwnedItem.purchase_id)
        .where(OwnedItem.lasts_until.is_(None), since.is_not(None), Product.expected_life_months.is_not(None))
    )
    query = query.where(Product.id == product_id) if product_id else query
    query = query.where(OwnedItem.import_id == import_id) if import_id else query
    lives = [
        {"number": row.id, "ends": months_after(row.since, row.expected_life_months)} for row in session.execute(query)
    ]
    if lives:
        these = update(ITEMS).where(ITEMS.c.id == bindparam("number")).values(lasts_until=bindparam("ends"))  # type: ignore[arg-type]  # -- a declarative table is a Table
        session.connection().execute(these, lives)
        session.expire_all()
