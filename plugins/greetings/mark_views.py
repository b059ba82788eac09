"""The pass before a festival, one key for each name; and what one customer wants, and got."""

from typing import Any

from loyalapp import sdk

from . import after, feasts, marked, occasions, passing, service, telling
from .views import pages

_ = sdk.texts("greetings").gettext
SOON_DAYS = 60


@pages.get("/marks/<occasion>/<int:turn>")
@sdk.private_page
def marks(occasion: str, turn: int) -> str:
    """Name after name: do we greet them? Last time's marks stand first."""
    feast = _feast(occasion, turn)
    everyone, all_ours = "again" in sdk.request.args, "all" in sdk.request.args
    whose = None if all_ours else sdk.staff.at_desk()
    found = passing.names(occasion, turn, sdk.request.args.get("after", ""), mine=whose, everyone=everyone)
    return sdk.render(
        "greetings/marks.html",
        feast=feast,
        name=occasions.name(occasion),
        when=telling.day_of(feast),
        found=found,
        names=sdk.customers.names(one.id for one in found.rows),
        kept={"again": 1 if everyone else None, "all": 1 if all_ours else None},
        is_mine=whose is not None,
    )


@pages.post("/marks/<occasion>/<int:turn>")
def put_mark(occasion: str, turn: int) -> Any:
    """One answer: `yes`, `no`, or `unsorted` to take it back, and whose."""
    word, _dash, number = sdk.request.form.get("answer", "").partition("-")
    if word in ("yes", "no", "unsorted") and number.isdecimal() and len(number) < 10:
        marked.mark(int(number), occasion, turn, greet={"yes": True, "no": False}.get(word))
    if sdk.request.accept_mimetypes.best == "application/json":
        return {"left": 0}
    return sdk.redirect_to("greetings.marks", occasion=occasion, turn=turn, **dict(sdk.request.args))


def _feast(occasion: str, turn: int) -> feasts.Feast:
    found = feasts.at(occasion, turn) if occasion in occasions.ALL else None
    if found is None or occasions.kind(occasion) not in occasions.MARKED:
        raise sdk.NotFound(_("Nobody knows this day. Please choose one from the list."))
    return found


@pages.get("/of/<int:customer_id>")
@sdk.private_page
def of_customer(customer_id: int) -> str:
    """What one customer wants to be greeted on, and the cards they got."""
    customer = sdk.customers.get(customer_id)
    return sdk.render(
        "greetings/of.html",
        customer=customer,
        called=sdk.customers.addressed(customer),
        wishes=marked.wishes_of(customer_id),
        personal=occasions.PERSONAL,
        feasts=feasts.coming(sdk.today(), SOON_DAYS),
        marks={(row.occasion, row.turn): row.greet for row in marked.marks_of(customer_id)},
        others=occasions.offered(),
        cards=service.cards_of(customer_id, after.AT_ONCE),
        name=occasions.name,
        when=telling.day_of,
    )


@pages.post("/of/<int:customer_id>")
def put_wish(customer_id: int) -> Any:
    """The customer's own word about an occasion, or our mark for its next time."""
    occasion, said = sdk.request.form.get("occasion", ""), sdk.request.form.get("said", "")
    turn = sdk.request.form.get("turn", "")
    if said in ("mark", "not_now", "unmark") and turn.isdecimal() and len(turn) < 5:
        marked.mark(customer_id, occasion, int(turn), greet={"mark": True, "not_now": False}.get(said))
    else:
        marked.wish(customer_id, occasion, wanted={"please": True, "please_not": False}.get(said))
    sdk.note(_("Written down."))
    return sdk.redirect_to("greetings.of_customer", customer_id=customer_id)
