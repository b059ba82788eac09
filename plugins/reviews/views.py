"""The list of reviews, a review being held, one that was held, and how much room for more business there is."""

from typing import Any

from loyalapp import sdk

from . import advice, due, portfolio, questions, service, words
from .forms import HoldForm, LevelForm
from .steps import TIP, first_open, following, stages, steps

_ = sdk.texts("reviews").gettext
pages = sdk.blueprint("reviews")

FEW = 5


@pages.get("/")
@sdk.private_page
def index() -> str:
    """Which reviews are due, which lie half done, which were held; and the territory by level."""
    today = sdk.today()
    waiting = due.due(today, FEW)
    half = portfolio.half_done(FEW)
    held = portfolio.newest_held(FEW)
    coming = due.coming(today, FEW)
    ids = {one.customer_id for one in (*waiting, *half, *held)} | {one for one, _day in coming}
    return sdk.render(
        "reviews/index.html",
        waiting=[one for one in waiting if not one.begun],
        half=half,
        held=held,
        coming=coming,
        rows={row.id: row for row in sdk.customers.listed(sorted(ids))},
        names=sdk.customers.names(ids),
        standings=service.standings(sorted({one.customer_id for one in waiting})),
        counts=portfolio.counts(),
        places=portfolio.PLACES,
        words=words,
    )


@pages.get("/portfolio/<place>")
@sdk.private_page
def territory(place: str) -> str:
    """The accounts of one level, or those nobody has assessed yet, page by page."""
    if place not in portfolio.PLACES:
        raise sdk.NotFound(_("There is no such list."))
    args = sdk.request.args
    page = portfolio.page(place, _number(args.get("after", "")), _number(args.get("before", "")))
    return sdk.render(
        "reviews/portfolio.html",
        place=place,
        page=page,
        names=sdk.customers.names([row.id for row in page.rows]),
        standings=service.standings([row.id for row in page.rows]),
        counts=portfolio.counts(),
        places=portfolio.PLACES,
        words=words,
    )


