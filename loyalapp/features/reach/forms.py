"""Until when contacts rest, and why."""

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import AreaField, DayField, Form, TextField


class RestForm(Form):
    """A day and a reason."""

    until = DayField(lazy_gettext("Until which day?"), required=lazy_gettext("Please write a day."))
    why = TextField(lazy_gettext("Why?"), longest=200)


class TextForm(Form):
    """The words that go to the phone."""

    text = AreaField(lazy_gettext("What do you want to write?"), longest=2000)
