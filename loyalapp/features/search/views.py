"""The page with all results, and the piece of a page that appears while one types."""

from functools import lru_cache

from flask import Blueprint, current_app, render_template, request

from loyalapp.core.i18n import isolate
from loyalapp.features.search import service
from loyalapp.web.counter import is_counter

pages = Blueprint("search", __name__, url_prefix="/search", template_folder="templates")
REMEMBERED = 2048


@pages.get("")
def show():
    """Everything that answers to the words."""
    text = request.args.get("q", "").strip()
    page = max(0, request.args.get("page", 0, int))
    found = service.look_up(text, page, is_counter=is_counter())
    return render_template("search/show.html", text=text, page=page, found=found)


@pages.get("/suggest")
def suggest():
    """The first few, while typing; drawn without the frame's facts, which it does not show."""
    text = request.args.get("q", "").strip()
    if not text:
        return ""
    found = [(one.id, *_shown(one.name, *one.beside)) for one in service.suggest(text)]
    piece = current_app.jinja_env.get_template("search/suggest.html")
    return piece.render(found=found)


@lru_cache(REMEMBERED)
def _shown(name: str, *beside: str | None) -> tuple[str, str]:
    """A line, each of its words in its own direction; the same people come again with every further letter."""
    return isolate(name), " · ".join([isolate(word) for word in beside if word])
