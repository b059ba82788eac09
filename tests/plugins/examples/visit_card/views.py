"""The page on which the card is filled in, seen and printed."""

from loyalapp import sdk

from . import service

_ = sdk.texts("visit_card").gettext
lazy = sdk.texts("visit_card").lazy
pages = sdk.blueprint("visit_card")


class CardForm(sdk.Form):
    """What stands on the card."""

    name = sdk.TextField(lazy("Whose card is it?"), longest=service.LONGEST)
    work = sdk.TextField(lazy("What do they do?"), longest=service.LONGEST)
    phone = sdk.TextField(lazy("Phone"), longest=service.LONGEST)
    language = sdk.ChoiceField(lazy("In which language?"), choices=list(sdk.LANGUAGE_NAMES.items()))


@pages.route("/", methods=["GET", "POST"])
def card():
    """Fill it in, look at it, print it."""
    last = service.newest()
    offered = service.language_for(sdk.request.args.get("customer", type=int))
    form = CardForm(data={"name": last.name, "work": last.work, "phone": last.phone, "language": offered})
    if form.validate_on_submit():
        given = form.typed()
        language = given.pop("language")
        if person := form.attempt(service.remember, **given):
            file = sdk.isolate_text(str(service.save_sheet(person, language)), ltr=True)
            sdk.note(_("The sheet is ready to print: %(file)s", file=file))
            return sdk.redirect_to("visit_card.card", customer=sdk.request.args.get("customer"))
    return form.page("visit_card/card.html", is_known=bool(last.id), language=offered)


@pages.get("/<language>.png")
def picture(language: str):
    """One card, to be looked at."""
    if language not in sdk.LANGUAGES:
        raise sdk.NotFound(_("There is no such card."))
    return sdk.send_bytes(service.draw(service.newest(), language, sheet=False), "image/png")
