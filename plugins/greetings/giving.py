"""How a card gets to the person: which ways are open, and what is written down once it was given (practice E4)."""

from typing import NamedTuple

from loyalapp import sdk

from . import after, certain, drawing, occasions, service
from .models import Card

_ = sdk.texts("greetings").gettext

# How a card was given → the channel it is written down under.
WAYS = {
    "whatsapp": "whatsapp",
    "email": "email",
    "sms": "sms",
    "by_hand": "visit",
    "by_phone": "call",
}
LONGEST_SMS = 1_000  # letters; more makes a dozen messages of one


class Open(NamedTuple):
    """The ways open for one card; what is not open is empty. `qr` is a drawing for the page, `is_cut` if words lack."""

    text: str
    whatsapp: str
    qr: object
    is_cut: bool
    sms: str
    email: str
    phone: str


def open_for(card: Card, customer: sdk.Customer) -> Open:
    """Which ways there are to this person."""
    text = drawing.text_of(card)
    mobile, first = phone_of(customer), next((one.number for one in customer.phones), "")
    address = sdk.whatsapp.address(text, mobile) if mobile else ""
    dots, is_cut = _for_phone(text, mobile) if mobile else (None, False)
    return Open(
        text=text,
        whatsapp=address,
        qr=dots,
        is_cut=is_cut,
        sms=_sms(text, mobile or first) if mobile or first else "",
        email=customer.email or "",
        phone=mobile or first,
    )


def _for_phone(text: str, number: str) -> tuple[object, bool]:
    """The chat as dots for a camera, with all the words where they fit, else with as many parts as do and True."""
    whole = text.split("\n\n")
    for end in range(len(whole), 0, -1):
        dots = sdk.whatsapp.picture(sdk.whatsapp.address("\n\n".join(whole[:end]), number))
        if dots is not None:
            return dots, end < len(whole)
    return sdk.whatsapp.picture(sdk.whatsapp.address("", number)), True


def _sms(text: str, number: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415 -- seldom

    return f"sms:{number}?body={quote(text[:LONGEST_SMS], safe='')}"


def phone_of(customer: sdk.Customer) -> str | None:
    """The number WhatsApp reaches, in E.164."""
    return next((one.number for one in customer.phones if one.on_whatsapp), None)


def ways() -> dict[str, str]:
    """How a card can be given, in the reader's language."""
    return {
        "whatsapp": _("I sent it by WhatsApp"),
        "by_hand": _("I gave it by hand"),
        "by_phone": _("I said it on the phone"),
        "email": _("I sent it by e-mail"),
        "sms": _("I sent it by SMS"),
    }


def give(card_id: int, how: str, in_spite: str = "") -> bool:
    """The card was given: written down as an unasked contact, once. False where it was given before.

    :param in_spite: why it was given though the contact rules advised against it.
    :raises LoyalAppError: for a way we do not know, or without a reason where one is needed.
    """
    card = service.get(card_id)
    if how not in WAYS:
        raise sdk.LoyalAppError(_("Please choose how the card was given."))
    if card.given_on is not None:
        return False
    check(card, in_spite)
    card.given_on, card.given_how, card.given_by_id = sdk.today(), how, sdk.staff.at_desk()
    note = _("Greeting card: %(occasion)s", occasion=occasions.name(card.occasion))
    reason = sdk.plain(in_spite) or None
    contact = sdk.interactions.record(card.customer_id, channel=WAYS[how], unasked=True, note=note, in_spite=reason)
    card.contact_id = contact
    sdk.db.session.commit()
    return True


def check(card: Card, in_spite: str) -> None:
    """Whether this person may be greeted now: not twice for one day, on a certain day, and as the contact rules say.

    :raises LoyalAppError: where they were greeted, where the moon still decides on which day it is, or where the rules
        want a reason and none was given.
    """
    after.refuse_double(card)
    if certain.moon_decides(card.occasion, card.turn):
        raise sdk.LoyalAppError(_("This card waits: it is not certain yet on which day it is. The moon decides."))
    against = service.verdict(card.customer_id)
    if against and against.wants_reason and not sdk.plain(in_spite):
        raise sdk.LoyalAppError(_("Please write why you greeted them all the same."), field="in_spite")


def take_back(card_id: int) -> None:
    """Undo of `give`: the card waits again, and the contact is not in the book any more."""
    card = service.get(card_id)
    if card.given_on is None:
        return
    contact, card.contact_id = card.contact_id, None
    card.given_on = card.given_how = card.given_by_id = None
    sdk.db.session.commit()
    if contact is not None:
        try:
            sdk.interactions.remove(contact)
        except sdk.NotFound:
            sdk.log.info("the contact of a card was removed before")
