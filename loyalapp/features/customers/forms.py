"""What may be typed about a customer: the first screen asks four things, the rest is folded away."""

from typing import Any

from loyalapp.core import phones
from loyalapp.core.i18n import lazy_gettext
from loyalapp.features.customers.models import Customer
from loyalapp.web.forms import (
    AreaField,
    DayField,
    Form,
    HiddenField,
    NumberField,
    PartialDayField,
    SelectField,
    TextField,
)

MESSAGE_LANGUAGES = [
    ("", lazy_gettext("Not asked yet")),
    ("ur", "اردو"),
    ("hi", "हिन्दी"),
    ("en", "English"),
    ("ur-Latn", lazy_gettext("Urdu in English letters")),
    ("hi-Latn", lazy_gettext("Hindi in English letters")),
]
STAGES = [
    ("customer", lazy_gettext("Buys from us")),
    ("prospect", lazy_gettext("Not yet, but may buy")),
    ("former", lazy_gettext("Used to buy from us")),
]


class CustomerForm(Form):
    """One customer. Only the name is required (D2)."""

    name = TextField(
        lazy_gettext("What is the customer called?"),
        longest=200,
        required=lazy_gettext("Please write a name. Everything else can wait."),
    )
    phones = TextField(lazy_gettext("Phone"), longest=200)
    place = TextField(lazy_gettext("City or place"))
    message_language = SelectField(lazy_gettext("Language for messages"), choices=MESSAGE_LANGUAGES)
    address_form = TextField(lazy_gettext("How do you address them?"), longest=60)
    firm = TextField(lazy_gettext("Firm or shop"))
    locality = TextField(lazy_gettext("Area or market"))
    trade = TextField(lazy_gettext("What is their trade?"))
    stage = SelectField(lazy_gettext("Where do we stand with them?"), choices=STAGES, default="customer")
    name_ur = TextField(lazy_gettext("Name in Urdu letters"), longest=200)
    name_hi = TextField(lazy_gettext("Name in Hindi letters"), longest=200)
    name_en = TextField(lazy_gettext("Name in English letters"), longest=200)
    birthday = PartialDayField(lazy_gettext("Birthday"))
    since = DayField(lazy_gettext("First deal with us"))
    email = TextField(lazy_gettext("E-mail"))
    address = TextField(lazy_gettext("Address"), longest=500)
    contact_limit = NumberField(
        lazy_gettext("Contacts this customer likes in a month"),
        least=0,
        most=31,
        complaint=lazy_gettext("Please write a number from 0 to 31."),
    )
    do_not_mention = AreaField(lazy_gettext("Please do not mention"), longest=1000)
    notes = AreaField(lazy_gettext("Notes"))
    version = HiddenField()

    def values(self) -> dict[str, Any]:
        """The columns of a customer."""
        typed = self.typed()
        birthday = typed.pop("birthday")
        typed.pop("version")
        typed["phones"] = (typed["phones"] or "").replace("،", ",").replace(";", ",").split(",")
        typed["message_language"] = typed["message_language"] or None
        return {
            **typed,
            "birth_year": birthday.year if birthday else None,
            "birth_month": birthday.month if birthday else None,
            "birth_day": birthday.day if birthday else None,
        }

    def seen_version(self) -> int:
        """The version that was on the screen when the change was written; 0 is never the right one."""
        text = str(self.version.data or "")
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    @classmethod
    def of(cls, customer: Customer) -> "CustomerForm":
        """The form filled with a customer; in a POST what was typed wins."""
        shown = {name: getattr(customer, name) for name in customer.__mapper__.columns.keys()}  # noqa: SIM118 -- not a dict
        shown["birthday"] = customer.birthday
        return cls(data={**shown, "phones": ", ".join(phones.shown(one.number) for one in customer.phones)})


class FactForm(Form):
    """Something learned about a customer."""

    text = AreaField(
        lazy_gettext("What did you learn?"), longest=1000, required=lazy_gettext("Please write what you learned.")
    )
