"""Pages of customers: the list, one customer, add, change, learn, ask, remove."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup

from loyalapp.core.errors import NotFound
from loyalapp.core.i18n import _, current_language
from loyalapp.core.textkeys import norm
from loyalapp.features.customers import duplicates, faces, merging, service
from loyalapp.features.customers.address import SUGGESTED
from loyalapp.features.customers.forms import ANSWERS, CustomerForm, FactForm
from loyalapp.features.customers.words import CHANNEL_WORDS, SIZE_WORDS, SOURCE_WORDS, STAGE_WORDS, WORTH_WORDS
from loyalapp.features.staff import service as staff
from loyalapp.plugin_system.calls import ask
from loyalapp.web import frame
from loyalapp.web.counter import is_counter
from loyalapp.web.rights import private_page
from loyalapp.web.shell import note, piece, piece_of

pages = Blueprint("customers", __name__, url_prefix="/customers", template_folder="templates")
TIMELINE = 20
FEW = 8
PRIVATE = Markup('<div class="private panel">%s</div>')
PART_OF = {"phones": "reach", "people": "people", "days": "dates"}


# ---- add and change ----


@pages.route("/new", methods=["GET", "POST"])
def add():
    """A new customer: name, phone, place, language; more where it is known."""
    asked_for = {**_asked_for(request.args.get("name", "")), "salesman_id": str(staff.at_desk() or "")}
    form = CustomerForm(data=asked_for).offer(None, staff.active())
    found = _who(form, None)
    alike = _alike(form)
    asked = not {str(one.id) for one in alike} <= set(request.form.getlist("not"))
    if _is_complete(form, found) and not asked and (customer := form.attempt(service.add, form.values())):
        note(_("Saved."))
        return redirect(url_for("customers.show", customer_id=customer.id), 303)
    return _form_page(form, None, found, alike)


def _alike(form):
    """Those in the list who may be the one that is typed in."""
    if not form.is_submitted() or not form.name.data:
        return []
    return [one for one, _reasons in duplicates.alike(faces.typed(form.values()))]


def _asked_for(typed: str) -> dict[str, object]:
    """What was looked for in vain, as the beginning of a new customer: a name, or a number."""
    is_number = any(map(str.isdigit, typed)) and not any(map(str.isalpha, typed))
    return {"phones": [{"number": typed, "on_whatsapp": True}]} if is_number else {"name": typed} if typed else {}


@pages.route("/<int:customer_id>/edit", methods=["GET", "POST"])
@private_page
def edit(customer_id: int):
    """Change a customer; two people at once do not overwrite each other."""
    customer = service.get(customer_id)
    form = CustomerForm.of(customer).offer(customer, _members(customer))
    found = _who(form, customer)
    if _is_complete(form, found) and form.attempt(service.change, customer_id, form.values(), form.seen_version()):
        note(_("Saved."))
        return redirect(url_for("customers.show", customer_id=customer_id), 303)
    return _form_page(form, customer, found)


def _members(customer):
    """Who can look after the customer: those who work here, and who does so now."""
    members = staff.active()
    now = staff.names([customer.salesman_id]) if customer.salesman_id else {}
    return [*members, *(one for one in now.items() if one not in members)]


def _who(form, customer):
    """Those who answer to what was typed about who sent the customer, and who is chosen now."""
    text, chosen = form.referred_by.data or "", form.values()["referred_by_id"]
    found = [one for one in service.find(text, FEW) if not customer or one.id != customer.id] if text else []
    alike = [one for one in found if norm(one.name) == norm(text)]
    if text and chosen not in {one.id for one in found}:
        form.referred_by_id.data = str(alike[0].id) if len(alike) == 1 else ""
    return found or (service.listed([chosen]) if chosen and not text else [])


def _is_complete(form, found) -> bool:
    """Whether the form was sent to be kept, and nothing in it is to be mended, looked up or lengthened first."""
    if not form.is_submitted() or form.wants_more() or "look" in request.form or not form.validate():
        return False
    if form.referred_by.data and not form.referred_by_id.data:
        nobody = _("Nobody of this name is in the list. Please look once more, or leave it empty.")
        form.referred_by.errors = [_("Please choose who it was.") if found else nobody]
        return False
    return True


def _form_page(form, customer, found, alike=()):
    if request.method == "GET":
        form.lengthen()
    sent = request.form
    asked = {request.args.get("part"), PART_OF.get(sent.get("more")), "ours" if "look" in sent else None}
    return form.page(
        "customers/edit.html",
        customer=customer,
        called=service.name_in(customer, current_language()) if customer else "",
        found=found,
        alike=alike,
        open_parts=form.open_parts() | asked,
        forms_of_address=_forms_of_address(customer.message_language if customer else None),
        tags=service.tags_in_use(),
        has_staff=len(form.salesman_id.choices) > 1,
    )


def _forms_of_address(message_language) -> tuple[str, ...]:
    """The customer's language first, then that of the page."""
    order = dict.fromkeys(one for one in (message_language, current_language(), *SUGGESTED) if one)
    return tuple(dict.fromkeys(form for language in order for form in SUGGESTED[language]))


