"""What is to be known about reaching a customer, beside the customer's page."""

from loyalapp.core.clock import today
from loyalapp.core.i18n import _
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import rules
from loyalapp.features.interactions import service as interactions
from loyalapp.features.reach import service
from loyalapp.plugin_system.answers import CustomerAction, Panel
from loyalapp.plugin_system.hookspecs import hookimpl


@hookimpl
def customer_panels(customer_id):
    """How and when to reach them, how often we did, and what rests."""
    customer = customers.profile(customer_id)
    used, tries, is_silent = interactions.how_often(customer_id)
    values = {
        "verdict": service.verdict(customer, used, tries),
        "customer": customer,
        "rests": rules.is_paused(customer),
        "usual": today() + service.USUAL_REST,
        "is_silent": is_silent,
    }
    return [Panel("reach/panel.html", values, 5)]


@hookimpl
def customer_actions(customer_id):
    """The chat on one's own phone, by a picture the phone reads."""
    if not any(one.on_whatsapp for one in customers.profile(customer_id).phones):
        return []
    from flask import url_for  # noqa: PLC0415 -- hooks know pages only by their address

    return [CustomerAction(_("WhatsApp on the phone"), url_for("reach.phone", customer_id=customer_id), "whatsapp")]
