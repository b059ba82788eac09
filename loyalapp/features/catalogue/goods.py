"""The catalogue: what we sell, each article once, with its group and how long it lasts."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from loyalapp.core.alphabet import in_order
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import _
from loyalapp.core.textkeys import norm, plain
from loyalapp.features.catalogue import lives, product_groups
from loyalapp.features.catalogue.models import Product


def product_named(name: str, group: str | None = None) -> Product:
    """The product of this name, made if it is new (in the caller's transaction).

    :param group: where it belongs if it has no group yet.
    """
    key = norm(name)
    found = db.session.scalar(select(Product).where(Product.name_key == key))
    if found is None:
        found = _made(plain(name), key)
    if group and found.product_group is None:
        found.product_group = group
    return found


def _made(name: str, key: str) -> Product:
    """A new product; somebody at another desk may be making the same one."""
    made = Product(name=name, name_key=key)
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        return db.session.scalars(select(Product).where(Product.name_key == key)).one()
    return made


def products(limit: int = 500) -> Sequence[Product]:
    """The catalogue by name."""
    return in_order(db.session.scalars(select(Product).order_by(Product.name).limit(limit)), lambda one: one.name)


def get_product(product_id: int) -> Product:
    """One product.

    :raises NotFound: if there is none.
    """
    found = db.session.get(Product, product_id)
    if found is None:
        raise NotFound(_("This product is not in the catalogue any more."))
    return found


def add_product(name: str, group: str, life_months: int | None = None) -> int:
    """Put something we sell into the catalogue before its first sale.

    :raises LoyalAppError: if another product has this name.
    """
    product = Product()
    _name_product(product, name, group, life_months)
    db.session.add(product)
    db.session.commit()
    return product.id


def change_product(product_id: int, name: str, group: str, life_months: int | None = None) -> None:
    """Name a product, put it into a group (what opportunities are counted by, B1), and say how long it lasts.

    :raises LoyalAppError: if another product has this name.
    """
    product = get_product(product_id)
    _name_product(product, name, group, life_months)
    db.session.flush()
    lives.work_out(db.session, product.id)
    db.session.commit()


def _name_product(product: Product, name: str, group: str, life_months: int | None) -> None:
    key = norm(name)
    with db.session.no_autoflush:
        namesake = db.session.scalar(select(Product).where(Product.name_key == key))
    if namesake not in (None, product):
        raise LoyalAppError(_("Another product has this name already. Choose a different one."), field="name")
    product.product_group = product_groups.named(group)
    product.name, product.name_key, product.expected_life_months = plain(name), key, life_months