@pages.get("/who")
def who():
    """The few who answer to some letters, to choose one of them while typing."""
    text, without = request.args.get("q", "").strip(), request.args.get("without", 0, int)
    found = [one for one in service.find(text, FEW) if one.id != without] if text else []
    return render_template("customers/who.html", found=found, chosen="", text=text)


# ---- one customer ----


@pages.get("/<int:customer_id>")
def show(customer_id: int):
    """One customer: what to do, what happened so far, what we know."""
    try:
        customer = service.profile(customer_id)
    except NotFound:
        if winner := merging.winner_of(customer_id):  # the old address leads to the one they are by now
            return redirect(url_for("customers.show", customer_id=winner))
        raise
    return _customer_page(customer, request.args.get("ask", ""))


def _customer_page(customer, question="", *, fact_form=None, answer_form=None):
    """The page; a form that came with something to mend stands on it as it was filled in."""
    facts = {"customer_id": customer.id}
    actions = ask("customer_actions", **facts)
    panels = sorted(filter(None, ask("customer_panels", _placed, **facts)), key=lambda one: one[0])
    about = service.about(customer)
    unknown = service.unknown(customer, about.people)
    timeline = _newest(ask("timeline_entries", _dated, **facts, limit=TIMELINE, until=None))
    at = _asked(unknown, question)
    talk = next(filter(_is_talk, timeline), None)
    known = [] if is_counter() else customer.facts
    page = render_template(
        "customers/show.html",
        customer=customer,
        about=about,
        addressed=service.addressed(customer),
        other_names=service.other_names(customer),
        hushed=[one for one in known if one.do_not_mention],
        spoken=[one for one in known if not one.do_not_mention],
        at_hand=[action for action in actions if _is_at_hand(action)],
        rarer=[action for action in actions if not _is_at_hand(action)],
        head_panels=[html for order, html in panels if order < 0],
        panels=[html for order, html in panels if order >= 0],
        timeline=timeline,
        last_talk=talk,
        learn_fields=_fields("customers/learn_fields.html", fact_form, make=FactForm),
        ask_fields=_ask_fields(customer, unknown[at], answer_form) if unknown else "",
        unknown=unknown,
        at=at,
        missing=[one.missing for place, one in enumerate(unknown) if place != at],
        sources=SOURCE_WORDS,
        channels=CHANNEL_WORDS,
        stages=STAGE_WORDS,
        sizes=SIZE_WORDS,
        worths=WORTH_WORDS,
    )
    return page, 422 if fact_form or answer_form else 200


def _fields(template, form, **facts):
    """The fields of a form; while they are empty they are drawn once and kept."""
    return piece_of(template, form=form, **facts) if form else frame.drawn(template, **facts)


def _ask_fields(customer, question, form):
    suggestions = _forms_of_address(customer.message_language) if question.field == "address_form" else ()
    facts = {"field_name": question.field, "words": question.words, "suggestions": suggestions}
    return _fields("customers/ask_fields.html", form, make=ANSWERS[question.field], **facts)


