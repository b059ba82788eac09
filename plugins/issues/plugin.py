"""Problems: solved with the least effort for the customer, who says when it is solved (practices A1 to A5)."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from loyalapp import sdk
from loyalapp.sdk import hookimpl

from . import alarms, book, kinds, sentences, upkeep, waiting

_ = sdk.texts("issues").gettext
WITH_PAGES = (
    "views",
    "record_views",
    "effort_views",
    "ally_views",
    "helping_views",
    "photo_views",
    "hours_views",
    "knowing_views",
    "figure_views",
)  # modules, each loaded when one of its pages is first asked for
ALLIES = ("issues.ally_", "issues.hand_over", "issues.given", "issues.waiting")  # screens of theirs
FEW = 3  # rises at the head of Today
KEY = re.compile(r"issues:(\d{1,9}):\d+\Z")
THANKS = re.compile(r"issues-thanks:(\d{1,9})\Z")


@hookimpl
def pages() -> Any:
    """The list, the sheet for the phone, and one problem."""
    return sdk.late_pages("issues", *WITH_PAGES)


@hookimpl
def nav_links() -> list[sdk.NavLink]:
    """The tab, with how many are open."""
    return [sdk.NavLink(_("Problems"), "issues.list_page", "wrench", order=25, tally=book.open_count())]


@hookimpl
def quick_actions() -> list[sdk.QuickAction]:
    """A problem can be recorded from any page, while the customer is on the phone (A3)."""
    return [sdk.QuickAction(_("Record a problem"), "issues.choose", "wrench", alarm=True, key="P")]


@hookimpl
def customer_columns(customer_ids: Sequence[int]) -> list[sdk.Column]:
    """Who waits for us to solve something."""
    waiting = dict.fromkeys(book.waiting_customers(customer_ids), _("waits for us"))
    return [sdk.Column(_("Problem"), waiting, is_private=True)]


@hookimpl
def customer_actions(customer_id: int) -> list[sdk.CustomerAction]:
    """A problem of this customer."""
    address = sdk.url_for("issues.record", customer_id=customer_id)
    return [sdk.CustomerAction(_("Record a problem"), address, "wrench", alarm=True, key="P")]


@hookimpl
def customer_panels(customer_id: int) -> list[sdk.Panel]:
    """The open problems beside the customer's page, before anything else."""
    problems = book.open_of(customer_id)
    return [sdk.Panel("issues/panel.html", {"problems": problems, "words": sentences}, order=10)] if problems else []


@hookimpl
def briefing_lines(customer_id: int) -> list[sdk.BriefingLine]:
    """The open problems: nobody goes there without knowing of them."""
    return [
        sdk.BriefingLine(
            _("Open problem"),
            f"{sdk.isolate_text(sentences.short(one.what).rstrip(' .۔।'))} · {sentences.why(one)}",
            order=15,
        )
        for one in book.open_of(customer_id)
    ] + upkeep.briefing_lines(customer_id)


@hookimpl
def time_lost(customer_id: int) -> list[sdk.TimeLost]:
    """Things with several problems or visits in a year."""
    return [sdk.TimeLost(one.item, upkeep.why(one), upkeep.owned(one)) for one in upkeep.of_customer(customer_id)]


@hookimpl
def search_results(text: str, limit: int) -> list[sdk.SearchResult]:
    """Problems by the customer's words and by what they are with, the newest first."""
    return [
        sdk.SearchResult(
            _("Problems"),
            f"{one.item}: {one.what}" if one.item else one.what,
            sdk.url_for("issues.show", problem_id=one.id),
            "wrench",
            one.name,
        )
        for one in book.about(text, limit)
    ]


@hookimpl
def customers_with_open_problem(customer_ids: list[int]) -> list[int]:
    """Greetings and offers to these wait."""
    return book.waiting_customers(customer_ids) if customer_ids else []


@hookimpl
def timeline_entries(customer_id: int, limit: int, until: datetime | None) -> list[sdk.TimelineEntry]:
    """What happened with the problems of one customer."""
    return [
        sdk.TimelineEntry(
            at=one.happened_at,
            kind=sentences.SIGNS[one.kind][0],
            icon=sentences.SIGNS[one.kind][1],
            title=sentences.step(one.kind, one.note),
            said=sentences.short(one.what) if one.kind == "told" else "",
            note=sentences.beside_step(one),
            url=sdk.url_for("issues.show", problem_id=one.problem_id),
            about="problem",
        )
        for one in book.happened(customer_id, limit, until)
    ]


