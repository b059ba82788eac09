"""The page on which the firm says when it is open, reached from the problems."""

from typing import Any

from babel.dates import get_day_names

from loyalapp import sdk

from . import hours
from .ally_forms import HoursForm
from .views import pages

_ = sdk.texts("issues").gettext
WEEK = range(7)


@pages.route("/hours", methods=["GET", "POST"])
def hours_page() -> Any:
    """Closing days of the week, holidays, days of our own."""
    form, now = HoursForm(), hours.of_firm()
    if form.validate_on_submit() and form.attempt(_saved, form):
        sdk.note(_("Saved. Days by which something is due keep to it from now on."))
        return sdk.redirect_to("issues.hours_page")
    if sdk.request.method == "GET":
        form.opens.data, form.closes.data, form.own.data = now.opens, now.closes, hours.as_typed(now.own)
    else:
        now = _ticked()
    named = get_day_names("wide", locale=sdk.current_language())
    return form.page(
        "issues/hours.html",
        hours=now,
        week=[(day, named[day]) for day in WEEK],
        holidays=_by_name(),
        name=hours.holiday_name,
        next_due=hours.due_day(sdk.today()),
        has_holidays=sdk.firm().country in hours.COUNTRIES,
    )


def _by_name() -> list[tuple[str, list[hours.Holiday]]]:
    """The coming holidays by name, in the order of their first day."""
    found: dict[str, list[hours.Holiday]] = {}
    for one in hours.coming_holidays():
        found.setdefault(one.name, []).append(one)
    return list(found.items())


def _ticked() -> hours.Hours:
    """What was ticked: closing days, and holidays; one that is not ticked is a day of work."""
    said = sdk.request.form
    closed = tuple(int(one) for one in said.getlist("closed") if one.isdecimal() and len(one) == 1)
    kept = set(said.getlist("holiday"))
    shown = {name for name, _days in _by_name()}
    works_on = tuple(sorted((set(hours.of_firm().works_on) - shown) | (shown - kept)))
    return hours.Hours(closed=closed, keeps_holidays=True, works_on=works_on)


def _saved(form: HoursForm) -> bool:
    chosen = _ticked()._replace(
        opens=form.opens.data or "", closes=form.closes.data or "", own=hours.with_own(form.own.data or "")
    )
    hours.save(chosen)
    return True
