"""The cards a customer got, for the customer's own eyes; and the files of them, for an erasure."""

from datetime import date
from pathlib import Path

from sqlalchemy import select

from loyalapp import sdk

from . import drawing, marked, occasions
from .models import WISH, Card

_ = sdk.texts("greetings").gettext
ROMAN = {
    "ur-Latn": ("Jo card hum ne aap ke liye banaye", "Kis din aap ko mubarakbaad di jaye", "haan", "nahin"),
    "hi-Latn": ("Jo card humne aapke liye banaye", "Kis din aapko badhai di jaye", "haan", "nahin"),
}


def about(customer_id: int, language: str) -> list[sdk.Held]:
    """Every card with its words and what they answered, and the days on which they are greeted or not."""
    titles = ROMAN.get(language) or (
        _("Cards we made for you"),
        _("On which days you are greeted"),
        _("yes"),
        _("no"),
    )
    cards = [
        (one.given_on or one.made_on, "\n".join(filter(None, [one.wish, one.own_line, one.reply_note])))
        for one in _cards(customer_id)
    ]
    held = [
        sdk.Held(titles[0], [one for one in cards if one[1]]),
        sdk.Held(titles[1], _days(customer_id, titles[2], titles[3])),
    ]
    return [one for one in held if one.lines]


def _days(customer_id: int, yes: str, no: str) -> list[tuple[date | None, str]]:
    """Marks of ours, and their own word: it is their data, and they may see all of it."""
    asked = select(WISH.c.occasion, WISH.c.wanted, WISH.c.said_on).where(WISH.c.customer_id == customer_id)
    said = [(row.said_on, row.occasion, row.wanted) for row in sdk.db.session.execute(asked)]
    said += [(row.marked_on, row.occasion, row.greet) for row in marked.marks_of(customer_id)]
    return [(day, f"{sdk.isolate_text(occasions.name(key))}: {yes if is_yes else no}") for day, key, is_yes in said]


def files(customer_id: int) -> list[Path]:
    """Pictures and prints of the cards that lie in the exports folder."""
    names = {drawing.file_name(one, ending) for one in _cards(customer_id) for ending in ("png", "pdf")}
    return [file for name in sorted(names) for file in sdk.exported(name)]


def _cards(customer_id: int) -> list[Card]:
    return list(sdk.db.session.scalars(select(Card).where(Card.customer_id == customer_id).order_by(Card.id)))
