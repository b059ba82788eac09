"""A plugin without a fault, to see that the others leave it alone."""

from loyalapp import sdk
from loyalapp.sdk import hookimpl

our_pages = sdk.blueprint("works")


@our_pages.get("/")
def show():
    """Its one page."""
    return sdk.render("works/show.html")


@hookimpl
def pages():
    """The page."""
    return our_pages


@hookimpl
def nav_links():
    """The tab."""
    return [sdk.NavLink("Good neighbour", "works.show", "plugin")]
