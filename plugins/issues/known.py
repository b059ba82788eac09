"""What is known of a problem (A7): its group and kind, others like it, the cause behind it and the quick fix."""

from typing import Any

from sqlalchemy import func, select, update

from loyalapp import sdk

from . import kinds, similar
from .models import Cause, Key, Problem

STRAY = select(Problem.product_group).where(Problem.product_group.is_not(None)).distinct()
_GROUP_OF_PRODUCT = func.coalesce(sdk.Product.product_group, sdk.Product.name)
OF_OWNED = (
    select(_GROUP_OF_PRODUCT)
    .join(sdk.OwnedItem, sdk.OwnedItem.product_id == sdk.Product.id)
    .where(sdk.OwnedItem.id == Problem.owned_item_id)
    .scalar_subquery()
)
OF_PURCHASE = (
    select(func.coalesce(sdk.Purchase.product_group, _GROUP_OF_PRODUCT))
    .outerjoin(sdk.Product, sdk.Product.id == sdk.Purchase.product_id)
    .where(sdk.Purchase.id == Problem.purchase_id)
    .scalar_subquery()
)
GROUP = func.coalesce(OF_OWNED, OF_PURCHASE)


def was_recorded(problem: Problem, kind: str | None = "") -> None:
    """Store what similar ones are found by: group, kind and keys; in the caller's transaction, after its flush.

    :param kind: what was chosen in the form; "" is guessed from the words.
    """
    problem.kind_id = kinds.checked(kind) or kinds.guess(f"{problem.item} {problem.what}")
    was_changed(problem)


def was_changed(problem: Problem) -> None:
    """The words or the thing of a problem are others now."""
    sdk.remembered("issues.older", None, _learn_older_ones)
    _follow_the_groups()
    problem.product_group = _group(sdk.db.session.scalar(select(GROUP).where(Problem.id == problem.id)), problem.item)
    similar.keep(problem)
    sdk.db.session.flush()


def group_of_thing(owned_item_id: int | None, purchase_id: int | None, item: str = "") -> str | None:
    """The group of a thing that a problem may be about."""
    if owned_item_id:
        where = select(_GROUP_OF_PRODUCT).join(sdk.OwnedItem, sdk.OwnedItem.product_id == sdk.Product.id)
        return _group(sdk.db.session.scalar(where.where(sdk.OwnedItem.id == owned_item_id)), item)
    if purchase_id:
        bought = select(func.coalesce(sdk.Purchase.product_group, _GROUP_OF_PRODUCT)).outerjoin(
            sdk.Product, sdk.Product.id == sdk.Purchase.product_id
        )
        return _group(sdk.db.session.scalar(bought.where(sdk.Purchase.id == purchase_id)), item)
    return _group(None, item)


def _group(group: str | None, item: str) -> str | None:
    """A group of the catalogue: that of the thing, else of the product of that name; "" where it has none."""
    known = sdk.catalogue.groups()
    if group is None and item:
        named = select(_GROUP_OF_PRODUCT).where(sdk.Product.name_key == sdk.norm(item))
        group = sdk.db.session.scalar(named)
    return group if group in known else ""


def _learn_older_ones() -> bool:
    """Problems from before there were keys and groups; looked for once after each start."""
    known = select(Key.problem_id)
    older = sdk.rows(select(Problem.id, Problem.item, Problem.what).where(Problem.id.not_in(known))).all()
    similar.keep_all((one.id, f"{one.item} {one.what}") for one in older)
    change = update(Problem).where(Problem.product_group.is_(None)).values(product_group=func.coalesce(GROUP, ""))
    sdk.db.session.execute(change.execution_options(synchronize_session=False))
    return True


def _follow_the_groups() -> None:
    """Groups that were renamed, joined or made since: problems go where their things belong now."""
    known = frozenset(sdk.catalogue.groups())
    sdk.remembered("issues.groups", known, lambda: _sort_anew(known))


def _sort_anew(known: frozenset[str]) -> bool:
    stray = {one for one in sdk.rows(STRAY).scalars() if one not in known and one}
    if stray:
        change = update(Problem).where(Problem.product_group.in_(stray)).values(product_group=func.coalesce(GROUP, ""))
        sdk.db.session.execute(change.execution_options(synchronize_session=False))
    return True


def on_record(chosen: str | None) -> dict[str, Any]:
    """For the page on which a problem is written down: the kinds to choose from, and what was chosen."""
    return {"kinds": kinds.offered(), "kind": chosen or ""}


def on_page(problem: Problem) -> dict[str, Any]:
    """For the page of a problem: its kind and its cause, and others like it with their quick fixes."""
    cause = sdk.db.session.get(Cause, problem.cause_id) if problem.cause_id else None
    found = similar.look_up(problem.what, problem.product_group, problem.kind_id, but=problem.id)
    return {
        "cause": cause,
        "known": [one for one in found.causes if one.id != problem.cause_id],
        "like_this": found.problems,
        "kinds": kinds.offered(),
        "kind_name": kinds.names().get(problem.kind_id or 0, ""),
        "cause_names": {one.id: one.title for one in similar.causes()},
    }
