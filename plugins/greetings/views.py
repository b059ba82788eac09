"""The desk, the card being written, and the card that was made; one person at a time, and no "send to all"."""

from typing import Any
from urllib.parse import quote

from loyalapp import sdk

from . import due, looks, occasions, proposals, service, words
from .forms import CardForm, GiveForm
from .service import Draft

_ = sdk.texts("greetings").gettext
pages = sdk.blueprint("greetings")

DESK_DAYS = 14
DESK_ROWS = 40
FESTIVAL_DAYS = 30
MOST_ALIKE = 2
PREVIEW_DOTS = 96  # an inch
PREVIEW_TEXTS = ("occasion", "design", "language", *service.LONGEST)


@pages.get("/")
@sdk.private_page
def desk() -> str:
    """Who is to be greeted in the coming days, and cards that wait to be given."""
    today = sdk.today()
    people = due.people_due(today, DESK_DAYS, DESK_ROWS + 1)
    checked = sdk.contact_check([one.customer_id for one in people], "greeting")
    festivals = occasions.coming_festivals(today, FESTIVAL_DAYS, sdk.firm().country)
    waiting = service.waiting(DESK_ROWS)
    return sdk.render(
        "greetings/desk.html",
        people=people[:DESK_ROWS],
        names=sdk.customers.names({one.customer_id for one in (*people, *waiting)}),
        more=len(people) > DESK_ROWS,
        held={number: one.why for number, one in checked.items() if one.wants_reason},
        waiting=waiting,
        festivals=festivals,
        sentence=sentence,
        occasion_name=occasions.name,
    )


def sentence(one: due.Due) -> str:
    """Why this person is greeted, as a sentence: the birthday, or the years together."""
    return occasions.sentence(one.occasion, one.day, one.years)


@pages.route("/new/<int:customer_id>", methods=["GET", "POST"])
@sdk.private_page
def new(customer_id: int) -> Any:
    """The card beside its words. Every button posts the words back, so nothing typed is ever lost."""
    customer = service.customer_of(customer_id)
    form = CardForm()
    if sdk.request.method != "POST":
        form.show(service.draft(customer_id, _asked_occasion(customer), design=sdk.request.args.get("design")))
        return _writing(customer, form)
    return _pressed(customer, form, sdk.request.form.get("do", "save"))


def _pressed(customer: sdk.Customer, form: CardForm, button: str) -> Any:
    shown = form.drafted()
    if button == "save":
        made = form.attempt(service.make, customer.id, shown) if form.validate() else None
        return sdk.redirect_to("greetings.card", card_id=made) if made else _writing(customer, form)
    if button == "not_now":
        service.put_aside(customer.id, shown.occasion)
        sdk.note(_("Put aside. This day will not come up again this year."))
        return sdk.redirect_to("greetings.desk")
    form.show(form.attempt(_changed, customer, shown, button) or shown)
    return _writing(customer, form)


def _changed(customer: sdk.Customer, shown: Draft, button: str) -> Draft:
    """The draft after a button: another design, another wish, an offered line, or all words anew."""
    deed, _dash, number = button.partition("-")
    if deed == "anew":
        return service.draft(customer.id, shown.occasion, language=shown.language)
    if deed == "design":
        return shown._replace(design=_other([one.key for one in looks.fitting(shown.occasion)], shown.design, number))
    if deed == "wish":
        return shown._replace(wish=_next(words.wishes(shown.occasion, shown.language, max(shown.years, 1)), shown.wish))
    lines = [line for line, _source in proposals.offers(customer, shown.language)]
    if deed == "take" and number.isdecimal() and int(number) < len(lines):
        return shown._replace(own_line=lines[int(number)])
    return shown


def _other(choices: list[str], current: str, number: str) -> str:
    """The one that was pressed, or the next."""
    return choices[int(number)] if number.isdecimal() and int(number) < len(choices) else _next(choices, current)


def _next(choices: list[str], current: str) -> str:
    at = choices.index(current) + 1 if current in choices else 0
    return choices[at % len(choices)]


def _asked_occasion(customer: sdk.Customer) -> str:
    asked = sdk.request.args.get("occasion", "")
    if asked in occasions.ALL:
        return asked
    coming = due.due_for(customer, sdk.today(), DESK_DAYS)
    return coming[0][0] if coming else "other"


def _drawable(form: CardForm) -> tuple[Draft, str]:
    """What stands on the form, in a look that can be drawn; and the name of the look that could not be."""
    shown = form.drafted()
    if ":" not in shown.design:
        return shown, ""
    name = looks.name(shown.design)
    try:
        if service.can_be_drawn(service.cleaned(shown), PREVIEW_DOTS):
            return shown, ""
    except sdk.LoyalAppError:  # too long; said beside its field
        return shown, ""
    shown = shown._replace(design=occasions.designs_for(shown.occasion)[0])
    form.show(shown)
    return shown, name


