"""Addresses of pages are put together once: a page names dozens of them, and each takes as long as a query.

What puts an address together is itself made at its first use: at start it would cost more than the first page.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

from flask import Flask, Request, Response, has_request_context
from flask.globals import _cv_request  # what is told once for a page must go with the page
from werkzeug.routing import MapAdapter, Rule

from loyalapp.core.db import reading
from loyalapp.core.i18n import current_tongue
from loyalapp.web.pressing import press
from loyalapp.web.sessions import Sessions
from loyalapp.web.templating import Templates

REMEMBERED = 4096
HOSTS = 8  # names that this computer is called by
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
        self._hosts: dict[str, tuple[str, str]] = {}
        build = super().url_for
        self._remembered = lru_cache(REMEMBERED)(lambda endpoint, values: build(endpoint, **dict(values)))

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """What finds the page of an address. That the host has a proper name is looked at when it is first met."""
        host = request.environ.get("HTTP_HOST") if request else None
        if request is None or host not in self._hosts:
            return self._first_adapter(request, host)
        request.host, server_name = self._hosts[host]
        told = request.environ
        words = (request.root_path, "", told["wsgi.url_scheme"], request.path, request.method)
        return MapAdapter(self.url_map, server_name, *words, told.get("QUERY_STRING", ""))

    def _first_adapter(self, request: Request | None, host: str | None) -> MapAdapter | None:
        found = super().create_url_adapter(request)
        if request and host and found and len(self._hosts) < HOSTS:
            self._hosts[host] = request.host, found.server_name
        return found

    def send_static_file(self, filename: str) -> Response:
        """One of the files beside the pages, in few bytes."""
        return press(super().send_static_file(filename), filename)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """What Flask asks of a dozen functions for each page: whether they are `async`. None of ours is."""
        return func

    def update_template_context(self, context: dict[str, Any]) -> None:
        """What every template gets, put together once for a page that only shows and draws a dozen of them."""
        page: Any = _cv_request.get(None)
        if page is None or not reading.get():
            super().update_template_context(context)
            return
        kept = vars(page).setdefault("loyalapp.words", {})
        language = current_tongue()
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
