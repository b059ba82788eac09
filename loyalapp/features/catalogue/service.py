"""What can be done with products and sales: record a sale, list what a customer owns, count who stayed."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select, update

from loyalapp.core.clock import today
from loyalapp.core.db import db, rows
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import _
from loyalapp.core.memory import remembered, until_changed
from loyalapp.core.textkeys import norm, plain
from loyalapp.features.catalogue import finding, rhythm
from loyalapp.features.catalogue.models import Product, Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.settings import service as settings
from loyalapp.plugin_system.calls import tell

owners, count_owners = finding.owners, finding.count_owners
LARGEST_AMOUNT = 10**15
A_YEAR = timedelta(days=365)
NEWEST = select(func.max(Purchase.id))
GROUPS = select(func.coalesce(Product.product_group, Product.name)).distinct()
PURCHASES_OF = (  # put together once: that takes longer than its answer
    select(
        Purchase.id,
        Purchase.item,
        Purchase.bought_on,
        Purchase.quantity,
        Purchase.amount_minor,
        Purchase.currency,
        Purchase.serial,
        Purchase.warranty_until,
    )
    .where(Purchase.customer_id == bindparam("customer_id"))
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
    serial: str = "",
    warranty_until: date | None = None,
) -> int:
    """Write down a sale made today or earlier; its product is added to the catalogue where it is new.

    :param amount_minor: the whole amount in minor units of the firm's currency.
    :raises LoyalAppError: without an item, for a day in the future, or an amount that is negative or beyond reason.
    """
    customer = customers.get(customer_id)
    _check(item, bought_on, amount_minor)
    purchase = Purchase(
        customer_id=customer_id,
        product_id=product_named(item).id,
        item=plain(item),
        bought_on=bought_on,
        quantity=quantity,
        amount_minor=amount_minor,
        currency=settings.firm().currency,
        invoice=plain(invoice) or None,
        serial=plain(serial) or None,
        warranty_until=warranty_until,
    )
    db.session.add(purchase)
    customers.set_first_deal(customer, bought_on)
    if customer.stage != "former" or bought_on > today() - A_YEAR:
        customers.deal_with(customer, "customer")
    db.session.commit()
    tell("purchase_was_recorded", customer_id=customer_id, purchase_id=purchase.id)
    return purchase.id


def _check(item: str, bought_on: date, amount_minor: int | None) -> None:
    if not plain(item):
        raise LoyalAppError(_("Please write what was bought."), field="item")
    if bought_on > today():
        raise LoyalAppError(_("This day is still to come. Please write the day of the sale."), field="bought_on")
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


def change_purchase(
    purchase_id: int,
    item: str,
    bought_on: date,
    *,
    amount_minor: int | None,
    serial: str,
    warranty_until: date | None,
) -> None:
    """Correct a sale; its currency stays as it was.

    :raises LoyalAppError: as `record_purchase`.
    """
    _check(item, bought_on, amount_minor)
    purchase = get_purchase(purchase_id)
    purchase.product_id, purchase.item, purchase.bought_on = product_named(item).id, plain(item), bought_on
    purchase.amount_minor, purchase.serial, purchase.warranty_until = (
        amount_minor,
        plain(serial) or None,
        warranty_until,
    )
    customers.set_first_deal(customers.get(purchase.customer_id), bought_on)
    db.session.commit()


def product_named(name: str) -> Product:
    """The product of this name, made if it is new (in the caller's transaction)."""
    key = norm(name)
    found = db.session.scalar(select(Product).where(Product.name_key == key))
    if found is None:
        found = Product(name=plain(name), name_key=key)
        db.session.add(found)
        db.session.flush()
    return found


def products(limit: int = 500) -> Sequence[Product]:
    """The catalogue by name."""
    return db.session.scalars(select(Product).order_by(Product.name).limit(limit)).all()


def get_product(product_id: int) -> Product:
    """One product.

    :raises NotFound: if there is none.
    """
    found = db.session.get(Product, product_id)
    if found is None:
        raise NotFound(_("This product is not in the catalogue any more."))
    return found


def add_product(name: str, group: str) -> int:
    """Put something we sell into the catalogue before its first sale.

    :raises LoyalAppError: if another product has this name.
    """
    product = Product()
    _name_product(product, name, group)
    db.session.add(product)
    db.session.commit()
    return product.id


def change_product(product_id: int, name: str, group: str) -> None:
    """Name a product and put it into a group (groups are what opportunities are counted by, B1).

    :raises LoyalAppError: if another product has this name.
    """
    _name_product(get_product(product_id), name, group)
    db.session.commit()


def _name_product(product: Product, name: str, group: str) -> None:
    key = norm(name)
    with db.session.no_autoflush:
        namesake = db.session.scalar(select(Product).where(Product.name_key == key))
    if namesake not in (None, product):
        raise LoyalAppError(_("Another product has this name already. Choose a different one."), field="name")
    product.name, product.name_key, product.product_group = plain(name), key, plain(group) or None


def groups() -> list[str]:
    """All groups we sell; a product without a group stands for itself. Read again only after a change."""
    return until_changed("catalogue.groups", lambda: sorted(rows(GROUPS).scalars()))


def groups_bought(customer_ids: Sequence[int]) -> dict[int, set[str]]:
    """Which groups each customer has bought, by customer id."""
    query = (
        select(Purchase.customer_id, func.coalesce(Product.product_group, Product.name, Purchase.item))
        .outerjoin(Product, Product.id == Purchase.product_id)
        .where(Purchase.customer_id.in_(customer_ids))
        .distinct()
    )
    bought: dict[int, set[str]] = {one: set() for one in customer_ids}
    for customer_id, group in db.session.execute(query):
        bought[customer_id].add(group)
    return bought


def purchases_of(customer_id: int, limit: int) -> Sequence[Any]:
    """The newest purchases of one customer."""
    return rows(PURCHASES_OF, {"customer_id": customer_id, "limit": limit}).all()


def regulars_kept(day: date) -> tuple[int, int]:
    """How many of those who bought in the year before last bought again in the last year (D1).

    :returns: (kept, of how many).
    """
    return remembered("regulars_kept", _state(day), lambda: _count_regulars(day))


def _state(day: date) -> tuple[Any, ...]:
    """As long as these stand still, figures over all purchases of the day do too."""
    return (day, newest_purchase(), customers.outside_state())


def newest_purchase() -> int:
    """The highest id of a purchase: as long as it stands still, figures over all purchases do too."""
    return rows(NEWEST).scalar() or 0


def _count_regulars(day: date) -> tuple[int, int]:
    before = (
        select(Purchase.customer_id)
        .where(Purchase.bought_on > day - 2 * A_YEAR, Purchase.bought_on <= day - A_YEAR)
        .where(Purchase.customer_id.not_in(customers.OUTSIDERS))
        .distinct()
    )
    since = select(Purchase.customer_id).where(Purchase.bought_on > day - A_YEAR).distinct()
    total = db.session.scalar(select(func.count()).select_from(before.subquery())) or 0
    kept = db.session.scalar(select(func.count()).select_from(before.intersect(since).subquery())) or 0
    return kept, total


# ---- what sales ask for on Today ----

CHECK_IN_AFTER = timedelta(days=7)
CHECK_IN_UNTIL = timedelta(days=45)
WARRANTY_NOTICE = timedelta(days=30)
QUIET_REMEMBERED = 500


def due_checkins(day: date, limit: int) -> Sequence[Any]:
    """The newest sale by hand of each customer that is a week old: does everything work? (D7). Imports are left out."""
    newest = (
        select(Purchase.customer_id, func.max(Purchase.id).label("id"))
        .where(Purchase.import_id.is_(None), Purchase.bought_on.between(day - CHECK_IN_UNTIL, day - CHECK_IN_AFTER))
        .group_by(Purchase.customer_id)
        .having(func.max(Purchase.checked_in_on).is_(None))
        .subquery()
    )
    query = (
        select(Purchase.id, Purchase.customer_id, Purchase.item, Purchase.bought_on)
        .join(newest, newest.c.id == Purchase.id)
        .order_by(Purchase.bought_on.desc(), Purchase.id)
        .limit(limit)
    )
    return db.session.execute(query).all()


def set_checked_in(purchase_id: int, day: date | None) -> None:
    """We asked whether all is well with it (None takes that back); an answered check-in makes room for others."""
    _settle(purchase_id, checked_in_on=day)


def set_warned(purchase_id: int, day: date | None) -> None:
    """We said that its warranty ends (None takes that back)."""
    _settle(purchase_id, warned_on=day)


def _settle(purchase_id: int, **values: date | None) -> None:
    db.session.execute(update(Purchase).where(Purchase.id == purchase_id).values(**values))
    db.session.commit()


def ending_warranties(day: date, limit: int) -> Sequence[Any]:
    """Warranties that end within the next 30 days."""
    query = (
        select(Purchase.id, Purchase.customer_id, Purchase.item, Purchase.warranty_until)
        .where(Purchase.warranty_until.between(day, day + WARRANTY_NOTICE), Purchase.warned_on.is_(None))
        .order_by(Purchase.warranty_until, Purchase.id)
        .limit(limit)
    )
    return db.session.execute(query).all()


def gone_quiet(day: date, limit: int) -> list[rhythm.Quiet]:
    """Regulars against their own rhythm: the mean time between their purchases (B7), the most faithful first."""
    found = remembered("gone_quiet", _state(day), lambda: rhythm.find_quiet(day, QUIET_REMEMBERED))
    return found[:limit]
