"""Deeds about reaching a customer, and the page with the picture that opens a chat on one's own phone."""

from datetime import date

from flask import Blueprint, redirect, request, url_for

from loyalapp.core.errors import NotFound
from loyalapp.core.i18n import _
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import rules
from loyalapp.features.reach import chat, service
from loyalapp.features.reach.forms import RestForm, TextForm
from loyalapp.web.rights import private_page
from loyalapp.web.shell import note

pages = Blueprint("reach", __name__, url_prefix="/reach", template_folder="templates")


@pages.route("/<int:customer_id>/rest", methods=["GET", "POST"])
@private_page
def rest(customer_id: int):
    """Let contacts rest until a day."""
    customer = customers.get(customer_id)
    form = RestForm(until=customer.paused_until, why=customer.pause_why)
    if form.validate_on_submit() and (before := form.attempt(service.rest, customer_id, **form.typed())):
        note(_("Written down. Contacts rest."), undo=_as_before(customer_id, before))
        return redirect(_home(customer_id), 303)
    return form.page("reach/rest.html", customer=customer, addressed=customers.addressed(customer))


@pages.post("/<int:customer_id>/go-on")
def go_on(customer_id: int):
    """Contacts may be made as before."""
    before = service.go_on(customer_id)
    note(_("Written down. Contacts may go on."), undo=_as_before(customer_id, before))
    return redirect(_home(customer_id), 303)


@pages.post("/<int:customer_id>/want-none")
def want_none(customer_id: int):
    """They asked us not to contact them."""
    before = service.want_none(customer_id)
    note(_("Written down. Nobody will be asked to contact them."), undo=_as_before(customer_id, before))
    return redirect(_home(customer_id), 303)


@pages.post("/<int:customer_id>/as-before")
def as_before(customer_id: int):
    """Undo one of these."""
    try:
        until = date.fromisoformat(said) if (said := request.args.get("until")) else None
    except ValueError as error:
        raise NotFound(_("This page is not there.")) from error
    service.set_back(customer_id, ("none" in request.args, until, request.args.get("why") or None))
    note(_("It is as it was before."))
    return redirect(_home(customer_id), 303)


def _as_before(customer_id: int, before: service.State) -> str:
    no_contact, until, why = before
    facts = {"none": 1 if no_contact else None, "until": until and until.isoformat(), "why": why}
    return url_for("reach.as_before", customer_id=customer_id, **facts)


def _home(customer_id: int) -> str:
    return url_for("customers.show", customer_id=customer_id, _anchor="reach")


@pages.get("/<int:customer_id>/phone")
def phone(customer_id: int):
    """A chat with the customer: here on the computer, or on the phone by a picture that it reads."""
    customer = customers.get(customer_id)
    number = next((one.number for one in customer.phones if one.on_whatsapp), None)
    text = request.args.get("text")
    form = TextForm(formdata=None, text=chat.opening(customer) if text is None else chat.tidy(text))
    address = chat.address(form.text.data, number)
    return form.page(
        "reach/phone.html",
        customer=customer,
        addressed=customers.addressed(customer),
        number=number,
        address=address,
        advice=rules.advice(customer_id, "whatsapp"),
        picture=chat.picture(address),
    )