def _is_talk(entry):
    """Contacts are moments of the timeline; sales, which look alike there, are whole days."""
    return entry.kind == "checkin" and isinstance(entry.at, datetime)


def _asked(unknown, field: str) -> int:
    """Which of the questions is on the page: the one that was asked for, else the first."""
    return next((place for place, one in enumerate(unknown) if one.field == field), 0)


def _is_at_hand(action):
    """While talking one needs to write to the customer, or to note a problem; the rest lies folded under them."""
    return action.alarm or action.url.startswith("https:")


def _placed(panel):
    """A panel as a piece of the page, with its place; None for a private one while a customer may see the screen."""
    if panel.is_private and is_counter():
        return None
    return panel.order, PRIVATE % piece(panel) if panel.is_private else piece(panel)


def _dated(entry):
    """An entry with what it is sorted by: a date stands before the moments of its day."""
    return entry.at.isoformat(), entry


def _newest(entries):
    """The newest entries of all sources together."""
    return [entry for _at, entry in sorted(entries, key=lambda one: one[0], reverse=True)[:TIMELINE]]


@pages.post("/<int:customer_id>/answer/<question>")
def answer(customer_id: int, question: str):
    """Write down the answer to a question about what we do not know yet."""
    customer = service.get(customer_id)
    here = url_for("customers.show", customer_id=customer_id, _anchor="ask")
    if question not in {one.field for one in service.unknown(customer, customer.people)}:
        note(_("This is known already. Please look at the page."))
        return redirect(here, 303)
    form = ANSWERS[question]()
    said = form.answer(question) if form.validate_on_submit() else None
    if said and form.attempt(service.change, customer_id, said):
        note(_("Saved."))
        return redirect(here, 303)
    return _customer_page(service.profile(customer_id), question, answer_form=form)


@pages.post("/<int:customer_id>/stage/<stage>")
def sort(customer_id: int, stage: str):
    """Say where we stand with somebody from a phone book."""
    before = service.get(customer_id).stage
    service.change(customer_id, {"stage": stage})
    note(_("Saved."), undo=url_for("customers.sort", customer_id=customer_id, stage=before))
    return redirect(url_for("customers.show", customer_id=customer_id), 303)


# ---- what we learn ----


@pages.post("/<int:customer_id>/learn")
def learn(customer_id: int):
    """Write down what was learned."""
    form = FactForm()
    if form.validate_on_submit() and form.attempt(service.learn, customer_id, **form.typed()):
        note(_("Saved."))
        return redirect(url_for("customers.show", customer_id=customer_id), 303)
    return _customer_page(service.profile(customer_id), fact_form=form)


@pages.route("/facts/<int:customer_fact_id>", methods=["GET", "POST"])
@private_page
def fact(customer_fact_id: int):
    """Correct something that was learned."""
    known = service.get_fact(customer_fact_id)
    customer, form = service.get(known.customer_id), FactForm(obj=known)
    if form.validate_on_submit():
        form.attempt(service.correct_fact, customer_fact_id, **form.typed())
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("customers.show", customer_id=customer.id), 303)
    return form.page("customers/fact.html", customer=customer, addressed=service.addressed(customer), known=known)


@pages.post("/facts/<int:customer_fact_id>/forget")
def forget(customer_fact_id: int):
    """Strike out something that was learned."""
    customer_id = service.get_fact(customer_fact_id).customer_id
    step = service.forget_fact(customer_fact_id)
    note(_("Struck out."), undo=url_for("bring_back.undo", undo_step_id=step))
    return redirect(url_for("customers.show", customer_id=customer_id), 303)


# ---- remove ----


@pages.post("/<int:customer_id>/remove")
def remove(customer_id: int):
    """Take a customer out of the list, with an undo."""
    step = service.remove(customer_id)
    note(_("The customer was removed."), undo=url_for("bring_back.undo", undo_step_id=step))
    return redirect(url_for("lists.show"), 303)
