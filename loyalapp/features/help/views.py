"""The manual."""

from flask import Blueprint, abort, render_template

from loyalapp.plugin_system.calls import ask
from loyalapp.web.shell import piece_of

pages = Blueprint("help", __name__, url_prefix="/help", template_folder="templates")


def _topics():
    return sorted(ask("help_topics"), key=lambda one: one.order)


def _drawn(slug: str):
    """The text of the page that is asked for; drawn while its plugin is asked, so that a broken one is its fault."""
    return ask("help_topics", lambda one: (one, piece_of(one.template) if one.slug == slug else ""))


@pages.get("/")
def show():
    """All pages of the manual."""
    return render_template("help/show.html", topics=_topics())


@pages.get("/<slug>")
def topic(slug: str):
    """One page of the manual."""
    topics = sorted(_drawn(slug), key=lambda one: one[0].order)
    found, text = next((one for one in topics if one[0].slug == slug), (None, ""))
    if found is None:
        abort(404)
    return render_template("help/topic.html", topic=found, text=text, topics=[one for one, _text in topics])
