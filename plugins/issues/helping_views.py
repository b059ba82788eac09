"""Hands a problem to an ally: the form, the text and the sheet for them, their answer, and the thanks."""

from collections.abc import Callable
from typing import Any

from loyalapp import sdk

from . import allies, brief, handing, kinds, photos, sentences, service, waiting
from .ally_forms import AnswerForm, HandOverForm
from .views import pages

_ = sdk.texts("issues").gettext
MIMETYPES = {"png": "image/png", "pdf": "application/pdf"}


@pages.get("/waiting")
@sdk.private_page
def waiting_list() -> str:
    """What waits on whom since when, and whom we still have to thank."""
    waits, thanks = waiting.everything(), waiting.to_thank()
    return sdk.render(
        "issues/waiting.html",
        waits=waits,
        thanks=thanks,
        names=sdk.customers.names({one.customer_id for one in (*waits, *thanks)}),
        sentence=waiting.sentence,
        is_late=waiting.is_late,
        today=sdk.today(),
        words=sentences,
    )


@pages.route("/<int:problem_id>/hand-over", methods=["GET", "POST"])
@sdk.private_page
def hand_over(problem_id: int) -> Any:
    """Who can help, and what they are told besides what is known already."""
    problem, form = service.get(problem_id), HandOverForm()
    if form.validate_on_submit():
        given = form.attempt(handing.give, problem_id, **_chosen(form))
        if given:
            undo = sdk.url_for("issues.take_back", problem_id=problem_id, step_id=given.step_id)
            sdk.note(_("Written down. Now send it: below is all that they need."), undo=undo)
            return sdk.redirect_to("issues.given", hand_over_id=given.hand_over_id)
        if not form.errors:
            sdk.note(_("This problem is over, so that nothing has to be handed on."))
            return sdk.redirect_to("issues.show", problem_id=problem_id)
    offered = allies.suggested(problem.kind_id, problem.product_group)
    if sdk.request.method == "GET":
        asked = sdk.request.args.get("ally", "")
        form.ally.data = asked or (str(offered[0].ally.id) if offered and offered[0].fit >= 0 else "")
        form.answer_by.data = handing.answer_day(problem.urgency)
        form.tried.data = handing.tried_before(problem_id)
    return form.page(
        "issues/hand_over.html",
        problem=problem,
        called=sdk.customers.addressed(sdk.customers.get(problem.customer_id)),
        offered=offered,
        why=_why(problem),
        photos=photos.count(problem_id),
        words=sentences,
    )


def _chosen(form: HandOverForm) -> dict[str, Any]:
    number = form.ally.data or ""
    return {
        "ally_id": int(number) if number.isdecimal() and len(number) < 10 else 0,
        "tried": form.tried.data or "",
        "note": form.note.data or "",
        "answer_by": form.answer_by.data,
        "with_contact": bool(form.with_contact.data),
    }


def _why(problem: Any) -> Callable[[allies.Suggestion], str]:
    """Says why somebody is suggested for a problem; nothing of those who only help with everything."""
    kind = kinds.names().get(problem.kind_id or 0, "")

    def why(one: allies.Suggestion) -> str:
        known = [kind] if problem.kind_id in one.skills.kinds else []
        known += [problem.product_group] if problem.product_group in one.skills.groups else []
        return _("knows: %(what)s", what=", ".join(map(sdk.isolate_text, known))) if any(known) else ""

    return why


@pages.get("/hand-overs/<int:hand_over_id>")
@sdk.private_page
def given(hand_over_id: int) -> Any:
    """What the ally is told, and every way to send it."""
    return _given_page(waiting.one(hand_over_id), AnswerForm(formdata=None))


