"""Its page lies outside of its own pages."""

from loyalapp import sdk
from loyalapp.sdk import hookimpl

our_pages = sdk.blueprint("outside_page")
our_pages.add_url_rule("/../../customers/", "show", lambda: "mine")


@hookimpl
def pages():
    """The page."""
    return our_pages
