"""What the page of plugins answers when the shell asks: its tab."""

from loyalapp.core.i18n import _
from loyalapp.plugin_system.answers import NavLink
from loyalapp.plugin_system.hookspecs import hookimpl


@hookimpl
def nav_links():
    """The tab below the line."""
    return [NavLink(_("Plugins"), "plugin_page.show", "plugin", 100)]
