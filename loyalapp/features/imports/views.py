"""Pages of imports (being written)."""

from flask import Blueprint

pages = Blueprint("imports", __name__, url_prefix="/imports", template_folder="templates")


@pages.get("/new")
def new():
    """Being written."""
    return "new"
