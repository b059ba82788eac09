"""Pages of problems: the lists, and one problem until its customer says that it is solved."""

from typing import Any

from markupsafe import Markup

from loyalapp import sdk

from . import book, closing, path, pieces, pledges, saying, sentences, service, standing
from .forms import MinutesForm, NextStepForm, PromiseForm, ReferralForm

_ = sdk.texts("issues").gettext
pages = sdk.blueprint("issues")


@pages.get("/")
@sdk.private_page
def list_page() -> str:
    """One of the lists; the open ones first."""
    desk, wanted = sdk.staff.at_desk(), sdk.request.args.get("show", "open")
    names = [name for name in book.LISTS if name != "mine" or desk]
    name, mark = wanted if wanted in names else "open", sdk.request.args.get("after", "")
    seen = (mark, sdk.current_language(), sdk.today())
    drawn = sdk.until_changed(f"issues.list.{name}.{desk}", lambda: _drawn(name, names, mark, desk), seen)
    return sdk.render("issues/list.html", **drawn)


def _drawn(name: str, names: list[str], mark: str, desk: int | None) -> dict[str, Markup]:
    """The pieces of a page of a list: the same for everybody who looks at it, until something changes."""
    part = book.part(name, mark, desk)
    facts = {
        "part": part,
        "shown": name,
        "lists": [(one, sentences.list_name(one)) for one in names],
        "total": book.open_count(),
        "names": sdk.customers.names({one.customer_id for one in part.rows}),
        "takers": sdk.staff.names({one.staff_member_id for one in part.rows if one.staff_member_id}),
        "is_first": not mark,
        "has_ended": name in book.ENDED,
        "words": sentences,
    }
    pieces_of = {"head": "_head", "lines": "lines", "ways": "_ways"}
    drawn = {piece: sdk.render(f"issues/{file}.html", **facts) for piece, file in pieces_of.items()}
    return {piece: Markup(text) for piece, text in drawn.items()}  # noqa: S704 -- rendered by Jinja, which escaped it


# ---- one problem ----


@pages.get("/<int:problem_id>")
@sdk.private_page
def show(problem_id: int) -> Any:
    """One problem: what happened, the effort so far, and what to do next."""
    return _page(service.get(problem_id))


def _page(problem: Any, **typed: Any) -> Any:
    """The page, with the form that has something to mend as it was typed."""
    customer = sdk.customers.get(problem.customer_id)
    steps, language = book.steps_of(problem.id), saying.language_of(customer)
    promised = pledges.of([problem.id]).get(problem.id, [])
    takers = {one.staff_member_id for one in steps if one.staff_member_id} | {problem.staff_member_id or 0}
    forms = _forms(problem) | typed
    page = sdk.render(
        "issues/show.html",
        problem=problem,
        customer=customer,
        called=sdk.customers.addressed(customer),
        is_unknown=problem.is_caller_unknown and customer.version == 1,
        steps=steps,
        promised=promised,
        words=sentences,
        staff=sdk.staff.names(takers - {0}),
        at_work=dict(sdk.staff.active()),
        desk=sdk.staff.at_desk(),
        advice=sdk.contact_check([customer.id], "problem", "call").get(customer.id),
        is_asked=not problem.is_over or closing.is_answered(problem, steps[0]),
        may_ask_referral=service.may_ask_referral(problem),
        most_tries=standing.TRIES,
        say=lambda key: saying.say(key, language),
        answers=[(key, label, saying.word(key, language)) for key, label in sentences.answers()],
        **_cost(problem, promised),
        **forms,
        **pieces.of(problem),
    )
    return page, 422 if any(one.errors for one in forms.values()) else 200


def _forms(problem: Any) -> dict[str, sdk.Form]:
    plan = NextStepForm(formdata=None)
    plan.next_step_on.data = problem.next_step_on
    return {
        "plan": plan,
        "promise": PromiseForm(formdata=None),
        "minutes": MinutesForm(formdata=None),
        "referral": ReferralForm(formdata=None),
    }


def _cost(problem: Any, promised: list[pledges.Promised]) -> dict[str, Any]:
    cost = path.of(problem, promised)
    looks = path.looks(cost)
    return {
        "cost": sentences.cost(cost),
        "points": path.points(cost),
        "looks": looks,
        "differs": path.differs(looks, problem.ease),
    }


@pages.post("/<int:problem_id>/again")
def again(problem_id: int) -> Any:
    """They called again, perhaps to explain it all again."""
    explained = bool(sdk.request.form.get("explained"))
    said = _("Counted. They had to explain it again.") if explained else _("Counted. They had to contact us again.")
    return _done(problem_id, service.add_contact(problem_id, explained=explained), said)


