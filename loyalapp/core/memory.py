"""Figures that cost a walk through a whole table are remembered as long as what they depend on stands still."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from loyalapp.core.db import changes, data_version, of_page, reading
from loyalapp.core.i18n import current_locale
from loyalapp.core.moment import this_app

T = TypeVar("T")


def remembered(name: str, depends_on: Hashable, make: Callable[[], T]) -> T:
    """The figure called `name`, made anew when `depends_on` has changed. One value per name is kept."""
    kept: dict[str, tuple[Hashable, Any]] = this_app().extensions.setdefault("loyalapp.memory", {})
    return _kept_in(kept, name, depends_on, make)


def until_changed(name: str, make: Callable[[], T], depends_on: Hashable = None) -> T:
    """What `make` reads from the database, read again after any change to it, here or by another process.

    Kept for each connection apart, since SQLite numbers the changes that a connection saw for that connection alone.
    Not remembered where pages may write; on PostgreSQL, which does not tell of other desks' changes, for one page.
    """
    if not reading.get():
        return make()
    link = of_page()[0]
    if link.dialect.name != "sqlite":
        return once(f"{name} {depends_on}", make)
    version = once("data_version", lambda: data_version(link))
    locale = current_locale()  # a language of a folder, which whoever asks may not know of
    stamp = (changes(this_app()), version, depends_on, locale.modifier if locale else None)
    return _kept_in(link.info.setdefault("loyalapp.memory", {}), name, stamp, make)


def once(name: str, make: Callable[[], T]) -> T:
    """What `make` reads from the database, read once for a page, whoever asks: it has to be a value nobody can change.

    It is as old as the transaction that the page reads in, which sees no changes of others. Where pages may write it is
    read again each time.
    """
    if not reading.get():
        return make()
    kept = of_page()[1]
    if name not in kept:
        kept[name] = make()
    value: T = kept[name]
    return value


def _kept_in(kept: dict[str, tuple[Hashable, Any]], name: str, depends_on: Hashable, make: Callable[[], T]) -> T:
    known = kept.get(name)
    if known is None or known[0] != depends_on:
        known = kept[name] = (depends_on, make())
    value: T = known[1]
    return value
