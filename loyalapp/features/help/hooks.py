"""What the manual answers when the shell asks: its tab and the core's own pages."""

from loyalapp.core.i18n import _
from loyalapp.plugin_system.answers import HelpTopic, NavLink
from loyalapp.plugin_system.hookspecs import hookimpl


@hookimpl
def nav_links():
    """The tab below the line."""
    return [NavLink(_("Help"), "help.show", "help", 120)]


@hookimpl
def help_topics():
    """The manual of the core."""
    return [
        HelpTopic("first-steps", _("First steps"), "help/first_steps.html", 10),
        HelpTopic("today", _("Today"), "help/today.html", 20),
        HelpTopic("customers", _("Customers"), "help/customers.html", 30),
        HelpTopic("lists", _("Bringing in a list"), "help/lists.html", 40),
        HelpTopic("contacts", _("Calls and visits"), "help/contacts.html", 50),
        HelpTopic("sales", _("Sales and products"), "help/sales.html", 60),
        HelpTopic("staff", _("Several people at one PC"), "help/staff.html", 80),
        HelpTopic("plugins", _("Plugins"), "help/plugins.html", 100),
        HelpTopic("safety", _("Your data"), "help/safety.html", 110),
    ]