def _given_page(row: Any, form: AnswerForm) -> Any:
    told = brief.of(row, sdk.request.args.get("language"))
    ally = allies.get(row.ally_id) if row.ally_id else None
    number = (ally.whatsapp or ally.phone) if ally else ""
    text = brief.text(told)
    thanks, spoken = brief.thanks(row)
    return form.page(
        "issues/given.html",
        row=row,
        ally=ally,
        told=told,
        text=text,
        told_lang=_lang(told.language),
        told_direction="rtl" if told.language == "ur" else "ltr",
        language_names=sdk.message_language_names(),
        whatsapp=sdk.whatsapp.address(text, number) if number else "",
        on_phone=brief.for_phone(told, number) if number else None,
        email=brief.email(told, ally.email) if ally and ally.email else "",
        sentence=waiting.sentence(row),
        thanks={"text": thanks, "lang": _lang(spoken), "direction": "rtl" if spoken == "ur" else "ltr"},
        thanks_address=sdk.whatsapp.address(thanks, number) if number else "",
        name=sdk.customers.names({row.customer_id})[row.customer_id],
    )


def _lang(language: str) -> str:
    return "en" if "-" in language else language  # Latin letters want Latin fonts and line heights


@pages.get("/hand-overs/<int:hand_over_id>/sheet.png")
@sdk.private_page
def given_picture(hand_over_id: int) -> Any:
    """The sheet as a picture, to be looked at before it is sent."""
    row = waiting.one(hand_over_id)
    told = brief.of(row, sdk.request.args.get("language"))
    return sdk.send_bytes(brief.sheet(told, row.problem_id, "png"), MIMETYPES["png"])


@pages.post("/hand-overs/<int:hand_over_id>/save")
def given_save(hand_over_id: int) -> Any:
    """The sheet into the exports folder: a picture for the phone, a PDF for print."""
    row = waiting.one(hand_over_id)
    form = "pdf" if sdk.request.form.get("format") == "pdf" else "png"
    language = sdk.request.form.get("language") or None
    content = brief.sheet(brief.of(row, language), row.problem_id, form)
    file = sdk.export_file(brief.file_name(row.problem_id, row.id, form), content)
    sdk.note(_("Saved: %(file)s", file=sdk.isolate_text(file, ltr=True)))
    return sdk.redirect_to("issues.given", hand_over_id=hand_over_id, language=language)


@pages.post("/hand-overs/<int:hand_over_id>/answer")
def given_answer(hand_over_id: int) -> Any:
    """What they said is written down; the next step is ours again."""
    row, form = waiting.one(hand_over_id), AnswerForm()
    step = form.attempt(handing.answered, hand_over_id, form.answer.data or "") if form.validate() else None
    if form.errors:
        return _given_page(row, form)
    if step is None:
        sdk.note(_("Somebody else had already written this down."))
    else:
        undo = sdk.url_for("issues.take_back", problem_id=row.problem_id, step_id=step)
        sdk.note(_("Written down. The next step is yours again, today."), undo=undo)
    return sdk.redirect_to("issues.show", problem_id=row.problem_id)


@pages.post("/hand-overs/<int:hand_over_id>/later")
def given_later(hand_over_id: int) -> Any:
    """They need more time: it comes back on the next working day."""
    row = waiting.one(hand_over_id)
    handing.ask_again(hand_over_id)
    sdk.note(_("Written down. It comes back on the next working day."))
    return sdk.redirect_to("issues.show", problem_id=row.problem_id)


@pages.post("/hand-overs/<int:hand_over_id>/thanked")
def given_thanked(hand_over_id: int) -> Any:
    """They were thanked."""
    handing.thanked(hand_over_id)
    undo = sdk.url_for("issues.given_not_thanked", hand_over_id=hand_over_id)
    sdk.note(_("Written down. A word of thanks is what people help again for."), undo=undo)
    return sdk.redirect_to("issues.waiting_list")


@pages.post("/hand-overs/<int:hand_over_id>/not-thanked")
def given_not_thanked(hand_over_id: int) -> Any:
    """Undo of that."""
    handing.not_thanked(hand_over_id)
    sdk.note(_("It is as it was before."))
    return sdk.redirect_to("issues.waiting_list")
