"""The manual."""

from flask import Blueprint, abort, render_template

from loyalapp.plugin_system.calls import ask

pages = Blueprint("help", __name__, url_prefix="/help", template_folder="templates")


def _topics():
    return sorted(ask("help_topics"), key=lambda one: one.order)


@pages.get("/")
def show():
    """All pages of the manual."""
    return render_template("help/show.html", topics=_topics())


@pages.get("/<slug>")
def topic(slug: str):
    """One page of the manual."""
    found = next((one for one in _topics() if one.slug == slug), None)
    if found is None:
        abort(404)
    return render_template("help/topic.html", topic=found, topics=_topics())
