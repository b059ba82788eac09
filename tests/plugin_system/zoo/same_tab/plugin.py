"""Its tab is called as a tab of the core is, and as its neighbour's."""

from loyalapp import sdk
from loyalapp.sdk import hookimpl

our_pages = sdk.blueprint("same_tab")


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
    return [sdk.NavLink(label, "same_tab.show", "plugin") for label in ("Customers", "Good neighbour", "Good neighbour")]
