"""To whom a portfolio goes."""

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import Form, RadioField, TickField


class HandOverForm(Form):
    """Who takes over, and whether the one before leaves with it."""

    to = RadioField(lazy_gettext("Who takes them over?"), choices=[], validate_choice=False)
    leaves = TickField(lazy_gettext("They do not work here any more."))
