"""Its tab leads to a page of the core."""

from loyalapp import sdk
from loyalapp.sdk import hookimpl


@hookimpl
def nav_links():
    return [sdk.NavLink("Mine", "customers.list_page", "plugin")]
