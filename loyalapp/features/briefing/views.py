"""The page to look at before a call or a visit, and its sheet."""

from flask import Blueprint, redirect, render_template, url_for

from loyalapp.core.i18n import _, isolate_text
from loyalapp.features.briefing import service
from loyalapp.features.standards import service as standards
from loyalapp.web.rights import private_page
from loyalapp.web.shell import note

pages = Blueprint("briefing", __name__, template_folder="templates")


@pages.get("/customers/<int:customer_id>/briefing")
@private_page
def show(customer_id: int):
    """All there is to know before a talk, on one screen."""
    found = service.of(customer_id)
    said = standards.lines_now()
    return render_template(
        "briefing/show.html",
        briefing=found,
        customer=found.customer,
        sections=[one for one in found.sections if not one.is_private],
        private=[one for one in found.sections if one.is_private],
        standards={channel: said[channel] for channel in ("call", "visit")},
    )


@pages.post("/customers/<int:customer_id>/briefing/sheet")
def sheet(customer_id: int):
    """The sheet, into the exports folder."""
    file = service.save_sheet(customer_id)
    note(_("Saved: %(file)s", file=isolate_text(file, ltr=True)))
    return redirect(url_for("briefing.show", customer_id=customer_id), 303)