def _writing(customer: sdk.Customer, form: CardForm) -> Any:
    shown, undrawn = _drawable(form)
    alike = service.same_wish(customer.id, shown.wish)
    return form.page(
        "greetings/new.html",
        customer=customer,
        called=sdk.customers.addressed(customer),
        card=shown,
        preview={key: getattr(shown, key)[:300] for key in PREVIEW_TEXTS} | {"years": shown.years},
        design_name=looks.name(shown.design),
        undrawn=undrawn,
        looks=looks.fitting(shown.occasion),
        offers=proposals.offers(customer, shown.language),
        alike=alike if len(alike) >= MOST_ALIKE else [],
        verdict=service.verdict(customer.id),
        suggested=sdk.address.SUGGESTED[shown.language],
        why=_why(customer, shown.occasion),
        script_of=sdk.address.script_of,
    )


def _why(customer: sdk.Customer, occasion: str) -> str:
    """The sentence under the heading: which day it is, where we know it."""
    for key, day in due.due_for(customer, sdk.today(), DESK_DAYS):
        if key == occasion:
            return occasions.sentence(key, day, proposals.years_together(customer))
    festival = occasions.next_festival(occasion, sdk.today(), sdk.firm().country)
    if festival is None:
        return ""
    shown = sdk.isolate_text(sdk.format_day(festival.day, "weekday"))
    if festival.expected:
        return _("Expected on %(day)s; the moon decides.", day=shown)
    return _("On %(day)s.", day=shown)


@pages.get("/preview.png")
def preview() -> Any:
    """The picture of words that are still being written."""
    given = {key: sdk.request.args.get(key, "") for key in PREVIEW_TEXTS}
    years = sdk.request.args.get("years", "0")
    shown = service.cleaned(Draft(**given, years=int(years) if years.isdecimal() and len(years) < 4 else 0))
    return sdk.send_bytes(service.draw(shown, ppi=PREVIEW_DOTS), "image/png")


@pages.get("/<int:card_id>")
@sdk.private_page
def card(card_id: int) -> Any:
    """A card that was made: look at it, save it, send it, and say that it was given."""
    return _card_page(service.get(card_id), GiveForm())


def _card_page(made: Any, form: GiveForm) -> Any:
    customer = service.customer_of(made.customer_id)
    number = service.phone_of(customer)
    text = service.text_of(made)
    return form.page(
        "greetings/card.html",
        card=made,
        customer=customer,
        called=sdk.customers.addressed(customer),
        text=text,
        whatsapp=f"https://wa.me/{number.removeprefix('+')}?text={quote(text, safe='')}" if number else None,
        occasion=occasions.name(made.occasion),
        is_as_meant=service.can_be_drawn(made),
        ways=ways(),
        verdict=None if made.given_on else service.verdict(customer.id),
    )


def ways() -> dict[str, str]:
    """How a card can be given, in the reader's language."""
    return {
        "whatsapp": _("I sent it by WhatsApp"),
        "by_hand": _("I gave it by hand"),
        "by_phone": _("I said it on the phone"),
    }


@pages.get("/<int:card_id>/card.png")
@sdk.private_page
def picture(card_id: int) -> Any:
    """The card as a picture."""
    return sdk.send_bytes(service.picture(card_id), "image/png")


@pages.post("/<int:card_id>/save")
def save(card_id: int) -> Any:
    """Write the card to the exports folder: a square PNG for the phone, an A6 PDF for print."""
    made = service.get(card_id)
    form: Any = "pdf" if sdk.request.form.get("format") == "pdf" else "png"
    content = service.picture(card_id, form, "a6" if form == "pdf" else "square")
    file = sdk.export_file(service.file_name(made, form), content)
    sdk.note(_("Saved: %(file)s", file=sdk.isolate_text(file, ltr=True)))
    return sdk.redirect_to("greetings.card", card_id=card_id)


@pages.post("/<int:card_id>/give")
def give(card_id: int) -> Any:
    """The card was given; it is written down and the greeting is finished."""
    form = GiveForm()
    if form.validate():
        form.attempt(service.give, card_id, sdk.request.form.get("how", ""), form.in_spite.data or "")
    if form.errors:
        return _card_page(service.get(card_id), form)
    sdk.note(_("Written down. The card was given."))
    return sdk.redirect_to("greetings.card", card_id=card_id)
