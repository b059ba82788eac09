"""One visit of the day, in one line."""

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import Form, SoonField, TextField, TickField


class VisitForm(Form):
    """What they said, whether they were there, and when we talk again."""

    said = TextField(lazy_gettext("What did they say?"), longest=4000)
    nobody = TickField(lazy_gettext("Nobody there"))
    in_spite = TextField(lazy_gettext("Why did you contact them all the same?"), longest=200)
    next_on = SoonField(lazy_gettext("When again?"))
