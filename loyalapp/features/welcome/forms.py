"""The three questions of the first start."""

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import Form, RadioField, TextField


class FirmForm(Form):
    """Who we are and where; currency, formats, phone numbers and holidays follow from the country."""

    name = TextField(
        lazy_gettext("What is your firm or shop called?"),
        required=lazy_gettext("Please write the name of your firm or shop."),
    )
    country = RadioField(
        lazy_gettext("In which country?"),
        choices=[
            ("PK", lazy_gettext("Pakistan")),
            ("IN", lazy_gettext("India")),
            ("XX", lazy_gettext("Another country")),
        ],
        default="PK",
    )
    city = TextField(lazy_gettext("In which city?"))
