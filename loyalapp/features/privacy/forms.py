"""The answer of a customer: what it is about, yes or no, how they said so, when."""

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import DayField, Form, RadioField, SelectField, TextField

PURPOSES = [
    ("greetings", lazy_gettext("Greetings on their days")),
    ("offers", lazy_gettext("Offers")),
    ("reference", lazy_gettext("Being named to others as our customer")),
    ("details", lazy_gettext("Keeping what we know about them")),
]
ANSWERS = [("yes", lazy_gettext("Yes, gladly")), ("no", lazy_gettext("No, please not"))]
SOURCES = [
    ("told", lazy_gettext("They told us")),
    ("wrote", lazy_gettext("They wrote to us")),
    ("form", lazy_gettext("They signed a form")),
]


class ConsentForm(Form):
    """One answer."""

    purpose = SelectField(lazy_gettext("What is it about?"), choices=PURPOSES, default="greetings")
    answer = RadioField(lazy_gettext("What did they say?"), choices=ANSWERS)
    source = SelectField(lazy_gettext("How do we know?"), choices=SOURCES, default="told")
    given_on = DayField(lazy_gettext("On which day? Empty means today."))
    note = TextField(lazy_gettext("Note"), longest=300)


class EraseForm(Form):
    """The last question before an erasure."""
