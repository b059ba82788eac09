"""What a list of sales names: products and their groups, looked up by name, and made where they are new."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from loyalapp.core.textkeys import norm
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.catalogue import product_groups
from loyalapp.features.catalogue.models import Product, ProductGroup


class Goods:
    """Products by name. `step`: the step of "bring back" with which what was made here goes again."""

    def __init__(self, session: Session, step: int) -> None:
        self._session, self._step = session, step
        known = session.execute(select(Product.name_key, Product.id, Product.product_group))
        self._products = {key: (one, group) for key, one, group in known}
        self._groups = set(map(norm, session.scalars(product_groups.NAMES)))

    def product(self, item: str, group: str | None) -> tuple[int | None, str | None]:
        """The product of a sale, and the sale's own group where it is another than the product's."""
        if group and norm(group) not in self._groups:
            self._make(ProductGroup(name=group, name_key=norm(group)))
            self._groups.add(norm(group))
        key = norm(item)
        if not key or (group and key == norm(group)):
            return None, group
        if key not in self._products:
            self._products[key] = self._make(Product(name=item, name_key=key, product_group=group)), group
        product, usual = self._products[key]
        return product, group if group != usual else None

    def _make(self, new: Any) -> int:
        self._session.add(new)
        self._session.flush()
        bring_back.added(self._step, new.__tablename__, [new.id], self._session)
        number: int = new.id
        return number