@pages.post("/<int:problem_id>/look-after")
def look_after(problem_id: int) -> Any:
    """Something was done about it today."""
    form = MinutesForm()
    if not form.validate():
        return _page(service.get(problem_id), minutes=form)
    visited = sdk.request.form.get("do") == "visited"
    step = service.look_after(problem_id, form.minutes.data or 0, visited=visited)
    return _done(problem_id, step, _("Written down. It comes back on the next working day."))


@pages.post("/<int:problem_id>/minutes")
def minutes(problem_id: int) -> Any:
    """Our time on it, also when it is over."""
    form = MinutesForm()
    if not form.validate() or form.attempt(_did, service.add_minutes, problem_id, form.minutes.data or 0) is None:
        return _page(service.get(problem_id), minutes=form)
    return _saved(problem_id)


@pages.post("/<int:problem_id>/plan")
def plan(problem_id: int) -> Any:
    """The day of the next step."""
    form = NextStepForm()
    if not form.validate() or form.attempt(_did, service.plan, problem_id, form.next_step_on.data) is None:
        return _page(service.get(problem_id), plan=form)
    return _saved(problem_id)


@pages.post("/<int:problem_id>/promise")
def promise(problem_id: int) -> Any:
    """Something was promised meanwhile."""
    form = PromiseForm()
    typed = (problem_id, form.promised.data or "", form.promised_for.data)
    if not form.validate() or form.attempt(_did, service.promise, *typed) is None:
        return _page(service.get(problem_id), promise=form)
    return _saved(problem_id)


def _did(verb: Any, *facts: Any) -> bool:
    """A form asks whether it went well; what only does something answers nothing."""
    verb(*facts)
    return True


def _saved(problem_id: int) -> Any:
    sdk.note(_("Saved."))
    return sdk.redirect_to("issues.show", problem_id=problem_id)


@pages.post("/<int:problem_id>/take-over")
def take_over(problem_id: int) -> Any:
    """Whoever sits here is responsible from here on."""
    desk = sdk.staff.at_desk()
    if desk is not None and service.take_over(problem_id, desk):
        sdk.note(_("It is yours now, until the customer says it is solved."))
    return sdk.redirect_to("issues.show", problem_id=problem_id)


# ---- how it ends ----


@pages.post("/<int:problem_id>/done")
def done(problem_id: int) -> Any:
    """We think it is solved."""
    return _done(problem_id, service.done(problem_id), _("Good. Now call them back: they have the last word."))


@pages.post("/<int:problem_id>/tried")
def tried(problem_id: int) -> Any:
    """Nobody answered the call back."""
    step = service.tried(problem_id)
    if step is not None and service.get(problem_id).is_over:
        return _done(problem_id, step, _("Closed without their word, and counted apart."))
    return _done(problem_id, step, _("Written down. Try again on the next working day."))


@pages.post("/<int:problem_id>/solved")
def solved(problem_id: int) -> Any:
    """The customer says it is solved."""
    return _done(problem_id, service.solve(problem_id), _("Solved. Please ask how easy it was for them."))


@pages.post("/<int:problem_id>/ease")
def ease(problem_id: int) -> Any:
    """How easy it was for them."""
    service.answer(problem_id, sdk.request.form.get("ease", ""))
    undo = sdk.url_for("issues.ease_again", problem_id=problem_id)
    sdk.note(_("Thank you. This problem is closed."), undo=undo)
    return sdk.redirect_to("issues.show", problem_id=problem_id)


@pages.post("/<int:problem_id>/ease-again")
def ease_again(problem_id: int) -> Any:
    """Undo of that."""
    service.ask_ease_again(problem_id)
    sdk.note(_("Taken back."))
    return sdk.redirect_to("issues.show", problem_id=problem_id)


@pages.post("/<int:problem_id>/referral")
def referral(problem_id: int) -> Any:
    """They were asked whether they know somebody, and perhaps named one."""
    form = ReferralForm()
    named = (form.name.data or "", form.number.data or "")
    if not form.validate() or form.attempt(_did, service.ask_referral, problem_id, *named) is None:
        return _page(service.get(problem_id), referral=form)
    sdk.note(
        _("Written down, with who sent them.") if any(named) else _("Written down. They are not asked again soon.")
    )
    return sdk.redirect_to("issues.show", problem_id=problem_id)


@pages.post("/<int:problem_id>/reopen")
def reopen(problem_id: int) -> Any:
    """Not solved after all."""
    return _done(problem_id, service.reopen(problem_id), _("It is open again, and counts as effort for them."))


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
