"""What can be done with greeting cards: draft, make, draw, give; one person at a time (practices E1 to E5)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, delete, func, or_, select

from loyalapp import sdk

from . import due, looks, ours
from .due import NOT_NOW
from .models import TONES, Card
from .occasions import ALL

_ = sdk.texts("greetings").gettext

LONGEST = {"greet": 60, "address": 260, "wish": 300, "own_line": 300, "sender": 80, "place": 120, "since": 60}
SHAPES = ("square", "portrait")
MOST_SHOWN = 20  # letters that a sentence names

_SEEN_ON = func.coalesce(Card.given_on, Card.made_on)
CARDS_OF = (  # asked for every customer's page: put together once
    select(Card.id, Card.made_on, Card.given_on, Card.occasion, Card.own_line, Card.wish, Card.reply_note)
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
    shape: str = "square"
    tone: str = ""


def customer_of(customer_id: int) -> sdk.Customer:
    """The person a card is for.

    :raises NotFound: if there is none any more.
    """
    return sdk.customers.get(customer_id)


def draft(
    customer_id: int, occasion: str, *, language: str | None = None, design: str | None = None, tone: str = ""
) -> Draft:
    """Propose a card in the customer's language, with the form of address, and varied by itself (E1).

    :raises LoyalAppError: for an occasion we do not know.
    """
    from . import proposals, varying, words  # noqa: PLC0415 -- a start writes no card

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
    firm, seen = sdk.firm(), varying.around(customer, occasion)
    tone = tone if tone in TONES else varying.tone_for(customer)
    choices = varying.wordings(customer, occasion, spoken, max(years, 1), tone)
    return Draft(
        occasion=occasion,
        design=design if design and looks.is_known(design) else varying.design(ours.designs_for(occasion), seen),
        language=spoken,
        greet=words.greet(occasion, spoken, max(years, 1)),
        address=proposals.address_of(customer, spoken),
        wish=varying.ranked(choices, seen)[0],
        sender=firm.sender,
        place=proposals.place_of(firm.name, firm.city, spoken),
        since=proposals.since_of(customer, spoken) if occasion == "first_deal" else "",
        years=years,
        tone=tone,
    )


def make(customer_id: int, made: Draft) -> int:
    """Make a card for one person.

    :raises LoyalAppError: without the name, a form of address or a wish, with a text too long for a card, or with
        letters that cannot be drawn.
    """
    from . import likeness, proposals  # noqa: PLC0415 -- a start makes no card

    customer = customer_of(customer_id)
    clean = cleaned(made)
    if not clean.address:
        raise sdk.LoyalAppError(_("Please write how the card speaks to the person."), field="address")
    if not proposals.is_named(customer, clean.address):
        called = sdk.isolate_text(sdk.customers.name_in(customer, clean.language))
        raise sdk.LoyalAppError(_("Please speak to them by their name: %(name)s.", name=called), field="address")
    if not clean.wish:
        raise sdk.LoyalAppError(_("Please write a wish."), field="wish")
    refuse_boxes(clean)
    turn = due.turn_of(customer, clean.occasion)
    card = Card(customer_id=customer_id, made_on=sdk.today(), wish_key=sdk.norm(clean.wish), **clean._asdict())
    card.turn = turn
    sdk.db.session.add(card)
    sdk.db.session.flush()
    likeness.keep(card.id, customer, clean.occasion, likeness.said(clean.wish, clean.own_line))
    sdk.db.session.commit()
    return card.id


def refuse_boxes(made: Draft) -> None:
    """No letter stands on a card as an empty box.

    :raises LoyalAppError: for letters that no font of ours has, beside their field.
    """
    for key in LONGEST:
        if odd := sdk.undrawable(getattr(made, key)):
            shown = sdk.isolate_text(odd[:MOST_SHOWN])
            raise sdk.LoyalAppError(
                _(
                    "On a card these would be empty boxes: %(letters)s. Please write it in other letters.",
                    letters=shown,
                ),
                field=key,
            )


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
        design=made.design if looks.is_known(made.design) else ours.DESIGNS[0],
        language=made.language if made.language in sdk.MESSAGE_LANGUAGES else "en",
        years=max(0, min(made.years, 200)),
        shape=made.shape if made.shape in SHAPES else SHAPES[0],
        tone=made.tone if made.tone in TONES else "",
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


def verdict(customer_id: int) -> sdk.Verdict | None:
    """What the contact rules say about greeting this person now."""
    return sdk.contact_check([customer_id], "greeting").get(customer_id)


def put_aside(customer_id: int, occasion: str) -> None:
    """Not this time: the day is not brought up again this year."""
    customer, known = customer_of(customer_id), occasion if occasion in ALL else "other"
    sdk.db.session.add(
        Card(
            customer_id=customer_id,
            occasion=known,
            turn=due.turn_of(customer, known),
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
        select(Card.id, Card.customer_id, Card.occasion, Card.turn, Card.made_on)
        .join(sdk.Customer, sdk.Customer.id == Card.customer_id)
        .where(Card.given_on.is_(None), Card.given_how.is_(None), sdk.customers.OURS)
        .order_by(Card.made_on.desc(), Card.id.desc())
        .limit(limit)
    )
    return list(sdk.db.session.execute(query))


def cards_of(customer_id: int, limit: int, until: date | None = None) -> Sequence[Row[Any]]:
    """The newest cards of one customer, up to a day."""
    return sdk.rows(CARDS_OF, {"customer_id": customer_id, "most": limit, "until": until or date.max}).all()
