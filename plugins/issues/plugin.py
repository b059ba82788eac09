"""Problems: solved with the least effort for the customer, who says when it is solved (practices A1 to A5)."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from loyalapp import sdk
from loyalapp.sdk import hookimpl

from . import book, handing_over, sentences, service
from .example import add_examples
from .views import pages as our_pages

_ = sdk.texts("issues").gettext
KEY = re.compile(r"issues:(\d{1,9}):\d+\Z")


@hookimpl
def pages() -> Any:
    """The list, the sheet for the phone, and one problem."""
    return our_pages


@hookimpl
def nav_links() -> list[sdk.NavLink]:
    """The tab, with how many are open."""
    return [sdk.NavLink(_("Problems"), "issues.list_page", "wrench", order=25, tally=book.open_count())]


@hookimpl
def quick_actions() -> list[sdk.QuickAction]:
    """A problem can be recorded from any page, while the customer is on the phone (A3)."""
    return [sdk.QuickAction(_("Record a problem"), "issues.choose", "wrench", alarm=True)]


@hookimpl
def customer_columns(customer_ids: Sequence[int]) -> list[sdk.Column]:
    """Who waits for us to solve something."""
    waiting = dict.fromkeys(book.waiting_customers(customer_ids), _("waits for us"))
    return [sdk.Column(_("Problem"), waiting, is_private=True)]


@hookimpl
def customer_actions(customer_id: int) -> list[sdk.CustomerAction]:
    """A problem of this customer."""
    address = sdk.url_for("issues.record", customer_id=customer_id)
    return [sdk.CustomerAction(_("Record a problem"), address, "wrench", alarm=True)]


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
            _("Open problem"), f"{sdk.isolate_text(sentences.short(one.what))} · {sentences.why(one)}", order=15
        )
        for one in book.open_of(customer_id)
    ]


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
    """Open problems whose next step is today: they come before everything else (design §7)."""
    return [
        sdk.TodayEntry(
            key=f"issues:{one.id}:{one.turn}",
            customer_id=one.customer_id,
            kind="problem",
            what=_("Get this solved: “%(what)s”", what=sdk.isolate_text(sentences.short(one.what))),
            why=sentences.why(one),
            due_on=one.next_step_on,
            url=sdk.url_for("issues.show", problem_id=one.id),
            unasked=False,
            weight=limit - place,
        )
        for place, one in enumerate(book.due(day, limit))
    ]


@hookimpl
def today_entry_was_finished(key: str) -> None:
    """Done on Today: something was done about it; it comes back tomorrow, until the customer says it is solved."""
    problem_id = _problem_of(key)
    if problem_id:
        service.look_after(problem_id)


@hookimpl
def today_entry_was_reopened(key: str) -> None:
    """The undo of that."""
    problem_id = _problem_of(key)
    if problem_id:
        service.not_looked_after(problem_id)


def _problem_of(key: str) -> int | None:
    """The problem an entry of Today is about; None for entries of others, and for a problem that is gone."""
    found = KEY.match(key)
    return int(found[1]) if found and service.is_there(int(found[1])) else None


@hookimpl
def example_data(example: sdk.Example) -> None:
    """Problems of the made-up customers: open, solved easily, solved the hard way."""
    add_examples(example)


@hookimpl
def customer_export(customer_id: int, language: str) -> list[sdk.Held]:
    """Their problems, in their words."""
    return handing_over.about(customer_id, language)


@hookimpl
def help_topics() -> list[sdk.HelpTopic]:
    """What to do when a customer has a problem."""
    return [sdk.HelpTopic("problems", _("When a customer has a problem"), "issues/help.html", order=55)]
