"""The plugin API: everything a plugin may use, and nothing else of ours is public.

A plugin imports this module, libraries that LoyalApp ships, and its own files. Names leave only after a deprecation.
"""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for

from loyalapp.core.clock import local, now, today
from loyalapp.core.days import PartialDay, parse_day
from loyalapp.core.db import Json, UtcDateTime, db, rows
from loyalapp.core.db import metadata_for_plugin as metadata
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.core.formats import format_day, format_moment, format_money, format_number, relative_day
from loyalapp.core.i18n import (
    LANGUAGE_NAMES,
    LANGUAGES,
    MESSAGE_LANGUAGES,
    current_language,
    in_language,
    isolate,
    isolate_text,
    message_language_names,
)
from loyalapp.core.logs import log
from loyalapp.core.memory import remembered, until_changed
from loyalapp.core.paths import write_private
from loyalapp.core.textkeys import norm, plain, skeleton
from loyalapp.core.typeset import typeset
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.catalogue.models import Product, Purchase
from loyalapp.features.customers import address
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer, Fact, Phone
from loyalapp.features.interactions import service as interactions
from loyalapp.features.interactions.models import Interaction, Promise
from loyalapp.features.settings import service as settings
from loyalapp.features.settings.service import firm
from loyalapp.plugin_system.answers import (
    CustomerAction,
    Example,
    HelpTopic,
    NavLink,
    Panel,
    QuickAction,
    TimelineEntry,
    TodayEntry,
)
from loyalapp.plugin_system.calls import ask, registry, tell
from loyalapp.plugin_system.hookspecs import hookimpl
from loyalapp.web.forms import (
    AreaField,
    ChoiceField,
    DayField,
    Form,
    HiddenField,
    MoneyField,
    PartialDayField,
    SelectField,
    TextField,
)
from loyalapp.web.shell import go_back, note

__all__ = [
    "LANGUAGES",
    "LANGUAGE_NAMES",
    "MESSAGE_LANGUAGES",
    "AreaField",
    "ChoiceField",
    "Conflict",
    "Customer",
    "CustomerAction",
    "DayField",
    "Example",
    "Fact",
    "Form",
    "HelpTopic",
    "HiddenField",
    "Interaction",
    "Json",
    "LoyalAppError",
    "MoneyField",
    "NavLink",
    "NotFound",
    "Panel",
    "PartialDay",
    "PartialDayField",
    "Phone",
    "Product",
    "Promise",
    "Purchase",
    "QuickAction",
    "Response",
    "SelectField",
    "TextField",
    "TimelineEntry",
    "TodayEntry",
    "UtcDateTime",
    "address",
    "ask",
    "blueprint",
    "catalogue",
    "current_language",
    "customers",
    "db",
    "export_file",
    "firm",
    "format_day",
    "format_moment",
    "format_money",
    "format_number",
    "go_back",
    "has_open_problem",
    "hookimpl",
    "in_language",
    "interactions",
    "isolate",
    "isolate_text",
    "local",
    "log",
    "message_language_names",
    "metadata",
    "norm",
    "note",
    "now",
    "parse_day",
    "plain",
    "redirect_to",
    "relative_day",
    "remembered",
    "render",
    "request",
    "rows",
    "send_bytes",
    "settings",
    "skeleton",
    "tell",
    "texts",
    "today",
    "typeset",
    "until_changed",
    "url_for",
]


class PluginWords:
    """The words of one plugin: `_ = sdk.texts("thanks").gettext`."""

    def __init__(self, plugin_id: str) -> None:
        self.plugin_id = plugin_id

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


def blueprint(plugin_id: str) -> Blueprint:
    """The plugin's pages; they come to stand under `/plugins/<id>/`, behind the door and CSRF protection."""
    return Blueprint(plugin_id, f"plugins.{plugin_id}")


def render(template: str, **values: Any) -> str:
    """A page from the plugin's `templates/<id>/`."""
    return render_template(template, **values)


def redirect_to(endpoint: str, **values: Any) -> Response:
    """Go on to another page after a change."""
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[return-value]  # -- werkzeug's response is Flask's here


def send_bytes(content: bytes, mimetype: str) -> Response:
    """Show a picture or a document that was just made."""
    return Response(content, mimetype=mimetype)


def export_file(name: str, content: bytes) -> Path:
    """Write a file to the exports folder (web views differ in what they do with downloads); returns where it lies.

    The name loses every character that no file system takes; an older file of the same name is kept.
    """
    folder: Path = current_app.extensions["loyalapp.data"].exports
    safe = "".join(one if one.isalnum() or one in "-_. " or ord(one) > 127 else "-" for one in plain(name)).strip(". ")[
        :120
    ]
    target = folder / (safe or "LoyalApp")
    count = 2
    while target.exists():
        target = folder / f"{Path(safe).stem} ({count}){Path(safe).suffix}"
        count += 1
    write_private(target, content)
    return target


def has_open_problem(customer_ids: list[int]) -> set[int]:
    """Those who wait for us to solve something: greetings and offers to them are held back (design §7)."""
    return set(ask("customers_with_open_problem", customer_ids=customer_ids))
