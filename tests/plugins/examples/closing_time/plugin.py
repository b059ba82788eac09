"""Closing time: an existing Flask blueprint, flask_healthz, brought along in vendor/ and used inside LoyalApp."""

from loyalapp import sdk
from loyalapp.sdk import hookimpl

from .views import pages as our_pages

_ = sdk.texts("closing_time").gettext


@hookimpl
def pages():
    """Our page and those of the library."""
    return our_pages


@hookimpl
def nav_links():
    """The tab at the edge of every page."""
    return [sdk.NavLink(_("Closing time"), "closing_time.index", "lock", order=80)]
