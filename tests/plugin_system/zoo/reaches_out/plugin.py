"""Wants to stand before every page of everybody."""

from loyalapp import sdk
from loyalapp.sdk import hookimpl

our_pages = sdk.blueprint("reaches_out")


@our_pages.before_app_request
def stop():
    """Stops everybody."""
    return "mine"


@hookimpl
def pages():
    """The page."""
    return our_pages
