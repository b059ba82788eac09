"""What the settings answer when the shell asks: their tab."""

from loyalapp.core.i18n import _
from loyalapp.plugin_system.answers import NavLink
from loyalapp.plugin_system.hookspecs import hookimpl


@hookimpl
def nav_links():
    """The tab below the line."""
    return [NavLink(_("Settings"), "settings.show", "sliders", 110)]
