"""Bears the name of a feature."""

from loyalapp.sdk import hookimpl


@hookimpl
def nav_links():
    return []
