"""Knows by its name what sort of goods a product group has, and what sort of work a trade is (`goods.toml`)."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from loyalapp import sdk

FILE = Path(__file__).with_name("goods.toml")


@cache
def _words(part: str) -> Mapping[str, tuple[str, ...]]:
    told = tomllib.loads(FILE.read_text("utf-8"))[part]
    return {key: tuple(sdk.norm(one.replace("\u00a0", " ")) for one in words.split(" ")) for key, words in told.items()}


def _sorts(name: str, part: str) -> set[str]:
    """What a name speaks of: one of its words begins so, or it holds several words as they stand."""
    text = f" {sdk.norm(name)}"
    return {key for key, words in _words(part).items() if any(f" {one}" in text for one in words if one)}


def of_groups(names: Iterable[str]) -> set[str]:
    """The sorts of goods of these product groups."""
    return {sort for name in names for sort in _sorts(name, "goods")}


def of_trade(text: str | None) -> set[str]:
    """The sorts of work of a customer's trade, in whatever words it was written down."""
    return _sorts(text, "trade") if text else set()
