"""Visit card: the card of the shop in the customer's language, from the customer's page to the printer."""

from loyalapp import sdk
from loyalapp.sdk import hookimpl

from .views import pages as our_pages

_ = sdk.texts("visit_card").gettext


@hookimpl
def pages():
    """The page of the card."""
    return our_pages


@hookimpl
def nav_links():
    """The tab of the card."""
    return [sdk.NavLink(_("Visit card"), "visit_card.card", "print", order=70)]


@hookimpl
def customer_actions(customer_id):
    """The card in this customer's language."""
    return [sdk.CustomerAction(_("Print our card"), sdk.url_for("visit_card.card", customer=customer_id), "print")]
