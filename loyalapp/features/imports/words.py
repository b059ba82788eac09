"""The words of lists, from `words.toml`: headings in three languages, "nothing", "total", forms of address, languages.

Every word is compared after `textkeys.norm`, so that ي and ی, or फ़ and फ, make no difference.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from loyalapp.core.textkeys import norm

FILE = Path(__file__).with_name("words.toml")
SIGNS = frozenset(
    [
        "-",
        "--",
        "---",
        "----",
        "—",
        "–",
        "_",
        ".",
        "..",
        "...",
        "…",
        "/",
        "//",
        "*",
        "**",
        "?",
        "??",
        "???",
        "#n/a",
        "n/a",
        "#ref!",
        "#value!",
        "#name?",
        "#div/0!",
        "#num!",
        "#null!",
    ]
)
LONGEST_NONE = 20


def plain_key(text: str) -> str:
    """A header or a short word without punctuation, in one spelling."""
    return norm(text.replace("#", " no "))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def _written(name: str) -> list[str]:
    return [word for language in _table()[name].values() for word in language]


@cache
def meanings() -> tuple[str, ...]:
    """What columns can mean, the more special first."""
    return tuple(_table()["headers"])


@cache
def headers() -> dict[str, str]:
    """Every phrase of a heading by its key; an earlier meaning keeps a phrase that two could have."""
    found: dict[str, str] = {}
    for meaning, languages_ in _table()["headers"].items():
        for phrase in (phrase for words in languages_.values() for phrase in words):
            found.setdefault(plain_key(phrase), meaning)
    return found


def _keys(name: str) -> frozenset[str]:
    return frozenset(map(plain_key, _written(name))) - {""}


@cache
def totals() -> frozenset[str]:
    """Words that stand in a total row."""
    return _keys("totals")


@cache
def titles_before() -> frozenset[str]:
    """Forms of address that stand before a name."""
    return _keys("titles_before")


@cache
def titles_after() -> frozenset[str]:
    """Forms of address that stand after a name."""
    return _keys("titles_after")


@cache
def last_words_after() -> frozenset[str]:
    """The last word of each of them."""
    return frozenset(phrase.split()[-1] for phrase in titles_after())


@cache
def languages() -> dict[str, str]:
    """How lists write a language → its code."""
    return {plain_key(word): code for code, words in _table()["languages"].items() for word in words}


@cache
def values_of(meaning: str) -> dict[str, str]:
    """How lists write the few values of a field ("size", "channel") → our word for each."""
    return {plain_key(word): value for value, spelt in _table()[f"{meaning}s"].items() for word in spelt}


@cache
def firm_days() -> frozenset[str]:
    """Headings over the day on which a firm began."""
    return _keys("firm_days")


@cache
def prices() -> frozenset[str]:
    """Headings over what one piece costs."""
    return _keys("prices")


@cache
def _none_words() -> frozenset[str]:
    """As they are written, with the letters of an Arabic keyboard too: this is asked of every cell of a long list."""
    found = set(_written("none"))
    found |= {word.replace("ہ", "ه").replace("ی", "ي").replace("ک", "ك") for word in found}
    return frozenset(found | {word + mark for word in found for mark in ".۔।"} | SIGNS | {""})


def is_none(text: str) -> bool:
    """Whether the cell says in words or by a sign that there is nothing."""
    return len(text) <= LONGEST_NONE and text.casefold() in _none_words()
