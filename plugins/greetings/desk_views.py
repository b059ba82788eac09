"""The desk: who is to be greeted in the coming days, one person after another, and no "send to all"."""

from typing import Any

from loyalapp import sdk

from . import desk as desks
from . import feasts, occasions, service, telling
from .views import pages

_ = sdk.texts("greetings").gettext
FEAST_DAYS = 45


@pages.get("/")
@sdk.private_page
def desk() -> str:
    """Who is to be greeted, who waits and why, and cards that wait to be given."""
    found, waiting = desks.lines(), service.waiting(desks.ROWS)
    shown, soon = found[: desks.ROWS], feasts.coming(sdk.today(), FEAST_DAYS)
    return sdk.render(
        "greetings/desk.html",
        ready=[one for one in shown if one.is_ready],
        held=[one for one in shown if one.held],
        later=[one for one in shown if not one.held and not one.is_now],
        more=len(found) > desks.ROWS,
        names=sdk.customers.names({*(one.due.customer_id for one in shown), *(one.customer_id for one in waiting)}),
        waiting=waiting,
        awaited={(one.key, one.turn): one for one in soon if one.expected and one.day > sdk.today()},
        feasts=soon,
        why=telling.why,
        when=telling.day_of,
        occasion_name=occasions.name,
        is_clock_odd=desks.is_clock_odd(),
    )


@pages.post("/aside/<int:customer_id>")
def put_aside(customer_id: int) -> Any:
    """Not this time: it is not brought up again."""
    service.put_aside(customer_id, sdk.request.form.get("occasion", ""))
    sdk.note(_("Put aside. This day will not come up again this year."))
    return sdk.redirect_to("greetings.desk")


@pages.get("/next")
@sdk.private_page
def next_person() -> Any:
    """On to the next who is ready; `after` is a customer who is left for later."""
    after = sdk.request.args.get("after", "")
    one = desks.following(int(after) if after.isdecimal() and len(after) < 10 else 0)
    if one is None:
        sdk.note(_("Nobody else is to be greeted just now."))
        return sdk.redirect_to("greetings.desk")
    return sdk.redirect_to("greetings.new", customer_id=one.customer_id, occasion=one.occasion)
