"""What the search for doubles answers when asked: the way to it from a customer's page."""

from flask import url_for

from loyalapp.core.i18n import _
from loyalapp.plugin_system.answers import CustomerAction
from loyalapp.plugin_system.hookspecs import hookimpl


@hookimpl
def customer_actions(customer_id):
    """Whoever notices that two are one is on the page of one of them."""
    return [CustomerAction(_("Is here twice"), url_for("duplicates.choose", customer_id=customer_id), "people")]
