"""The cards a customer got, for the customer's own eyes; and the files of them, for an erasure."""

from pathlib import Path

from sqlalchemy import select

from loyalapp import sdk

from . import service
from .models import Card

_ = sdk.texts("greetings").gettext
ROMAN = {"ur-Latn": "Jo card hum ne aap ke liye banaye", "hi-Latn": "Jo card humne aapke liye banaye"}


def about(customer_id: int, language: str) -> list[sdk.Held]:
    """Every card with its words; "not this time" left none."""
    title = ROMAN.get(language) or _("Cards we made for you")
    lines = [
        (one.given_on or one.made_on, "\n".join(filter(None, [one.wish, one.own_line]))) for one in _cards(customer_id)
    ]
    lines = [one for one in lines if one[1]]
    return [sdk.Held(title, lines)] if lines else []


def files(customer_id: int) -> list[Path]:
    """Pictures and prints of the cards that lie in the exports folder."""
    names = {service.file_name(one, ending) for one in _cards(customer_id) for ending in ("png", "pdf")}
    return [file for name in sorted(names) for file in sdk.exported(name)]


def _cards(customer_id: int) -> list[Card]:
    return list(sdk.db.session.scalars(select(Card).where(Card.customer_id == customer_id).order_by(Card.id)))
