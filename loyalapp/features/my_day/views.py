"""My day: the page, its sheet, and the text for one's own phone."""

from flask import Blueprint, redirect, render_template, url_for

from loyalapp.core.clock import today
from loyalapp.core.i18n import _, isolate_text
from loyalapp.features.my_day import service
from loyalapp.features.reach import chat
from loyalapp.web.rights import private_page
from loyalapp.web.shell import note

pages = Blueprint("my_day", __name__, url_prefix="/my-day", template_folder="templates")


@pages.get("/")
@private_page
def show():
    """Today's lines of mine by locality."""
    return render_template("my_day/show.html", stops=service.stops(), day=today(), number_of=service.shown_number)


@pages.post("/sheet")
def sheet():
    """The sheet, into the exports folder."""
    file = service.save_sheet(service.stops())
    note(_("Saved: %(file)s", file=isolate_text(file, ltr=True)))
    return redirect(url_for("my_day.show"), 303)


@pages.get("/phone")
@private_page
def phone():
    """The day as text: for WhatsApp, and as pictures that a phone reads."""
    pieces = service.texts(service.stops())
    return render_template(
        "my_day/phone.html",
        pieces=[(one, chat.picture(one)) for one in pieces],
        address=chat.address("\n".join(pieces)),
    )
