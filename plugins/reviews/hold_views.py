"""A review being held: one page for a call or a visit; what is typed is kept at every pause."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from loyalapp import sdk

from . import advice, afterwards, answers, assessing, questions, sent, service, steps, suggestions, talks, words
from .forms import HoldForm
from .models import SURE
from .pairs import tongue_of
from .views import pages

_ = sdk.texts("reviews").gettext
OLD = 21  # days after which a half-done review is old


class Shown(NamedTuple):
    """One question on the page: what stands in its fields, and (`other`) what another desk wrote meanwhile."""

    step: steps.Step
    said: str
    tick: str
    keep_as: str
    shop: str
    sure: str
    version: int
    other: str
    lang: str  # of the question as it is shown to us


@pages.route("/hold/<int:customer_id>", methods=["GET", "POST"])
@sdk.private_page
def hold(customer_id: int) -> Any:
    """All questions on one page; every button keeps what was typed."""
    customer = sdk.customers.get(customer_id)
    review = service.open_review(customer_id)
    plan = steps.plan(customer, review)
    if sdk.request.method == "GET":
        return _page(customer, review, plan, HoldForm(formdata=None, data=_stored(review)), None)
    form = HoldForm()
    given = sent.read(sdk.request.form, [one.question for one in plan.steps()])
    if not form.validate():
        return _page(customer, review, plan, form, given)
    return _pressed(customer, plan, form, given, sdk.request.form.get("do", "keep"))


def _stored(review: Any) -> dict[str, Any]:
    if review is None:
        return {"channel": "call"}
    names = ("mood", "channel", "kind", "recommendation", "reason", "promised", "promised_for", "held_on")
    return {name: getattr(review, name) for name in names}


def _pressed(customer: Any, plan: steps.Plan, form: HoldForm, given: sent.Sent, button: str) -> Any:
    deed, _dash, where = button.partition("-")
    values = {**(given.ending._asdict() if given.ending else {}), "answers": given.answers}
    if deed == "finish":
        done = form.attempt(service.finish, customer.id, given.version, form.in_spite.data or "", **values)
        if done is not None:
            assessing.still(customer.id, form.still.data or "")
            next_on = service.standing(customer.id).next_on or done.next_on
            day = sdk.isolate_text(sdk.format_day(next_on, "medium"))
            sdk.note(_("The review is finished. The next one is on %(day)s.", day=day))
            return sdk.redirect_to("reviews.show", review_id=done.id)
        return _page(customer, service.open_review(customer.id), plan, form, given)
    if _is_worth_keeping(given) and form.attempt(service.write_down, customer.id, given.version, **values) is None:
        return _page(customer, service.open_review(customer.id), plan, form, given)
    return _go_on(customer.id, deed, where)


def _is_worth_keeping(given: sent.Sent) -> bool:
    """A page on which nothing was typed begins no review."""
    ending = given.ending
    typed = any(one.said or one.tick or one.is_left_out for one in given.answers.values())
    return bool(given.version or typed or (ending and (ending.mood or ending.recommendation or ending.promised)))


def _go_on(customer_id: int, deed: str, where: str) -> Any:
    if deed == "save":
        sdk.note(_("Kept. You can go on with this review at any time."))
        return sdk.redirect_to("customers.show", customer_id=customer_id)
    spoken = where if deed == "speak" and where in sdk.MESSAGE_LANGUAGES else sdk.request.form.get("spoken") or None
    if deed == "use":
        chosen = suggestions.find(customer_id, where)
        review = service.open_review(customer_id)
        if chosen is not None:
            service.choose(customer_id, review.version if review else 0, chosen)
        return sdk.redirect_to("reviews.hold", customer_id=customer_id, spoken=spoken, _anchor="tip")
    if deed == "keep":
        sdk.note(_("Kept."))
    anchor = f"q-{where}" if deed == "skip" else None
    return sdk.redirect_to("reviews.hold", customer_id=customer_id, spoken=spoken, _anchor=anchor)


@pages.post("/hold/<int:customer_id>/keep")
def keep(customer_id: int) -> Any:
    """At a pause: what was typed since the last one, straight into the review's own rows."""
    customer, review = sdk.customers.get(customer_id), service.open_review(customer_id)
    given = sent.read(sdk.request.form, [one.question for one in steps.plan(customer, review).steps()])
    if not _is_worth_keeping(given) and review is None:
        return _as_json({"versions": {}})
    try:
        kept = service.keep(customer_id, given.version, given.answers, given.ending)
    except sdk.Conflict as error:
        return _as_json({"versions": {}, "clash": str(error)})
    number, clashes = kept.review.id, kept.clashes
    rows = answers.of(number)
    versions = {key: rows[key].version for key in given.answers if key in rows and key not in clashes}
    version = service.get(number).version
    told: dict[str, Any] = {"versions": versions, "version": version}
    if clashes:
        told["clash"] = _("Another desk writes in this review too. Press “Save” to see both.")
    told["note"] = _("Kept at %(time)s", time=sdk.format_moment(sdk.now(), "time"))
    return _as_json(told)


