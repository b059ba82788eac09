"""The few groups that figures and opportunities count instead of thousands of articles: at most fifteen (B1).

A group is known by its name. A product without one falls into `OTHER`; as long as no group was made, every product
counts for itself.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, literal_column, select, update

from loyalapp.core.alphabet import in_order
from loyalapp.core.db import db, rows
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import _, current_language
from loyalapp.core.memory import until_changed
from loyalapp.core.textkeys import norm, plain
from loyalapp.features.catalogue import habits
from loyalapp.features.catalogue.models import Product, ProductGroup, Purchase
from loyalapp.features.interactions.models import Need

MOST = 15
LONGEST = 60
OTHER = ""  # the group of what has none
TRADES = Path(__file__).with_name("trades.toml")

# Names may also have come with products alone, from before groups were kept.
NAMES = select(ProductGroup.name).union(select(Product.product_group).where(Product.product_group.is_not(None)))
UNGROUPED = select(Product.id).where(Product.product_group.is_(None)).limit(1)
PRODUCTS = select(Product.name).order_by(Product.name)
_SOLD = select(func.count(Purchase.id)).where(Purchase.product_id == Product.id).scalar_subquery()
# The group of a sale where groups were made, and where every product counts for itself.
GROUPED = func.coalesce(Purchase.product_group, Product.product_group, literal_column("''"))
BY_PRODUCT = func.coalesce(Purchase.product_group, Product.product_group, Product.name, Purchase.item)
TO_SORT = (
    select(Product.id, Product.name, Product.product_group, _SOLD.label("sold"))
    .where(Product.product_group.is_(None) | bindparam("all"))
    .order_by(_SOLD.desc(), Product.name, Product.id)
    .limit(bindparam("limit"))
)


def names() -> list[str]:
    """The groups by name; read again only after a change."""
    return until_changed("catalogue.group_names", lambda: in_order(rows(NAMES).scalars()), current_language())


def counted() -> list[str]:
    """What opportunities count: the groups, and `OTHER` where a product has none; without groups every product."""
    return until_changed("catalogue.counted", _counted)


def _counted() -> list[str]:
    known = names()
    if not known:
        return list(rows(PRODUCTS).scalars())
    return [*known, OTHER] if rows(UNGROUPED).scalar() else known


def label(group: str) -> str:
    """The name of a group as it stands on a page."""
    return group or _("Other things")


def group_of() -> ColumnElement[str]:
    """For questions that join purchases with their products: the group of a sale, as `counted` counts.

    A group that was given with the sale comes before that of the product.
    """
    return GROUPED if names() else BY_PRODUCT


def bought(customer_ids: Sequence[int]) -> dict[int, set[str]]:
    """Which groups each customer has bought, by customer id."""
    query = (
        select(Purchase.customer_id, group_of())
        .outerjoin(Product, Product.id == Purchase.product_id)
        .where(Purchase.customer_id.in_(customer_ids))
        .distinct()
    )
    found: dict[int, set[str]] = {one: set() for one in customer_ids}
    for customer_id, group in db.session.execute(query):
        found[customer_id].add(group)
    return found


def named(text: str) -> str | None:
    """The group of this name, made if there is room for one more; None for no name; in the caller's transaction.

    :raises LoyalAppError: if there are fifteen already, or the name is too long.
    """
    name = plain(text)
    if not name:
        return None
    known = {norm(one): one for one in rows(NAMES).scalars()}
    if norm(name) in known:
        return known[norm(name)]
    if len(known) >= MOST:
        raise LoyalAppError(
            _("There are fifteen groups already. Choose one of them, or make one of two first."), field="group"
        )
    if len(name) > LONGEST:
        raise LoyalAppError(_("This name is long. Please shorten it to 60 letters."), field="group")
    db.session.add(ProductGroup(name=name, name_key=norm(name)))
    db.session.flush()
    return name


def add(text: str) -> None:
    """Make a group.

    :raises LoyalAppError: without a name, with one that is there, or if there are fifteen already.
    """
    if not plain(text):
        raise LoyalAppError(_("Please write a name."), field="group")
    if norm(text) in map(norm, rows(NAMES).scalars()):
        raise LoyalAppError(_("This group is here already."), field="group")
    named(text)
    db.session.commit()


def add_suggested(trade: str, language: str) -> int:
    """Make the groups that firms of a trade usually have, as far as there is room; answers how many are new.

    :raises LoyalAppError: for a trade that is not in the list.
    """
    wanted = trades(language).get(trade)
    if wanted is None:
        raise LoyalAppError(_("Please choose a trade from the list."), field="trade")
    known = set(map(norm, rows(NAMES).scalars()))
    new = [one for one in wanted[1] if norm(one) not in known][: MOST - len(known)]
    for one in new:
        db.session.add(ProductGroup(name=one, name_key=norm(one)))
    db.session.commit()
    return len(new)


def remove_unsold(groups: Iterable[str]) -> None:
    """Take away those of these groups in which nothing was ever sold; their products stay, in no group."""
    sold = select(GROUPED).join(Product, Product.id == Purchase.product_id, isouter=True)
    unsold = set(groups) - set(db.session.scalars(sold.distinct()))
    keys = [norm(one) for one in unsold]
    db.session.execute(delete(ProductGroup).where(ProductGroup.name_key.in_(keys)))
    db.session.execute(update(Product).where(Product.product_group.in_(unsold)).values(product_group=None))
    db.session.commit()


@cache
def trades(language: str) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Trades by key: what each is called in a language, and the groups it usually has."""
    told = tomllib.loads(TRADES.read_text("utf-8"))
    return {key: (one[language]["name"], tuple(one[language]["groups"])) for key, one in told.items()}


