"""The button on the customer's page."""

from loyalapp.core.i18n import _
from loyalapp.plugin_system.answers import CustomerAction
from loyalapp.plugin_system.hookspecs import hookimpl


@hookimpl
def customer_actions(customer_id):
    """What to know before a call or a visit."""
    from flask import url_for  # noqa: PLC0415 -- hooks know pages only by their address

    return [CustomerAction(_("Briefing"), url_for("briefing.show", customer_id=customer_id), "file")]
