"""What customers answer when the shell asks: the tab."""

from loyalapp.core.i18n import _
from loyalapp.plugin_system.answers import NavLink
from loyalapp.plugin_system.hookspecs import hookimpl


@hookimpl
def nav_links():
    """The tab of the list."""
    return [NavLink(_("Customers"), "customers.list_page", "people", 20)]
