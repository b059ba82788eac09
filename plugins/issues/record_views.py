"""Pages on which a problem is written down while the customer is on the phone, and corrected afterwards."""

from typing import Any

from loyalapp import sdk

from . import book, known, saying, sentences, service, steps, things
from .forms import ChangeForm, ProblemForm, UnknownForm
from .views import pages

_ = sdk.texts("issues").gettext

FEW = 8


@pages.get("/new")
def choose() -> Any:
    """Who is calling? A few letters, or the number; a number that only one customer has goes straight on."""
    text = sdk.request.args.get("who", "").strip()
    by_number = sdk.customers.by_phone(text) if text else []
    if len(by_number) == 1:
        return sdk.redirect_to("issues.record", customer_id=by_number[0].id)
    found = by_number or (sdk.customers.find(text, FEW) if text else [])
    ids = [one.id for one in found]
    return sdk.render(
        "issues/choose.html",
        text=text,
        found=found,
        numbers=sdk.customers.numbers_of(ids) if ids else {},
        waiting=set(book.waiting_customers(ids)) if ids else set(),
        names=sdk.customers.names(ids),
    )


@pages.route("/new/unknown", methods=["GET", "POST"])
def unknown() -> Any:
    """Somebody we do not know: the problem is written down at once, and who it was comes later."""
    form = UnknownForm()
    if form.validate_on_submit():
        typed = _written(form)
        number = typed.pop("number")
        if answer := _recorded(form, service.record_unknown, typed.pop("name"), number, **typed):
            return answer
    elif sdk.request.method == "GET":
        text = sdk.request.args.get("who", "").strip()
        form.urgency.data = "trouble"
        (form.number if any(one.isdecimal() for one in text) else form.name).data = text
    return _page(form, None, [])


@pages.route("/new/<int:customer_id>", methods=["GET", "POST"])
def record(customer_id: int) -> Any:
    """Write the problem down. The second button says that it was solved on this very call."""
    customer, own = sdk.customers.get(customer_id), things.of(customer_id)
    form = ProblemForm()
    if form.validate_on_submit():
        if answer := _recorded(form, service.record, customer_id, **_written(form)):
            return answer
    elif sdk.request.method == "GET":
        form.urgency.data, form.thing.data = "trouble", things.likely(own)
    return _page(form, customer, own)


def _recorded(form: ProblemForm, verb: Any, *who: Any, **typed: Any) -> Any:
    solved = sdk.request.form.get("do") == "solved"
    problem_id = form.attempt(verb, *who, solved=solved, **typed)
    if not problem_id:
        return None
    if solved:
        step = steps.last_step(problem_id).id
        undo = sdk.url_for("issues.take_back", problem_id=problem_id, step_id=step)
        sdk.note(_("Written down and solved. Well done."), undo=undo)
    else:
        sdk.note(_("Saved. It stays with you until it is solved."))
    return sdk.redirect_to("issues.show", problem_id=problem_id)


def _page(form: ProblemForm, customer: Any, own: list[things.Thing]) -> Any:
    language = saying.language_of(customer) if customer else sdk.current_language()
    return form.page(
        "issues/record.html",
        customer=customer,
        called=sdk.customers.addressed(customer) if customer else _("Unknown caller"),
        things=own,
        urgencies=sentences.urgencies(),
        open_ones=book.open_of(customer.id) if customer else [],
        sorry=saying.say("sorry", language),
        words=sentences,
        **known.on_record(form.kind.data),
    )


def _written(form: ProblemForm) -> dict[str, Any]:
    """What was written, as the service takes it."""
    typed = form.typed()
    chosen = things.read(typed.pop("thing"))
    return {key: value or "" for key, value in typed.items() if key != "promised_for"} | {
        "promised_for": typed["promised_for"],
        **chosen,
    }


@pages.route("/<int:problem_id>/change", methods=["GET", "POST"])
@sdk.private_page
def change(problem_id: int) -> Any:
    """Correct what was written down, and say who is responsible."""
    problem = service.get(problem_id)
    form = ChangeForm(obj=problem if sdk.request.method == "GET" else None)
    _offer(form, problem)
    if sdk.request.method == "GET":
        form.thing.data, form.whose.data = things.value_of(problem), str(problem.staff_member_id or "")
    if form.validate_on_submit() and form.attempt(_changed, problem_id, form):
        sdk.note(_("Saved."))
        return sdk.redirect_to("issues.show", problem_id=problem_id)
    customer = sdk.customers.get(problem.customer_id)
    return form.page("issues/change.html", problem=problem, called=sdk.customers.addressed(customer))


def _offer(form: ChangeForm, problem: Any) -> None:
    """What may be chosen: what it is about now is among it, also where it is gone."""
    own = [(one.value, sdk.isolate_text(one.name)) for one in things.of(problem.customer_id, FEW)]
    known = things.value_of(problem)
    if known not in dict(own) and known != "other":
        own.append((known, sdk.isolate_text(problem.item)))
    form.thing.choices = [*own, ("other", _("Something else"))]
    form.urgency.choices = sentences.urgencies()
    here = dict(sdk.staff.active())
    names = here | sdk.staff.names({problem.staff_member_id} if problem.staff_member_id else set())
    nobody = [("", _("Nobody in particular"))] if problem.staff_member_id is None else []
    form.whose.choices = [*nobody, *((str(one), sdk.isolate_text(name)) for one, name in names.items())]


def _changed(problem_id: int, form: ChangeForm) -> bool:
    version, whose = form.version.data or "", form.whose.data or ""
    service.change(
        problem_id,
        form.what.data or "",
        urgency=form.urgency.data,
        version=int(version) if version.isdecimal() and len(version) < 10 else None,
        whose=int(whose) if whose else None,
        item=form.item.data or "",
        **things.read(form.thing.data),
    )
    return True
