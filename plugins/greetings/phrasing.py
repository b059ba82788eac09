"""The firm's own wordings: written by its people for an occasion, a language and a tone, and taken out again."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm.exc import StaleDataError

from loyalapp import sdk

from . import occasions, templating, words
from .models import TONES, Card, Wording

_ = sdk.texts("greetings").gettext
MOST = 200
OFFERED = 12  # of one occasion and tone
_ALL = select(Wording).order_by(Wording.occasion, Wording.language, Wording.id).limit(MOST)
_FITTING = (
    select(Wording.text)
    .where(
        or_(Wording.occasion == bindparam("occasion"), Wording.occasion == ""),
        Wording.language == bindparam("language"),
        Wording.tone == bindparam("tone"),
        Wording.removed_on.is_(None),
    )
    .order_by(Wording.occasion.desc(), Wording.id.desc())
    .limit(OFFERED)
)

_LAST = (
    select(Card.customer_id.label("id"))
    .join(sdk.Customer, sdk.Customer.id == Card.customer_id)
    .where(sdk.customers.OURS)
    .order_by(Card.id.desc())
    .limit(1)
)


def kept() -> Sequence[Wording]:
    """All that are there, by occasion."""
    return sdk.db.session.scalars(_ALL.where(Wording.removed_on.is_(None))).all()


def get(wording_id: int) -> Wording:
    """One of them, also one that was taken out.

    :raises NotFound: if there is none.
    """
    found = sdk.db.session.get(Wording, wording_id) if 0 < wording_id < 2**31 else None
    if found is None:
        raise sdk.NotFound(_("This wording is not here any more."))
    return found


def write(
    wording_id: int | None, *, occasion: str, language: str, tone: str, text: str, version: int | None = None
) -> int:
    """Keep a wording, a new one or a changed one; answers its id.

    :param version: the one the user saw; if somebody changed it since, nothing is overwritten.
    :raises LoyalAppError: for what cannot be said on a card.
    :raises Conflict: if it was changed meanwhile.
    """
    clean = templating.checked(text)
    wording = get(wording_id) if wording_id else Wording(staff_member_id=sdk.staff.at_desk())
    if wording_id and version is not None and version != wording.version:
        raise _changed()
    wording.occasion = occasion if occasion in occasions.ALL else ""
    wording.language = language if language in sdk.MESSAGE_LANGUAGES else "en"
    wording.tone = tone if tone in TONES else TONES[0]
    wording.text, wording.removed_on = clean, None
    sdk.db.session.add(wording)
    try:
        sdk.db.session.commit()
    except StaleDataError as error:
        sdk.db.session.rollback()
        raise _changed() from error
    return wording.id


def take_out(wording_id: int, *, gone: bool = True) -> None:
    """Offer it no more; or, with `gone` false, offer it again."""
    get(wording_id).removed_on = sdk.today() if gone else None
    sdk.db.session.commit()


def filled(customer: sdk.Customer, occasion: str, language: str, years: int, tone: str) -> list[str]:
    """What the firm's own wordings say to this person; one that says nothing to them, or too much, is left out."""
    found = sdk.rows(_FITTING, {"occasion": occasion, "language": language, "tone": tone}).all()
    if not found:
        return []
    values = values_for(customer, occasion, language, years)
    said = [_said(row.text, values) for row in found]
    return [one for one in said if one]


def somebody() -> Sequence[Any]:
    """A customer to try a wording with: whoever was greeted last, else whoever is there."""
    last = sdk.rows(_LAST, {}).all()
    return last or list(sdk.customers.page(size=1).rows)


def _said(text: str, values: dict[str, str]) -> str:
    try:
        return templating.say(text, values)
    except sdk.LoyalAppError:
        return ""


def values_for(customer: Any, occasion: str, language: str, years: int) -> dict[str, str]:
    """What the fields stand for with one person."""
    name = sdk.customers.name_in(customer, language)
    firm = sdk.firm()
    return {
        "name": name,
        "called": sdk.customers.addressed(customer, language),
        "firm": customer.firm or "",
        "town": customer.place or "",
        "day": words.named(occasion, language),
        "years": words.span(language, years) if years else "",
        "me": firm.sender,
        "our_firm": firm.name,
    }


def _changed() -> sdk.Conflict:
    return sdk.Conflict(
        _("Somebody else changed this wording just now. Please look at it and write your change again.")
    )


def remove_examples() -> None:
    """Made-up wordings go with the made-up customers, but for those that somebody changed."""
    for wording in sdk.db.session.scalars(select(Wording).where(Wording.is_example, Wording.version == 1)):
        sdk.db.session.delete(wording)
    sdk.db.session.commit()