def _as_json(told: Mapping[str, Any]) -> Any:
    return sdk.send_bytes(json.dumps(told, ensure_ascii=False).encode(), "application/json")


# ---- the page ----


def _page(customer: Any, review: Any, plan: steps.Plan, form: HoldForm, given: sent.Sent | None) -> Any:
    language, spoken = sdk.current_language(), _spoken(customer)
    rows = answers.of(review.id) if review else {}
    agreed = talks.open_of(customer.id)
    standing = service.standing(customer.id)
    values = sdk.ask("customer_values", customer_id=customer.id)
    is_agreed = bool(agreed and agreed.state == talks.AGREED)
    return form.page(
        "reviews/hold.html",
        customer=customer,
        called=sdk.customers.addressed(customer),
        review=review,
        is_old=bool(review and (sdk.today() - review.opened_on).days >= OLD),
        begun_by=_who(review),
        standing=standing,
        asks_again=assessing.ask_again(standing),
        stages=[(stage, [_shown(one, rows, given) for one in stage.steps]) for stage in plan.stages],
        known=plan.known,
        learned=_shown(_learned(rows), rows, given)._replace(keep_as=""),  # always a fact: there is no tick
        unknown=[one.missing for one in sdk.customers.unknown(customer, customer.people)[:3]],
        suggested=suggestions.of(customer.id),
        briefing=_briefing(customer.id, {one.title for one in values}),
        values=values,
        agreed=agreed,
        version=review.version if review else 0,
        spoken=spoken,
        spoken_names=sdk.message_language_names(),
        opening={one: questions.opening(one) for one in (language, spoken)},
        hesitates={one: questions.if_they_hesitate(one) for one in (language, spoken)},
        ticks=questions.TICKS,
        sure=SURE,
        words=words,
        verdict=None if is_agreed else advice.verdict(customer.id),
    )


def _who(review: Any) -> str:
    """Who of us began a review, unless it was whoever sits here."""
    whose = review.staff_member_id if review else None
    return sdk.staff.names([whose]).get(whose, "") if whose and whose != sdk.staff.at_desk() else ""


def _briefing(customer_id: int, besides: set[str]) -> list[sdk.BriefingLine]:
    """What to know before a talk, without what this page says anyway."""
    lines = sdk.ask("briefing_lines", customer_id=customer_id)
    kept = (one for one in lines if one.title != _("Review") and one.title not in besides)
    return sorted(kept, key=lambda one: one.order)[:8]


def _learned(rows: Mapping[str, Any]) -> steps.Step:
    question = questions.Question(questions.LEARNED, "us", {})
    return steps.Step(0, question, rows.get(questions.LEARNED), None)


def _shown(step: steps.Step, rows: Mapping[str, Any], given: sent.Sent | None) -> Shown:
    one, row = step.question, rows.get(step.question.id)
    typed = given.answers.get(one.id) if given else None
    lang = tongue_of(one.words, sdk.current_language())
    if typed is not None:
        other = row.said if row and row.version != typed.version and row.said != typed.said else ""
        shown = (typed.said, typed.tick, typed.keep_as, typed.shop, typed.sure)
        return Shown(step, *shown, version=row.version if row else 0, other=other, lang=lang)
    if row is None:
        gives = "" if one.gives == "mention" else one.gives  # "none" is said of other shops too
        return Shown(step, "", "", gives, "", "", version=0, other="", lang=lang)
    return Shown(step, row.said, row.tick, row.keep_as, row.shop, row.sure, version=row.version, other="", lang=lang)


def _spoken(customer: Any) -> str:
    """The language the questions are offered in beside the reader's own."""
    chosen = sdk.request.values.get("spoken")
    if chosen in sdk.MESSAGE_LANGUAGES:
        return str(chosen)
    return customer.message_language if customer.message_language in sdk.MESSAGE_LANGUAGES else sdk.current_language()


# ---- a review that lies about ----


@pages.post("/<int:review_id>/drop")
def drop(review_id: int) -> Any:
    """Put a half-done review aside and begin anew."""
    review = service.get(review_id)
    customer_id = review.customer_id
    afterwards.drop(review_id)
    undo = sdk.url_for("reviews.take_up", review_id=review_id)
    sdk.note(_("Put aside. What was said stays to be read; it does not count as held."), undo=undo)
    return sdk.redirect_to("reviews.hold", customer_id=customer_id)


@pages.post("/<int:review_id>/take-up")
def take_up(review_id: int) -> Any:
    """The undo of that."""
    customer_id = service.get(review_id).customer_id
    afterwards.take_up(review_id)
    sdk.note(_("It is as it was before."))
    return sdk.redirect_to("reviews.hold", customer_id=customer_id)
