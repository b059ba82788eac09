"""The page of settings."""

from flask import Blueprint, redirect, url_for

from loyalapp.core.i18n import _
from loyalapp.features.settings import service
from loyalapp.features.settings.forms import SettingsForm
from loyalapp.features.staff import service as staff
from loyalapp.web.rights import owner_saves
from loyalapp.web.shell import note

pages = Blueprint("settings", __name__, url_prefix="/settings", template_folder="templates")


@pages.route("/", methods=["GET", "POST"])
@owner_saves
def show():
    """The firm, the day, the formats."""
    firm = service.firm()
    form = SettingsForm(obj=firm)
    if form.validate_on_submit():
        currency, zone = service.COUNTRIES[form.country.data]
        service.save_firm(firm._replace(**form.typed(), currency=currency, zone=zone))
        staff.note_at_once("settings")
        note(_("Saved."))
        return redirect(url_for("settings.show"), 303)
    return form.page("settings/show.html", has_examples=service.has_examples())
