"""What may be typed about somebody who works here."""

from loyalapp.core.i18n import language_names, lazy_gettext
from loyalapp.web.forms import Form, HiddenField, NumberField, PinField, RadioField, SelectField, TextField

ROLES = [("salesman", lazy_gettext("Salesman")), ("owner", lazy_gettext("Owner"))]
WHAT = lazy_gettext("What is their name?")
NAMELESS = lazy_gettext("Please write a name.")
LANGUAGE = lazy_gettext("Which language do they read?")
CAPACITY = lazy_gettext("How many contacts do they manage in a day?")
WRONG_NUMBER = lazy_gettext("Please write a number from 1 to 100.")


def languages() -> list[tuple[str, object]]:
    """The languages to choose from, and none."""
    return [("", lazy_gettext("As on this computer")), *language_names().items()]


class MemberForm(Form):
    """Somebody new."""

    name = TextField(WHAT, longest=100, required=NAMELESS)
    language = SelectField(LANGUAGE, choices=languages)
    role = RadioField(lazy_gettext("What may they do?"), choices=ROLES, default="salesman")
    capacity = NumberField(CAPACITY, least=1, most=100, complaint=WRONG_NUMBER)

    def values(self) -> dict[str, object]:
        """What was written, as the service takes it."""
        return {
            "name": self.name.data,
            "language": self.language.data or None,
            "role": self.role.data,
            "capacity": self.capacity.data,
        }


class ChangeForm(MemberForm):
    """Somebody who is here already, written anew."""

    version = HiddenField()

    def seen_version(self) -> int:
        """The version that was on the screen when the name was written; 0 is never the right one."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


class OwnForm(Form):
    """What everybody may choose about themselves."""

    language = SelectField(lazy_gettext("Which language do you read?"), choices=languages)
    capacity = NumberField(
        lazy_gettext("How many contacts do you manage in a day?"), least=1, most=100, complaint=WRONG_NUMBER
    )


class NewPinForm(Form):
    """A PIN, chosen or changed."""

    old = PinField(lazy_gettext("Your PIN until now"))
    pin = PinField(lazy_gettext("The new PIN"))
    again = PinField(lazy_gettext("The new PIN once more"))
