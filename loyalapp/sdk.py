"""The plugin API: everything a plugin may use, and nothing else of ours is public.

A plugin imports this module, libraries that LoyalApp ships, and its own files. Names leave only after a deprecation.
"""

import sys
from functools import cache
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, mapped_column

from loyalapp.core import alphabet, at_desk, keeping
from loyalapp.core.clock import local, now, today
from loyalapp.core.days import PartialDay, parse_day
from loyalapp.core.db import Json, UtcDateTime, db, rows
from loyalapp.core.db import metadata_for_plugin as metadata
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.core.formats import (
    format_day,
    format_moment,
    format_money,
    format_number,
    format_time,
    relative_day,
    week_begins,
)
from loyalapp.core.glyphs import undrawable
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
from loyalapp.core.likeness import distance
from loyalapp.core.logs import log
from loyalapp.core.matching import Sought
from loyalapp.core.memory import remembered, until_changed
from loyalapp.core.shares import Share
from loyalapp.core.sounds import skeleton, ways
from loyalapp.core.textkeys import norm, plain
from loyalapp.core.typeset import typeset
from loyalapp.features.briefing.sheets import make as sheet
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.catalogue.models import OwnedItem, Product, Purchase
from loyalapp.features.customers import address, consent
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.filling import phone_number
from loyalapp.features.customers.models import Customer, CustomerDay, Fact, Phone
from loyalapp.features.interactions import needs
from loyalapp.features.interactions import service as interactions
from loyalapp.features.interactions.models import Interaction, Need, Promise
from loyalapp.features.interactions.rules import Verdict
from loyalapp.features.interactions.rules import may_contact as contact_check
from loyalapp.features.loyalty import drawing
from loyalapp.features.reach import chat as whatsapp
from loyalapp.features.settings import service as settings
from loyalapp.features.settings.service import firm
from loyalapp.features.staff import service as staff
from loyalapp.features.staff.models import StaffMember
from loyalapp.plugin_system.answers import (
    BriefingLine,
    CardDesign,
    Column,
    CustomerAction,
    Example,
    Held,
    HelpTopic,
    NavLink,
    Notice,
    Panel,
    QuickAction,
    SearchResult,
    TimelineEntry,
    TodayEntry,
)
from loyalapp.plugin_system.calls import ask, tell
from loyalapp.plugin_system.designs import BadDesign
from loyalapp.plugin_system.designs import check as check_design
from loyalapp.plugin_system.designs import draw as draw_design
from loyalapp.plugin_system.given import Given
from loyalapp.plugin_system.hookspecs import hookimpl
from loyalapp.plugin_system.pages import Pages
from loyalapp.plugin_system.reviewing import ReviewQuestion, TimeLost
from loyalapp.plugin_system.speaking import texts
from loyalapp.web.exporting import export_file, exported
from loyalapp.web.forms import (
    AreaField,
    ChoiceField,
    DayField,
    Form,
    HiddenField,
    MoneyField,
    NumberField,
    PartialDayField,
    SelectField,
    TextField,
    TimeField,
)
from loyalapp.web.forms import PinField as SecretField
from loyalapp.web.late import late_pages
from loyalapp.web.rights import owner_saves, private_page
from loyalapp.web.shell import go_back, note

