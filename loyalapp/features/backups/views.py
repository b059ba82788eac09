"""The page of copies."""

from flask import Blueprint, current_app, redirect, render_template, url_for

from loyalapp.core.i18n import _
from loyalapp.features.backups import service
from loyalapp.web.shell import note

pages = Blueprint("backups", __name__, url_prefix="/backups", template_folder="templates")


@pages.get("/")
def show():
    """What copies there are, and where they lie."""
    return render_template(
        "backups/show.html", copies=service.copies(), folder=current_app.extensions["loyalapp.data"].backups
    )


@pages.post("/")
def create():
    """Make a copy now."""
    service.create()
    note(_("The copy is made and checked."))
    return redirect(url_for("backups.show"), 303)
