"""Its needs cannot be read."""

from loyalapp.sdk import hookimpl


@hookimpl
def nav_links():
    return []
