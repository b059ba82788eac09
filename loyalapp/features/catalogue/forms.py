"""A sale in ten seconds: what, when, how much."""

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import DayField, Form, MoneyField, TextField


class SaleForm(Form):
    """One sale. Only the item is required."""

    item = TextField(lazy_gettext("What was bought?"), required=lazy_gettext("Please write what was bought."))
    bought_on = DayField(lazy_gettext("On which day?"))
    amount = MoneyField(lazy_gettext("For how much altogether?"))
    serial = TextField(lazy_gettext("Serial number"))
    warranty_until = DayField(lazy_gettext("Warranty until"))


class ProductForm(Form):
    """A product and its group."""

    name = TextField(
        lazy_gettext("Name"), longest=200, required=lazy_gettext("Please write a name. Everything else can wait.")
    )
    group = TextField(lazy_gettext("Group"), longest=60)
