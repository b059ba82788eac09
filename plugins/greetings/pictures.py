"""The firm's own pictures on cards: its logo, and the signature as the owner writes it by hand."""

from functools import lru_cache
from typing import Any

from sqlalchemy import delete, select

from loyalapp import sdk

from .models import Picture

_ = sdk.texts("greetings").gettext

KINDS = ("logo", "signature")
ON_CARDS = {"logo": "logo", "signature": "hand"}  # what a design calls them
LARGEST = 20_000_000  # bytes; more is not even read


def keep(kind: str, content: bytes) -> None:
    """Take a picture in, looked at by its content, cleaned, and drawn anew in the size of cards.

    :raises LoyalAppError: for what is no picture, a drawing that can hold programs, or one that is too large.
    """
    if kind not in KINDS:
        raise sdk.LoyalAppError(_("Please choose the logo or the signature."))
    if not content:
        raise sdk.LoyalAppError(_("Please choose a picture first."))
    sdk.db.session.rollback()  # drawing takes its time, and nothing waits for it
    clean = sdk.clean_picture(content)
    sdk.db.session.merge(Picture(kind=kind, content=clean.content, mimetype=clean.mimetype, small=clean.small))
    sdk.db.session.commit()


def remove(kind: str) -> None:
    """Take a picture off all cards that are drawn from now on."""
    sdk.db.session.execute(delete(Picture).where(Picture.kind == kind))
    sdk.db.session.commit()


def kept() -> set[str]:
    """Which of the two there are."""
    return set(sdk.db.session.scalars(select(Picture.kind)))


def small(kind: str) -> bytes:
    """One as a PNG, as it stands on cards.

    :raises NotFound: if there is none.
    """
    found = sdk.db.session.scalar(select(Picture.small).where(Picture.kind == kind))
    if found is None:
        raise sdk.NotFound(_("There is no such picture."))
    return found


def for_cards() -> dict[str, Any]:
    """What a design is told of them: their bytes as numbers, by the names that designs know."""
    found = sdk.db.session.execute(select(Picture.kind, Picture.small)).all()
    return {ON_CARDS[kind]: _numbers(bytes(content)) for kind, content in found if kind in ON_CARDS}


@lru_cache(maxsize=4)
def _numbers(content: bytes) -> tuple[int, ...]:
    return tuple(content)
