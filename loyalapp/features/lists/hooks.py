"""What the list adds to the frame of every page."""

from loyalapp.core.i18n import _
from loyalapp.plugin_system.answers import NavLink
from loyalapp.plugin_system.hookspecs import hookimpl


@hookimpl
def nav_links():
    """The tab of the list."""
    return [NavLink(_("Customers"), "lists.show", "people", 20)]
