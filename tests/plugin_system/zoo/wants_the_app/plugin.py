"""Wants to get the app in its hands."""

from loyalapp import sdk
from loyalapp.sdk import hookimpl

our_pages = sdk.blueprint("wants_the_app")
our_pages.record(lambda state: state.app.config.clear())


@hookimpl
def pages():
    """The page."""
    return our_pages
