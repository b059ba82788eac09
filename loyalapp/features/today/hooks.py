"""What Today answers when the shell asks: its tab."""

from loyalapp.core.i18n import _
from loyalapp.plugin_system.answers import NavLink
from loyalapp.plugin_system.hookspecs import hookimpl


@hookimpl
def nav_links():
    """The first tab."""
    return [NavLink(_("Today"), "today.show", "today", 10)]