__all__ = [
    "LANGUAGES", "LANGUAGE_NAMES", "MESSAGE_LANGUAGES", "AreaField", "BadDesign", "BriefingLine", "CardDesign",
    "ChoiceField", "Column", "Conflict", "Customer", "CustomerAction", "CustomerDay", "DayField", "Example", "Fact",
    "Form", "Given", "Held", "HelpTopic", "HiddenField", "Interaction", "Json", "LoyalAppError", "MoneyField",
    "NavLink", "Need", "NotFound", "Notice", "NumberField", "OwnedItem", "Panel", "PartialDay", "PartialDayField",
    "Phone", "Product", "Promise", "Purchase", "QuickAction", "Response", "ReviewQuestion", "SearchResult",
    "SecretField", "SelectField", "Share", "Sought", "StaffMember", "TextField", "TimeField", "TimeLost",
    "TimelineEntry", "TodayEntry", "UtcDateTime", "Verdict", "address", "alphabet", "ask", "at_desk", "blueprint",
    "catalogue", "check_design", "clean_picture", "contact_check", "current_language", "customer_key", "customers",
    "db", "distance", "draw_design", "drawing", "export_file", "exported", "firm", "format_day", "format_moment",
    "format_money", "format_number", "format_time", "go_back", "has_open_problem", "hookimpl", "in_language",
    "interactions", "isolate", "isolate_text", "keeping", "late_pages", "local", "log", "message_language_names",
    "metadata", "needs", "norm", "note", "now", "owner_saves", "parse_day", "phone_number", "plain", "private_page",
    "redirect_to", "refused", "relative_day", "remembered", "render", "request", "rows", "send_bytes", "settings",
    "sheet", "skeleton", "staff", "tables", "tell", "texts", "today", "typeset", "undrawable", "until_changed",
    "url_for", "ways", "week_begins", "whatsapp",
]  # fmt: skip
# Names on their way out: what to use instead, and the version of the plugin API in which they are gone.
LEAVING: dict[str, tuple[str, str]] = {}


def __getattr__(name: str) -> Any:
    """A name on its way out still works, and the log says which plugin uses it, in which file and line."""
    if name not in LEAVING:
        raise AttributeError(f"loyalapp.sdk has no {name}")
    caller = sys._getframe(1)  # noqa: SLF001 -- who asks is what the message is about
    _say_it_leaves(name, caller.f_globals.get("__name__", ""), caller.f_code.co_filename, caller.f_lineno)
    return globals()[LEAVING[name][0]]


@cache
def _say_it_leaves(name: str, module: str, file: str, line: int) -> None:
    plugin_id = module.split(".")[1] if module.startswith("plugins.") else module
    instead, version = LEAVING[name]
    log.warning(
        "plugin %s, %s, line %s: sdk.%s is gone in API %s; use sdk.%s", plugin_id, file, line, name, version, instead
    )


def tables(plugin_id: str) -> type[DeclarativeBase]:
    """What the tables of a plugin are built on: `Base = sdk.tables("thanks")` at the head of its `models.py`."""
    own = metadata(plugin_id)

    class Base(DeclarativeBase):
        """The tables of one plugin."""

        metadata = own

    return Base


def customer_key() -> Any:
    """The column that says whose row it is: `customer_id: Mapped[int] = sdk.customer_key()`; they go together."""
    return mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"), index=True)


def blueprint(plugin_id: str) -> Pages:
    """The plugin's pages; they come to stand under `/plugins/<id>/`, behind the door and CSRF protection."""
    name = f"plugins.{plugin_id}"
    home = list(getattr(sys.modules.get(name), "__path__", []))
    return Pages(plugin_id, name, root_path=home[0] if home else None)


def render(template: str, **values: Any) -> str:
    """A page from the plugin's `templates/<id>/`."""
    return render_template(template, **values)


def redirect_to(endpoint: str, **values: Any) -> Response:
    """Go on to another page after a change."""
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[return-value]  # -- werkzeug's response is Flask's here


def send_bytes(content: bytes, mimetype: str) -> Response:
    """Show a picture or a document that was just made."""
    return Response(content, mimetype=mimetype)


def clean_picture(content: bytes) -> Any:
    """A picture from outside: looked at by its content, cleaned of all that is no picture, and drawn small.

    Answers with `content` and its `mimetype`, `width`, `height`, and `small`, a PNG for pages.

    :raises LoyalAppError: for what is no picture, or one that is too large to be drawn; its sentence says which.
    """
    from loyalapp.core.pictures import clean  # noqa: PLC0415 -- only where a picture comes in

    return clean(content)


def refused(customer_ids: list[int], purpose: str) -> set[int]:
    """Those who do not want `greetings`, `offers`, to be named as a `reference`, or us to keep their `details` (D4)."""
    return consent.refused(customer_ids, purpose)


def has_open_problem(customer_ids: list[int]) -> set[int]:
    """Those who wait for us to solve something: greetings and offers to them are held back (design §7)."""
    return set(ask("customers_with_open_problem", customer_ids=customer_ids))
