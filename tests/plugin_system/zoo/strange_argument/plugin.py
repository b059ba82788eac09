"""Wants an argument that the hook does not have."""

from loyalapp.sdk import hookimpl


@hookimpl
def nav_links(customer_id):
    return []
