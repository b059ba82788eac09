"""The question bank and the tips, those of the program and of the firm; and the log of other shops."""

from typing import Any

from loyalapp import sdk

from . import mentions, own, questions, words
from .forms import QuestionForm, TipForm, field_of, spoken_fields
from .models import QUESTION, TIP
from .pairs import spoken
from .sent import number
from .views import pages

_ = sdk.texts("reviews").gettext
MANY = 100


@pages.get("/questions")
@sdk.private_page
def bank() -> str:
    """All questions by area, and the firm's own tips."""
    out = {one.key for one in own.questions() if one.key and one.is_gone}
    mine = [one for one in own.questions() if not one.key and not one.is_gone]
    return sdk.render(
        "reviews/bank.html",
        areas=[(area, [one for one in questions.bundled() if one.area == area]) for area in questions.AREAS],
        mine={area: [one for one in mine if one.area == area] for area in questions.AREAS},
        tips=own.tips(),
        out=out,
        words=words,
        spoken=spoken,
        language=sdk.current_language(),
    )


@pages.post("/questions/want/<key>")
def want(key: str) -> Any:
    """Ask one of the questions that came with the program, or do not ask it any more."""
    if key not in {one.id for one in questions.bundled()}:
        raise sdk.NotFound(_("This is not in the list any more."))
    wanted = sdk.request.form.get("wanted") == "yes"
    own.want(key, wanted=wanted)
    sdk.note(_("It is asked again.") if wanted else _("It is not asked any more. What was answered stays."))
    return sdk.redirect_to("reviews.bank")


@pages.route("/questions/new", methods=["GET", "POST"])
@sdk.private_page
def new_question() -> Any:
    """A question of our own."""
    form = QuestionForm(data={"area": sdk.request.args.get("area", "needs")})
    if form.validate_on_submit() and form.attempt(own.save_question, **_question(form)):
        sdk.note(_("It is asked from the next review on."))
        return sdk.redirect_to("reviews.bank")
    return form.page("reviews/own.html", is_tip=False, known=None)


@pages.route("/questions/<int:question_id>", methods=["GET", "POST"])
@sdk.private_page
def question(question_id: int) -> Any:
    """Change a question of our own."""
    row = own.get(QUESTION, question_id)
    direct = spoken(row.direct, sdk.current_language())
    known = {name: getattr(row, name) for name in ("area", "trade", "product_group")}
    form = QuestionForm(data={**known, "direct": direct, "version": str(row.version), **_words_of(row)})
    more = {"question_id": question_id, "version": number(form.version.data or "")}
    if form.validate_on_submit() and form.attempt(own.save_question, **_question(form), **more):
        sdk.note(_("Saved."))
        return sdk.redirect_to("reviews.bank")
    return form.page("reviews/own.html", is_tip=False, known=row)


def _question(form: QuestionForm) -> dict[str, Any]:
    language = sdk.current_language()
    return {
        "area": form.area.data or "",
        "words": spoken_fields(form),
        "direct": {language: form.direct.data or ""},
        "trade": form.trade.data or "",
        "product_group": form.product_group.data or "",
    }


def _words_of(row: Any) -> dict[str, str]:
    return {field_of(one): row.words.get(one, "") for one in sdk.MESSAGE_LANGUAGES}


@pages.post("/questions/<int:question_id>/remove")
def remove_question(question_id: int) -> Any:
    """It is not asked any more; what was answered keeps its words."""
    own.take_out(QUESTION, question_id)
    undo = sdk.url_for("reviews.restore_question", question_id=question_id)
    sdk.note(_("It is not asked any more. What was answered stays."), undo=undo)
    return sdk.redirect_to("reviews.bank")


@pages.post("/questions/<int:question_id>/restore")
def restore_question(question_id: int) -> Any:
    """Undo of that."""
    own.bring_back(QUESTION, question_id)
    sdk.note(_("It is as it was before."))
    return sdk.redirect_to("reviews.bank")


# ---- tips ----


@pages.route("/tips/new", methods=["GET", "POST"])
@sdk.private_page
def new_tip() -> Any:
    """A tip of our own."""
    form = TipForm()
    if form.validate_on_submit() and form.attempt(own.save_tip, **_tip(form)):
        sdk.note(_("It is offered at the end of a review from now on."))
        return sdk.redirect_to("reviews.bank")
    return form.page("reviews/own.html", is_tip=True, known=None)


@pages.route("/tips/<int:tip_id>", methods=["GET", "POST"])
@sdk.private_page
def tip(tip_id: int) -> Any:
    """Change a tip of our own."""
    row = own.get(TIP, tip_id)
    form = TipForm(data={"product_group": row.product_group, "version": str(row.version), **_words_of(row)})
    more = {"tip_id": tip_id, "version": number(form.version.data or "")}
    if form.validate_on_submit() and form.attempt(own.save_tip, **_tip(form), **more):
        sdk.note(_("Saved."))
        return sdk.redirect_to("reviews.bank")
    return form.page("reviews/own.html", is_tip=True, known=row)


def _tip(form: TipForm) -> dict[str, Any]:
    return {"words": spoken_fields(form), "product_group": form.product_group.data or ""}


@pages.post("/tips/<int:tip_id>/remove")
def remove_tip(tip_id: int) -> Any:
    """It is not offered any more."""
    own.take_out(TIP, tip_id)
    sdk.note(_("It is not offered any more."), undo=sdk.url_for("reviews.restore_tip", tip_id=tip_id))
    return sdk.redirect_to("reviews.bank")


@pages.post("/tips/<int:tip_id>/restore")
def restore_tip(tip_id: int) -> Any:
    """Undo of that."""
    own.bring_back(TIP, tip_id)
    sdk.note(_("It is as it was before."))
    return sdk.redirect_to("reviews.bank")


# ---- other shops ----


@pages.get("/mentions")
@sdk.private_page
def mentioned() -> str:
    """What customers said about other shops, the newest first, each with how sure we are."""
    found = mentions.newest(MANY)
    names = sdk.customers.names({one.customer_id for one in found})
    return sdk.render("reviews/mentions.html", found=found, names=names, words=words)
