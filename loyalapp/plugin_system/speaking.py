"""The words of a plugin: what `sdk.texts(id)` answers, and how its code speaks the reader's language."""

from typing import Any

from loyalapp.plugin_system.calls import registry


class PluginWords:
    """The words of one plugin: `_ = sdk.texts("thanks")`, then `_("…")` and, for labels of forms, `_.lazy("…")`."""

    def __init__(self, plugin_id: str) -> None:
        self.plugin_id = plugin_id

    def __call__(self, text: str, /, **values: Any) -> str:
        """The same as `gettext`: `_ = sdk.texts("thanks")`."""
        return self.gettext(text, **values)

    def gettext(self, text: str, /, **values: Any) -> str:
        """A whole sentence in the language of the moment; values are placeholders `%(name)s`."""
        catalogue_of = registry().plugins[self.plugin_id].texts
        if catalogue_of:
            return str(catalogue_of.gettext(text, **values))
        return text % values if values else text

    def ngettext(self, one: str, many: str, num: int, /, **values: Any) -> str:
        """The right plural; the number is the placeholder `%(num)s`."""
        catalogue_of = registry().plugins[self.plugin_id].texts
        if catalogue_of:
            return str(catalogue_of.ngettext(one, many, num, **values))
        return (one if num == 1 else many) % {"num": num, **values}

    def lazy(self, text: str, /, **values: Any) -> Any:
        """The same as `gettext`, spoken only when it is shown (labels of form fields)."""
        from flask_babel.speaklater import LazyString  # noqa: PLC0415 -- only for labels

        return LazyString(self.gettext, text, **values)


def texts(plugin_id: str) -> PluginWords:
    """The words of a plugin, from its own `translations/`."""
    return PluginWords(plugin_id)
