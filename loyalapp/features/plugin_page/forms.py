"""Forms of the plugins' pages: a file, and what becomes of the data when a plugin is removed."""

from flask_wtf.file import FileField

from loyalapp.core.i18n import lazy_gettext
from loyalapp.plugin_system.leftovers import DELETE, KEEP, SAVE
from loyalapp.web.forms import ChoiceField, Form


class PluginForm(Form):
    """One file."""

    file = FileField(lazy_gettext("Choose a file"))


class RemoveForm(Form):
    """The three choices."""

    how = ChoiceField(
        lazy_gettext("What should become of its data?"),
        choices=[
            (KEEP, lazy_gettext("Keep it, in case the plugin comes back")),
            (SAVE, lazy_gettext("Save a copy in the exports folder, then delete it")),
            (DELETE, lazy_gettext("Delete it for good")),
        ],
        default=KEEP,
    )
