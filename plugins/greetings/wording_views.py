"""Wordings of one's own: the list, one being written and tried with a real customer, and taken out again."""

from typing import Any

from loyalapp import sdk

from . import occasions, phrasing, proposals, templating, words
from .views import pages
from .wording_forms import WordingForm

_ = sdk.texts("greetings").gettext


@pages.get("/wordings")
def wordings() -> Any:
    """All that are kept, by occasion."""
    return sdk.render(
        "greetings/wordings.html",
        wordings=phrasing.kept(),
        name=_name,
        languages=sdk.message_language_names(),
        tones=words.tones(),
        script_of=sdk.address.script_of,
        pieces=templating.pieces,
    )


@pages.route("/wordings/new", methods=["GET", "POST"])
def new_wording() -> Any:
    """A new one, for an occasion and a language if the address names them."""
    form = WordingForm()
    if sdk.request.method != "POST":
        form.occasion.data = sdk.request.args.get("occasion", "")
        form.language.data = sdk.current_language()
        return _page(form, None)
    return _kept(form, None)


@pages.route("/wordings/<int:wording_id>", methods=["GET", "POST"])
def wording(wording_id: int) -> Any:
    """One of them, to be changed."""
    known = phrasing.get(wording_id)
    form = WordingForm()
    if sdk.request.method == "POST":
        return _kept(form, wording_id)
    for key in ("text", "occasion", "language", "tone", "version"):
        getattr(form, key).data = getattr(known, key)
    return _page(form, wording_id)


def _kept(form: WordingForm, wording_id: int | None) -> Any:
    made = form.attempt(phrasing.write, wording_id, **form.values()) if form.validate() else None
    if made is None:
        return _page(form, wording_id)
    sdk.note(_("Kept. It is offered on the cards from now on."))
    return sdk.redirect_to("greetings.wordings")


def _page(form: WordingForm, wording_id: int | None) -> Any:
    return form.page("greetings/wording.html", fields=templating.fields(), wording_id=wording_id)


@pages.get("/wordings/said")
@sdk.private_page
def said() -> Any:
    """What a wording says to a real customer, while it is being written; or what is wrong with it."""
    given = {key: sdk.request.args.get(key, "") for key in ("text", "occasion", "language", "tone", "who")}
    if not given["text"].strip():
        return ""
    language = given["language"] if given["language"] in sdk.MESSAGE_LANGUAGES else sdk.current_language()
    occasion = given["occasion"] if given["occasion"] in occasions.ALL else "other"
    found = sdk.customers.find(given["who"], 1) if given["who"].strip() else phrasing.somebody()
    customer = sdk.customers.get(found[0].id) if found else None
    text, mistake = "", ""
    if customer:
        years = max(1, proposals.years_together(customer))
        values = phrasing.values_for(customer, occasion, language, years)
        try:
            text = templating.say(given["text"], values)
        except sdk.LoyalAppError as error:
            mistake = str(error)
    return sdk.render(
        "greetings/_said.html",
        text=text,
        mistake=mistake,
        called=sdk.customers.addressed(customer) if customer else "",
        address=proposals.address_of(customer, language) if customer else "",
        spoken=language if language in sdk.LANGUAGES else "en",
    )


@pages.post("/wordings/<int:wording_id>/out")
def take_out_wording(wording_id: int) -> Any:
    """It is not offered any more."""
    phrasing.take_out(wording_id)
    sdk.note(
        _("Taken out. Cards that carry it stay."), undo=sdk.url_for("greetings.wording_back", wording_id=wording_id)
    )
    return sdk.redirect_to("greetings.wordings")


@pages.post("/wordings/<int:wording_id>/back")
def wording_back(wording_id: int) -> Any:
    """The undo of that."""
    phrasing.take_out(wording_id, gone=False)
    return sdk.redirect_to("greetings.wordings")


def _name(occasion: str) -> str:
    return occasions.name(occasion) if occasion else _("Every day")
