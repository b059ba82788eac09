"""Forms of backups: the second place, its password, the password of one backup, and a file that is given to us."""

from flask_wtf.file import FileField, FileRequired

from loyalapp.core.i18n import lazy_gettext
from loyalapp.web.forms import Form, PinField, RadioField, TextField


class PlaceForm(Form):
    """Where the second place is: one of what is plugged in, or another folder."""

    drive = RadioField(lazy_gettext("Plugged in or shared at the moment"))
    folder = TextField(lazy_gettext("Another folder"))

    def typed_folder(self) -> str:
        """The folder that was typed, else the one that was chosen."""
        return (self.folder.data or "").strip() or (self.drive.data or "")


class LockForm(Form):
    """A new password for the second place."""

    password = PinField(lazy_gettext("Password"))
    again = PinField(lazy_gettext("Once more"))


class KeyForm(Form):
    """The password of one backup."""

    password = PinField(lazy_gettext("Password or recovery key"))


class FileForm(Form):
    """A backup that lies elsewhere."""

    file = FileField(
        lazy_gettext("Choose a backup"), [FileRequired(lazy_gettext("Please choose the file of a backup."))]
    )
