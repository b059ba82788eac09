"""The page where everybody chooses how their screen reads, and the keyboards it may bring."""

from flask import Blueprint, redirect, render_template, url_for

from loyalapp.core.i18n import _
from loyalapp.features.screen import service
from loyalapp.features.screen.forms import ScreenForm
from loyalapp.web.keyboards import keyboards
from loyalapp.web.shell import note

pages = Blueprint("screen", __name__, url_prefix="/settings/screen", template_folder="templates")


@pages.route("/", methods=["GET", "POST"])
def show():
    """Letters, size, keyboard: everybody's own."""
    form = ScreenForm(obj=service.screen())
    if form.validate_on_submit():
        form.attempt(service.choose, form.chosen())
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("screen.show"), 303)
    return form.page("screen/show.html", smallest=service.SMALLEST, largest=service.LARGEST, step=service.STEP)


@pages.get("/keyboards")
def keys():
    """The keyboards, as a piece that a page takes in when somebody wants to type on it."""
    return render_template("screen/keyboards.html", keyboards=keyboards())
