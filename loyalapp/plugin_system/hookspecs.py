"""The catalogue of hooks: everything a plugin can be asked or told, and nothing else.

Nouns are asked (`ask`): each plugin answers with a list or with None. Verbs in the past are told (`tell`) after the
commit. Ids and plain values go in. A plugin's function names only the arguments it needs.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy

from loyalapp.plugin_system.answers import (
    BriefingLine,
    CardDesign,
    Column,
    CustomerAction,
    Example,
    Held,
    HelpTopic,
    NavLink,
    Notice,
    Panel,
    QuickAction,
    SearchResult,
    TimelineEntry,
    TodayEntry,
)
from loyalapp.plugin_system.given import Given
from loyalapp.plugin_system.reviewing import ReviewQuestion, TimeLost

if TYPE_CHECKING:
    from flask import Blueprint

PROJECT = "loyalapp"
MARK = f"{PROJECT}_impl"  # what `hookimpl` writes on a function
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


# ---- asked ----


@hookspec
def pages() -> "Blueprint":
    """The plugin's pages, made with `sdk.blueprint(id)`; they stand under `/plugins/<id>/`. Asked once, at load."""


@hookspec
def nav_links() -> Sequence[NavLink]:
    """Tabs at the edge of every page. One fast query at most; asked again after any change, not for every page."""


@hookspec
def quick_actions() -> Sequence[QuickAction]:
    """Buttons in the head of every page; asked again after any change, not for every page."""


@hookspec
def today_entries(day: date, limit: int) -> Sequence[TodayEntry]:
    """What is to be done on `day`: at most `limit` entries, the weightiest first, in a constant number of queries."""


@hookspec
def today_notices(day: date) -> Sequence[Notice]:
    """What stands at the head of Today and is about no single customer; asked after any change, not at every look."""


@hookspec
def customer_panels(customer_id: int) -> Sequence[Panel]:
    """Sections beside the page of one customer."""


@hookspec
def customer_columns(customer_ids: Sequence[int]) -> Sequence[Column]:
    """Words beside the customers of one page of the list, in a constant number of queries; asked after any change."""


@hookspec
def customer_actions(customer_id: int) -> Sequence[CustomerAction]:
    """Buttons on the page of one customer."""


@hookspec
def timeline_entries(customer_id: int, limit: int, until: datetime | None) -> Sequence[TimelineEntry]:
    """The newest `limit` things that happened with one customer, at `until` or before where it is given.

    What has only a day stands before the moments of that day in UTC: compare it with `until.date()`. A plugin that does
    not name `until` is asked all the same, but what lies behind its newest `limit` things does not show.
    """


@hookspec
def briefing_lines(customer_id: int) -> Sequence[BriefingLine]:
    """What to know before a call to or a visit at this customer, in few short lines."""


@hookspec
def customer_values(customer_id: int) -> Sequence[BriefingLine]:
    """What this customer said they value, the newest first, in few lines: what was asked as title, and their words."""


@hookspec
def extras_given(customer_id: int, since: date, until: date) -> Sequence[Given]:
    """What a customer was really given beyond the goods from one day to another, each by a record that can be opened.

    Problems that the customer confirmed as solved are among it. Nothing is guessed: what has no record is left out.
    """


@hookspec
def review_questions(customer_id: int) -> Sequence[ReviewQuestion]:
    """What you would like to hear from this customer when their account is reviewed: a question or two.

    The answers come with `review_was_held`, by their keys.
    """


@hookspec
def time_lost(customer_id: int) -> Sequence[TimeLost]:
    """Things that take much of this customer's time, the worst first (B6)."""


@hookspec
def search_results(text: str, limit: int) -> Sequence[SearchResult]:
    """What answers to the words in the search box besides customers: at most `limit`, the best first.

    Asked when the page with all results is opened, not while one types.
    """


@hookspec
def customers_with_open_problem(customer_ids: Sequence[int]) -> Sequence[int]:
    """Those of the given customers who wait for us to solve something: their greetings and offers are held (§7)."""


@hookspec
def customer_export(customer_id: int, language: str) -> Sequence[Held]:
    """What the plugin holds about a customer, for a sheet in the customer's hand: in words that the customer may read.

    `language` is the customer's (`ur`, `hi`, `en`, `ur-Latn`, `hi-Latn`). The plugin's catalogue speaks it too, but for
    the last two, where it speaks English. The rows themselves go into the customer's file by their foreign keys.
    """


@hookspec
def customer_erase(customer_id: int) -> Sequence[Path]:
    """Files the plugin has made that hold something of this customer, who is to be erased; they are deleted afterwards.

    Nothing is changed here: rows go by their foreign keys, also while the plugin is off.
    """


@hookspec
def card_designs() -> Sequence[CardDesign]:
    """Looks for greeting cards: typst files in the plugin's folder, drawn apart from the program.

    One that cannot be drawn is left out, and the user is told whose it is.
    """


@hookspec
def help_topics() -> Sequence[HelpTopic]:
    """Pages of the manual."""


@hookspec
def example_data(example: Example) -> None:
    """Add lively example rows for the made-up customers; they go again with the customers themselves."""


@hookspec
def example_data_was_removed() -> None:
    """The made-up customers are gone: take out what was made up beside them and hung on none of them."""


# ---- told ----


@hookspec
def customers_were_exported(count: int, form: str) -> None:
    """Many customers were written to a file of the kind `form`."""


@hookspec
def today_entry_was_finished(key: str, customer_id: int) -> None:
    """Somebody pressed Done on an entry of Today."""


@hookspec
def today_entry_was_reopened(key: str, customer_id: int) -> None:
    """Somebody took a Done back."""


@hookspec
def purchase_was_recorded(customer_id: int, purchase_id: int) -> None:
    """A sale was recorded by hand (an import tells nothing: it must make nothing overdue)."""


@hookspec
def review_was_held(customer_id: int, review_id: int, answers: Mapping[str, str]) -> None:
    """The review of an account was finished; `answers` are those to your own `review_questions`, by their keys."""
