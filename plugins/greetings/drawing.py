"""Draws cards: what a design is told, in which size, and what comes out as a picture, a print or words alone."""

from typing import Any, Literal

from loyalapp import sdk

from . import looks, ours, pictures
from .looks import Form
from .models import Card
from .service import Draft

MOST_FLOWERS = 25
Size = Literal["square", "portrait", "a6", "a5"]
SHARP = 144  # dots per inch at which a card is 1080 dots wide
FEWER = (120, 96, 72)  # where a design of somebody else is heavy
LARGEST = 400_000  # bytes that WhatsApp sends without making the picture worse


def draw(shown: Draft | Card, form: Form = "png", size: Size | None = None, ppi: int = SHARP) -> bytes:
    """A card in its own shape, 1080 dots wide for a phone, or in the size of a print.

    A look of another plugin that is gone, or cannot be drawn, gives way to one of ours.
    """
    data = told(shown, size)
    try:
        return looks.draw(shown.design, data, form, ppi)
    except sdk.BadDesign:
        return looks.draw(ours.designs_for(shown.occasion)[0], data, form, ppi)


def can_be_drawn(shown: Draft | Card, ppi: int = SHARP) -> bool:
    """Whether the card comes in the look it is meant to have."""
    if shown.design in ours.DESIGNS:
        return True
    try:
        looks.draw(shown.design, told(shown), "png", ppi)
    except sdk.BadDesign:
        return False
    return True


def told(shown: Draft | Card, size: Size | None = None) -> dict[str, Any]:
    """What a design is told, as the manual for makers of plugins promises."""
    return {
        "size": size or shown.shape,
        "language": shown.language,
        "greet": shown.greet,
        "to": shown.address,
        "wish": shown.wish,
        "own": shown.own_line,
        "sender": shown.sender,
        "place": shown.place,
        "since": shown.since,
        "years": min(shown.years, MOST_FLOWERS) or 5,
        **pictures.for_cards(),
    }


def for_phone(card: Card) -> bytes:
    """The picture for WhatsApp: as sharp as it may be without being sent smaller."""
    made = draw(card)
    for dots in FEWER:
        if len(made) <= LARGEST:
            break
        made = draw(card, ppi=dots)
    return made


def file_name(card: Card, ending: str) -> str:
    """What a picture (`png`) or a print (`pdf`) of a card is called."""
    return f"{card.made_on.isoformat()} {card.address}.{ending}"


def text_of(card: Card) -> str:
    """The words of a card without its picture, for WhatsApp and for reading out."""
    signed = ("، " if card.language == "ur" else ", ").join(one for one in (card.sender, card.place) if one)
    parts = (card.greet, card.address, card.wish, card.own_line, signed)
    return "\n\n".join(one for one in parts if one)
