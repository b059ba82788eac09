"""Another day for a promise, or what we told the customer when we could not keep it."""

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import Form, SoonField, TextField


class MoveForm(Form):
    """Agreed with the customer."""

    due_on = SoonField(lazy_gettext("Which day did you agree on?"), required=lazy_gettext("Please write the new day."))
    why = TextField(lazy_gettext("Why?"))


class BreakForm(Form):
    """Said to the customer before they have to ask."""

    told = TextField(lazy_gettext("What did you tell the customer?"))
