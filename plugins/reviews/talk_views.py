"""Before and after a talk: the words that ask for it, the appointment, the printed sheet, what became of advice."""

from typing import Any
from urllib.parse import quote

from loyalapp import sdk

from . import advice, afterwards, printing, service, talks, words
from .forms import AgreeForm, LaterForm, OutcomeForm
from .views import pages

_ = sdk.texts("reviews").gettext


# ---- getting the appointment ----


@pages.route("/ask/<int:customer_id>", methods=["GET", "POST"])
@sdk.private_page
def ask(customer_id: int) -> Any:
    """The words that ask for a talk, every way to send them, and what they answered."""
    customer, button = sdk.customers.get(customer_id), sdk.request.form.get("do", "")
    posted = sdk.request.method == "POST"
    agree = AgreeForm() if posted and button != "later" else AgreeForm(formdata=None, data={"channel": "call"})
    later = LaterForm() if posted and button == "later" else LaterForm(formdata=None)
    form = later if button == "later" else agree
    if posted and form.validate() and _written(customer, form, button):
        return sdk.redirect_to("customers.show", customer_id=customer_id)
    return _ask_page(customer, agree, later, form)


def _written(customer: Any, form: Any, button: str) -> bool:
    by, why = sdk.request.form.get("asked_by", "call"), form.in_spite.data or ""
    more = {"why": why, "asked_by": by}
    if button == "later":
        made = form.attempt(talks.ask_later, customer.id, form.again_on.data, form.note.data or "", **more)
        if made:
            day = sdk.isolate_text(sdk.format_day(form.again_on.data, "medium"))
            sdk.note(_("Written down. Today asks again on %(day)s.", day=day))
        return bool(made)
    values = {"channel": form.channel.data or "", "note": form.note.data or "", **more}
    made = form.attempt(talks.agree, customer.id, form.day.data, form.hour.data or "", **values)
    if made:
        agreed = talks.open_of(customer.id)
        sdk.note(_("Agreed for %(day)s. It stands on Today then.", day=words.when(agreed)))
    return bool(made)


def _ask_page(customer: Any, agree: AgreeForm, later: LaterForm, form: Any) -> Any:
    language = _language(customer)
    said = talks.words(customer, language)
    number = next((one.number for one in customer.phones if one.on_whatsapp), "")
    any_number = next((one.number for one in customer.phones), "")
    text = said["all"] if sdk.request.args.get("free") else said["ask"]
    address = sdk.whatsapp.address(text, number) if number else ""
    return form.page(
        "reviews/ask.html",
        customer=customer,
        called=sdk.customers.addressed(customer),
        agree=agree,
        later=later,
        agreed=talks.open_of(customer.id),
        tongue=language,
        lang="en" if "-" in language else language,
        flow="rtl" if language == "ur" else "ltr",
        language_names=sdk.message_language_names(),
        said=said,
        text=text,
        is_free=bool(sdk.request.args.get("free")),
        whatsapp=address,
        picture=sdk.whatsapp.picture(address) if address else None,
        sms=f"sms:{any_number}?body={quote(text, safe='')}" if any_number else "",
        email=_email(customer, text),
        verdict=advice.verdict(customer.id),
        words=words,
    )


def _email(customer: Any, text: str) -> str:
    if not customer.email:
        return ""
    subject = quote(sdk.firm().name, safe="")
    return f"mailto:{quote(customer.email, safe='@')}?subject={subject}&body={quote(text, safe='')}"


def _language(customer: Any) -> str:
    """The language asked for, else the customer's, else that of the screen."""
    for one in (sdk.request.values.get("language"), customer.message_language):
        if one in sdk.MESSAGE_LANGUAGES:
            return str(one)
    return sdk.current_language()


# ---- the printed sheet ----


@pages.get("/sheet/<int:customer_id>")
@sdk.private_page
def sheet(customer_id: int) -> Any:
    """What the printed sheet holds, and in which language it is made."""
    customer = sdk.customers.get(customer_id)
    language = _language(customer)
    return sdk.render(
        "reviews/sheet.html",
        customer=customer,
        called=sdk.customers.addressed(customer),
        sheet=printing.of(customer, language),
        language_names=sdk.message_language_names(),
    )


@pages.post("/sheet/<int:customer_id>")
def save_sheet(customer_id: int) -> Any:
    """The sheet as PDF into the exports folder."""
    customer = sdk.customers.get(customer_id)
    language = _language(customer)
    file = sdk.export_file(printing.file_name(customer_id), printing.pdf(printing.of(customer, language)))
    sdk.note(_("Saved: %(file)s", file=sdk.isolate_text(file, ltr=True)))
    return sdk.redirect_to("reviews.sheet", customer_id=customer_id, language=language)


# ---- what became of a recommendation ----


@pages.route("/follow/<int:review_id>", methods=["GET", "POST"])
@sdk.private_page
def follow(review_id: int) -> Any:
    """Was it taken up?"""
    review = service.get(review_id)
    customer = sdk.customers.get(review.customer_id)
    form = OutcomeForm(data={"outcome": review.outcome or None, "note": review.outcome_note})
    if form.validate_on_submit():
        if form.attempt(afterwards.tell, review_id, form.outcome.data or "", form.note.data or "") is not None:
            undo = sdk.url_for("reviews.unfollow", review_id=review_id)
            sdk.note(_("Written down: %(what)s.", what=words.outcome(form.outcome.data or "")), undo=undo)
            return sdk.redirect_to("reviews.show", review_id=review_id)
        review = service.get(review_id)
    called = sdk.customers.addressed(customer)
    return form.page("reviews/follow.html", review=review, customer=customer, called=called, words=words)


@pages.post("/follow/<int:review_id>/undo")
def unfollow(review_id: int) -> Any:
    """Undo of that."""
    afterwards.untell(review_id)
    sdk.note(_("It is as it was before."))
    return sdk.redirect_to("reviews.show", review_id=review_id)
