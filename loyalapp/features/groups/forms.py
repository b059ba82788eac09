"""Groups of products, and how we go on after a sale."""

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import Form, MoneyField, NumberField, SelectField, TextField, TickField


class GroupForm(Form):
    """A new group."""

    group = TextField(lazy_gettext("A new group"), longest=60, required=lazy_gettext("Please write a name."))


class RenameGroupForm(Form):
    """Another name for a group."""

    name = TextField(lazy_gettext("New name"), longest=60, required=lazy_gettext("Please write a name."))


class SortForm(Form):
    """Products sorted into groups; the boxes of the products are read one by one."""


class MergeGroupForm(Form):
    """One group of two."""

    into = SelectField(lazy_gettext("Put everything of it into"), choices=[])


class HabitsForm(Form):
    """How we go on after a sale."""

    check_days = NumberField(
        lazy_gettext("How many days after a sale do you ask whether it works?"),
        least=1,
        most=60,
        complaint=lazy_gettext("Please write a number from 1 to 60."),
        required=lazy_gettext("Please write a number from 1 to 60."),
    )
    on_first = TickField(lazy_gettext("After the first purchase of a customer"))
    on_installed = TickField(lazy_gettext("After something was installed"))
    amount = MoneyField(lazy_gettext("After sales of this amount and more"))
    number = TextField(lazy_gettext("Which number should customers call when something does not work?"), longest=60)
    lead_days = NumberField(
        lazy_gettext("How many days before a warranty or contract ends do you speak of it?"),
        least=1,
        most=180,
        complaint=lazy_gettext("Please write a number from 1 to 180."),
        required=lazy_gettext("Please write a number from 1 to 180."),
    )
