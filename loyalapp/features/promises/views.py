"""Pages of the promise book: open, kept and broken promises; keep, break, give another day, take back."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for

from loyalapp.core import clock
from loyalapp.core.formats import format_day
from loyalapp.core.i18n import _
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import promises as service
from loyalapp.features.promises.forms import BreakForm, MoveForm
from loyalapp.features.staff import service as staff
from loyalapp.web.rights import private_page
from loyalapp.web.shell import go_back, note

pages = Blueprint("promises", __name__, url_prefix="/promises", template_folder="templates")
PAGE = 50


@pages.get("/")
@private_page
def show():
    """The book: what is open by its day, what was kept, what was not."""
    state = request.args.get("state", "open")
    state = state if state in service.BOOK else "open"
    found = service.book(state, _place(request.args.get("after", "")), PAGE + 1)
    shown = found[:PAGE]
    return render_template(
        "promises/show.html",
        state=state,
        groups=_grouped(shown) if state == "open" else [("", shown)],
        is_empty=not shown,
        after=_after(shown[-1], state) if len(found) > PAGE else "",
        names=customers.names({one.customer_id for one in shown}),
        moves=service.moves_of([one.id for one in shown]),
        members=_members(shown),
        states=[("open", _("Still open")), ("kept", _("Kept promises")), ("broken", _("Not kept"))],
    )


def _members(shown) -> dict[int, str]:
    """Who promised; of no interest where one person works alone."""
    by = {one.staff_member_id for one in shown if one.staff_member_id}
    return staff.names(by) if len(staff.active()) > 1 or len(by) > 1 else {}


def _grouped(shown) -> list[tuple[str, list]]:
    today = clock.today()
    from_before = [one for one in shown if one.due_on < today]
    groups = [(_("Waiting from before"), from_before)] if from_before else []
    days: dict[date, list] = {}
    for one in shown[len(from_before) :]:
        days.setdefault(one.due_on, []).append(one)
    return [*groups, *((_title(day, today), some) for day, some in days.items())]


def _title(day: date, today: date) -> str:
    return _("Today") if day == today else format_day(day, "weekday" if day.year == today.year else "full")


def _place(text: str) -> tuple[date, int] | None:
    day, _comma, number = text.partition(",")
    try:
        place = date.fromisoformat(day), int(number)
    except ValueError:
        return None
    return place if 0 <= place[1] <= service.HIGHEST_ID else None


def _after(last, state: str) -> str:
    day = {"open": last.due_on, "kept": last.kept_on, "broken": last.broken_on}[state]
    return f"{day.isoformat()},{last.id}"


def _back(customer_id: int):
    """To the page the button stands on: the book, or the customer's."""
    return go_back(request.args.get("to", "") or url_for("customers.show", customer_id=customer_id))


@pages.post("/<int:promise_id>/kept")
def keep(promise_id: int):
    """It was kept; that can be taken back."""
    kept = service.keep(promise_id)
    note(_("Kept. Well done."), undo=url_for("promises.reopen", promise_id=promise_id, to=request.args.get("to")))
    return _back(kept.customer_id)


@pages.post("/<int:promise_id>/reopen")
def reopen(promise_id: int):
    """It was neither kept nor broken after all."""
    return _back(service.reopen(promise_id).customer_id)


@pages.route("/<int:promise_id>/move", methods=["GET", "POST"])
@private_page
def move(promise_id: int):
    """Another day, as it was agreed with the customer."""
    found, form = service.get(promise_id), MoveForm()
    if form.validate_on_submit() and (
        step := form.attempt(service.move, promise_id, form.due_on.data, form.why.data or "")
    ):
        note(
            _("It has another day now: %(day)s.", day=format_day(found.due_on)),
            undo=url_for("promises.move_back", promise_move_id=step.id),
        )
        return redirect(url_for("promises.show"), 303)
    return _form_page(form, found, "promises/move.html")


@pages.post("/moves/<int:promise_move_id>/back")
def move_back(promise_move_id: int):
    """The day it had before."""
    service.move_back(promise_move_id)
    return redirect(url_for("promises.show"), 303)


@pages.route("/<int:promise_id>/break", methods=["GET", "POST"])
@private_page
def break_(promise_id: int):
    """It cannot be kept, and the customer was told."""
    found, form = service.get(promise_id), BreakForm()
    if form.validate_on_submit() and form.attempt(service.break_, promise_id, form.told.data or ""):
        note(_("Written down. Next time it works out."), undo=url_for("promises.reopen", promise_id=promise_id))
        return redirect(url_for("promises.show"), 303)
    return _form_page(form, found, "promises/break.html")


def _form_page(form, found, template: str):
    customer = customers.get(found.customer_id)
    moves = service.moves_of([found.id]).get(found.id, [])
    return form.page(template, promise=found, moves=moves, addressed=customers.addressed(customer), customer=customer)
