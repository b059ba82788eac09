"""Its tab raises for every page."""

from loyalapp.sdk import hookimpl


@hookimpl
def nav_links():
    raise RuntimeError("no tab today")
