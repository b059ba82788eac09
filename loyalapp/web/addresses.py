"""Addresses of pages are put together once: a page names dozens of them, and each takes as long as a query."""

from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context

REMEMBERED = 4096
PLAIN = (str, int)


class House(Flask):
    """A Flask that remembers the addresses it gave. They depend on nothing but their words: there is one place only."""

    def __init__(self, *words: Any, **options: Any) -> None:
        super().__init__(*words, **options)
        build = super().url_for
        self._remembered = lru_cache(REMEMBERED)(lambda endpoint, values: build(endpoint, **dict(values)))

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """The address of a page; what depends on the page of the moment (".show", `_external`) is worked out anew."""
        values = {word: one for word, one in values.items() if one is not None}
        is_plain = all(type(one) in PLAIN for one in values.values()) and not any(one.startswith("_") for one in values)
        if is_plain and not endpoint.startswith(".") and has_request_context():
            return self._remembered(endpoint, tuple(values.items()))
        return super().url_for(endpoint, **values)
