"""What everybody may choose about their screen."""

from loyalapp.core.i18n import lazy_gettext
from loyalapp.features.screen.service import LARGEST, SMALLEST, Screen
from loyalapp.web.forms import Form, NumberField, RadioField

KEYBOARDS = [
    ("", lazy_gettext("None: my computer has its own")),
    ("ur", lazy_gettext("Urdu, by sound: A writes ا, B writes ب")),
    ("hi", lazy_gettext("Hindi, by sound: K writes क, B writes ब")),
    ("inscript", lazy_gettext("Hindi, InScript: as on Hindi keyboards")),
]


class ScreenForm(Form):
    """Letters, size, keyboard."""

    letters = RadioField(
        lazy_gettext("Which letters for Urdu?"),
        choices=[("nastaliq", lazy_gettext("Nastaliq")), ("naskh", lazy_gettext("Naskh"))],
    )
    size = NumberField(
        lazy_gettext("How large shall words be?"),
        least=SMALLEST,
        most=LARGEST,
        complaint=lazy_gettext("Please choose one."),
        required=lazy_gettext("Please choose one."),
    )
    keyboard = RadioField(lazy_gettext("A keyboard on the screen?"), choices=KEYBOARDS)

    def chosen(self) -> Screen:
        """What was chosen, as the service takes it."""
        return Screen(self.letters.data, self.size.data, self.keyboard.data)
