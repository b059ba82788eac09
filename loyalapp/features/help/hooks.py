"""What the manual answers when the shell asks: its tab and the core's own pages."""

from collections.abc import Sequence
from datetime import date, datetime

from loyalapp.core.clock import written_ahead
from loyalapp.core.disks import is_shared
from loyalapp.core.i18n import _, isolate_text
from loyalapp.core.moment import this_app
from loyalapp.core.paths import DataFolder
from loyalapp.plugin_system.answers import HelpTopic, NavLink, Notice
from loyalapp.plugin_system.hookspecs import hookimpl

FIRST_STEPS = ("welcome.", "help.", "components.")
CUSTOMERS = ("customers.", "lists.", "search.", "spellings.", "duplicates.", "timeline.")
YOUR_DATA = ("backups.", "bring_back.", "privacy.", "safety.", "first_aid.")
CONTACTS = ("interactions.", "catch_up.", "promises.", "needs.", "reach.", "standards.", "drafts.")


@hookimpl
def nav_links():
    """The tab below the line."""
    return [NavLink(_("Help"), "help.show", "help", 120)]


@hookimpl
def help_topics():
    """The manual of the core."""
    return [
        HelpTopic("first-steps", _("First steps"), "help/first_steps.html", 10, FIRST_STEPS),
        HelpTopic("today", _("Today"), "help/today.html", 20, ("today.", "my_day.", "briefing.")),
        HelpTopic("customers", _("Customers"), "help/customers.html", 30, CUSTOMERS),
        HelpTopic("lists", _("Bringing in a list"), "help/lists.html", 40, ("imports.",)),
        HelpTopic("contacts", _("Calls and visits"), "help/contacts.html", 50, CONTACTS),
        HelpTopic("sales", _("Sales and products"), "help/sales.html", 60, ("catalogue.", "groups.", "loyalty.")),
        HelpTopic("settings", _("Settings"), "help/settings.html", 75, ("settings.", "screen.")),
        HelpTopic("staff", _("Several people at one PC"), "help/staff.html", 80, ("staff.", "desk.", "territory.")),
        HelpTopic("lock", _("Lock and encryption"), "help/lock.html", 85, ("safety.",)),
        HelpTopic("window", _("The window"), "help/window.html", 88),
        HelpTopic("keys", _("All keys"), "help/keys.html", 90),
        HelpTopic("plugins", _("Plugins"), "help/plugins.html", 100, ("plugin_page.",)),
        HelpTopic("safety", _("Your data"), "help/safety.html", 110, YOUR_DATA),
    ]


@hookimpl
def today_notices(day: date) -> Sequence[Notice]:  # noqa: ARG001 -- the hook says which day
    """What may spoil the data before anybody notices: a clock that went back, a folder that the cloud copies."""
    data = this_app().extensions["loyalapp.data"]
    told = []
    if written := written_ahead([data.database]):
        told.append(_wrong_clock(written))
    if data.database.is_file() and is_shared(data.root):
        told.append(_shared(data))
    return told


def _wrong_clock(written: datetime) -> Notice:
    """Who calls and greets by a wrong day does it twice, or not at all."""
    from loyalapp.core.formats import format_day  # noqa: PLC0415 -- most days there is nothing to tell

    text = _(
        "The clock of this computer seems wrong: your data was last written on %(day)s."
        " Set the clock right, then start LoyalApp again.",
        day=format_day(written.date()),
    )
    return Notice(text, "/help/report", "clock")


def _shared(data: DataFolder) -> Notice:
    text = _(
        "Your data lies in a folder that is copied over the internet or the network: %(folder)s. That can damage it."
        " Move it to a disk of this computer; for a copy elsewhere there are backups.",
        folder=isolate_text(str(data.root), ltr=True),
    )
    return Notice(text, "/backups/moving", "chest", for_owner=True)
