"""The first page."""

from datetime import date

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from markupsafe import Markup

from loyalapp.core import clock
from loyalapp.core.i18n import _, current_tongue
from loyalapp.core.memory import until_changed
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import rules
from loyalapp.features.staff import service as staff
from loyalapp.features.today import service
from loyalapp.plugin_system.answers import Notice
from loyalapp.plugin_system.calls import ask, registry
from loyalapp.web.counter import is_counter
from loyalapp.web.frame import token
from loyalapp.web.shell import note

pages = Blueprint("today", __name__, template_folder="templates")

WHOSE, MINE, ALL = "whose", "mine", "all"
TELLING = 10  # customers or sales, from where on a part of them says anything
NOON = 12
SESSIONS = 4  # so many windows and browsers at once find their lines drawn
SIGNS = {
    "problem": ("problem", "wrench"),
    "promise": ("promise", "knot"),
    "greeting": ("greeting", "flower"),
    "quiet": ("checkin", "speak"),
    "checkin": ("checkin", "tea"),
    "ending": ("promise", "clock"),
    "review": ("review", "ledger"),
    "suggestion": ("idea", "lamp"),
}


@pages.get("/")
def show():
    """Whom to call today, why, and with which words."""
    day, desk = clock.today(), staff.at_desk()
    is_mine = desk is not None and _whose() == MINE
    sheet = service.known_day(day, desk if is_mine else None)
    return render_template(
        "today/show.html",
        day=day,
        sheet=sheet,
        lines=_lines(sheet),
        is_morning=clock.local(clock.now()).hour < NOON,
        kept=_telling(catalogue.regulars_kept(day)),
        steady=_telling(catalogue.steady_part(desk, day)) if desk is not None else (0, 0),
        has_desk=desk is not None,
        is_mine=is_mine,
        quiet_until=rules.quiet_until(),
        names=customers.names({one.customer_id for one in sheet.done}),
        is_empty=not sheet.lines and customers.total() == 0,
        notices=_notices(day),
    )


def _telling(part: tuple[int, int]) -> tuple[int, int]:
    """So many of so many; nothing of a few, where one more or less is chance."""
    return part if part[1] >= TELLING else (0, 0)


def _notices(day: date) -> list[Notice]:
    """What is about no single customer; kept until anything changes, and left out at the counter."""
    if is_counter():
        return []
    noticed = current_app.extensions.get("loyalapp.noticed", 0)  # what no change of the database tells
    depends_on = (day, current_tongue(), frozenset(registry().running), noticed)
    told = until_changed("today.notices", lambda: tuple(ask("today_notices", day=day)), depends_on)
    return [one for one in told if staff.is_owner() or not one.for_owner]


def _whose() -> str:
    """Mine or everyone's: as it was chosen last at this desk, else everyone's for the owner and mine for the others."""
    asked = request.args.get(WHOSE)
    if asked in (MINE, ALL):
        session[WHOSE] = asked
    return session.get(WHOSE) or (ALL if staff.is_owner() else MINE)


def _lines(sheet: service.Day) -> Markup:
    """The lines of a day, drawn once for each session (its token stands in them) and kept with the day."""
    which = (token(), is_counter())
    if which not in sheet.drawn:
        if len(sheet.drawn) >= SESSIONS:
            sheet.drawn.clear()
        sheet.drawn[which] = _drawn(sheet)
    return sheet.drawn[which]


def _drawn(sheet: service.Day) -> Markup:
    values = {"words": _words(), "is_held": service.is_held, "end_elsewhere": service.END_ELSEWHERE}
    return Markup(render_template("today/lines.html", sheet=sheet, signs=SIGNS, **values))  # noqa: S704 -- rendered by Jinja, which escaped it


def _words() -> dict[str, str]:
    return {
        "problem": _("Open problem"),
        "promise": _("Promise"),
        "greeting": _("Greeting"),
        "quiet": _("Gone quiet"),
        "checkin": _("Check-in"),
        "ending": _("Ends soon"),
        "review": _("Review"),
        "suggestion": _("Suggestion"),
    }


@pages.post("/today/done")
def done():
    """One line is done; it can be taken back."""
    key = request.form.get("key", "")
    service.finish(key, request.form.get("customer_id", 0, int), request.form.get("what", ""))
    note(_("Done. One less for today."), undo=url_for("today.undo", key=key))
    return redirect(url_for("today.show"), 303)


@pages.post("/today/undo")
def undo():
    """Take it back."""
    service.reopen(request.args.get("key", ""))
    note(_("It is on the page again."))
    return redirect(url_for("today.show"), 303)
