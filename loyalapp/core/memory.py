"""Figures that cost a walk through a whole table are remembered as long as what they depend on stands still."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import current_app

from loyalapp.core.db import changes, data_version, db, reading

T = TypeVar("T")


def remembered(name: str, depends_on: Hashable, make: Callable[[], T]) -> T:
    """The figure called `name`, made anew when `depends_on` has changed. One value per name is kept."""
    kept: dict[str, tuple[Hashable, Any]] = current_app.extensions.setdefault("loyalapp.memory", {})
    return _kept_in(kept, name, depends_on, make)


def until_changed(name: str, make: Callable[[], T], depends_on: Hashable = None) -> T:
    """What `make` reads from the database, read again after any change to it, here or by another process.

    Kept for each connection apart, since SQLite numbers the changes that a connection saw for that connection alone.
    Not remembered where pages may write, nor on PostgreSQL, which does not tell of other desks' changes.
    """
    link = db.session.connection()
    if not reading.get() or link.dialect.name != "sqlite":
        return make()
    stamp = (changes(current_app), data_version(link), depends_on)
    return _kept_in(link.info.setdefault("loyalapp.memory", {}), name, stamp, make)


def _kept_in(kept: dict[str, tuple[Hashable, Any]], name: str, depends_on: Hashable, make: Callable[[], T]) -> T:
    known = kept.get(name)
    if known is None or known[0] != depends_on:
        known = kept[name] = (depends_on, make())
    value: T = known[1]
    return value
