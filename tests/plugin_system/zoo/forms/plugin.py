"""Bears the name of a folder of the core's templates."""

from loyalapp.sdk import hookimpl


@hookimpl
def nav_links():
    return []
