"""Sorts of extras: those of practice C2, and what the owner added."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from loyalapp import sdk

from .models import sort
from .words import EXTRAS

_ = sdk.texts("value").gettext

OWN = "own-"
LONGEST = 60
MOST = 20
ALL = select(sort.c.id, sort.c.name, sort.c.is_gone).order_by(sort.c.id)


def own() -> Sequence[Row[Any]]:
    """The owner's own sorts, also those that are not offered any more: (id, name, is_gone)."""
    found: Sequence[Row[Any]] = sdk.until_changed("value.sorts", lambda: sdk.rows(ALL).all())
    return found


def offered() -> list[str]:
    """The keys one can choose from."""
    return [*EXTRAS, *(f"{OWN}{one.id}" for one in own() if not one.is_gone)]


def is_known(key: str) -> bool:
    """Whether there is such a sort and it is still offered."""
    return key in offered()


def own_name(key: str) -> str:
    """What one of the owner's sorts is called; "" for another."""
    return next((one.name for one in own() if f"{OWN}{one.id}" == key), "")


def add(name: str) -> int:
    """A sort of our own; one that was taken away comes back.

    :raises LoyalAppError: without a name, if it is there already, or if there are very many.
    """
    kept = sdk.plain(name)[:LONGEST]
    if not kept:
        raise sdk.LoyalAppError(_("Please write a word or two."), field="name")
    same = next((one for one in own() if sdk.norm(one.name) == sdk.norm(kept)), None)
    if same is not None and not same.is_gone:
        raise sdk.LoyalAppError(_("This sort is there already."), field="name")
    if same is not None:
        set_gone(same.id, is_gone=False)
        return int(same.id)
    if sum(not one.is_gone for one in own()) >= MOST:
        raise sdk.LoyalAppError(_("These are very many sorts. Please take one away first."), field="name")
    made = sdk.db.session.execute(insert(sort).values(name=kept).returning(sort.c.id)).scalar_one()
    sdk.db.session.commit()
    return int(made)


def set_gone(sort_id: int, *, is_gone: bool) -> None:
    """Offer a sort no more, or again; what was written down under it keeps its name.

    :raises NotFound: if there is none.
    """
    is_there = select(func.count()).select_from(sort).where(sort.c.id == sort_id)
    if not 0 < sort_id < 2**31 or not sdk.db.session.scalar(is_there):
        raise sdk.NotFound(_("This sort is not there any more."))
    sdk.db.session.execute(update(sort).where(sort.c.id == sort_id).values(is_gone=is_gone))
    sdk.db.session.commit()