@hookimpl
def today_entries(day: date, limit: int) -> list[sdk.TodayEntry]:
    """Problems whose next step is today: they come before everything else, to whoever took them on (design §7)."""
    due = book.due(day, limit)
    waits = waiting.of([one.id for one in due])
    return [
        sdk.TodayEntry(
            key=f"issues:{one.id}:{one.turn}",
            customer_id=one.customer_id,
            kind="problem",
            what=sentences.to_do(one),
            why=f"{waiting.sentence(waits[one.id])} {sentences.why(one)}" if one.id in waits else sentences.why(one),
            due_on=one.next_step_on,
            url=sdk.url_for("issues.show", problem_id=one.id),
            unasked=False,
            weight=limit - place,
            by=one.staff_member_id,
        )
        for place, one in enumerate(due)
    ] + [*waiting.today_entries(limit), *upkeep.today_entries(day, limit)]


@hookimpl
def today_notices(day: date) -> list[sdk.Notice]:
    """What rises, for the owner (A7)."""
    address, known = sdk.url_for("issues.rises_page"), kinds.names()
    return [
        sdk.Notice(f"{alarms.name(one.group, one.kind_id, known)} · {alarms.why(one)}", address, "warn", for_owner=True)
        for one in alarms.now(day)[:FEW]
    ]


@hookimpl
def today_entry_was_finished(key: str) -> None:
    """Done on Today: something was done about it; it comes back tomorrow, until the customer says it is solved."""
    from . import handing, service  # noqa: PLC0415 -- a start finishes nothing

    if thanked := THANKS.match(key):
        handing.was_thanked(int(thanked[1]), on=sdk.today())
    problem_id = _problem_of(key)
    if problem_id:
        service.look_after(problem_id)


@hookimpl
def today_entry_was_reopened(key: str) -> None:
    """The undo of that."""
    from . import handing, service  # noqa: PLC0415 -- a start finishes nothing

    if thanked := THANKS.match(key):
        handing.was_thanked(int(thanked[1]), on=None)
    problem_id = _problem_of(key)
    if problem_id:
        service.not_looked_after(problem_id)


def _problem_of(key: str) -> int | None:
    """The problem an entry of Today is about; None for entries of others, and for a problem that is gone."""
    from . import service  # noqa: PLC0415 -- a start finishes nothing

    found = KEY.match(key)
    return int(found[1]) if found and service.is_there(int(found[1])) else None


@hookimpl
def example_data(example: sdk.Example) -> None:
    """Problems of the made-up customers: open, solved easily, solved the hard way."""
    from .example import add_examples  # noqa: PLC0415 -- a start needs none
    from .example_allies import add_example_allies  # noqa: PLC0415 -- the same

    add_examples(example)
    add_example_allies(example)


@hookimpl
def example_data_was_removed() -> None:
    """Made-up allies and causes go too, but for those that were changed or are used by now."""
    from .example_allies import remove_examples  # noqa: PLC0415 -- a start needs none

    remove_examples()


@hookimpl
def extras_given(customer_id: int, since: date, until: date) -> list[sdk.Given]:
    """Problems they confirmed as solved, and visits to them."""
    from . import given  # noqa: PLC0415 -- only where a value sheet is looked at

    return given.to(customer_id, since, until)


@hookimpl
def customer_export(customer_id: int, language: str) -> list[sdk.Held]:
    """Their problems, in their words."""
    from . import handing_over  # noqa: PLC0415 -- once in a while

    return handing_over.about(customer_id, language)


@hookimpl
def customer_erase(customer_id: int) -> list[Path]:
    """The sheets that allies were given, in the exports folder; photos lie in the database and go with their rows."""
    from . import brief  # noqa: PLC0415 -- once in a while

    return brief.files(customer_id)


@hookimpl
def help_topics() -> list[sdk.HelpTopic]:
    """What to do when a customer has a problem."""
    return [
        sdk.HelpTopic("problems", _("When a customer has a problem"), "issues/help.html", order=55),
        sdk.HelpTopic("allies", _("When others help with a problem"), "issues/help_allies.html", 56, ALLIES),
    ]
