"""A contact in seconds: who, how, what they said."""

from wtforms import Field

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import AreaField, Form, RadioField, SoonField, TextField

CHANNELS = [
    ("call", lazy_gettext("Phone")),
    ("whatsapp", lazy_gettext("WhatsApp")),
    ("visit", lazy_gettext("Visit")),
    ("counter", lazy_gettext("At our counter")),
    ("sms", lazy_gettext("SMS")),
    ("email", lazy_gettext("E-mail")),
]


class ManyField(Field):
    """Several of many, ticked; `data` are their numbers."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = [int(one) for one in valuelist if one.isdecimal() and len(one) < 10]


class ContactForm(Form):
    """By what the customer said and what was learned, not by what we said (D6)."""

    said = AreaField(lazy_gettext("What did they say?"), render_kw={"autofocus": True})
    channel = RadioField(lazy_gettext("How did you talk?"), choices=CHANNELS, default="call")
    started_by = RadioField(
        lazy_gettext("Who began?"),
        choices=[("us", lazy_gettext("We did")), ("customer", lazy_gettext("The customer"))],
        default="us",
    )
    reached = RadioField(
        lazy_gettext("Did you reach them?"),
        choices=[("yes", lazy_gettext("Yes")), ("no", lazy_gettext("No answer"))],
        default="yes",
    )
    kept = ManyField(lazy_gettext("Which promise is kept by this?"), default=())
    in_spite = TextField(lazy_gettext("Why did you contact them all the same?"), longest=200)
    learned = AreaField(lazy_gettext("What did you learn about them?"), longest=1000)
    need = AreaField(lazy_gettext("What do they need?"), longest=1000)
    promised = TextField(lazy_gettext("Did you promise something?"))
    promised_for = SoonField(lazy_gettext("By which day?"))
    next_step = TextField(lazy_gettext("What do you do next?"))
    next_on = SoonField(lazy_gettext("On which day?"))

    def told(self) -> dict[str, object]:
        """What was typed, as the service takes it."""
        values = self.typed()
        values["is_answered"] = values.pop("reached") == "yes"
        return values
