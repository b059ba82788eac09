"""The page on which one card is written; every button posts the words back, so that nothing typed is ever lost."""

from typing import Any

from loyalapp import sdk

from . import (
    after,
    beside,
    drawing,
    due,
    lines,
    looks,
    occasions,
    ours,
    proposals,
    rewording,
    service,
    telling,
    varying,
    words,
)
from .forms import CardForm
from .service import Draft

_ = sdk.texts("greetings").gettext
pages = sdk.blueprint("greetings")

DESK_DAYS = 14
CHOICES = 12  # wordings that stand below each other
PREVIEW_DOTS = 96  # an inch
PREVIEW_TEXTS = ("occasion", "design", "language", "shape", *service.LONGEST)


@pages.route("/new/<int:customer_id>", methods=["GET", "POST"])
@sdk.private_page
def new(customer_id: int) -> Any:
    """The card beside its words. Every button posts the words back, so nothing typed is ever lost."""
    customer = service.customer_of(customer_id)
    form = CardForm()
    if sdk.request.method != "POST":
        form.show(service.draft(customer_id, _asked_occasion(customer), design=sdk.request.args.get("design")))
        form.attempt(service.refuse_boxes, form.drafted())
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
    form.show(form.attempt(rewording.changed, customer, shown, button) or shown)
    form.attempt(service.refuse_boxes, form.drafted())
    return _writing(customer, form)


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
        if drawing.can_be_drawn(service.cleaned(shown), PREVIEW_DOTS):
            return shown, ""
    except sdk.LoyalAppError:  # too long; said beside its field
        return shown, ""
    shown = shown._replace(design=ours.designs_for(shown.occasion)[0])
    form.show(shown)
    return shown, name


def _writing(customer: sdk.Customer, form: CardForm) -> Any:
    shown, undrawn = _drawable(form)
    echoes = rewording.too_close(customer, shown)
    return form.page(
        "greetings/new.html",
        customer=customer,
        called=sdk.customers.addressed(customer),
        card=shown,
        preview={key: getattr(shown, key)[:300] for key in PREVIEW_TEXTS} | {"years": shown.years},
        design_name=looks.name(shown.design),
        undrawn=undrawn,
        looks=looks.fitting(shown.occasion),
        offers=rewording.offers(customer, shown),
        only_to_read=lines.only_to_read(customer, shown.language),
        echo=beside.pair(echoes[0], shown.wish, shown.own_line) if echoes else None,
        more_echoes=len(echoes) - 1,
        tones=words.tones(),
        tone=shown.tone or varying.tone_for(customer),
        wordings=rewording.wordings(customer, shown)[:CHOICES],
        asks_form=customer.kind == "person" and not customer.address_form,
        verdict=service.verdict(customer.id),
        suggested=sdk.address.SUGGESTED[shown.language],
        why=_why(customer, shown.occasion),
        script_of=sdk.address.script_of,
    )


def _why(customer: sdk.Customer, occasion: str) -> str:
    """The sentence under the heading: which day it is, where we know it."""
    before = after.greeted_sentence(customer.id, occasion, due.turn_of(customer, occasion))
    mine = due.own_day_of(customer) if occasion == due.OWN_DAY else None
    if mine:
        return f"{telling.sentence(occasion, mine.day, what=mine.what)} {before}".strip()
    for key, day in due.due_for(customer, sdk.today(), DESK_DAYS):
        if key == occasion:
            return f"{telling.sentence(key, day, proposals.years_together(customer))} {before}".strip()
    return f"{telling.of_feast(occasion, sdk.today())} {before}".strip()


@pages.get("/preview.png")
def preview() -> Any:
    """The picture of words that are still being written."""
    given = {key: sdk.request.args.get(key, "") for key in PREVIEW_TEXTS}
    years = sdk.request.args.get("years", "0")
    shown = service.cleaned(Draft(**given, years=int(years) if years.isdecimal() and len(years) < 4 else 0))
    return sdk.send_bytes(drawing.draw(shown, ppi=PREVIEW_DOTS), "image/png")


@pages.get("/look/<design>.png")
def look(design: str) -> Any:
    """A design without words, to choose from."""
    return sdk.send_bytes(looks.small(design), "image/png")
