"""Pages of what is known: similar problems while one types, causes with their quick fixes, whom to tell, kinds."""

from typing import Any

from flask import current_app

from loyalapp import sdk

from . import causes, kinds, known, saying, sentences, similar, things
from .known_forms import CauseForm, KindForm
from .views import pages

_ = sdk.texts("issues")
CHANNELS = ("call", "whatsapp", "visit")
TYPED = 400


@pages.get("/similar")
def similar_piece() -> str:
    """While one types: quick fixes and problems like this one; drawn without the facts of a whole page."""
    asked = sdk.request.args
    text, item = asked.get("what", "")[:TYPED], asked.get("item", "")[:TYPED]
    if not text.strip():
        return ""
    thing = things.read(asked.get("thing"))
    group = known.group_of_thing(**thing, item=item) if item or any(thing.values()) else None
    guessed = kinds.guess(f"{item} {text}")
    chosen = asked.get("kind", "")
    kind_id = int(chosen) if chosen.isdecimal() and len(chosen) < 10 else guessed
    found = similar.look_up(text, group, kind_id)
    piece = current_app.jinja_env.get_template("issues/_found.html")
    return piece.render(found=found, guessed=guessed, names=kinds.names(), short=sentences.short)


@pages.get("/known/")
@sdk.private_page
def known_page() -> str:
    """All causes, those that are not mended first."""
    start = min(max(0, sdk.request.args.get("start", 0, int)), 10**6)
    rows, has_more = causes.listed(start)
    return sdk.render(
        "issues/known.html",
        causes=rows,
        next=start + causes.PAGE if has_more else None,
        is_first=not start,
        owners=sdk.staff.names([one.staff_member_id for one in rows if one.staff_member_id]),
        kinds=kinds.names(),
        group_label=sdk.catalogue.group_label,
        short=sentences.short,
    )


@pages.route("/known/new", methods=["GET", "POST"])
@sdk.private_page
def new_cause() -> Any:
    """Write a cause down, perhaps that of a problem."""
    problem_id = sdk.request.args.get("problem", 0, int)
    form = CauseForm()
    form.offer()
    if form.validate_on_submit() and (made := form.attempt(causes.write, problem_id=problem_id, **_written(form))):
        sdk.note(_("Saved. Whoever takes the next such call sees it."))
        return sdk.redirect_to("issues.show_cause", cause_id=made)
    return form.page("issues/cause_form.html", cause=None, back=sdk.url_for("issues.known_page"))


def _written(form: CauseForm) -> dict[str, Any]:
    typed = form.typed()
    owner = typed.pop("owner", None)
    return {**{name: value or "" for name, value in typed.items()}, "staff_member_id": int(owner) if owner else None}


@pages.get("/known/<int:cause_id>")
@sdk.private_page
def show_cause(cause_id: int) -> str:
    """One cause: its quick fix, its problems, and the customers to tell once it is mended."""
    cause = causes.get(cause_id)
    problems = causes.problems(cause_id)
    whom = causes.to_tell(problems)
    ids = [one.customer_id for one in whom]
    return sdk.render(
        "issues/cause.html",
        cause=cause,
        problems=problems,
        whom=whom,
        verdicts=_verdicts(whom),
        names=sdk.customers.names(ids),
        numbers=sdk.customers.numbers_of(ids) if ids else {},
        say=lambda row: saying.say("mended", saying.language_of(row)),
        owner=sdk.staff.names([cause.staff_member_id]).get(cause.staff_member_id) if cause.staff_member_id else "",
        kind=kinds.names().get(cause.kind_id or 0, ""),
        group=sdk.catalogue.group_label(cause.product_group) if cause.product_group else "",
        short=sentences.short,
    )


def _verdicts(whom: list[causes.Whom]) -> dict[int, Any]:
    """What speaks against telling them: nothing where their problem still runs, else the contact rules (E4)."""
    waiting = [one.customer_id for one in whom if not one.told_on and not one.is_over]
    others = [one.customer_id for one in whom if not one.told_on and one.is_over]
    return {**sdk.contact_check(waiting, "problem"), **sdk.contact_check(others, "contact")}