def _number(text: str) -> int | None:
    """A customer's number out of an address; None for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


@pages.post("/means/<int:customer_id>")
def means(customer_id: int) -> Any:
    """One answer on the list: could they buy more?"""
    now = service.standing(customer_id)
    found = service.assess(customer_id, sdk.request.form.get("means", ""), now.overruled, now.reason)
    name = sdk.customers.addressed(sdk.customers.get(customer_id))
    sdk.note(_("%(name)s: %(level)s.", name=sdk.isolate_text(name), level=words.level(found.level)))
    return sdk.go_back(sdk.request.form.get("next", "/"))


@pages.route("/level/<int:customer_id>", methods=["GET", "POST"])
@sdk.private_page
def level(customer_id: int) -> Any:
    """Could they buy more, and do you see the level differently?"""
    customer = sdk.customers.get(customer_id)
    one = service.standing(customer_id)
    known = {"means": one.means if one.said_on else None, "overruled": one.overruled or "", "reason": one.reason}
    form = LevelForm(data=known)
    if form.validate_on_submit():
        given = {name: value or "" for name, value in form.typed().items()}
        if form.attempt(service.assess, customer_id, **given):
            sdk.note(_("Saved."))
            return sdk.redirect_to("customers.show", customer_id=customer_id)
    called = sdk.customers.addressed(customer)
    return form.page("reviews/level.html", customer=customer, called=called, one=one, words=words)


# ---- a review being held ----


@pages.route("/hold/<int:customer_id>", methods=["GET", "POST"])
@sdk.private_page
def hold(customer_id: int) -> Any:
    """One question at a time; every button keeps what was typed."""
    customer = sdk.customers.get(customer_id)
    review = service.open_review(customer_id)
    at = _step(sdk.request.values.get("at", ""), review)
    form = HoldForm(data=_stored(review, at))
    if sdk.request.method == "GET" or not form.validate():
        return _holding(customer, review, form, at)
    return _pressed(customer, review, form, at, sdk.request.form.get("do", "next"))


def _step(asked: str, review: Any) -> str:
    return asked if asked == TIP or questions.known(asked) else first_open(review)


def _stored(review: Any, at: str) -> dict[str, Any]:
    if review is None:
        return {"version": "0", "channel": "call"}
    return {
        "version": str(review.version),
        "answer": review.answers.get(at, ""),
        "leaving": review.leaving,
        "channel": review.channel,
        "kind": review.kind,
        "recommendation": review.recommendation,
    }


def _pressed(customer: sdk.Customer, review: Any, form: HoldForm, at: str, button: str) -> Any:
    given = _given(form, at, left_out=button == "skip")
    if button == "finish":
        done = form.attempt(service.finish, customer.id, form.seen_version, form.in_spite.data or "", **given)
        if done is None:
            return _holding(customer, service.open_review(customer.id), form, at)
        day = sdk.isolate_text(sdk.format_day(done.next_on, "medium"))
        sdk.note(_("The review is finished. The next one is on %(day)s.", day=day))
        return sdk.redirect_to("customers.show", customer_id=customer.id)
    worth_keeping = review or any(given.values())
    if worth_keeping and form.attempt(service.write_down, customer.id, form.seen_version, **given) is None:
        return _holding(customer, service.open_review(customer.id), form, at)
    return _go_on(customer.id, at, button)


def _given(form: HoldForm, at: str, *, left_out: bool) -> dict[str, Any]:
    """What the page held; a question that was never typed into is neither answered nor left out."""
    names = ("leaving", "channel", "kind", "recommendation") if at == TIP else ("leaving",)
    given = {name: value for name in names if (value := getattr(form, name).data) or name == "recommendation"}
    if at == TIP and (form.promised.data or form.promised_for.data):
        given |= {"promised": form.promised.data or "", "promised_for": form.promised_for.data}
    if at != TIP and (form.answer.data or left_out):
        given["answers"] = {at: "" if left_out else form.answer.data}
    return given


def _go_on(customer_id: int, at: str, button: str) -> Any:
    deed, _dash, where = button.partition("-")
    spoken = where if deed == "speak" and where in sdk.MESSAGE_LANGUAGES else sdk.request.form.get("spoken") or None
    if deed == "save":
        sdk.note(_("Kept. You can go on with this review at any time."))
        return sdk.redirect_to("customers.show", customer_id=customer_id)
    here = {"go": where, "speak": at}.get(deed, following(at))
    return sdk.redirect_to("reviews.hold", customer_id=customer_id, at=here, spoken=spoken)


def _holding(customer: sdk.Customer, review: Any, form: HoldForm, at: str) -> Any:
    asked = steps(review, service.last_held(customer.id), at)
    if form.errors:
        form.version.data = str(review.version if review else 0)
    one = service.standing(customer.id)
    spoken = _spoken(customer)
    return form.page(
        "reviews/hold.html",
        customer=customer,
        called=sdk.customers.addressed(customer),
        standing=one,
        steps=asked,
        stages=stages(asked),
        at=at,
        spoken=spoken,
        spoken_names=sdk.message_language_names(),
        opening={one: questions.opening(one) for one in (sdk.current_language(), spoken)},
        hesitates={one: questions.if_they_hesitate(one) for one in (sdk.current_language(), spoken)},
        words=words,
        verdict=advice.verdict(customer.id),
    )


def _spoken(customer: sdk.Customer) -> str:
    """The language the questions are offered in beside the reader's own."""
    chosen = sdk.request.values.get("spoken")
    if chosen in sdk.MESSAGE_LANGUAGES:
        return str(chosen)
    return customer.message_language if customer.message_language in sdk.MESSAGE_LANGUAGES else sdk.current_language()


@pages.get("/<int:review_id>")
@sdk.private_page
def show(review_id: int) -> Any:
    """A review that was held: what was said, and what was recommended."""
    review = service.get(review_id)
    if review.state == "open":
        return sdk.redirect_to("reviews.hold", customer_id=review.customer_id)
    customer = sdk.customers.get(review.customer_id)
    return sdk.render(
        "reviews/show.html",
        review=review,
        customer=customer,
        called=sdk.customers.addressed(customer),
        asked=[one for one in steps(review, None, "") if one.answer],
        words=words,
    )
