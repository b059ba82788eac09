"""A contact in seconds: who, how, what they said."""

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import AreaField, DayField, Form, RadioField, TextField

CHANNELS = [
    ("call", lazy_gettext("Phone")),
    ("whatsapp", lazy_gettext("WhatsApp")),
    ("visit", lazy_gettext("Visit")),
    ("counter", lazy_gettext("At our counter")),
    ("sms", lazy_gettext("SMS")),
    ("email", lazy_gettext("E-mail")),
]


class ContactForm(Form):
    """By what the customer said and what was learned, not by what we said (D6)."""

    who = TextField(lazy_gettext("With whom?"))
    channel = RadioField(lazy_gettext("How did you talk?"), choices=CHANNELS, default="call")
    started_by = RadioField(
        lazy_gettext("Who began?"),
        choices=[("us", lazy_gettext("We did")), ("customer", lazy_gettext("The customer"))],
        default="us",
    )
    said = AreaField(lazy_gettext("What did they say?"))
    learned = AreaField(lazy_gettext("What did you learn about them?"), longest=1000)
    promised = TextField(lazy_gettext("Did you promise something?"))
    promised_for = DayField(lazy_gettext("By which day?"))
