"""What may be chosen about the lock and the encryption."""

from loyalapp.core.i18n import lazy_gettext
from loyalapp.core.sealing import PASSWORD, SAFE
from loyalapp.web.forms import Form, PinField, RadioField, TextField

AFTER = [
    ("0", lazy_gettext("Only when I lock it myself")),
    ("2", lazy_gettext("After 2 minutes")),
    ("5", lazy_gettext("After 5 minutes")),
    ("10", lazy_gettext("After 10 minutes")),
    ("30", lazy_gettext("After half an hour")),
]
KEPT = [
    (PASSWORD, lazy_gettext("A password, asked for at every start")),
    (SAFE, lazy_gettext("The safe of this computer, without asking")),
]


class LockForm(Form):
    """When the window locks by itself."""

    after = RadioField(lazy_gettext("When does LoyalApp lock by itself?"), choices=AFTER, default="0")


class KeyForm(Form):
    """What opens the data at a start."""

    kept = RadioField(lazy_gettext("What opens the data when LoyalApp starts?"), choices=KEPT, default=PASSWORD)
    password = PinField(lazy_gettext("The password"))
    again = PinField(lazy_gettext("The password once more"))


class PaperForm(Form):
    """Shows that the recovery key is on paper."""

    last = TextField(lazy_gettext("The last four letters of the key"), longest=20)
