"""Its table bears a name of the core."""

from . import models

from loyalapp.sdk import hookimpl

__all__ = ["models"]


@hookimpl
def nav_links():
    return []
