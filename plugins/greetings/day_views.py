"""The days: when each festival is, confirmed in one tap; which of them we greet on, how early, and days of our own."""

from datetime import timedelta
from typing import Any

from loyalapp import sdk

from . import certain, feasts, occasions, own, telling
from .day_forms import ConfirmForm, OwnDayForm
from .views import pages

_ = sdk.texts("greetings").gettext
YEAR = 400
STEPS = {"earlier": -1, "as_said": 0, "later": 1}


@pages.get("/days")
def days() -> Any:
    """The coming days in the order of the year, and those that nobody can compute."""
    return _days_page(OwnDayForm())


def _days_page(form: OwnDayForm) -> Any:
    offered = occasions.offered()
    coming = _next_of_each(feasts.coming(sdk.today(), YEAR))
    known = {one.key for one in coming}
    return form.page(
        "greetings/days.html",
        coming=coming,
        unknown=[key for key in offered if key not in known],
        why_unknown=telling.unknown,
        name=occasions.name,
        is_listed=lambda key: "table" in occasions.entry(key),
        when=telling.day_of,
        own_keys=own.keys(),
    )


def _next_of_each(coming: list[feasts.Feast]) -> list[feasts.Feast]:
    found: dict[str, feasts.Feast] = {}
    for one in coming:
        found.setdefault(one.key, one)
    return list(found.values())


@pages.post("/days/own")
def add_own() -> Any:
    """A day of our own."""
    form = OwnDayForm()
    if form.validate() and form.attempt(own.add, form.name.data or "", form.day.data):
        sdk.note(_("Written down. Mark whom you greet on it."))
        return sdk.redirect_to("greetings.days")
    return _days_page(form)


@pages.post("/days/own/<occasion>/out")
def take_out(occasion: str) -> Any:
    """It does not come any more; or the undo of that."""
    own.take_out(occasion, gone="back" not in sdk.request.form)
    sdk.note(_("Taken out. Cards that were given for it stay."))
    return sdk.redirect_to("greetings.days")


@pages.post("/days/<occasion>/<int:turn>")
def confirm(occasion: str, turn: int) -> Any:
    """It is certain: on the expected day, a day earlier or later, or on a day that is written down."""
    said = sdk.request.form.get("said", "")
    feast = feasts.at(occasion, turn) if occasion in occasions.ALL else None
    if said == "not_certain":
        certain.not_certain(occasion, turn)
        sdk.note(_("The computed day counts again."))
    elif feast is not None and said in STEPS:
        certain.confirm(occasion, turn, feast.day + timedelta(days=STEPS[said]))
        _tell_confirmed(occasion, turn)
    return _on(sdk.request.form.get("back", ""))


def _on(came_from: str) -> Any:
    """Back to where the day was confirmed: the desk, the card with this number, or else the days."""
    if came_from.isdecimal() and len(came_from) < 10:
        return sdk.redirect_to("greetings.card", card_id=int(came_from))
    return sdk.redirect_to("greetings.desk" if came_from == "desk" else "greetings.days")


def _tell_confirmed(occasion: str, turn: int) -> None:
    feast = feasts.at(occasion, turn)
    day = sdk.isolate_text(sdk.format_day(feast.day, "weekday")) if feast else ""
    sdk.note(
        _("%(occasion)s is on %(day)s. All that is planned goes with it.", occasion=occasions.name(occasion), day=day)
    )


@pages.route("/days/<occasion>/when", methods=["GET", "POST"])
def when(occasion: str) -> Any:
    """Write down on which day it is, also where nobody can compute it."""
    if occasion not in occasions.ALL or own.is_own(occasion) or occasions.kind(occasion) not in occasions.MARKED:
        raise sdk.NotFound(_("Nobody knows this day. Please choose one from the list."))
    form, feast = ConfirmForm(), feasts.following(occasion, sdk.today())
    if sdk.request.method == "GET":
        form.day.data = feast.day if feast else None
    elif form.validate() and form.attempt(_write, occasion, feast, form):
        return sdk.redirect_to("greetings.days")
    return form.page("greetings/when.html", name=occasions.name(occasion), occasion=occasion, feast=feast)


def _write(occasion: str, feast: feasts.Feast | None, form: ConfirmForm) -> bool:
    day = form.day.data
    if day is None or day < sdk.today():
        raise sdk.LoyalAppError(_("Please write a day that is still to come."), field="day")
    turn = feast.turn if feast else day.year
    certain.confirm(occasion, turn, day)
    _tell_confirmed(occasion, turn)
    return True


@pages.route("/days/choose", methods=["GET", "POST"])
@sdk.owner_saves
def choose() -> Any:
    """Which days we greet on, how many days before, and which anniversaries of the first deal."""
    if sdk.request.method == "POST":
        _save_choices()
        sdk.note(_("Saved."))
        return sdk.redirect_to("greetings.choose")
    country = sdk.firm().country
    return sdk.render(
        "greetings/choose.html",
        groups=_groups(),
        leads=[(key, occasions.lead_title(key), occasions.lead(key)) for key in occasions.LEADS],
        most=occasions.MOST_LEAD,
        regions=occasions.regions(country),
        region=occasions.choices().get("region", ""),
        deal=occasions.choices().get("deal", "every"),
        offered=occasions.is_offered,
        name=occasions.name,
    )


def _groups() -> list[tuple[str, list[str]]]:
    return [
        (_("Festivals"), occasions.every("festival")),
        (_("Days of the country and the year"), occasions.ours("national")),
        (_("Days of professions"), occasions.ours("profession")),
    ]


def _save_choices() -> None:
    """Only what differs from the usual is kept, so that another state brings its own days."""
    typed = sdk.request.form
    region = typed.get("region", "") if typed.get("region", "") in occasions.regions(sdk.firm().country) else ""
    every = occasions.every("festival", "national", "profession")
    ticked = set(typed.getlist("days")) if region == occasions.choices().get("region", "") else None
    on, off = occasions.choices().get("on", []), occasions.choices().get("off", [])
    if ticked is not None:
        on = [key for key in every if key in ticked and not occasions.is_usual(key, region)]
        off = [key for key in every if key not in ticked and occasions.is_usual(key, region)]
    lead = {key: int(typed[f"lead-{key}"]) for key in occasions.LEADS if _is_lead(typed.get(f"lead-{key}", ""))}
    deal = "round" if typed.get("deal") == "round" else "every"
    occasions.choose(region=region, on=on, off=off, lead=lead, deal=deal)


def _is_lead(typed: str) -> bool:
    return typed.isdecimal() and len(typed) < 3 and int(typed) <= occasions.MOST_LEAD
