"""Pages of the allies: who can help, what they are good at, and how they are reached."""

from typing import Any

from loyalapp import sdk

from . import allies, handing, kinds, steps, waiting
from .ally_forms import AllyForm, NextAllyForm, department_name
from .views import pages

_ = sdk.texts("issues").gettext
ngettext = sdk.texts("issues").ngettext


@pages.get("/allies")
@sdk.private_page
def ally_list() -> str:
    """Everybody who can help, and how much waits on whom."""
    everybody, named = allies.here(), kinds.names()
    skills = allies.skills_of([one.id for one in everybody])
    return sdk.render(
        "issues/allies.html",
        everybody=everybody,
        skills={ally_id: _skill_words(known, named) for ally_id, known in skills.items()},
        loads=waiting.counts(),
        department=department_name,
        spoken=sdk.message_language_names(),
    )


def _skill_words(skills: allies.Skills, named: dict[int, str]) -> list[str]:
    """What somebody is good at, for the list."""
    return [*(named[one] for one in sorted(skills.kinds) if one in named), *sorted(skills.groups)]


@pages.route("/allies/new", methods=["GET", "POST"])
@sdk.private_page
def ally_new() -> Any:
    """Write down somebody who can help; who came from a problem goes back to hand it to them."""
    form, problem_id = AllyForm(), _problem_behind()
    if form.validate_on_submit() and (ally_id := form.attempt(allies.add, _written(form))):
        sdk.note(_("Saved. From now on they are suggested for what they are good at."))
        if problem_id:
            return sdk.redirect_to("issues.hand_over", problem_id=problem_id, ally=ally_id)
        return sdk.redirect_to("issues.ally_list", _anchor=f"ally-{ally_id}")
    return _ally_page(form, allies.Skills())


def _problem_behind() -> int:
    """The problem for which somebody is written down who can help; 0 for none."""
    problem_id = sdk.request.args.get("problem", 0, int)
    return problem_id if 0 < problem_id <= allies.HIGHEST_ID and steps.is_there(problem_id) else 0


@pages.route("/allies/<int:ally_id>", methods=["GET", "POST"])
@sdk.private_page
def ally_change(ally_id: int) -> Any:
    """Correct what is known about somebody."""
    ally = allies.get(ally_id)
    form = AllyForm(obj=ally)
    if form.validate_on_submit():
        told = str(form.version.data or "")
        version = int(told) if told.isdecimal() else None
        if form.attempt(_changed, ally_id, _written(form), version):
            sdk.note(_("Saved."))
            return sdk.redirect_to("issues.ally_list", _anchor=f"ally-{ally_id}")
    return _ally_page(form, allies.skills_of([ally.id])[ally.id], ally)


def _changed(ally_id: int, written: allies.Written, version: int | None) -> bool:
    allies.change(ally_id, written, version)
    return True


def _written(form: AllyForm) -> allies.Written:
    ticked = sdk.request.form
    numbers = [int(one) for one in ticked.getlist("kinds") if one.isdecimal() and len(one) < 10]
    return allies.Written(form.typed(), numbers, ticked.getlist("groups"))


def _ally_page(form: AllyForm, skills: allies.Skills, ally: Any = None) -> Any:
    if sdk.request.method == "POST":
        written = _written(form)
        skills = allies.Skills(frozenset(written.kinds), frozenset(written.groups))
    problem_id = _problem_behind()
    listed = sdk.url_for("issues.ally_list")
    return form.page(
        "issues/ally.html",
        ally=ally,
        back=sdk.url_for("issues.hand_over", problem_id=problem_id) if problem_id else listed,
        skills=skills,
        kinds=[(one.id, one.name) for one in kinds.offered()],
        groups=[(one, one) for one in sdk.catalogue.groups() if one],
        waits=waiting.counts().get(ally.id, 0) if ally is not None else 0,
    )


@pages.post("/allies/<int:ally_id>/remove")
def ally_remove(ally_id: int) -> Any:
    """They do not help any more; where something waits on them, it is given to somebody else first."""
    if waiting.counts().get(ally_id, 0):
        return sdk.redirect_to("issues.ally_give_all", ally_id=ally_id)
    ally = allies.get(ally_id)
    allies.remove(ally_id)
    removed = _("%(name)s was removed. The name stays in what happened.", name=sdk.isolate_text(ally.name))
    sdk.note(removed, undo=sdk.url_for("issues.ally_bring_back", ally_id=ally_id))
    return sdk.redirect_to("issues.ally_list")


@pages.post("/allies/<int:ally_id>/bring-back")
def ally_bring_back(ally_id: int) -> Any:
    """Undo of that."""
    allies.bring_back(ally_id)
    sdk.note(_("It is as it was before."))
    return sdk.redirect_to("issues.ally_list", _anchor=f"ally-{ally_id}")


@pages.route("/allies/<int:ally_id>/give-all", methods=["GET", "POST"])
@sdk.private_page
def ally_give_all(ally_id: int) -> Any:
    """Everything that waits on somebody goes to somebody else."""
    ally, form = allies.get(ally_id), NextAllyForm()
    others = [one for one in allies.here() if one.id != ally_id]
    form.ally.choices = [(str(one.id), sdk.isolate(one.name)) for one in others]
    if form.validate_on_submit() and (moved := form.attempt(handing.give_all, ally_id, int(form.ally.data))):
        count = sdk.format_number(moved)
        sdk.note(ngettext("%(count)s problem was given on.", "%(count)s problems were given on.", moved, count=count))
        return sdk.redirect_to("issues.ally_change", ally_id=ally_id)
    waits = waiting.on(ally_id)
    return form.page(
        "issues/give_all.html",
        ally=ally,
        others=others,
        waits=waits,
        sentence=waiting.sentence,
        names=sdk.customers.names({one.customer_id for one in waits}),
    )
