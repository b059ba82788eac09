"""Check-ins after a sale, on merit (D7): the customer is asked whether it works, and knows whom to call in trouble.

Asked about are sales by hand: a first purchase, an installation, or the kind or amount that the owner chose; of each
customer only the newest of them. It is done when somebody says so on Today, or when a contact is logged afterwards.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, and_, cast, column, false, func, literal, or_, select, table, update
from sqlalchemy.orm import aliased

from loyalapp.core.clock import local
from loyalapp.core.db import db, rows
from loyalapp.core.i18n import MESSAGE_LANGUAGES, current_language
from loyalapp.core.phones import shown
from loyalapp.features.catalogue.habits import Habits, habits
from loyalapp.features.catalogue.models import OwnedItem, Product, Purchase
from loyalapp.features.catalogue.product_groups import group_of
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions.models import Interaction
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff

UNTIL = timedelta(days=38)  # later than that after its day nobody is asked any more
MOST = 2000
LONGEST_NUMBER = 9
WORDS = Path(__file__).with_name("checkin_words.toml")
_Earlier = aliased(Purchase)
# What was finished on Today is asked from its own table, by its name: an installation keeps no mark of its own.
_FINISHED = select(table("today_finished", column("key")).c.key)


class CheckIn(NamedTuple):
    """Somebody to ask. `since`: when it was bought or installed; `why`: "first", "installed" or "chosen"."""

    key: str
    customer_id: int
    item: str
    since: date
    due_on: date
    why: str
    is_done: bool


def due(day: date, limit: int) -> list[CheckIn]:
    """Whom to ask on a day, each once, the newest first."""
    chosen = habits()
    newest: dict[int, CheckIn] = {}
    for one in (*_sales(day, chosen), *_installations(day, chosen)):
        other = newest.get(one.customer_id)
        if other is None or (one.since, one.why == "installed") > (other.since, other.why == "installed"):
            newest[one.customer_id] = one
    there = sorted((one for one in newest.values() if not one.is_done), key=lambda one: one.key)
    return sorted(there, key=lambda one: one.since, reverse=True)[:limit]


def get(key: str) -> CheckIn | None:
    """What a line of Today speaks of; None if that is not there any more."""
    kind, _colon, number = key.partition(":")
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        return None
    if kind == "installed":
        item = db.session.get(OwnedItem, int(number))
        found = (item.customer_id, item.what, item.installed_on) if item and item.installed_on else None
    else:
        sale = db.session.get(Purchase, int(number))
        found = (sale.customer_id, sale.item, sale.bought_on) if sale and kind == "checkin" else None
    return CheckIn(key, *found, found[2], kind, is_done=False) if found else None


def _sales(day: date, chosen: Habits) -> Iterator[CheckIn]:
    wait = timedelta(days=chosen.check_days)
    is_first, is_chosen = _is_first() if chosen.on_first else false(), _is_chosen(chosen)
    query = (
        select(
            Purchase.id,
            Purchase.customer_id,
            Purchase.item,
            Purchase.bought_on,
            Purchase.checked_in_on,
            is_first.label("is_first"),
            _last_talk(Purchase.customer_id).label("talked_at"),
        )
        .outerjoin(Product, Product.id == Purchase.product_id)
        .where(
            Purchase.bought_on.between(day - wait - UNTIL, day - wait),
            Purchase.import_id.is_(None),
            or_(is_first, is_chosen),
        )
        .order_by(Purchase.bought_on.desc(), Purchase.id.desc())
        .limit(MOST)
    )
    for row in rows(query):
        due_on = row.bought_on + wait
        is_done = row.checked_in_on is not None or _talked(row.talked_at, due_on)
        why = "first" if row.is_first else "chosen"
        yield CheckIn(f"checkin:{row.id}", row.customer_id, row.item, row.bought_on, due_on, why, is_done)


def _installations(day: date, chosen: Habits) -> Iterator[CheckIn]:
    if not chosen.on_installed:
        return
    wait = timedelta(days=chosen.check_days)
    key = literal("installed:") + cast(OwnedItem.id, String)
    query = (
        select(
            OwnedItem.id,
            OwnedItem.customer_id,
            OwnedItem.what,
            OwnedItem.installed_on,
            key.in_(_FINISHED).label("is_finished"),
            _last_talk(OwnedItem.customer_id).label("talked_at"),
        )
        .where(
            OwnedItem.installed_on.between(day - wait - UNTIL, day - wait),
            OwnedItem.import_id.is_(None),
            OwnedItem.gone_on.is_(None),
        )
        .order_by(OwnedItem.installed_on.desc(), OwnedItem.id.desc())
        .limit(MOST)
    )
    for row in rows(query):
        due_on = row.installed_on + wait
        is_done = row.is_finished or _talked(row.talked_at, due_on)
        yield CheckIn(f"installed:{row.id}", row.customer_id, row.what, row.installed_on, due_on, "installed", is_done)


def _is_first() -> ColumnElement[bool]:
    """Whether this customer had bought nothing on an earlier day."""
    earlier = (_Earlier.customer_id == Purchase.customer_id, _Earlier.bought_on < Purchase.bought_on)
    return ~select(_Earlier.id).where(*earlier).exists()


def _is_chosen(chosen: Habits) -> ColumnElement[bool]:
    """Whether it is of a kind or an amount that the owner chose."""
    ways: list[ColumnElement[bool]] = []
    if chosen.groups:
        ways.append(group_of().in_(chosen.groups))
    if chosen.amount is not None:
        ways.append(and_(Purchase.amount_minor >= chosen.amount, Purchase.currency == settings.firm().currency))
    return or_(false(), *ways)


def _last_talk(customer_id: Any) -> Any:
    """When we last reached a customer."""
    reached = (Interaction.customer_id == customer_id, Interaction.is_answered)
    return select(func.max(Interaction.happened_at)).where(*reached).scalar_subquery()


def _talked(at: datetime | None, since: date) -> bool:
    return at is not None and local(at).date() >= since


def set_checked_in(purchase_id: int, day: date | None) -> None:
    """We asked whether all is well with it (None takes that back)."""
    db.session.execute(update(Purchase).where(Purchase.id == purchase_id).values(checked_in_on=day))
    db.session.commit()


# ---- the words ----


@cache
def words(language: str) -> dict[str, str]:
    """The parts of the message in one of the five languages of messages."""
    return tomllib.loads(WORDS.read_text("utf-8"))[language]  # type: ignore[no-any-return]  # -- the test checks the file


def message(customer: Any, item: str) -> tuple[str, str]:
    """What to say or send: in the customer's language, with a name and a number for any trouble; and that language."""
    language = customer.message_language if customer.message_language in MESSAGE_LANGUAGES else current_language()
    said, firm, number = words(language), settings.firm(), habits().number
    desk = staff.at_desk()
    sender = (staff.names([desk]).get(desk) if desk else None) or firm.sender
    parts = [
        said["hello"].format(name=customers.addressed(customer, language)),
        said["person"].format(sender=sender, firm=firm.name) if sender else said["firm"].format(firm=firm.name),
        said["ask"].format(item=item),
        said["call"].format(number=shown(number, firm.region)) if number else said["tell"],
    ]
    return " ".join(parts), language
