"""What the firm may choose."""

from loyalapp.core.i18n import isolate, lazy_gettext
from loyalapp.web.forms import Form, NumberField, RadioField, TextField, TimeField


class SettingsForm(Form):
    """The firm and its habits."""

    name = TextField(
        lazy_gettext("What is your firm or shop called?"),
        required=lazy_gettext("Please write the name of your firm or shop."),
    )
    city = TextField(lazy_gettext("In which city?"))
    sender = TextField(lazy_gettext("Your own name, as customers know it"))
    country = RadioField(
        lazy_gettext("In which country?"),
        choices=[
            ("PK", lazy_gettext("Pakistan")),
            ("IN", lazy_gettext("India")),
            ("XX", lazy_gettext("Another country")),
        ],
    )
    capacity = NumberField(
        lazy_gettext("How many contacts do you manage in a day?"),
        least=1,
        most=100,
        complaint=lazy_gettext("Please write a number from 1 to 100."),
        required=lazy_gettext("Please write a number from 1 to 100."),
    )
    contact_limit = NumberField(
        lazy_gettext("How many times in 30 days may we contact a customer unasked?"),
        least=0,
        most=31,
        complaint=lazy_gettext("Please write a number from 0 to 31."),
        required=lazy_gettext("Please write a number from 0 to 31."),
    )
    stop_after = NumberField(
        lazy_gettext("After how many tries without an answer do we stop?"),
        least=0,
        most=20,
        complaint=lazy_gettext("Please write a number from 0 to 20."),
        required=lazy_gettext("Please write a number from 0 to 20."),
    )
    quiet_from = TimeField(lazy_gettext("Nobody is called from"))
    quiet_to = TimeField(lazy_gettext("until"))
    grouping = RadioField(
        lazy_gettext("Large amounts"),
        choices=[
            ("auto", lazy_gettext("As usual in your country")),
            ("lakh", isolate("12,34,567", "ltr")),
            ("million", isolate("1,234,567", "ltr")),
        ],
    )
    digits = RadioField(
        lazy_gettext("Digits"),
        choices=[("latin", isolate("1 2 3", "ltr")), ("native", isolate("۱ ۲ ۳ · १ २ ३", "ltr"))],
    )
    hijri = RadioField(
        lazy_gettext("The Islamic date beside today’s date?"),
        choices=[
            ("", lazy_gettext("No")),
            ("0", lazy_gettext("Yes")),
            ("-1", lazy_gettext("Yes, a day earlier")),
            ("1", lazy_gettext("Yes, a day later")),
        ],
    )
