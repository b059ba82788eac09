"""What a problem may be about: what a customer has from us, with serial number and warranty, else what they bought."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from loyalapp import sdk

_ = sdk.texts("issues").gettext

JUST_BOUGHT = timedelta(days=45)  # a problem so soon after a sale is most likely about what was sold (A3)
OWNED = (
    select(
        sdk.OwnedItem.id,
        sdk.OwnedItem.what,
        sdk.OwnedItem.serial,
        sdk.OwnedItem.installed_on,
        sdk.OwnedItem.warranty_until,
        sdk.OwnedItem.purchase_id,
        sdk.Purchase.bought_on,
    )
    .outerjoin(sdk.Purchase, sdk.Purchase.id == sdk.OwnedItem.purchase_id)
    .where(sdk.OwnedItem.customer_id == bindparam("customer_id"), sdk.OwnedItem.gone_on.is_(None))
    .order_by(sdk.OwnedItem.id.desc())
    .limit(bindparam("most"))
)


class Thing(NamedTuple):
    """One of them. `value`: what the form sends, `o` and a number for a thing they have, a number for a purchase."""

    value: str
    name: str
    serial: str
    since: date | None
    warranty_until: date | None

    @property
    def words(self) -> str:
        """What tells it from others: its number, and the warranty or since when they have it."""
        told = [_("No. %(serial)s", serial=sdk.isolate_text(self.serial))] if self.serial else []
        told.append(_warranty(self.warranty_until) or _bought(self.since))
        return "\u00a0· ".join(one for one in told if one)  # the dot stays at the end of its line


def of(customer_id: int, limit: int = 5) -> list[Thing]:
    """The newest things of a customer: those they have from us first, then purchases of other things."""
    owned = sdk.rows(OWNED, {"customer_id": customer_id, "most": limit}).all()
    things = [
        Thing(f"o{one.id}", one.what, one.serial or "", one.installed_on or one.bought_on, one.warranty_until)
        for one in owned
    ]
    known, sold = {sdk.norm(one.what) for one in owned}, {one.purchase_id for one in owned}
    for row in sdk.catalogue.purchases_of(customer_id, limit * 6):
        name = sdk.norm(row.item)
        if name not in known and row.id not in sold:
            known.add(name)
            things.append(Thing(str(row.id), row.item, row.serial or "", row.bought_on, row.warranty_until))
    return sorted(things, key=lambda one: one.since or date.min, reverse=True)[:limit]


def likely(things: list[Thing]) -> str:
    """What was just bought, as the form sends it; nothing where that is long ago."""
    newest = things[0] if things else None
    return newest.value if newest and newest.since and newest.since >= sdk.today() - JUST_BOUGHT else ""


def read(value: str | None) -> dict[str, Any]:
    """What the form sent, as the service takes it; a thing that is none of them is told by its words."""
    chosen = value or ""
    number = chosen.removeprefix("o")
    known = int(number) if number.isdecimal() and len(number) < 10 else None
    is_owned = chosen.startswith("o")
    return {"purchase_id": None if is_owned else known, "owned_item_id": known if is_owned else None}


def value_of(problem: Any) -> str:
    """Which of them a problem is about, as the form sends it."""
    if problem.owned_item_id:
        return f"o{problem.owned_item_id}"
    return str(problem.purchase_id) if problem.purchase_id else "other"


def _bought(day: date | None) -> str:
    if day is None:
        return ""
    if day.year < sdk.today().year:
        return _("bought in %(year)s", year=sdk.isolate_text(day.year))
    return _("bought on %(day)s", day=sdk.isolate_text(sdk.format_day(day, "day")))


def _warranty(day: date | None) -> str:
    if not day or day < sdk.today():
        return ""
    return _("under warranty until %(day)s", day=sdk.isolate_text(sdk.format_day(day, "long")))
