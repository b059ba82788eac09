"""What can be done with sales: record, correct and list them; the rest of the catalogue by its names."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select

from loyalapp.core.clock import today
from loyalapp.core.db import db, rows
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import _
from loyalapp.core.textkeys import plain
from loyalapp.features.catalogue import checkins, figures, finding, goods, owned, product_groups, rhythm
from loyalapp.features.catalogue.models import OwnedItem, Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff
from loyalapp.plugin_system.calls import tell

owners, count_owners = finding.owners, finding.count_owners
product_named, products, get_product = goods.product_named, goods.products, goods.get_product
add_product, change_product = goods.add_product, goods.change_product
groups, groups_bought, group_of, group_label, trades = (
    product_groups.counted,
    product_groups.bought,
    product_groups.group_of,
    product_groups.label,
    product_groups.trades,
)
newest_purchase, regulars_kept, steady_part = figures.newest_purchase, figures.regulars_kept, figures.steady_part
steady_customers = figures.steady_customers
gone_quiet, due_checkins, set_checked_in = rhythm.gone_quiet, checkins.due, checkins.set_checked_in

LARGEST_AMOUNT = 10**15
OLDEST_YEAR = 1900
A_YEAR = timedelta(days=365)
CHANGED_BY_A_SALE = ("version", "stage", "since", "since_month", "since_day")
_ITS_THINGS = (OwnedItem.purchase_id == Purchase.id, OwnedItem.gone_on.is_(None))
PURCHASES_OF = (  # put together once: that takes longer than its answer
    select(
        Purchase.id,
        Purchase.item,
        Purchase.bought_on,
        Purchase.quantity,
        Purchase.amount_minor,
        Purchase.currency,
        select(func.min(OwnedItem.serial)).where(*_ITS_THINGS).scalar_subquery().label("serial"),
        select(func.max(OwnedItem.warranty_until)).where(*_ITS_THINGS).scalar_subquery().label("warranty_until"),
    )
    .where(Purchase.customer_id == bindparam("customer_id"), Purchase.bought_on <= bindparam("until"))
    .order_by(Purchase.bought_on.desc(), Purchase.id.desc())
    .limit(bindparam("limit"))
)


def record_purchase(
    customer_id: int,
    item: str,
    bought_on: date,
    *,
    amount_minor: int | None = None,
    quantity: Decimal = Decimal(1),
    invoice: str = "",
    group: str = "",
    serial: str = "",
    **dates: date | None,
) -> int:
    """Write down a sale made today or earlier; its product is added to the catalogue where it is new.

    What has a serial number, a day that ends, or a product that lasts a known time is theirs from now on (`owned`).

    :param item: may be left out where a group is given.
    :param amount_minor: the whole amount in minor units of the firm's currency.
    :param dates: `installed_on`, `warranty_until`, `contract_until`, `lasts_until`.
    :raises LoyalAppError: without item and group, for a day in the future, or an amount that is negative or beyond
        reason.
    """
    check(item or group, bought_on, amount_minor)
    owned.check(dates)
    customer = customers.get(customer_id)
    # Two sales to one customer at once are two sales.
    db.session.refresh(customer, CHANGED_BY_A_SALE, with_for_update=True)
    purchase = Purchase(customer_id=customer_id, bought_on=bought_on, quantity=quantity, amount_minor=amount_minor)
    purchase.invoice = plain(invoice) or None
    _write(purchase, item, group, serial, dates)
    _greet(customer, bought_on)
    db.session.commit()
    tell("purchase_was_recorded", customer_id=customer_id, purchase_id=purchase.id)
    return purchase.id


def _greet(customer: Customer, bought_on: date) -> None:
    """Whoever buys is a customer, with us since the first sale at the latest."""
    customers.set_first_deal(customer, bought_on)
    if customer.stage != "former" or bought_on > today() - A_YEAR:
        customers.deal_with(customer, "customer")
    staff.note_deed("sale", customer.id)


def _write(purchase: Purchase, item: str, group: str, serial: str, dates: Mapping[str, date | None]) -> None:
    """The row of a sale, and what is theirs from now on."""
    purchase.currency, purchase.staff_member_id = settings.firm().currency, staff.at_desk()
    purchase.serial = plain(serial) or None
    product = _set_item(purchase, item, group)
    db.session.add(purchase)
    db.session.flush()
    if plain(serial) or any(dates.values()) or (product and product.expected_life_months):
        bought_on = purchase.bought_on
        owned.build(purchase.customer_id, product, purchase.item, serial, bought_on, dates, purchase.id)


def _set_item(purchase: Purchase, item: str, group: str) -> Any:
    """What was sold, by name or only by its group; answers the product, if it has a name."""
    chosen = product_groups.named(group)
    product = goods.product_named(item, chosen) if plain(item) else None
    purchase.product_id, purchase.item = (product.id if product else None), plain(item) or chosen or ""
    purchase.product_group = None if product and product.product_group == chosen else chosen
    return product


def record_first_purchase(name: str, number: str, item: str, bought_on: date, **values: Any) -> int:
    """A sale to somebody who is not in the book yet: both are written down, or nothing.

    :raises LoyalAppError: as `record_purchase` and `customers.add`.
    """
    check(item or values.get("group", ""), bought_on, values.get("amount_minor"))
    made = customers.add({"name": name, "phones": [number] if number else []})
    record_purchase(made.id, item, bought_on, **values)
    return made.id


def check(item: str, bought_on: date, amount_minor: int | None) -> None:
    """What can be a sale.

    :raises LoyalAppError: as `record_purchase`.
    """
    if not plain(item):
        raise LoyalAppError(_("Please write what was bought."), field="item")
    if bought_on > today():
        raise LoyalAppError(_("This day is still to come. Please write the day of the sale."), field="bought_on")
    if bought_on.year < OLDEST_YEAR:
        raise LoyalAppError(_("This day cannot be right. Please look once more."), field="bought_on")
    if amount_minor is not None and not 0 <= amount_minor < LARGEST_AMOUNT:
        raise LoyalAppError(_("This amount cannot be right. Please look once more."), field="amount")


def get_purchase(purchase_id: int) -> Purchase:
    """One sale.

    :raises NotFound: if there is none.
    """
    found = db.session.get(Purchase, purchase_id)
    if found is None:
        raise NotFound(_("This sale is not in the book any more."))
    return found


def group_given(purchase: Purchase) -> str:
    """The group of one sale, "" for none: given with it, else that of its product."""
    product = goods.get_product(purchase.product_id) if purchase.product_id else None
    return purchase.product_group or (product.product_group if product else None) or ""


def change_purchase(purchase_id: int, item: str, bought_on: date, *, amount_minor: int | None, group: str = "") -> None:
    """Correct a sale; its currency stays as it was, and so do the things that came with it.

    :raises LoyalAppError: as `record_purchase`.
    """
    check(item or group, bought_on, amount_minor)
    purchase = get_purchase(purchase_id)
    _set_item(purchase, item, group)
    purchase.bought_on, purchase.amount_minor = bought_on, amount_minor
    customers.set_first_deal(customers.get(purchase.customer_id), bought_on)
    db.session.commit()
    figures.sales_were_corrected()


def purchases_of(customer_id: int, limit: int, until: date | None = None) -> Sequence[Any]:
    """The newest purchases of one customer, up to a day; serial and warranty are those of what they have of it."""
    return rows(PURCHASES_OF, {"customer_id": customer_id, "limit": limit, "until": until or date.max}).all()
