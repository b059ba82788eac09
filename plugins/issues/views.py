"""Pages of problems: the list, record one while the customer is on the phone, and one problem until it is solved."""

from datetime import timedelta
from typing import Any

from loyalapp import sdk

from . import book, saying, sentences, service
from .forms import HandOnForm, NextStepForm, ProblemForm

_ = sdk.texts("issues").gettext
pages = sdk.blueprint("issues")

FEW = 8
JUST_BOUGHT = timedelta(days=45)  # a problem so soon after a sale is most likely about what was sold (A3)


@pages.get("/")
def list_page() -> str:
    """Open problems first, then the solved ones."""
    start, before = sdk.request.args.get("open", 0, int), sdk.request.args.get("solved", "")
    nothing = book.Part([], None)
    opened = nothing if before else book.open_ones(max(0, min(start, 10**6)))
    solved = nothing if start else book.solved_ones(before)
    return sdk.render(
        "issues/list.html",
        opened=opened,
        solved=solved,
        names=sdk.customers.names({one.customer_id for one in (*opened.rows, *solved.rows)}),
        total=book.open_count(),
        is_first=not start and not before,
        words=sentences,
    )


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


@pages.route("/new/<int:customer_id>", methods=["GET", "POST"])
def record(customer_id: int) -> Any:
    """Write the problem down. The second button says that it was solved on this very call."""
    customer = sdk.customers.get(customer_id)
    things = book.owned(customer_id)
    form = ProblemForm()
    if form.validate_on_submit():
        solved = sdk.request.form.get("do") == "solved"
        problem_id = form.attempt(service.record, customer_id, solved=solved, **_written(form))
        if problem_id:
            saved = _("Saved. It stays with you until it is solved.")
            sdk.note(_("Written down and solved. Well done.") if solved else saved)
            return sdk.redirect_to("issues.show", problem_id=problem_id)
    elif sdk.request.method == "GET":
        form.urgency.data, form.thing.data = "trouble", _just_bought(things)
    return form.page(
        "issues/record.html",
        customer=customer,
        called=sdk.customers.addressed(customer),
        things=things,
        thing_words=_thing_words(things),
        urgencies=sentences.urgencies(),
        open_ones=book.open_of(customer_id),
        sorry=saying.say("sorry", saying.language_of(customer)),
        words=sentences,
    )


def _written(form: ProblemForm) -> dict[str, Any]:
    """What was written, as the service takes it; a thing that is no purchase is told by its words."""
    typed = form.typed()
    thing = typed.pop("thing") or ""
    known = thing.isdecimal() and len(thing) < 10
    return {key: value or "" for key, value in typed.items() if key != "promised_for"} | {
        "purchase_id": int(thing) if known else None,
        "promised_for": typed["promised_for"],
    }


def _just_bought(things: list[Any]) -> str:
    newest = things[0] if things else None
    return str(newest.id) if newest and newest.bought_on >= sdk.today() - JUST_BOUGHT else ""


def _thing_words(things: list[Any]) -> dict[int, str]:
    """When each thing was bought, and until when it is under warranty."""
    return {one.id: _under_warranty(one) or _bought(one) for one in things}


def _bought(one: Any) -> str:
    if one.bought_on.year < sdk.today().year:
        return _("bought in %(year)s", year=sdk.isolate_text(one.bought_on.year))
    return _("bought on %(day)s", day=sdk.isolate_text(sdk.format_day(one.bought_on, "day")))


def _under_warranty(one: Any) -> str:
    if not one.warranty_until or one.warranty_until < sdk.today():
        return ""
    return _("under warranty until %(day)s", day=sdk.isolate_text(sdk.format_day(one.warranty_until, "long")))


@pages.get("/<int:problem_id>")
def show(problem_id: int) -> Any:
    """One problem: what happened, the effort so far, and what to do next."""
    return _page(service.get(problem_id), NextStepForm(formdata=None), HandOnForm(formdata=None))


def _page(problem: Any, plan: NextStepForm, to: HandOnForm) -> Any:
    customer = sdk.customers.get(problem.customer_id)
    language = saying.language_of(customer)
    plan.next_step_on.data = plan.next_step_on.data or problem.next_step_on
    page, status = plan.page(
        "issues/show.html",
        problem=problem,
        customer=customer,
        called=sdk.customers.addressed(customer),
        steps=book.steps_of(problem.id),
        promise=service.promise_of(problem),
        words=sentences,
        hand_on=to,
        say=lambda key: saying.say(key, language),
        answers=[(key, label, saying.word(key, language)) for key, label in sentences.answers()],
    )
    return page, 422 if to.errors else status


@pages.post("/<int:problem_id>/again")
def again(problem_id: int) -> Any:
    """They called again."""
    return _done(problem_id, service.add_contact(problem_id), _("Counted. They had to contact us again."))


@pages.post("/<int:problem_id>/hand-on")
def hand_on(problem_id: int) -> Any:
    """Handed on to somebody."""
    form = HandOnForm()
    if not form.validate():
        return _page(service.get(problem_id), NextStepForm(formdata=None), form)
    sentence = _("Handed on. It still stays with you until the customer says it is solved.")
    return _done(problem_id, service.hand_on(problem_id, form.to.data or ""), sentence)


@pages.post("/<int:problem_id>/look-after")
def look_after(problem_id: int) -> Any:
    """Something was done about it today."""
    return _done(problem_id, service.look_after(problem_id), _("Written down. It comes back tomorrow."))


@pages.post("/<int:problem_id>/plan")
def plan(problem_id: int) -> Any:
    """The day of the next step."""
    form = NextStepForm()
    if not form.validate() or form.attempt(_planned, problem_id, form.next_step_on.data) is None:
        return _page(service.get(problem_id), form, HandOnForm(formdata=None))
    sdk.note(_("Saved."))
    return sdk.redirect_to("issues.show", problem_id=problem_id)


def _planned(problem_id: int, day: Any) -> bool:
    service.plan(problem_id, day)
    return True


@pages.post("/<int:problem_id>/solved")
def solved(problem_id: int) -> Any:
    """The customer says it is solved."""
    return _done(problem_id, service.solve(problem_id), _("Solved. Please ask how easy it was for them."))


@pages.post("/<int:problem_id>/ease")
def ease(problem_id: int) -> Any:
    """How easy it was for them."""
    service.answer(problem_id, sdk.request.form.get("ease", ""))
    sdk.note(_("Thank you. This problem is closed."))
    return sdk.redirect_to("issues.show", problem_id=problem_id)


@pages.post("/<int:problem_id>/reopen")
def reopen(problem_id: int) -> Any:
    """Not solved after all."""
    sentence = _("It is open again, and counts as one more time they had to contact us.")
    return _done(problem_id, service.reopen(problem_id), sentence)


@pages.post("/<int:problem_id>/take-back/<int:step_id>")
def take_back(problem_id: int, step_id: int) -> Any:
    """Undo the newest step."""
    service.take_back(problem_id, step_id)
    sdk.note(_("Taken back."))
    return sdk.redirect_to("issues.show", problem_id=problem_id)


def _done(problem_id: int, step_id: int | None, sentence: str) -> Any:
    """Back to the problem, with an undo; without a step somebody else had already done it."""
    if step_id is None:
        sdk.note(_("Somebody else had already written this down."))
    else:
        sdk.note(sentence, undo=sdk.url_for("issues.take_back", problem_id=problem_id, step_id=step_id))
    return sdk.redirect_to("issues.show", problem_id=problem_id)
