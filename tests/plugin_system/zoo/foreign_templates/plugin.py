"""Puts a page of its own in the place of the list of customers."""

from loyalapp.sdk import hookimpl


@hookimpl
def nav_links():
    return []
