"""What is proposed beside a name while somebody types it."""

from flask import Blueprint, render_template, request

from loyalapp.features.spellings import service

pages = Blueprint("spellings", __name__, url_prefix="/spellings", template_folder="templates")


@pages.get("/")
def show():
    """The name in other letters, for the fields where nothing is written yet, as a piece of a form."""
    found = service.proposed(request.args.get("name", ""))
    wanted = {script: spelt for script, spelt in found.items() if not request.args.get(f"name_{script}")}
    return render_template("spellings/show.html", found=wanted)
