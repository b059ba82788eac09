"""The page on which all data is looked through, on demand."""

from flask import Blueprint, current_app, render_template

from loyalapp.features.first_aid import service
from loyalapp.web.rights import owner_only

pages = Blueprint("first_aid", __name__, url_prefix="/data-check", template_folder="templates")


@pages.get("/")
def show():
    """What it does, and the button."""
    return render_template("first_aid/check.html", faults=None)


@pages.post("/")
def check():
    """Look at everything, and say what was found."""
    return render_template("first_aid/check.html", faults=service.check_all())


@pages.post("/restart")
@owner_only
def restart():
    """Start again: the start finds the damage and helps."""
    current_app.extensions["loyalapp"].restart_wanted.set()
    return render_template("first_aid/restarting.html")
