"""Value: what customers say they value, and what we gave them beyond the goods (practices C1 to C4)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from loyalapp import sdk
from loyalapp.sdk import hookimpl

from . import service, words

_ = sdk.texts("value").gettext
ngettext = sdk.texts("value").ngettext
ASKED_IN_REVIEW = "value_likes"
SHEETS = ("value.sheet", "value.prospect")  # screens about what others may read
FEW = 3  # lines for whoever is about to talk with them


@hookimpl
def pages() -> Any:
    """The book, the two questions, extras, sheets, our guess."""
    return sdk.late_pages("value", "views", "sheet_views", "guess_views")


@hookimpl
def nav_links() -> list[sdk.NavLink]:
    """The tab of the book."""
    return [sdk.NavLink(_("Value"), "value.index", "scale", order=45)]


@hookimpl
def customer_actions(customer_id: int) -> list[sdk.CustomerAction]:
    """Ask this customer what they value; of a prospect, what others like them value."""
    if sdk.customers.profile(customer_id).stage == "prospect":
        address = f"{sdk.url_for('value.prospect')}?for={customer_id}"
        return [sdk.CustomerAction(_("What others like them value"), address, "scale")]
    return [sdk.CustomerAction(_("Ask what they value"), sdk.url_for("value.new", customer_id=customer_id), "scale")]


@hookimpl
def customer_panels(customer_id: int) -> list[sdk.Panel]:
    """What we did for them, and what they say they value."""
    profile = sdk.customers.profile(customer_id)
    done = service.done_for(customer_id, profile.since)
    unnamed = sdk.refused([customer_id], "reference")
    values = {
        "customer_id": customer_id,
        "done": done,
        "words": words,
        "said": {one.id: words.quoting(service.may_quote(one, unnamed) or one.quoting) for one in done.voices},
        "is_friend": done.is_friend,
    }
    return [sdk.Panel("value/panel.html", values, order=30)]


@hookimpl
def customer_values(customer_id: int) -> list[sdk.BriefingLine]:
    """What they said they value, with the day: for a review (C4)."""
    return [
        sdk.BriefingLine(words.kind(one.kind), _said_when(one), order=65)
        for one in service.voices_of(customer_id, FEW, service.SAID)
    ]


def _said_when(one: Any) -> str:
    who = f"{sdk.isolate_text(one.who)}, " if one.who else ""
    return f"{sdk.isolate_text(one.words)} ({who}{sdk.relative_day(one.said_on)})"


@hookimpl
def review_questions(customer_id: int) -> list[sdk.ReviewQuestion]:
    """What they like best, where a year has passed since they were asked: a review is the moment to ask it (C1)."""
    last = next(iter(service.voices_of(customer_id, 1, ["likes"])), None)
    if last is not None and last.said_on > sdk.today() - service.PERIOD:
        return []
    return [sdk.ReviewQuestion(ASKED_IN_REVIEW, words.asked("likes"), last.words if last else "")]


@hookimpl
def review_was_held(customer_id: int, answers: Mapping[str, str]) -> None:
    """What they said goes into the book; whether it may be quoted is asked apart."""
    if said := sdk.plain(answers.get(ASKED_IN_REVIEW, ""), keep_lines=True):
        service.hear(customer_id, likes=said)


@hookimpl
def briefing_lines(customer_id: int) -> list[sdk.BriefingLine]:
    """What they said they value: worth reminding them of; of a prospect, what customers like them value (C4)."""
    if sdk.customers.profile(customer_id).stage == "prospect":
        return _what_others_value(customer_id)
    return [
        sdk.BriefingLine(words.kind(one.kind), sdk.isolate_text(one.words), order=65)
        for one in service.voices_of(customer_id, 2, service.SAID)
    ]


def _what_others_value(customer_id: int) -> list[sdk.BriefingLine]:
    from . import pitch  # noqa: PLC0415 -- only for a prospect

    profile = sdk.customers.profile(customer_id)
    found = pitch.of(profile.trade or "", profile.size or "", without=customer_id)
    title = _("Customers like them value")
    return [sdk.BriefingLine(title, _how_many(one), order=65) for one in found.counted[:FEW]]


def _how_many(one: Any) -> str:
    part, whole = sdk.format_number(one.part), sdk.format_number(one.asked)
    return _("%(what)s: %(part)s of %(whole)s", what=sdk.isolate_text(words.theme(one.theme)), part=part, whole=whole)


@hookimpl
def timeline_entries(customer_id: int, limit: int, until: datetime | None) -> list[sdk.TimelineEntry]:
    """What they said, and the extras they were given."""
    found = []
    for row in service.voices_of(customer_id, limit, until=until and until.date()):
        kind, icon = words.ICONS[row.kind]
        is_extra = row.kind == "extra_given"
        title = (
            _("Extra: %(sort)s", sort=sdk.isolate_text(words.extra_sort(row.extra)))
            if is_extra
            else words.kind(row.kind)
        )
        said, note = ("", row.words) if is_extra else (row.words, row.who)
        address = sdk.url_for("value.show", voice_id=row.id)
        found.append(
            sdk.TimelineEntry(at=row.said_on, kind=kind, icon=icon, title=title, said=said, note=note, url=address)
        )
    return found


@hookimpl
def today_entries(day: date, limit: int) -> list[sdk.TodayEntry]:
    """One friend to ask, of a kind nobody of whom was asked yet; nobody in the week after somebody was (C1)."""
    from . import asked  # noqa: PLC0415 -- a start asks nobody

    found = sdk.until_changed("value.next", lambda: asked.next_on(day), day)
    if found is None or limit < 1:
        return []
    customer_id, is_marked = found
    return [
        sdk.TodayEntry(
            key=f"value:ask:{customer_id}",
            customer_id=customer_id,
            kind="suggestion",
            what=_("Ask what they like best about us."),
            why=_("A friend of the firm, and nobody of this trade and size was asked yet.")
            if is_marked
            else _("They have sent us somebody, and nobody of this trade and size was asked yet."),
            url=sdk.url_for("value.new", customer_id=customer_id),
        )
    ]


@hookimpl
def search_results(text: str, limit: int) -> list[sdk.SearchResult]:
    """Words of customers and extras, the newest first."""
    return [
        sdk.SearchResult(
            _("What customers value"), one.words[:300], sdk.url_for("value.show", voice_id=one.id), "scale", one.name
        )
        for one in service.about(text, limit)
    ]


@hookimpl
def example_data(example: sdk.Example) -> None:
    """A few voices, extras, and our guess, so that the pages are not empty."""
    from .example import add_examples  # noqa: PLC0415 -- a start needs none

    add_examples(example)


@hookimpl
def example_data_was_removed() -> None:
    """The made-up guess goes too."""
    from .example import remove_examples  # noqa: PLC0415 -- a start needs none

    remove_examples()


@hookimpl
def customer_export(customer_id: int, language: str) -> list[sdk.Held]:
    """What they told us they value, and what we gave them."""
    from . import handing_over  # noqa: PLC0415 -- once in a while

    return handing_over.about(customer_id, language)


@hookimpl
def customer_erase(customer_id: int) -> Sequence[Path]:
    """Their value sheets, and papers for others on which their words stand."""
    from . import handing_over  # noqa: PLC0415 -- once in a while

    return handing_over.files(customer_id)


@hookimpl
def help_topics() -> list[sdk.HelpTopic]:
    """Why to ask, and how."""
    return [
        sdk.HelpTopic("value", _("Why they stay with us"), "value/help.html", order=57),
        sdk.HelpTopic("value-sheet", _("What we did for a customer, on one page"), "value/help_sheet.html", 58, SHEETS),
    ]
