"""A hidden page that shows every component in its states, to be looked at in three languages and both themes."""

from flask import Blueprint, render_template

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import AreaField, DayField, Form, RadioField, SelectField, TextField

pages = Blueprint("components", __name__, url_prefix="/components")

ICONS = (
    "again bag bolt chest clock copies down download edit eye file flower gift help hush info knot lamp ledger list"
    " lock next pause pen people person phone plugin plus print report scale search send sliders speak stop tea tick"
    " today trash undo upload visit warn whatsapp wrench"
)
CHANNELS = [
    ("call", lazy_gettext("Phone")),
    ("visit", lazy_gettext("Visit")),
    ("counter", lazy_gettext("At our counter")),
]


class SampleForm(Form):
    """One field of each kind."""

    name = TextField(lazy_gettext("What is the customer called?"))
    said = AreaField(lazy_gettext("What did they say?"))
    day = DayField(lazy_gettext("By which day?"))
    channel = RadioField(lazy_gettext("How did you talk?"), choices=CHANNELS, default="call")
    kind = SelectField(lazy_gettext("How did you talk?"), choices=CHANNELS)


@pages.get("/")
def show():
    """Everything on one page."""
    form = SampleForm(name="گنیں ایکسیسبیلٹی شर्मा Imran")
    form.day.errors = [lazy_gettext("Please write the day like 25/12/2026.")]
    return render_template("components.html", icons=ICONS.split(), form=form)
