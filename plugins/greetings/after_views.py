"""What became of greetings: replies, a year to look back on, and who was never greeted."""

from datetime import date
from typing import Any

from loyalapp import sdk

from . import after, occasions, service
from .day_forms import ReplyForm
from .models import REPLIES
from .views import pages

_ = sdk.texts("greetings").gettext
FIRST_YEAR = 2000
FEW = 40


@pages.route("/<int:card_id>/reply", methods=["GET", "POST"])
@sdk.private_page
def reply(card_id: int) -> Any:
    """What came back for a card."""
    card, form = service.get(card_id), ReplyForm()
    if sdk.request.method == "POST" and form.validate():
        form.attempt(after.note_reply, card_id, sdk.request.form.get("reply", ""), form.note.data or "")
        if not form.errors:
            sdk.note(_("Written down."))
            return sdk.redirect_to("greetings.card", card_id=card_id)
    if sdk.request.method == "GET":
        form.note.data = card.reply_note
    customer = service.customer_of(card.customer_id)
    return form.page(
        "greetings/reply.html",
        card=card,
        called=sdk.customers.addressed(customer),
        occasion=occasions.name(card.occasion),
        choices=[(one, after.reply_name(one)) for one in REPLIES],
        chosen=sdk.request.form.get("reply", card.reply or ""),
    )


@pages.post("/<int:card_id>/reply/forget")
def forget_reply(card_id: int) -> Any:
    """Nothing came back after all."""
    after.forget_reply(card_id)
    sdk.note(_("Taken back."))
    return sdk.redirect_to("greetings.card", card_id=card_id)


@pages.post("/<int:card_id>/thanked")
def thanked(card_id: int) -> Any:
    """We thanked them for their answer; or the undo of that."""
    after.thanked(card_id, done="back" not in sdk.request.form)
    sdk.note(_("Written down."))
    return sdk.redirect_to("greetings.card", card_id=card_id)


@pages.get("/year")
@sdk.private_page
def year() -> str:
    """What was said by whom to whom in a year, and what came back."""
    number = _asked_year()
    found = after.year(number, sdk.request.args.get("after", ""))
    return sdk.render(
        "greetings/year.html",
        number=number,
        said_year=sdk.format_day(date(number, 1, 1), "y"),
        before=number - 1 if number > FIRST_YEAR else None,
        later=number + 1 if number < sdk.today().year else None,
        found=found,
        figures=after.figures(number),
        enough=after.ENOUGH,
        reply_name=after.reply_name,
        occasion_name=occasions.name,
        way_name=after.way_name,
        names=sdk.customers.names({row.customer_id for row in found.rows}),
        staff=sdk.staff.names({row.given_by_id for row in found.rows if row.given_by_id}),
    )


def _asked_year() -> int:
    asked = sdk.request.args.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 and int(asked) >= FIRST_YEAR else sdk.today().year


@pages.get("/never")
@sdk.private_page
def never() -> str:
    """Customers whom nobody greeted so far."""
    found = after.never_greeted(FEW + 1)
    count = after.figures(sdk.today().year).never
    names = sdk.customers.names(one.id for one in found[:FEW])
    return sdk.render("greetings/never.html", rows=found[:FEW], names=names, count=count, more=len(found) > FEW)
