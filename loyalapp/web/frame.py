"""The pieces of the frame that stay the same from page to page, drawn once for each language and each state."""

from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, render_template, session
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from loyalapp.core.i18n import current_tongue
from loyalapp.core.moment import of_the_moment, this_app

REMEMBERED = 512
HERE = "\0"  # stands for the page in what is drawn once; no text holds it
TOKEN = "csrf_token"  # noqa: S105 -- the name of a field


def install(app: Flask) -> None:
    """Give the app a memory for its frame."""
    app.extensions["loyalapp.frame"] = lru_cache(REMEMBERED)(_draw)
    app.extensions["loyalapp.tokens"] = {}
    app.jinja_env.globals[TOKEN] = token
    app.jinja_env.globals["window_pieces"] = lambda: drawn("ui/window.html")


def drawn(template: str, **facts: Any) -> Markup:
    """A template that shows nothing but these plain facts, in the language of the moment."""
    made: Markup = this_app().extensions["loyalapp.frame"](template, current_tongue(), tuple(facts.items()))
    return made


def drawn_on_page(template: str, page: str, **facts: Any) -> Markup:
    """The same for a template with a form that comes back to the `page` it stands on, which it calls `here`."""
    made = drawn(template, **facts, here=HERE, token=token())
    return Markup(made.replace(HERE, escape(page)))  # noqa: S704 -- drawn, and escaped


def _draw(template: str, _language: str, facts: tuple[tuple[str, Any], ...]) -> Markup:
    return Markup(render_template(template, **dict(facts)))  # noqa: S704 -- rendered by Jinja, which escaped it


def token() -> str:
    """The token that a form carries: signed once for each session, since signing takes longer than a query."""
    if made := of_the_moment().get(TOKEN):  # a page asks for it in every form
        return str(made)
    known: dict[str, str] = current_app.extensions["loyalapp.tokens"]
    secret = session.get(TOKEN)
    if secret not in known:
        if len(known) >= REMEMBERED:
            known.clear()
        made = generate_csrf()
        known[session[TOKEN]] = made
        return made
    setattr(g, TOKEN, known[secret])  # where Flask-WTF looks for it
    return known[secret]
