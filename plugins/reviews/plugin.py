"""Reviews: every account is talked with regularly, and every talk ends in a recommendation (practices B1 to B7)."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

from loyalapp import sdk
from loyalapp.sdk import hookimpl

from . import assessing, due, planning, rhythm_words, service, told, words

_ = sdk.texts("reviews").gettext
# Modules, each loaded when one of its pages is first asked for.
WITH_PAGES = ("views", "level_views", "year_views", "figure_views", "hold_views", "talk_views", "bank_views")
KEY = re.compile(r"reviews:\d{1,9}:(\d{4}-\d\d-\d\d)\Z")


@hookimpl
def pages() -> Any:
    """The list, a review being held, the level of an account."""
    return sdk.late_pages("reviews", *WITH_PAGES)


@hookimpl
def nav_links() -> list[sdk.NavLink]:
    """The tab of the list."""
    return [sdk.NavLink(_("Reviews"), "reviews.index", "ledger", order=35)]


@hookimpl
def customer_actions(customer_id: int) -> list[sdk.CustomerAction]:
    """Begin a review, or go on with it."""
    return [
        sdk.CustomerAction(_("Hold a review"), sdk.url_for("reviews.hold", customer_id=customer_id), "ledger"),
        sdk.CustomerAction(_("Ask for a talk"), sdk.url_for("reviews.ask", customer_id=customer_id), "clock"),
    ]


@hookimpl
def customer_panels(customer_id: int) -> list[sdk.Panel]:
    """How much room for more business there is, and why."""
    one = service.standing(customer_id)
    values = {
        "one": one,
        "words": words,
        "reasons": words.reasons(one),
        "who_said": rhythm_words.who_said(one, dict(sdk.staff.active())),
        "so_often": rhythm_words.so_often(one),
        "is_old_view": assessing.was_reviewed_since(one),
    }
    return [sdk.Panel("reviews/panel.html", values, order=20)]


@hookimpl
def briefing_lines(customer_id: int) -> list[sdk.BriefingLine]:
    """What we recommended last, and that a review has come."""
    last, standing = service.last_held(customer_id), service.standing(customer_id)
    found = []
    if last and last.recommendation:
        said = _("%(kind)s: %(words)s", kind=words.kind(last.kind), words=sdk.isolate_text(last.recommendation))
        found.append(sdk.BriefingLine(_("Review"), said, order=45))
    if standing.next_on and standing.next_on <= sdk.today():
        why = words.why_due(last, begun=standing.begun)
        found.append(sdk.BriefingLine(_("Review"), why, order=45))
    return [*found, *told.briefing(customer_id)]


@hookimpl
def today_entries(day: date, limit: int) -> list[sdk.TodayEntry]:
    """A few accounts whose review has come; nobody is overdue."""
    found = due.due(day, limit)
    held = service.last_held_of([one.customer_id for one in found]) if found else {}
    ours = [_entry(one, _why_due(one, held.get(one.customer_id))) for one in found]
    return [*told.today_entries(day, limit), *ours]


def _why_due(one: due.Due, last: Any) -> str:
    sooner = "" if one.begun else rhythm_words.why_sooner(one.sooner)
    return sooner or words.why_due(last, begun=one.begun)


def _entry(one: due.Due, why: str) -> sdk.TodayEntry:
    return sdk.TodayEntry(
        key=one.key,
        customer_id=one.customer_id,
        kind="review",
        what=_("Finish the review.") if one.begun else _("Hold a review: see that everything goes well."),
        why=why,
        due_on=None if one.first else one.since,
        url=sdk.url_for("reviews.hold", customer_id=one.customer_id),
        weight=1 if one.begun else 0,
    )


@hookimpl
def today_entry_was_finished(key: str, customer_id: int) -> None:
    """Done on Today without a review: not now, ask again in two weeks. Only a review really held resets the rhythm."""
    if KEY.match(key) and not service.was_held_today(customer_id):
        planning.put_off(customer_id)
    told.was_finished(key, customer_id)


@hookimpl
def today_entry_was_reopened(key: str, customer_id: int) -> None:
    """The undo of that."""
    found = KEY.match(key)
    if found and not service.was_held_today(customer_id):
        day = date.fromisoformat(found[1])
        planning.take_up_again(customer_id, None if day == due.NO_DAY else day)
    told.was_reopened(key, customer_id)


@hookimpl
def purchase_was_recorded(customer_id: int) -> None:
    """The level may have changed, and the rhythm with it."""
    planning.level_may_have_changed(customer_id)


@hookimpl
def timeline_entries(customer_id: int, limit: int, until: datetime | None) -> list[sdk.TimelineEntry]:
    """Reviews that were held with this customer."""
    return list(told.timeline(customer_id, limit, until and until.date()))


@hookimpl
def search_results(text: str, limit: int) -> list[sdk.SearchResult]:
    """What was said and recommended, and other shops."""
    return told.found(text, limit)


@hookimpl
def example_data(example: sdk.Example) -> None:
    """Levels and reviews, so that the pages are not empty."""
    from .example import add_examples  # noqa: PLC0415 -- a start needs none

    add_examples(example)


@hookimpl
def extras_given(customer_id: int, since: date, until: date) -> list[sdk.Given]:
    """The tips of reviews."""
    from . import given  # noqa: PLC0415 -- only where a value sheet is looked at

    return given.to(customer_id, since, until)


@hookimpl
def customer_export(customer_id: int, language: str) -> list[sdk.Held]:
    """What we talked about, and how we see it."""
    from . import handing_over  # noqa: PLC0415 -- once in a while

    return handing_over.about(customer_id, language)


@hookimpl
def customer_erase(customer_id: int) -> list[Path]:
    """The printed sheets, in the exports folder."""
    from . import printing  # noqa: PLC0415 -- once in a while

    return printing.files(customer_id)


@hookimpl
def example_data_was_removed() -> None:
    """Questions and tips that were made up go too."""
    from .example import remove_examples  # noqa: PLC0415 -- a start needs none

    remove_examples()


@hookimpl
def help_topics() -> list[sdk.HelpTopic]:
    """Why and how to review."""
    return [sdk.HelpTopic("reviews", _("Review every customer regularly"), "reviews/help.html")]
