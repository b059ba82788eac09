"""Its panel fails while it is drawn."""

from loyalapp import sdk
from loyalapp.sdk import hookimpl


@hookimpl
def customer_panels(customer_id):
    return [sdk.Panel("breaking_panel/panel.html", {"number": 0})]
