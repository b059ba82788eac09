"""The search page, and the piece of it that appears while one types."""

from flask import Blueprint, render_template, request

from loyalapp.features.customers import service as customers

pages = Blueprint("search", __name__, url_prefix="/search", template_folder="templates")
MANY = 50
FEW = 8


@pages.get("")
def show():
    """Everybody who answers to the words."""
    text = request.args.get("q", "").strip()
    found = customers.find(text, MANY) if text else []
    return render_template("search/show.html", text=text, found=found)


@pages.get("/suggest")
def suggest():
    """The first few, while typing."""
    text = request.args.get("q", "").strip()
    return render_template("search/suggest.html", text=text, found=customers.find(text, FEW) if text else [])
