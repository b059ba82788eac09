"""What customers have from us: a thing with its serial number, and the days on which something about it ends."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import String, bindparam, cast, column, literal, select, table
from sqlalchemy.orm.exc import StaleDataError

from loyalapp.core.clock import today
from loyalapp.core.db import db, rows
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.core.i18n import _
from loyalapp.core.textkeys import plain
from loyalapp.features.catalogue import goods
from loyalapp.features.catalogue.habits import habits
from loyalapp.features.catalogue.lives import months_after
from loyalapp.features.catalogue.models import OwnedItem, Product
from loyalapp.features.customers import service as customers

LARGEST_ID = 2**31
FARTHEST = timedelta(days=60 * 366)
GRACE = timedelta(days=14)  # so long what has ended is still spoken of: the PC may have been off
ENDS = {"warranty": OwnedItem.warranty_until, "contract": OwnedItem.contract_until, "life": OwnedItem.lasts_until}
DATES = ("installed_on", "warranty_until", "contract_until", "lasts_until")

OF = (
    select(
        OwnedItem.id,
        OwnedItem.what,
        OwnedItem.serial,
        OwnedItem.installed_on,
        OwnedItem.warranty_until,
        OwnedItem.contract_until,
        OwnedItem.lasts_until,
        OwnedItem.gone_on,
        OwnedItem.purchase_id,
    )
    .where(OwnedItem.customer_id == bindparam("customer_id"))
    .order_by(OwnedItem.gone_on.is_not(None), OwnedItem.id.desc())
    .limit(bindparam("limit"))
)
# What was finished on Today fills none of the places that Today has: its own table is asked by its name.
_FINISHED = select(table("today_finished", column("key")).c.key)


def _ending(kind: str) -> Any:
    """Those of one kind, near enough; a list that is brought in makes nothing overdue."""
    day = ENDS[kind]
    key = literal("ending:") + cast(OwnedItem.id, String) + literal(f":{kind}:") + cast(day, String)
    return select(
        OwnedItem.id, OwnedItem.customer_id, OwnedItem.what, literal(kind).label("kind"), day.label("ends")
    ).where(
        day.between(bindparam("first"), bindparam("last")),
        (day >= bindparam("day")) | OwnedItem.import_id.is_(None),
        OwnedItem.gone_on.is_(None),
        key.not_in(_FINISHED),
    )


_ALL = _ending("warranty").union_all(_ending("contract"), _ending("life")).subquery()
ENDING = select(_ALL).order_by(_ALL.c.ends, _ALL.c.id).limit(bindparam("limit"))


def of(customer_id: int, limit: int = 50) -> Sequence[Any]:
    """What a customer has from us, what they do not have any more at the end."""
    return rows(OF, {"customer_id": customer_id, "limit": limit}).all()


def ends_soon(item: Any, day: date) -> list[tuple[str, date]]:
    """What of an item ends within the lead time or has just ended: kind ("warranty", "contract", "life") and day."""
    found = {"warranty": item.warranty_until, "contract": item.contract_until, "life": item.lasts_until}
    last = day + timedelta(days=habits().lead_days)
    return [(kind, ends) for kind, ends in found.items() if ends and day - GRACE <= ends <= last]


def ending(day: date, limit: int) -> Sequence[Any]:
    """What ends within the lead time, the soonest first: id, customer_id, what, kind, ends."""
    last = day + timedelta(days=habits().lead_days)
    return rows(ENDING, {"day": day, "first": day - GRACE, "last": last, "limit": limit}).all()


def get(owned_item_id: int) -> OwnedItem:
    """One thing that a customer has.

    :raises NotFound: if there is none.
    """
    found = db.session.get(OwnedItem, owned_item_id) if 0 < owned_item_id < LARGEST_ID else None
    if found is None:
        raise NotFound(_("This thing is not in the book any more."))
    return found


def add(customer_id: int, what: str, *, serial: str = "", bought_on: date | None = None, **dates: date | None) -> int:
    """Write down what a customer has from us.

    :param dates: `installed_on`, `warranty_until`, `contract_until`, `lasts_until`.
    :raises LoyalAppError: without a name of the thing, or for a day that cannot be.
    """
    customers.get(customer_id)
    item = build(customer_id, goods.product_named(_checked(what, dates)), what, serial, bought_on, dates)
    db.session.commit()
    return item.id


def build(
    customer_id: int,
    product: Product | None,
    what: str,
    serial: str,
    bought_on: date | None,
    dates: Mapping[str, date | None],
    purchase_id: int | None = None,
) -> OwnedItem:
    """The row of a thing, in the caller's transaction; how long it lasts is worked out where it was not given."""
    item = OwnedItem(
        customer_id=customer_id,
        product_id=product.id if product else None,
        purchase_id=purchase_id,
        what=plain(what),
        serial=plain(serial) or None,
        **{name: dates.get(name) for name in DATES},
    )
    since = item.installed_on or bought_on
    if item.lasts_until is None and since and product and product.expected_life_months:
        item.lasts_until = months_after(since, product.expected_life_months)
    db.session.add(item)
    db.session.flush()
    return item


def change(
    owned_item_id: int, what: str, *, serial: str = "", version: int | None = None, **dates: date | None
) -> None:
    """Correct what we know of a thing.

    :param version: the version the user saw; if somebody changed it since, nothing is overwritten.
    :raises Conflict: if it was changed meanwhile.
    :raises LoyalAppError: as `add`.
    """
    item = get(owned_item_id)
    if version is not None and version != item.version:
        raise _changed_meanwhile()
    product = goods.product_named(_checked(what, dates))
    item.what, item.product_id, item.serial = plain(what), product.id, plain(serial) or None
    for name in DATES:
        setattr(item, name, dates.get(name))
    _keep()


def set_gone(owned_item_id: int, day: date | None) -> None:
    """They do not have it any more (None takes that back)."""
    get(owned_item_id).gone_on = day
    _keep()


def _keep() -> None:
    try:
        db.session.commit()
    except StaleDataError as error:
        db.session.rollback()
        raise _changed_meanwhile() from error


def _changed_meanwhile() -> Conflict:
    return Conflict(_("Somebody else changed this just now. Please look at the new page and write your change again."))


def check(dates: Mapping[str, date | None]) -> None:
    """Days that can be.

    :raises LoyalAppError: for a thing installed in the future, or an end beyond reason.
    """
    installed = dates.get("installed_on")
    if installed and installed > today():
        raise LoyalAppError(_("This day is still to come. Please write it when it is installed."), field="installed_on")
    for name in DATES[1:]:
        ends = dates.get(name)
        if ends and (ends > today() + FARTHEST or (installed and ends < installed)):
            raise LoyalAppError(_("This day cannot be right. Please look once more."), field=name)


def _checked(what: str, dates: Mapping[str, date | None]) -> str:
    if not plain(what):
        raise LoyalAppError(_("Please write what it is."), field="what")
    check(dates)
    return what
