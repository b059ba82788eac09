"""Pages on which a customer's data is shown, handed over, corrected and erased, and who was given what."""

from flask import Blueprint, redirect, render_template, request, url_for

from loyalapp.core.i18n import _, isolate_text, message_language_names
from loyalapp.features.customers import consent
from loyalapp.features.customers import service as customers
from loyalapp.features.privacy import saying, service
from loyalapp.features.privacy.forms import ConsentForm, EraseForm
from loyalapp.web.rights import owner_only, private_page
from loyalapp.web.shell import note

pages = Blueprint("privacy", __name__, url_prefix="/privacy", template_folder="templates")


@pages.get("/")
@private_page
def log():
    """Who was given what, and who was erased."""
    lines = service.log()
    names = service.names_in(lines)
    return render_template("privacy/log.html", lines=[(one, names.get(one.customer_id)) for one in lines])


@pages.get("/customers/<int:customer_id>")
@private_page
def show(customer_id: int):
    """What a customer allows us, and what can be done with their data."""
    return _page(customer_id, ConsentForm())


def _page(customer_id, form):
    customer = customers.get(customer_id)
    lines = consent.standing(customer_id)
    return form.page(
        "privacy/customer.html",
        customer=customer,
        name=customers.addressed(customer),
        standing=saying.standing(lines),
        history=[(one, saying.answer(one)) for one in consent.history([customer_id])],
        refused_details="details" in lines and not lines["details"].given,
        spoken=message_language_names()[service.language_of(customer)],
        is_known=bool(customer.message_language),
    )


@pages.post("/customers/<int:customer_id>/consent")
def allow(customer_id: int):
    """Write an answer down."""
    customers.get(customer_id)
    form = ConsentForm()
    if form.validate_on_submit():
        facts = {"given_on": form.given_on.data, "note": form.note.data, "given": form.answer.data == "yes"}
        if form.attempt(consent.write, customer_id, form.purpose.data, form.source.data, **facts):
            note(_("Saved."))
            return redirect(url_for("privacy.show", customer_id=customer_id), 303)
    elif not form.answer.data:
        form.answer.errors = [_("Please choose one.")]
    return _page(customer_id, form)


@pages.post("/customers/<int:customer_id>/consent/<int:customer_consent_id>/strike-out")
def strike_out(customer_id: int, customer_consent_id: int):
    """Take back a line that was written by mistake."""
    step = consent.strike_out(customer_id, customer_consent_id)
    note(_("The line is gone."), undo=url_for("bring_back.undo", undo_step_id=step))
    return redirect(url_for("privacy.show", customer_id=customer_id), 303)


@pages.post("/customers/<int:customer_id>/hand-over")
@owner_only
def hand_over(customer_id: int):
    """Make the sheet or the file."""
    form = "json" if request.form.get("form") == "json" else "pdf"
    file = service.hand_over(customer_id, form)
    note(_("Saved: %(file)s", file=isolate_text(file, ltr=True)))
    return redirect(url_for("privacy.show", customer_id=customer_id), 303)


@pages.route("/customers/<int:customer_id>/erase", methods=["GET", "POST"])
@owner_only
def erase(customer_id: int):
    """Say what goes and what stays, ask once more, and erase."""
    form = EraseForm()
    if form.validate_on_submit():
        service.erase(customer_id)
        note(_("Everything we knew about them has been erased."))
        return redirect("/customers/", 303)
    facts = service.what_is_there(customer_id)
    return form.page(
        "privacy/erase.html", customer_id=customer_id, name=customers.names([customer_id])[customer_id], **facts
    )