@pages.route("/known/<int:cause_id>/change", methods=["GET", "POST"])
@sdk.private_page
def change_cause(cause_id: int) -> Any:
    """Correct a cause, or give it to somebody else."""
    cause = causes.get(cause_id)
    form = CauseForm()
    form.offer()
    if form.validate_on_submit():
        version = sdk.request.form.get("version", 0, int)
        if form.attempt(causes.write, cause_id=cause_id, version=version, **_written(form)):
            sdk.note(_("Saved."))
            return sdk.redirect_to("issues.show_cause", cause_id=cause_id)
    elif sdk.request.method == "GET":
        form.title.data, form.fix.data, form.words.data = cause.title, cause.fix, cause.words
        form.owner.data = str(cause.staff_member_id or "")
    back = sdk.url_for("issues.show_cause", cause_id=cause_id)
    return form.page("issues/cause_form.html", cause=cause, back=back)


@pages.post("/known/<int:cause_id>/mended")
def mend_cause(cause_id: int) -> Any:
    """It is mended, or not after all."""
    is_mended = sdk.request.form.get("is_mended") == "yes"
    causes.set_mended(cause_id, is_mended=is_mended)
    sdk.note(_("Well done. Below stands whom to tell.") if is_mended else _("It is open again."))
    return sdk.redirect_to("issues.show_cause", cause_id=cause_id)


@pages.post("/known/<int:cause_id>/tell/<int:customer_id>")
def tell(cause_id: int, customer_id: int) -> Any:
    """They were told that it is mended."""
    cause, channel = causes.get(cause_id), sdk.request.form.get("channel", "")
    note = _("Told them that it is mended: %(what)s", what=cause.title)
    causes.tell(cause_id, customer_id, channel if channel in CHANNELS else "call", note)
    undo = sdk.url_for("issues.untell", cause_id=cause_id, customer_id=customer_id)
    sdk.note(_("Written down: they know."), undo=undo)
    return sdk.redirect_to("issues.show_cause", cause_id=cause_id)


@pages.post("/known/<int:cause_id>/untell/<int:customer_id>")
def untell(cause_id: int, customer_id: int) -> Any:
    """They were not told after all."""
    causes.untell(cause_id, customer_id)
    sdk.note(_("They stand on the list again."))
    return sdk.redirect_to("issues.show_cause", cause_id=cause_id)


@pages.post("/<int:problem_id>/cause")
def link_cause(problem_id: int) -> Any:
    """A problem belongs to a known cause, or to none."""
    causes.link(problem_id, sdk.request.form.get("cause", 0, int) or None)
    sdk.note(_("Saved."))
    return sdk.redirect_to("issues.show", problem_id=problem_id)


@pages.post("/<int:problem_id>/kind")
def set_kind(problem_id: int) -> Any:
    """Of which kind a problem is."""
    causes.set_kind(problem_id, sdk.request.form.get("kind", ""))
    sdk.note(_("Saved."))
    return sdk.redirect_to("issues.show", problem_id=problem_id)


@pages.route("/kinds", methods=["GET", "POST"])
def kinds_page() -> Any:
    """The firm's list of kinds."""
    form = KindForm()
    if form.validate_on_submit() and form.attempt(_added, form.name.data) is not None:
        sdk.note(_("Saved."))
        return sdk.redirect_to("issues.kinds_page")
    return form.page("issues/kinds.html", kinds=kinds.offered(), trades=kinds.trades())


def _added(name: str) -> bool:
    kinds.add(name)
    return True


@pages.post("/kinds/trade")
def add_kinds() -> Any:
    """The kinds of a trade."""
    count = kinds.add_of_trade(sdk.request.form.get("trade", ""))
    sdk.note(
        _.ngettext("%(count)s kind was added.", "%(count)s kinds were added.", count, count=sdk.format_number(count))
    )
    return sdk.redirect_to("issues.kinds_page")


@pages.post("/kinds/<int:kind_id>/remove")
def remove_kind(kind_id: int) -> Any:
    """It is not offered any more."""
    kinds.remove(kind_id)
    sdk.note(
        _("Removed from the list. Problems of this kind keep it."),
        undo=sdk.url_for("issues.keep_kind", kind_id=kind_id),
    )
    return sdk.redirect_to("issues.kinds_page")


@pages.post("/kinds/<int:kind_id>/keep")
def keep_kind(kind_id: int) -> Any:
    """It is offered again."""
    kinds.remove(kind_id, is_gone=False)
    sdk.note(_("It is in the list again."))
    return sdk.redirect_to("issues.kinds_page")
