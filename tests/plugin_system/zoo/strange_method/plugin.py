"""Changes things by a method that nobody protects."""

from loyalapp import sdk
from loyalapp.sdk import hookimpl

our_pages = sdk.blueprint("strange_method")


@our_pages.route("/", methods=["GET", "PURGE"])
def show():
    """Its one page."""
    return "gone"


@hookimpl
def pages():
    """The page."""
    return our_pages
