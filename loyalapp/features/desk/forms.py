"""The PIN that shows who somebody is."""

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import Form, HiddenField, PinField, RadioField

FOCUS = {"autofocus": True}  # the page asks for nothing else


class PinForm(Form):
    """A PIN that shows who somebody is."""

    pin = PinField(lazy_gettext("Your PIN"), render_kw=FOCUS)
    next = HiddenField()


class OwnerForm(Form):
    """The owner shows who they are, at anybody's desk."""

    gate_owner = RadioField(lazy_gettext("Who are you?"), choices=[], validate_choice=False)
    gate_pin = PinField(lazy_gettext("The owner’s PIN"), render_kw=FOCUS)
    gate_next = HiddenField()
    gate_sends = HiddenField()
