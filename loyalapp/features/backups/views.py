"""The pages of copies: what there is, making one, and bringing one back."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from loyalapp.core.i18n import _
from loyalapp.features.backups import service
from loyalapp.web.rights import owner_only
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


@pages.route("/<copy_name>/bring-back", methods=["GET", "POST"])
@owner_only
def bring_back(copy_name: str):
    """Ask once more, and start again with the data of a copy."""
    copy, content = service.named(copy_name)
    if request.method == "GET":
        return render_template("backups/bring_back.html", copy=copy, content=content)
    service.restore(copy.path)
    current_app.extensions["loyalapp"].restart_wanted.set()
    return render_template("backups/restarting.html")
