"""Its panel, and its page of the manual, close what they did not open and leave open what they opened."""

from loyalapp import sdk
from loyalapp.sdk import hookimpl


@hookimpl
def customer_panels(customer_id):
    return [sdk.Panel("unbalanced_panel/panel.html", {}, -20)]


@hookimpl
def help_topics():
    return [sdk.HelpTopic("unbalanced", "Unbalanced", "unbalanced_panel/panel.html")]
