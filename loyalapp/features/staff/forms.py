"""What may be typed about somebody who works here."""

from loyalapp.core.i18n import LANGUAGE_NAMES, lazy_gettext
from loyalapp.web.forms import Form, HiddenField, SelectField, TextField

LANGUAGES = [("", lazy_gettext("As on this computer")), *LANGUAGE_NAMES.items()]


class MemberForm(Form):
    """Somebody new."""

    name = TextField(lazy_gettext("What is their name?"), longest=100, required=lazy_gettext("Please write a name."))
    language = SelectField(lazy_gettext("Which language do they read?"), choices=LANGUAGES)


class RenameForm(Form):
    """Another name for somebody."""

    name = TextField(lazy_gettext("What is their name?"), longest=100, required=lazy_gettext("Please write a name."))
    version = HiddenField()

    def seen_version(self) -> int:
        """The version that was on the screen when the name was written; 0 is never the right one."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
