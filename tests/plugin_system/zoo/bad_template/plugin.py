"""Its page cannot be parsed."""

from loyalapp.sdk import hookimpl


@hookimpl
def nav_links():
    return []
