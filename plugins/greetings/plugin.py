"""Greetings: a card that only one person could get, in that person's language (practices E1 to E5)."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from loyalapp import sdk
from loyalapp.sdk import hookimpl

from . import due, looks, occasions, service

_ = sdk.texts("greetings").gettext
LEAD_DAYS = 4  # today and the three days after
MISSED_DAYS = 5  # so many days later one can still wish somebody well


@hookimpl
def pages() -> Any:
    """The desk and the cards."""
    return sdk.late_pages("greetings", "views")


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
    """Birthdays and first deals of the coming days. Festivals are never suggested for anyone.

    Where there is room, also of the days just past: the computer may have been off.
    """
    coming = due.people_due(day, LEAD_DAYS, limit)
    missed = due.people_due(day - timedelta(days=MISSED_DAYS), MISSED_DAYS, limit)
    return [_entry(one, abs((one.day - day).days)) for one in [*coming, *missed[::-1]][:limit]]


def _entry(one: due.Due, days_off: int) -> sdk.TodayEntry:
    birthday = one.occasion == "birthday"
    return sdk.TodayEntry(
        key=one.key,
        customer_id=one.customer_id,
        kind="greeting",
        what=_("Send birthday wishes, with a card if you like.")
        if birthday
        else _("Send thanks for the years together."),
        why=occasions.sentence(one.occasion, one.day, one.years),
        due_on=one.day,
        url=sdk.url_for("greetings.new", customer_id=one.customer_id, occasion=one.occasion),
        weight=-days_off,
    )


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
            note=card.own_line or card.wish,
            url=sdk.url_for("greetings.card", card_id=card.id),
        )
        for card in service.cards_of(customer_id, limit, until and until.date())
    ]


@hookimpl
def example_data(example: sdk.Example) -> None:
    """A few cards that were given before, so that the pages are not empty."""
    from .example import add_examples  # noqa: PLC0415 -- a start needs none

    add_examples(example)


@hookimpl
def customer_export(customer_id: int, language: str) -> list[sdk.Held]:
    """The cards they got."""
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
    return [sdk.HelpTopic("greetings", _("Greet as a person"), "greetings/help.html")]
