"""Pages of contacts: log one, with a customer found by a few letters or a number."""

from flask import Blueprint, redirect, render_template, request, url_for

from loyalapp.core.i18n import _
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import needs, rules, service
from loyalapp.features.interactions.forms import ContactForm
from loyalapp.features.standards import service as standards
from loyalapp.web.rights import private_page
from loyalapp.web.shell import note

pages = Blueprint("interactions", __name__, url_prefix="/contacts", template_folder="templates")
FEW = 8
CORRECTED = ("channel", "started_by", "said", "learned")


@pages.get("/new")
def choose():
    """Whom was it with? A few letters or the number that is calling; Enter takes the first."""
    text = request.args.get("who", "").strip()
    found = customers.suggest(text, FEW) if text else []
    if found and "take" in request.args:
        return redirect(url_for("interactions.record", customer_id=found[0].id), 303)
    return render_template("interactions/choose.html", text=text, found=found)


@pages.get("/who")
def who():
    """The few who answer, while one types."""
    text = request.args.get("q", "").strip()
    return render_template("interactions/who.html", found=customers.suggest(text, FEW) if text else [])


@pages.route("/new/<int:customer_id>", methods=["GET", "POST"])
def record(customer_id: int):
    """Write the contact down."""
    customer = customers.get(customer_id)
    form = ContactForm(data=_begun(request.args.get("channel")))
    if form.validate_on_submit() and form.attempt(_record, customer_id, form.told()):
        note(_("Saved."))
        return redirect(_back(customer_id), 303)
    return _page(form, customer, is_new=True)


def _back(customer_id: int) -> str:
    """Whoever works through Today goes on there with the next line."""
    if request.args.get("from") == "today":
        return url_for("today.show")
    return url_for("customers.show", customer_id=customer_id)


def _record(customer_id: int, told):
    """What the contact rules advised against is written down with its reason."""
    rules.check(customer_id, told["started_by"], told["in_spite"])
    return service.record(customer_id, **told)


def _begun(channel: str | None) -> dict[str, str]:
    """What a page that leads here knows already."""
    return {"channel": channel} if channel in service.CHANNELS else {}


@pages.route("/<int:interaction_id>", methods=["GET", "POST"])
@private_page
def edit(interaction_id: int):
    """Correct what was written down."""
    interaction = service.get(interaction_id)
    customer = customers.get(interaction.customer_id)
    known = {name: getattr(interaction, name) for name in CORRECTED}
    form = ContactForm(data={**known, "reached": "yes" if interaction.is_answered else "no"})
    if form.validate_on_submit():
        told = form.told()
        form.attempt(service.change, interaction_id, **{name: told[name] for name in (*CORRECTED, "is_answered")})
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
    used, _tries, is_silent = service.how_often(customer.id)
    return form.page(
        "interactions/record.html",
        customer=customer,
        back=_back(customer.id),
        is_new=is_new,
        interaction_id=interaction_id,
        addressed=customers.addressed(customer),
        used=used,
        is_silent=is_silent,
        limit=customers.contact_limit(customer),
        promises=service.promises_of(customer.id),
        needs=needs.needs_of(customer.id),
        advice=rules.advice(customer.id, form.channel.data) if is_new else None,
        standards=standards.lines_now(),
    )
