"""Figures that cost a walk through a whole table are remembered as long as what they depend on stands still."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import current_app

T = TypeVar("T")


def remembered(name: str, depends_on: Hashable, make: Callable[[], T]) -> T:
    """The figure called `name`, made anew when `depends_on` has changed. One value per name is kept."""
    kept: dict[str, tuple[Hashable, Any]] = current_app.extensions.setdefault("loyalapp.memory", {})
    known = kept.get(name)
    if known is None or known[0] != depends_on:
        known = kept[name] = (depends_on, make())
    value: T = known[1]
    return value
