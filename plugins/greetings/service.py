"""What can be done with greeting cards: draft, make, draw, give; one person at a time (practices E1 to E5)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import Row, bindparam, delete, func, or_, select

from loyalapp import sdk

from . import looks, proposals, words
from .due import NOT_NOW
from .looks import Form
from .models import Card
from .occasions import ALL, DESIGNS, designs_for, name

_ = sdk.texts("greetings").gettext

LONGEST = {"greet": 60, "address": 200, "wish": 300, "own_line": 300, "sender": 80, "place": 120, "since": 60}
MOST_FLOWERS = 25
# How a card was given → the channel it is written down under.
WAYS = {"whatsapp": "whatsapp", "by_hand": "visit", "by_phone": "call", "email": "email"}
Size = Literal["square", "a6"]

_SEEN_ON = func.coalesce(Card.given_on, Card.made_on)
CARDS_OF = (  # asked for every customer's page: put together once
    select(Card.id, Card.made_on, Card.given_on, Card.occasion, Card.own_line, Card.wish)
    .where(
        Card.customer_id == bindparam("customer_id"),
        or_(Card.given_how.is_(None), Card.given_how != NOT_NOW),
        bindparam("until") >= _SEEN_ON,
    )
    .order_by(_SEEN_ON.desc(), Card.id.desc())
    .limit(bindparam("most"))
)


class Draft(NamedTuple):
    """The words of a card before it is made; the same names as the columns of `Card`."""

    occasion: str
    design: str
    language: str
    greet: str
    address: str
    wish: str
    own_line: str = ""
    sender: str = ""
    place: str = ""
    since: str = ""
    years: int = 0


def customer_of(customer_id: int) -> sdk.Customer:
    """The person a card is for.

    :raises NotFound: if there is none any more.
    """
    return sdk.customers.get(customer_id)


def draft(customer_id: int, occasion: str, *, language: str | None = None, design: str | None = None) -> Draft:
    """Propose a card in the customer's language, with the form of address and the wording least used this year.

    :raises LoyalAppError: for an occasion we do not know.
    """
    customer = customer_of(customer_id)
    if occasion not in ALL:
        raise sdk.LoyalAppError(_("Please choose an occasion from the list."), field="occasion")
    spoken = language if language in sdk.MESSAGE_LANGUAGES else proposals.language_for(customer)
    years = proposals.years_together(customer) if occasion == "first_deal" else 0
    if occasion == "first_deal" and years < 1:
        raise sdk.LoyalAppError(
            _("There is no such anniversary yet: the first deal is not known, or less than a year ago."),
            field="occasion",
        )
    firm = sdk.firm()
    return Draft(
        occasion=occasion,
        design=design if design and looks.is_known(design) else designs_for(occasion)[0],
        language=spoken,
        greet=words.greet(occasion, spoken, max(years, 1)),
        address=proposals.address_of(customer, spoken),
        wish=proposals.least_used(words.wishes(occasion, spoken, max(years, 1))),
        sender=firm.sender,
        place=proposals.place_of(firm.name, firm.city, spoken),
        since=proposals.since_of(customer, spoken) if occasion == "first_deal" else "",
        years=years,
    )


def same_wish(customer_id: int, wish: str) -> list[str]:
    """Who else gets this very wish this year, by name: a card is for one person, not for a few dozen."""
    query = (
        select(Card.customer_id)
        .where(
            Card.wish_key == sdk.norm(wish),
            Card.made_on >= proposals.new_year(),
            Card.customer_id != customer_id,
            Card.wish_key != "",
        )
        .distinct()
        .limit(50)
    )
    ids = sdk.db.session.scalars(query).all()
    return list(sdk.customers.names(ids).values()) if ids else []


def make(customer_id: int, made: Draft) -> int:
    """Make a card for one person.

    :raises LoyalAppError: without a form of address or a wish, or with a text too long for a card.
    """
    customer_of(customer_id)
    clean = cleaned(made)
    if not clean.address:
        raise sdk.LoyalAppError(_("Please write how the card speaks to the person."), field="address")
    if not clean.wish:
        raise sdk.LoyalAppError(_("Please write a wish."), field="wish")
    card = Card(customer_id=customer_id, made_on=sdk.today(), wish_key=sdk.norm(clean.wish), **clean._asdict())
    sdk.db.session.add(card)
    sdk.db.session.commit()
    return card.id


def cleaned(made: Draft) -> Draft:
    """The same words without invisible characters, in known choices, no longer than a card holds.

    :raises LoyalAppError: if a text is too long.
    """
    texts = {key: sdk.plain(getattr(made, key)) for key in LONGEST}
    for key, longest in LONGEST.items():
        if len(texts[key]) > longest:
            raise sdk.LoyalAppError(
                _("This is too long for a card. Please shorten it to %(number)s letters.", number=longest), field=key
            )
    return made._replace(
        occasion=made.occasion if made.occasion in ALL else "other",
        design=made.design if looks.is_known(made.design) else DESIGNS[0],
        language=made.language if made.language in sdk.MESSAGE_LANGUAGES else "en",
        years=max(0, min(made.years, 200)),
        **texts,
    )


def get(card_id: int) -> Card:
    """One card.

    :raises NotFound: if it is not there, or its customer was removed.
    """
    card = sdk.db.session.get(Card, card_id)
    if card is None or not card.design:
        raise sdk.NotFound(_("This card is not here any more."))
    customer_of(card.customer_id)
    return card


def draw(shown: Draft | Card, form: Form = "png", size: Size = "square", ppi: int = 144) -> bytes:
    """The picture of a card: 1080 dots square for a phone, A6 for print.

    A look of another plugin that is gone, or cannot be drawn, gives way to one of ours.
    """
    data = _told(shown, size)
    try:
        return looks.draw(shown.design, data, form, ppi)
    except sdk.BadDesign:
        return looks.draw(designs_for(shown.occasion)[0], data, form, ppi)


def can_be_drawn(shown: Draft | Card, ppi: int = 144) -> bool:
    """Whether the card comes in the look it is meant to have."""
    if shown.design in DESIGNS:
        return True
    try:
        looks.draw(shown.design, _told(shown, "square"), "png", ppi)
    except sdk.BadDesign:
        return False
    return True


def _told(shown: Draft | Card, size: Size) -> dict[str, Any]:
    """What a design is told, as the manual for makers of plugins promises."""
    return {
        "size": size,
        "language": shown.language,
        "greet": shown.greet,
        "to": shown.address,
        "wish": shown.wish,
        "own": shown.own_line,
        "sender": shown.sender,
        "place": shown.place,
        "since": shown.since,
        "years": min(shown.years, MOST_FLOWERS) or 5,
    }


def picture(card_id: int, form: Form = "png", size: Size = "square") -> bytes:
    """A card that was made, as PNG or PDF."""
    return draw(get(card_id), form, size)


def file_name(card: Card, ending: str) -> str:
    """What a picture (`png`) or a print (`pdf`) of a card is called."""
    return f"{card.made_on.isoformat()} {card.address}.{ending}"


def text_of(card: Card) -> str:
    """The words of a card without its picture, for WhatsApp and for reading out."""
    signed = ("، " if card.language == "ur" else ", ").join(one for one in (card.sender, card.place) if one)
    parts = (card.greet, card.address, card.wish, card.own_line, signed)
    return "\n\n".join(one for one in parts if one)


def phone_of(customer: sdk.Customer) -> str | None:
    """The number WhatsApp reaches, in E.164."""
    return next((one.number for one in customer.phones if one.on_whatsapp), None)


def give(card_id: int, how: str, in_spite: str = "") -> None:
    """The card was given: written down as an unasked contact, once (E4).

    :param in_spite: why it was given though the contact rules advised against it.
    :raises LoyalAppError: for a way we do not know, or without a reason where one is needed.
    """
    card = get(card_id)
    if how not in WAYS:
        raise sdk.LoyalAppError(_("Please choose how the card was given."))
    if card.given_on is not None:
        return
    against = verdict(card.customer_id)
    if against and against.wants_reason and not sdk.plain(in_spite):
        raise sdk.LoyalAppError(_("Please write why you greeted them all the same."), field="in_spite")
    card.given_on, card.given_how = sdk.today(), how
    note = _("Greeting card: %(occasion)s", occasion=name(card.occasion))
    sdk.interactions.record(
        card.customer_id, channel=WAYS[how], unasked=True, note=note, in_spite=sdk.plain(in_spite) or None
    )


def verdict(customer_id: int) -> sdk.Verdict | None:
    """What the contact rules say about greeting this person now."""
    return sdk.contact_check([customer_id], "greeting").get(customer_id)


def put_aside(customer_id: int, occasion: str) -> None:
    """Not this time: the day is not brought up again this year."""
    customer_of(customer_id)
    sdk.db.session.add(
        Card(
            customer_id=customer_id,
            occasion=occasion if occasion in ALL else "other",
            made_on=sdk.today(),
            given_how=NOT_NOW,
        )
    )
    sdk.db.session.commit()


def take_up_again(customer_id: int, occasion: str) -> None:
    """Undo `put_aside`."""
    mark = (
        Card.customer_id == customer_id,
        Card.occasion == occasion,
        Card.given_how == NOT_NOW,
        Card.made_on == sdk.today(),
    )
    sdk.db.session.execute(delete(Card).where(*mark))
    sdk.db.session.commit()


def waiting(limit: int) -> list[Any]:
    """Cards that were made and not given yet, the newest first, with the customer's name."""
    query = (
        select(Card.id, Card.customer_id, Card.occasion, Card.made_on, sdk.Customer.name, sdk.Customer.address_form)
        .join(sdk.Customer, sdk.Customer.id == Card.customer_id)
        .where(Card.given_on.is_(None), Card.given_how.is_(None), sdk.customers.OURS)
        .order_by(Card.made_on.desc(), Card.id.desc())
        .limit(limit)
    )
    return list(sdk.db.session.execute(query))


def cards_of(customer_id: int, limit: int, until: date | None = None) -> Sequence[Row[Any]]:
    """The newest cards of one customer, up to a day."""
    return sdk.rows(CARDS_OF, {"customer_id": customer_id, "most": limit, "until": until or date.max}).all()
