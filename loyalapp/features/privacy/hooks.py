"""What this feature answers: the customer's wishes beside their page, the way to their data, and the log of lists."""

from flask import url_for

from loyalapp.core.i18n import _
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.customers import consent
from loyalapp.plugin_system.answers import CustomerAction, Panel
from loyalapp.plugin_system.hookspecs import hookimpl


@hookimpl
def customer_actions(customer_id):
    """To what we hold about them."""
    return [CustomerAction(_("Their data and wishes"), url_for("privacy.show", customer_id=customer_id), "lock")]


@hookimpl
def customer_panels(customer_id):
    """What they do not want stands in sight; the rest is a click away."""
    from loyalapp.features.privacy import saying  # noqa: PLC0415 -- a start shows no customer

    said = consent.said(customer_id)
    values = {"customer_id": customer_id, "refusals": saying.refusals(said), "asked": len(said)}
    return [Panel("privacy/panel.html", values, 90)]


@hookimpl
def customers_were_exported(count, form):
    """A list went out of the house."""
    from loyalapp.features.privacy import service  # noqa: PLC0415 -- once in a while

    service.list_was_written(count, form)


def _empty_trash():
    from loyalapp.features.privacy import trash  # noqa: PLC0415 -- once a day

    trash.empty()


bring_back.daily(_empty_trash)
