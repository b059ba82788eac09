"""Pages of the first start."""

from flask import Blueprint, redirect, render_template, url_for

from loyalapp.core.i18n import LANGUAGES, _, current_tongue
from loyalapp.core.tongues import added
from loyalapp.features.settings import service as settings
from loyalapp.features.welcome import service
from loyalapp.features.welcome.forms import FirmForm
from loyalapp.web.shell import note

pages = Blueprint("welcome", __name__, url_prefix="/welcome", template_folder="templates")


@pages.get("/")
def language():
    """Three large doors, one for each language, and one for each that was added."""
    return render_template("welcome/language.html", doors=LANGUAGES, more=added())


@pages.route("/firm", methods=["GET", "POST"])
def firm():
    """Name, country and city."""
    form = FirmForm()
    if form.validate_on_submit():
        answers = (form.name.data, form.country.data, form.city.data, current_tongue())
        form.attempt(settings.set_up, *answers)
        if not form.errors:
            return redirect(url_for("welcome.ways"), 303)
    return form.page("welcome/firm.html")


@pages.get("/ways")
def ways():
    """Bring in a list, look around, or start empty."""
    if not settings.is_set_up():
        return redirect(url_for("welcome.firm"))
    return render_template("welcome/ways.html")


@pages.post("/examples")
def examples():
    """Fill in made-up customers to look around with."""
    service.add_examples()
    return redirect(url_for("today.show"), 303)


@pages.post("/examples/remove")
def remove_examples():
    """Take the made-up customers out again, all at once."""
    service.remove_examples()
    note(_("The example data is gone. What you wrote yourself is still here."))
    return redirect(url_for("today.show"), 303)
