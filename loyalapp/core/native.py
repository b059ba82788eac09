"""Digits of one's own script in our sentences too, where the firm chose them: "۳۰ دن" instead of "30 دن".

They are put into a catalogue when it is read. What goes with Latin letters stays as it is: F1, Ctrl+Alt+1, A6, .xlsx.
"""

import re
from typing import Any, TypeVar
from weakref import WeakSet

from loyalapp.core.moment import this_app

Catalogue = TypeVar("Catalogue")
DIGITS = {"ur": "۰۱۲۳۴۵۶۷۸۹", "hi": "०१२३४५६७८९"}
TABLES = {language: str.maketrans("0123456789", digits) for language, digits in DIGITS.items()}
# Placeholders, tags, addresses of letters, and words with Latin letters in them are passed over.
_PASSED = r"%\([^)]*\)[a-z]|<[^>]*>|&[#\w]+;|\w*[A-Za-z][\w+.-]*|loyalapp [^۔।<]*"
_FOUND = re.compile(rf"({_PASSED})|\d+")
_watched: "WeakSet[Any]" = WeakSet()


def watch(texts: Any) -> None:
    """Remember whose catalogues have to be read again when the firm chooses other digits."""
    _watched.add(texts)


def forget() -> None:
    """Let go of all words: the next page reads them with the digits that are chosen now."""
    for texts in list(_watched):
        texts.cache.clear()
        texts.said.cache_clear()
        texts.shown.cache_clear()


def put_into(catalogue: Catalogue, language: str) -> Catalogue:
    """The catalogue with its digits as the firm wishes them."""
    if language in TABLES and this_app().config.get("FORMATS", {}).get("digits") == "native":
        said: dict[Any, str] = vars(catalogue)["_catalog"]  # gettext gives no other way to what it holds
        said.update({key: in_words(words, language) for key, words in said.items() if key})
    return catalogue


def number(value: Any, language: str) -> Any:
    """A small number as it goes into a sentence."""
    wishes = this_app().config.get("FORMATS", {}) if language in TABLES else {}
    return str(value).translate(TABLES[language]) if wishes.get("digits") == "native" else value


def in_words(words: str, language: str) -> str:
    """A sentence of ours with the digits of its script."""
    return _FOUND.sub(lambda found: found[0] if found[1] else found[0].translate(TABLES[language]), words)
