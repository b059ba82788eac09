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
    return _page(form, customer, is_new=False, interaction_id=interaction_id)


@pages.post("/<int:interaction_id>/remove")
def remove(interaction_id: int):
    """Delete a contact that never was, with an undo."""
    customer_id = service.get(interaction_id).customer_id
    step = service.remove(interaction_id)
    note(_("The contact was removed."), undo=url_for("bring_back.undo", undo_step_id=step))
    return redirect(url_for("customers.show", customer_id=customer_id), 303)


def _page(form: ContactForm, customer, *, is_new: bool, interaction_id: int | None = None):
    used = service.unasked_counts([customer.id]).get(customer.id, 0)
    return form.page(
        "interactions/record.html",
        customer=customer,
        is_new=is_new,
        interaction_id=interaction_id,
        addressed=customers.addressed(customer),
        used=used,
        limit=customers.contact_limit(customer),
        promises=service.promises_of(customer.id),
    )


@pages.post("/promises/<int:promise_id>/kept")
def keep(promise_id: int):
    """A promise was kept; it can be taken back."""
    kept = service.keep(promise_id)
    note(_("Kept. Well done."), undo=url_for("interactions.reopen", promise_id=promise_id))
    return redirect(url_for("customers.show", customer_id=kept.customer_id), 303)


@pages.post("/promises/<int:promise_id>/reopen")
def reopen(promise_id: int):
    """It was not kept after all."""
    opened = service.reopen(promise_id)
    return redirect(url_for("customers.show", customer_id=opened.customer_id), 303)
