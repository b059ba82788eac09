"""Its migration makes a table, empties another one, and fails."""

from loyalapp.sdk import hookimpl


@hookimpl
def nav_links():
    return []
