"""Sentences that WTForms and Flask-WTF speak themselves, named here so that they stand in our catalogue."""

from loyalapp.core.i18n import gettext, ngettext


def spoken_by_validators(num: int) -> list[str]:
    """Every sentence our forms can draw out of WTForms; the words are looked up by `web.forms.FormWords`."""
    return [
        gettext("Not a valid choice."),
        gettext("Invalid Choice: could not coerce."),
        gettext("Not a valid integer value."),
        gettext("This field is required."),
        gettext("Number must be between %(min)s and %(max)s."),
        ngettext(
            "Field cannot be longer than %(max)d character.", "Field cannot be longer than %(max)d characters.", num
        ),
    ]
