"""The year of reviews, a month of it, the file for one's own calendar, and how often the firm reviews (B2)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.dates import get_day_names

from loyalapp import sdk

from . import calendar_file, level_forms, places, planning, portfolio, rhythm, rhythm_words, standings, words, year
from .views import pages

_ = sdk.texts("reviews").gettext
WEEK = range(7)


def _pool() -> int:
    """Whose year is shown: the one asked for, else one's own."""
    asked, known = sdk.request.values.get("whose", ""), places.pools()
    if asked.isdecimal() and len(asked) < 10 and int(asked) in known:
        return int(asked)
    desk = sdk.staff.at_desk()
    return desk if desk in known and desk else known[0]


def _names() -> dict[int, str]:
    return level_forms.pool_names()


def _week() -> list[tuple[int, str]]:
    named = get_day_names("abbreviated", locale=sdk.current_language())
    return [(day, named[day]) for day in WEEK]


@pages.get("/year")
@sdk.private_page
def year_page() -> str:
    """Twelve months, each day as full as it is."""
    pool = _pool()
    found = year.plan(pool)
    whose = pool if _names() else None
    return sdk.render(
        "reviews/year.html",
        months=[(first, sum(one.reviews for one in days), _cells(days)) for first, days in found.months()],
        found=found,
        needed=rhythm_words.fits(_needed(whose), found.number * sum(one.is_open for one in found.days)),
        pool=pool,
        names=_names(),
        week=_week(),
    )


def _needed(whose: int | None) -> int:
    """How many reviews the accounts need in a year, by their levels."""
    said = rhythm.of_firm().levels
    counted = portfolio.counts(whose)
    often = {one: said["middle" if one == portfolio.NOT_ASSESSED else one] for one in portfolio.PLACES}
    return round(sum(number * rhythm.YEAR / often[one] for one, number in counted.items()))


def _cells(days: Sequence[year.Day]) -> list[year.Day | None]:
    """The days of a month in rows of a week, which begins as in the firm's country."""
    return [*([None] * ((days[0].day.weekday() - sdk.week_begins()) % 7)), *days]


@pages.get("/year/<month>")
@sdk.private_page
def month_page(month: str) -> str:
    """Whom to review in one month, day by day."""
    pool = _pool()
    found = year.plan(pool)
    months = {f"{first:%Y-%m}": days for first, days in found.months()}
    if month not in months:
        raise sdk.NotFound(_("This month is not in the coming year."))
    visits = year.visits(found, months[month])
    ids = [one.customer_id for one in visits]
    by_day: dict[date, list[year.Visit]] = {}
    for one in visits:
        by_day.setdefault(one.day, []).append(one)
    keys = list(months)
    place = keys.index(month)
    return sdk.render(
        "reviews/month.html",
        month=sdk.format_day(months[month][0].day, "LLLL y"),
        by_day=by_day,
        people={row.id: row for row in sdk.customers.listed(ids)},
        names=sdk.customers.names(ids),
        standings=standings.standings(ids),
        before=keys[place - 1] if place else None,
        after=keys[place + 1] if place + 1 < len(keys) else None,
        pool=pool,
        pools=_names(),
        words=words,
    )


@pages.post("/year/file")
@sdk.private_page
def year_file() -> Any:
    """The reviews of the year as a file for a calendar program or a phone."""
    pool = _pool()
    found = year.plan(pool)
    content = calendar_file.make(year.visits(found, found.days))
    named = [name for name in (_names().get(pool),) if name]
    file = sdk.export_file(" ".join([_("Reviews"), *named, sdk.today().isoformat()]) + ".ics", content)
    sdk.note(_("Saved: %(file)s", file=sdk.isolate_text(file, ltr=True)))
    return sdk.redirect_to("reviews.year_page", whose=pool)


@pages.route("/rhythm", methods=["GET", "POST"])
@sdk.private_page
@sdk.owner_saves
def rhythm_page() -> Any:
    """How often each level and each kind of goods is reviewed, and how many reviews a day holds."""
    said = rhythm.of_firm()
    form = level_forms.rhythm_form(said)
    closed = said.closed if sdk.request.method == "GET" else _ticked()
    if form.validate_on_submit():
        moved = form.attempt(_keep, form, closed, said)
        if moved is not None:
            sdk.note(_("Saved. Reviews that got another day: %(count)s.", count=sdk.format_number(moved)))
            return sdk.redirect_to("reviews.year_page")
    return form.page(
        "reviews/rhythm.html",
        levels=[form[f"level_{one}"] for one in ("high", "middle", "low")],
        groups=[form[level_forms.group_field(one)] for one in level_forms.groups()],
        people=[form[f"number_{one}"] for one, _name in level_forms.people()],
        closed=closed,
        week=_week(),
    )


def _ticked() -> tuple[int, ...]:
    return tuple(int(one) for one in sdk.request.form.getlist("closed") if one.isdecimal() and len(one) == 1)


def _keep(form: Any, closed: tuple[int, ...], before: rhythm.Rhythm) -> int:
    rhythm.save(level_forms.chosen(form, closed, before))
    return planning.replan()
