"""Pages of contacts: log one, with a customer found by a few letters or a number."""

from flask import Blueprint, redirect, render_template, request, url_for

from loyalapp.core.i18n import _
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service
from loyalapp.features.interactions.forms import ContactForm
from loyalapp.web.shell import note

pages = Blueprint("interactions", __name__, url_prefix="/contacts", template_folder="templates")
FEW = 8
CORRECTED = ("channel", "started_by", "said", "learned")


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
    return _page(form, customer, is_new=True)


@pages.route("/<int:interaction_id>", methods=["GET", "POST"])
def edit(interaction_id: int):
    """Correct what was written down."""
    interaction = service.get(interaction_id)
    customer = customers.get(interaction.customer_id)
    form = ContactForm(data={name: getattr(interaction, name) for name in CORRECTED})
    if form.validate_on_submit():
        form.attempt(service.change, interaction_id, **{name: form.typed()[name] for name in CORRECTED})
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("customers.show", customer_id=customer.id), 303)
    return _page(form, customer, is_new=False)


def _page(form: ContactForm, customer, *, is_new: bool):
    used = service.unasked_counts([customer.id]).get(customer.id, 0)
    return form.page(
        "interactions/record.html",
        customer=customer,
        is_new=is_new,
        addressed=customers.addressed(customer),
        used=used,
        limit=customers.contact_limit(customer),
        promises=service.promises_of(customer.id),
    )
