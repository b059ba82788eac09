"""Greetings: a card that only one person could get, in that person's language (practices E1 to E5)."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from loyalapp import sdk
from loyalapp.sdk import hookimpl

from . import due, looks, occasions, service, telling

_ = sdk.texts("greetings").gettext
DAYS = (
    "greetings.days",
    "greetings.choose",
    "greetings.when",
    "greetings.marks",
    "greetings.year",
)  # whose help F1 opens
MISSED_DAYS = 5  # so many days later one can still wish somebody well
WITH_PAGES = (
    "views",
    "desk_views",
    "mark_views",
    "day_views",
    "after_views",
    "giving_views",
    "firm_views",
    "wording_views",
)  # modules, each loaded when one of its pages is first asked for


@hookimpl
def pages() -> Any:
    """The desk and the cards."""
    return sdk.late_pages("greetings", *WITH_PAGES)


@hookimpl
def nav_links() -> list[sdk.NavLink]:
    """The tab of the desk."""
    return [sdk.NavLink(_("Greetings"), "greetings.desk", "flower", order=40)]


@hookimpl
def customer_actions(customer_id: int) -> list[sdk.CustomerAction]:
    """A card for this customer."""
    return [sdk.CustomerAction(_("Make a card"), sdk.url_for("greetings.new", customer_id=customer_id), "flower")]


@hookimpl
def today_entries(day: date, limit: int) -> list[sdk.TodayEntry]:
    """Days of one person by their lead times; festivals only for those who were marked, or asked for it.

    Where there is room, also of the days just past: the computer may have been off.
    """
    coming = due.people_due(day, occasions.most_lead() + 1, limit)
    missed = due.people_due(day - timedelta(days=MISSED_DAYS), MISSED_DAYS, limit)
    leads = {key: occasions.lead(key) for key in {one.occasion for one in coming}}
    near = [one for one in coming if (one.day - day).days <= leads[one.occasion]]
    past = [one for one in missed[::-1] if not telling.is_too_late(one.occasion, one.day)]
    return [_entry(one, abs((one.day - day).days)) for one in [*near, *past][:limit]]


def _entry(one: due.Due, days_off: int) -> sdk.TodayEntry:
    return sdk.TodayEntry(
        key=one.key,
        customer_id=one.customer_id,
        kind="greeting",
        what=_to_do(one),
        why=telling.why(one),
        due_on=one.day,
        url=sdk.url_for("greetings.new", customer_id=one.customer_id, occasion=one.occasion),
        weight=-days_off,
    )


def _to_do(one: due.Due) -> str:
    if one.occasion == "first_deal":
        return _("Send thanks for the years together.")
    if one.occasion == "birthday":
        return _("Send birthday wishes, with a card if you like.")
    return _("Send your wishes, with a card if you like.")


@hookimpl
def today_entry_was_finished(key: str, customer_id: int) -> None:
    """Done on Today: the person was greeted, with or without a card, and the desk need not ask again."""
    if key.startswith("greetings:"):
        service.put_aside(customer_id, key.split(":")[2])


@hookimpl
def today_entry_was_reopened(key: str, customer_id: int) -> None:
    """The undo of that."""
    if key.startswith("greetings:"):
        service.take_up_again(customer_id, key.split(":")[2])


@hookimpl
def timeline_entries(customer_id: int, limit: int, until: datetime | None) -> list[sdk.TimelineEntry]:
    """Cards that were made for this customer."""
    return [
        sdk.TimelineEntry(
            at=card.given_on or card.made_on,
            kind="greeting",
            icon="flower",
            title=_("Greeting card: %(occasion)s", occasion=occasions.name(card.occasion)),
            note=" · ".join(filter(None, [card.own_line or card.wish, card.reply_note])),
            url=sdk.url_for("greetings.card", card_id=card.id),
        )
        for card in service.cards_of(customer_id, limit, until and until.date())
    ]


@hookimpl
def briefing_lines(customer_id: int) -> list[sdk.BriefingLine]:
    """A day of theirs in the next two weeks, and what they answered to the last greeting."""
    from . import knowing  # noqa: PLC0415 -- only before a talk

    return knowing.before_a_talk(customer_id)


@hookimpl
def search_results(text: str, limit: int) -> list[sdk.SearchResult]:
    """Greetings by what only that person was told, and by what they answered; never by a festival (D4)."""
    from . import knowing  # noqa: PLC0415 -- only where somebody looks for something

    return knowing.results(text, limit)


@hookimpl
def example_data(example: sdk.Example) -> None:
    """A few cards that were given before, so that the pages are not empty."""
    from .example import add_examples  # noqa: PLC0415 -- a start needs none

    add_examples(example)


@hookimpl
def example_data_was_removed() -> None:
    """The made-up day of the firm goes too, and days that nobody is marked for any more."""
    from .example import remove_examples  # noqa: PLC0415 -- a start needs none

    remove_examples()


@hookimpl
def customer_export(customer_id: int, language: str) -> list[sdk.Held]:
    """The cards they got, what they answered, and on which days they are greeted or not."""
    from . import handing_over  # noqa: PLC0415 -- once in a while

    return handing_over.about(customer_id, language)


@hookimpl
def customer_erase(customer_id: int) -> list[Path]:
    """Pictures and prints of their cards."""
    from . import handing_over  # noqa: PLC0415 -- once in a while

    return handing_over.files(customer_id)


@hookimpl
def card_designs() -> list[sdk.CardDesign]:
    """The four that come with us."""
    return looks.own()


@hookimpl
def help_topics() -> list[sdk.HelpTopic]:
    """How to greet as a person."""
    return [
        sdk.HelpTopic("greetings", _("Greet as a person"), "greetings/help.html"),
        sdk.HelpTopic(
            "festivals", _("Festivals: whom we greet, and on which day"), "greetings/help_days.html", about=DAYS
        ),
    ]
