"""Pages of needs and offers: write one down, correct it, say what came of it."""

from flask import Blueprint, redirect, request, url_for

from loyalapp.core.i18n import _
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import needs
from loyalapp.features.needs import service
from loyalapp.features.needs.forms import NeedForm, OfferForm
from loyalapp.web.rights import private_page
from loyalapp.web.shell import note

pages = Blueprint("needs", __name__, url_prefix="/needs", template_folder="templates")


def _home(customer_id: int):
    return redirect(url_for("customers.show", customer_id=customer_id), 303)


@pages.route("/new/<int:customer_id>", methods=["GET", "POST"])
def add(customer_id: int):
    """What they need, in their own words."""
    customer, form = customers.get(customer_id), NeedForm()
    if form.validate_on_submit() and form.attempt(
        needs.add, customer_id, form.need.data, product_group=form.product_group.data
    ):
        note(_("Saved."))
        return _home(customer_id)
    return _need_page(form, customer, None)


@pages.route("/<int:customer_need_id>", methods=["GET", "POST"])
@private_page
def edit(customer_need_id: int):
    """Correct the words, or say what of ours could answer it."""
    need = needs.get(customer_need_id)
    customer = customers.get(need.customer_id)
    form = NeedForm(data={"need": need.text, "product_group": need.product_group or ""})
    if form.validate_on_submit() and form.attempt(
        needs.change, customer_need_id, form.need.data, form.product_group.data
    ):
        note(_("Saved."))
        return _home(customer.id)
    return _need_page(form, customer, need)


def _need_page(form, customer, need):
    questions = service.questions(customer.message_language)
    addressed = customers.addressed(customer)
    return form.page("needs/need.html", customer=customer, addressed=addressed, need=need, questions=questions)


@pages.post("/<int:customer_need_id>/met")
def meet(customer_need_id: int):
    """They have what they needed."""
    need = needs.meet(customer_need_id)
    note(_("Written down: they have what they needed."), undo=url_for("needs.reopen", customer_need_id=need.id))
    return _home(need.customer_id)


@pages.post("/<int:customer_need_id>/reopen")
def reopen(customer_need_id: int):
    """They need it after all."""
    return _home(needs.reopen(customer_need_id).customer_id)


@pages.post("/<int:customer_need_id>/remove")
def remove(customer_need_id: int):
    """Strike out a need that never was."""
    customer_id = needs.get(customer_need_id).customer_id
    step = needs.remove(customer_need_id)
    note(_("Struck out."), undo=url_for("bring_back.undo", undo_step_id=step))
    return _home(customer_id)


# ---- offers ----


@pages.route("/offer/<int:customer_id>", methods=["GET", "POST"])
@private_page
def offer(customer_id: int):
    """What was offered for which need; without one, questions to ask instead."""
    customer, wanted = customers.get(customer_id), needs.needs_of(customer_id)
    asked = request.args.get("need", "")
    form = OfferForm(data={"need_id": asked or (str(wanted[0].id) if wanted else "")}).offer(wanted)
    if form.validate_on_submit() and form.attempt(needs.offer, customer_id, form.what.data, form.chosen()):
        note(_("Saved."))
        return _home(customer_id)
    return form.page(
        "needs/offer.html",
        customer=customer,
        addressed=customers.addressed(customer),
        needs=wanted,
        questions=service.questions(customer.message_language, customer.channel),
    )


@pages.post("/offers/<int:customer_offer_id>/<outcome>")
def decide(customer_offer_id: int, outcome: str):
    """What they said to it: yes, later or no; taken back by the outcome it had."""
    before = needs.get_offer(customer_offer_id).outcome
    made = needs.decide(customer_offer_id, outcome)
    note(_("Written down."), undo=url_for("needs.decide", customer_offer_id=made.id, outcome=before))
    return _home(made.customer_id)


@pages.post("/offers/<int:customer_offer_id>/remove")
def remove_offer(customer_offer_id: int):
    """Strike out an offer that never was."""
    customer_id = needs.get_offer(customer_offer_id).customer_id
    step = needs.remove_offer(customer_offer_id)
    note(_("Struck out."), undo=url_for("bring_back.undo", undo_step_id=step))
    return _home(customer_id)
