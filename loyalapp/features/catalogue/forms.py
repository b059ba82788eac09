"""A sale in ten seconds: what, when, how much; the catalogue and its groups; what a customer has; how we go on."""

from datetime import date
from typing import Any

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import (
    DayField,
    Form,
    HiddenField,
    MoneyField,
    NumberField,
    RadioField,
    TextField,
)

THINGS = ("serial", "installed_on", "warranty_until", "contract_until")
A_LIFE = 600  # months


class SaleForm(Form):
    """One sale: the item, or only its group; everything else may be left out."""

    group = RadioField(lazy_gettext("Of which group?"), choices=[], default="")
    item = TextField(lazy_gettext("What was bought?"))
    amount = MoneyField(lazy_gettext("For how much altogether?"))
    bought_on = DayField(lazy_gettext("On which day?"))
    serial = TextField(lazy_gettext("Serial number"))
    installed_on = DayField(lazy_gettext("Installed on"))
    warranty_until = DayField(lazy_gettext("Warranty until"))
    contract_until = DayField(lazy_gettext("Contract until"))

    def offer(self, groups: list[tuple[str, str]]) -> None:
        """The groups to choose from, as pairs of value and label."""
        self.group.choices = groups

    def things(self) -> dict[str, Any]:
        """What was said about the thing itself."""
        return {name: getattr(self, name).data or ("" if name == "serial" else None) for name in THINGS}

    def day(self, otherwise: date) -> date:
        """When it was bought."""
        return self.bought_on.data or otherwise


class FirstSaleForm(SaleForm):
    """A sale to somebody who is not in the book yet."""

    name = TextField(lazy_gettext("Name"), longest=200, required=lazy_gettext("Please write a name."))
    number = TextField(lazy_gettext("Phone number"), longest=60)


class ProductForm(Form):
    """A product, its group, and how long it lasts."""

    name = TextField(
        lazy_gettext("Name"), longest=200, required=lazy_gettext("Please write a name. Everything else can wait.")
    )
    group = TextField(lazy_gettext("Group"), longest=60)
    life_months = NumberField(
        lazy_gettext("How many months does it usually last?"),
        least=1,
        most=A_LIFE,
        complaint=lazy_gettext("Please write a number of months, from 1 to 600."),
    )


class OwnedForm(Form):
    """A thing that a customer has from us."""

    what = TextField(lazy_gettext("What is it?"), required=lazy_gettext("Please write what it is."))
    serial = TextField(lazy_gettext("Serial number"))
    installed_on = DayField(lazy_gettext("Installed on"))
    warranty_until = DayField(lazy_gettext("Warranty until"))
    contract_until = DayField(lazy_gettext("Contract until"))
    lasts_until = DayField(lazy_gettext("Expected to last until"))
    version = HiddenField()

    def seen_version(self) -> int | None:
        """The version that stood on the page when it was opened."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else None

    def told(self) -> dict[str, Any]:
        """Everything but the name of the thing."""
        dates = ("installed_on", "warranty_until", "contract_until", "lasts_until")
        return {"serial": self.serial.data or "", **{name: getattr(self, name).data for name in dates}}
