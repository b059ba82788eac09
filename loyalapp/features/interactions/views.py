"""Pages of contacts: log one, with a customer found by a few letters or a number."""

from flask import Blueprint, redirect, render_template, request, url_for

from loyalapp.core.i18n import _
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service
from loyalapp.features.interactions.forms import ContactForm
from loyalapp.web.shell import note

pages = Blueprint("interactions", __name__, url_prefix="/contacts", template_folder="templates")
FEW = 8


@pages.get("/new")
def choose():
    """Whom was it with? A few letters or the number that is calling."""
    text = request.args.get("who", "")
    return render_template("interactions/choose.html", text=text, found=customers.find(text, FEW) if text else [])


@pages.route("/new/<int:customer_id>", methods=["GET", "POST"])
def record(customer_id: int):
    """Write the contact down."""
    customer = customers.get(customer_id)
    form = ContactForm()
    if form.validate_on_submit():
        values = form.typed()
        del values["who"]
        if form.attempt(service.record, customer_id, **values):
            note(_("Saved."))
            return redirect(url_for("customers.show", customer_id=customer_id), 303)
    used = service.unasked_counts([customer_id]).get(customer_id, 0)
    return form.page(
        "interactions/record.html",
        customer=customer,
        addressed=customers.addressed(customer),
        used=used,
        limit=customers.contact_limit(customer),
        promises=service.promises_of(customer_id),
    )