def rename(group: str, text: str) -> None:
    """Give a group another name, everywhere.

    :raises NotFound: if there is no such group.
    :raises LoyalAppError: without a name, or with that of another group.
    """
    _known(group)
    name = plain(text)
    if not name or len(name) > LONGEST:
        raise LoyalAppError(_("Please write a name of at most 60 letters."), field="name")
    if norm(name) != norm(group) and norm(name) in map(norm, rows(NAMES).scalars()):
        raise LoyalAppError(_("This group is here already. You can make one of the two."), field="name")
    _replace(group, name)


def merge(group: str, into: str) -> None:
    """Make one group of two: everything of `group` belongs to `into`.

    :raises NotFound: if one of them is not there.
    :raises LoyalAppError: for a group and itself.
    """
    _known(group)
    _known(into)
    if group == into:
        raise LoyalAppError(_("Please choose another group."), field="into")
    _replace(group, into)


def remove(group: str) -> None:
    """There is no such group any more: its products fall into `OTHER`.

    :raises NotFound: if it is not there.
    """
    _known(group)
    _replace(group, None)


def _known(group: str) -> None:
    if group not in set(rows(NAMES).scalars()):
        raise NotFound(_("This group is not here any more."))


def _replace(group: str, name: str | None) -> None:
    for table in (Product, Purchase, Need):
        changed = update(table).where(table.product_group == group).values(product_group=name)
        db.session.execute(changed.execution_options(synchronize_session=False))
    db.session.execute(delete(ProductGroup).where(ProductGroup.name == group))
    kept = select(ProductGroup.id).where(ProductGroup.name_key == norm(name or ""))
    if name and db.session.scalar(kept) is None:
        db.session.add(ProductGroup(name=name, name_key=norm(name)))
    db.session.expire_all()
    chosen = habits.habits()
    if group in chosen.groups:
        wanted = dict.fromkeys(name if one == group else one for one in chosen.groups)
        habits.save(chosen._replace(groups=tuple(one for one in wanted if one)))
    db.session.commit()


def to_sort(limit: int, *, everything: bool = False) -> Sequence[Any]:
    """Products without a group (or all), those that sell most first: id, name, product_group, sold."""
    return rows(TO_SORT, {"limit": limit, "all": everything}).all()


def assign(chosen: Mapping[int, str]) -> int:
    """Put products into groups in one step; "" takes one out. Answers how many belong elsewhere now.

    :raises NotFound: if a group is not there.
    """
    groups = {one for one in chosen.values() if one}
    for one in groups:
        _known(one)
    products = db.session.scalars(select(Product).where(Product.id.in_(list(chosen)))).all()
    changed: Counter[bool] = Counter()
    for one in products:
        wanted = chosen[one.id] or None
        changed[one.product_group != wanted] += 1
        one.product_group = wanted
    db.session.commit()
    return changed[True]
