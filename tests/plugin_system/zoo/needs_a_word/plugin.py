"""Its needs are no table."""

from loyalapp.sdk import hookimpl


@hookimpl
def nav_links():
    return []
