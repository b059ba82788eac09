"""A plugin whose catalogue knows other words for what the core says."""

from loyalapp import sdk
from loyalapp.sdk import hookimpl

our_pages = sdk.blueprint("renames")


@our_pages.get("/")
def show():
    """Its one page."""
    return sdk.render("renames/show.html")


@hookimpl
def pages():
    """The page."""
    return our_pages
