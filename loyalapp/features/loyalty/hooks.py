"""What loyalty answers when the shell asks: its tab."""

from loyalapp.core.i18n import _
from loyalapp.plugin_system.answers import NavLink
from loyalapp.plugin_system.hookspecs import hookimpl


@hookimpl
def nav_links():
    """The tab with the figures."""
    return [NavLink(_("Loyalty"), "loyalty.show", "again", 90)]
