"""The firm's standards, a box for each channel."""

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import AreaField, Form, NumberField

LONGEST = 3_000


class StandardsForm(Form):
    """One line each; an empty box takes back the lines that were there from the beginning."""

    call = AreaField(lazy_gettext("On the phone"), longest=LONGEST)
    visit = AreaField(lazy_gettext("When we visit them"), longest=LONGEST)
    whatsapp = AreaField(lazy_gettext("On WhatsApp"), longest=LONGEST)
    counter = AreaField(lazy_gettext("At our counter"), longest=LONGEST)
    email = AreaField(lazy_gettext("By SMS or e-mail"), longest=LONGEST)
    answer_within = NumberField(
        lazy_gettext("Within how many days does everybody get an answer?"),
        least=0,
        most=30,
        complaint=lazy_gettext("Please write a number from 0 to 30."),
        required=lazy_gettext("Please write a number from 0 to 30."),
    )
