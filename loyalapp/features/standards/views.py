"""The page on which the firm writes its standards of communication, reached from the settings."""

from flask import Blueprint, redirect, url_for

from loyalapp.core.i18n import _
from loyalapp.features.settings import service as settings
from loyalapp.features.standards import service
from loyalapp.features.standards.forms import StandardsForm
from loyalapp.web.rights import owner_saves
from loyalapp.web.shell import note

pages = Blueprint("standards", __name__, url_prefix="/settings/standards", template_folder="templates")


@pages.route("/", methods=["GET", "POST"])
@owner_saves
def show():
    """How we talk with customers, by channel."""
    known = {channel: "\n".join(service.lines(channel)) for channel in service.CHANNELS}
    form = StandardsForm(data={**known, "answer_within": settings.firm().answer_within})
    if form.validate_on_submit():
        typed = form.typed()
        days = typed.pop("answer_within")
        form.attempt(service.write, typed, days)
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("standards.show"), 303)
    return form.page("standards/show.html")
