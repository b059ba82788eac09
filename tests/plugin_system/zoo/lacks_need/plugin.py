"""Needs a plugin that is not there."""

from loyalapp.sdk import hookimpl


@hookimpl
def nav_links():
    return []
