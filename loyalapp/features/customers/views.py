"""Pages of customers: the list, one customer, add, change, remove."""

from flask import Blueprint, redirect, render_template, request, url_for

from loyalapp.core.i18n import _
from loyalapp.features.customers import service
from loyalapp.features.customers.address import SUGGESTED
from loyalapp.features.customers.forms import CustomerForm, FactForm
from loyalapp.plugin_system.calls import ask
from loyalapp.web.shell import note, piece

pages = Blueprint("customers", __name__, url_prefix="/customers", template_folder="templates")
TIMELINE = 20


@pages.get("/")
def list_page():
    """Everybody, by name."""
    page = service.page(request.args.get("after"), request.args.get("before"))
    return render_template("customers/list.html", page=page)


@pages.route("/new", methods=["GET", "POST"])
def add():
    """A new customer: name, phone, place, language."""
    form = CustomerForm()
    if form.validate_on_submit() and (customer := form.attempt(service.add, form.values())):
        note(_("Saved."))
        return redirect(url_for("customers.show", customer_id=customer.id), 303)
    known = service.by_phone(form.phones.data) if form.errors and form.phones.data else []
    return form.page("customers/edit.html", customer=None, known=known, forms_of_address=_forms_of_address())


@pages.get("/<int:customer_id>")
def show(customer_id: int):
    """One customer: what to do, what happened so far, what we know."""
    return _customer_page(service.get(customer_id), FactForm())


def _customer_page(customer, fact_form):
    facts = {"customer_id": customer.id}
    actions = ask("customer_actions", **facts)
    return fact_form.page(
        "customers/show.html",
        customer=customer,
        addressed=service.addressed(customer),
        other_names=service.other_names(customer),
        at_hand=[action for action in actions if _is_at_hand(action)],
        rarer=[action for action in actions if not _is_at_hand(action)],
        panels=[html for _order, html in sorted(ask("customer_panels", _placed, **facts), key=lambda one: one[0])],
        timeline=_newest(ask("timeline_entries", _dated, **facts, limit=TIMELINE)),
        fact_form=fact_form,
        unknown=_unknown(customer),
    )


def _is_at_hand(action):
    """While talking one needs to write to the customer, or to note a problem; the rest lies folded under them."""
    return action.alarm or action.url.startswith("https:")


def _placed(panel):
    """A panel as a piece of the page, with its place."""
    return panel.order, piece(panel)


def _dated(entry):
    """An entry with what it is sorted by: a date stands before the moments of its day."""
    return entry.at.isoformat(), entry


def _newest(entries):
    """The newest entries of all sources together."""
    return [entry for _at, entry in sorted(entries, key=lambda one: one[0], reverse=True)[:TIMELINE]]


def _unknown(customer) -> list[str]:
    """What we do not know yet about a customer, said kindly (D2)."""
    asked = (
        (customer.phones, _("a phone number")),
        (customer.place, _("where they are")),
        (customer.message_language, _("the language they like for messages")),
        (customer.birth_month, _("the birthday")),
    )
    return [word for known, word in asked if not known]


@pages.route("/<int:customer_id>/edit", methods=["GET", "POST"])
def edit(customer_id: int):
    """Change a customer; two people at once do not overwrite each other."""
    customer = service.get(customer_id)
    form = CustomerForm.of(customer)
    if form.validate_on_submit() and form.attempt(service.change, customer_id, form.values(), form.seen_version()):
        note(_("Saved."))
        return redirect(url_for("customers.show", customer_id=customer_id), 303)
    return form.page("customers/edit.html", customer=customer, known=[], forms_of_address=_forms_of_address())


@pages.post("/<int:customer_id>/learn")
def learn(customer_id: int):
    """Write down what was learned."""
    customer = service.get(customer_id)
    form = FactForm()
    if form.validate_on_submit() and form.attempt(service.learn, customer_id, form.text.data):
        note(_("Saved."))
        return redirect(url_for("customers.show", customer_id=customer_id), 303)
    return _customer_page(customer, form)


@pages.post("/<int:customer_id>/remove")
def remove(customer_id: int):
    """Take a customer out of the list, with an undo."""
    service.remove(customer_id)
    note(_("The customer was removed."), undo=url_for("customers.bring_back", customer_id=customer_id))
    return redirect(url_for("customers.list_page"), 303)


@pages.post("/<int:customer_id>/bring-back")
def bring_back(customer_id: int):
    """Undo a removal."""
    service.bring_back(customer_id)
    note(_("Brought back."))
    return redirect(url_for("customers.show", customer_id=customer_id), 303)


def _forms_of_address() -> list[str]:
    return [form for forms in SUGGESTED.values() for form in forms]
