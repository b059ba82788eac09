"""Addresses of pages are put together once: a page names dozens of them, and each takes as long as a query.

What puts an address together is itself made at its first use: at start it would cost more than the first page.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

from flask import Flask, has_request_context
from flask.globals import _cv_request  # what is told once for a page must go with the page
from werkzeug.routing import Rule

from loyalapp.core.db import reading
from loyalapp.core.i18n import current_language
from loyalapp.web.sessions import Sessions
from loyalapp.web.templating import Templates

REMEMBERED = 4096
PLAIN = (str, int)
SAFE = "!$&'()*+,/:;=@"  # signs that stand in a path as they are


class LateRule(Rule):
    """A rule whose builders are made when an address is first put together by it, and without Python's compiler."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if self.defaults or self.host or self.subdomain:  # none of ours
            make = super()._compile_builder
            made = cache(lambda: make(append_unknown).__get__(self, None))
            return lambda _rule, **values: made()(**values)

        pieces = cache(
            lambda: [(is_word, one if is_word else quote(one, safe=SAFE)) for is_word, one in self._trace[1:]]
        )

        def build(_rule: Rule, **values: Any) -> tuple[str, str]:
            told = [self._converters[one].to_url(values.pop(one)) if is_word else one for is_word, one in pieces()]
            asked = f"?{self._encode_query_vars(values)}" if append_unknown and values else ""
            return "", "".join(told) + asked

        return build


class House(Flask):
    """A Flask that remembers the addresses it gave. They depend on nothing but their words: there is one place only."""

    url_rule_class = LateRule
    jinja_environment = Templates

    def __init__(self, *words: Any, **options: Any) -> None:
        super().__init__(*words, **options)
        self.session_interface = Sessions()
        build = super().url_for
        self._remembered = lru_cache(REMEMBERED)(lambda endpoint, values: build(endpoint, **dict(values)))

    def update_template_context(self, context: dict[str, Any]) -> None:
        """What every template gets, put together once for a page that only shows and draws a dozen of them."""
        page: Any = _cv_request.get(None)
        if page is None or not reading.get():
            super().update_template_context(context)
            return
        kept = vars(page).setdefault("loyalapp.words", {})
        language = current_language()
        if language not in kept:
            made: dict[str, Any] = {}
            super().update_template_context(made)
            kept[language] = made
        own = context.copy()
        context.update(kept[language])
        context.update(own)

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """The address of a page; what depends on the page of the moment (".show", `_external`) is worked out anew."""
        values = {word: one for word, one in values.items() if one is not None}
        is_plain = all(type(one) in PLAIN for one in values.values())
        is_plain = is_plain and not any(one.startswith("_") and one != "_anchor" for one in values)
        if is_plain and not endpoint.startswith(".") and has_request_context():
            return self._remembered(endpoint, tuple(values.items()))
        return super().url_for(endpoint, **values)
