"""Adds a customer on every look at a page."""

from loyalapp.sdk import customers, hookimpl


@hookimpl
def nav_links():
    customers.add({"name": "Written while looking"})
