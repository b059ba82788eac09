"""What became of greetings: who was greeted for what by whom, what they answered, and who was never greeted."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, func, or_, select

from loyalapp import sdk
from loyalapp.sdk import Customer

from .due import OWN_DAY
from .models import REPLIES, Card

_ = sdk.texts("greetings").gettext
ngettext = sdk.texts("greetings").ngettext
AT_ONCE = 40
LONGEST_REPLY = 300
SAME_DAY = timedelta(days=60)  # two cards so close are for the same day of one person
ENOUGH = 20  # fewer cases say nothing as a share
_NEVER = ~exists().where(Card.customer_id == Customer.id, Card.given_on.is_not(None))
_CUSTOMERS = (sdk.customers.OURS, Customer.stage == "customer")
_NAMED = select(Customer.id, Customer.name, Customer.address_form, Customer.since, Customer.place)
_NEVER_GREETED = (
    _NAMED.where(sdk.customers.OURS_IN_ORDER, *_CUSTOMERS, _NEVER)
    .order_by(Customer.sort_key, Customer.id)
    .limit(bindparam("most"))
)
_HOW_MANY = select(func.count()).select_from(Customer).where(*_CUSTOMERS)
_HOW_MANY_NEVER = _HOW_MANY.where(_NEVER)
_REPLIES = (
    select(Card.reply, func.count().label("cards"))
    .where(Card.given_on.between(bindparam("first"), bindparam("last")))
    .group_by(Card.reply)
)
_GIVEN = (
    select(Card.id, Card.customer_id, Card.occasion, Card.given_on, Card.given_how, Card.given_by_id, Card.wish)
    .add_columns(Card.own_line, Card.reply, Card.reply_note, Card.thanked_on, Customer.name, Customer.address_form)
    .join(Customer, and_(Customer.id == Card.customer_id, sdk.customers.OURS))
    .where(Card.given_on.between(bindparam("first"), bindparam("last")))
    .where(or_(Card.given_on < bindparam("day"), and_(Card.given_on == bindparam("day"), Card.id < bindparam("card"))))
    .order_by(Card.given_on.desc(), Card.id.desc())
    .limit(AT_ONCE + 1)
)
_DOUBLE = (
    select(Card.id, Card.given_on)
    .where(Card.customer_id == bindparam("customer"), Card.occasion == bindparam("occasion"))
    .where(Card.given_on.is_not(None), Card.id != bindparam("card"))
    .where(or_(Card.turn == bindparam("turn"), Card.given_on > bindparam("since")))
    .limit(1)
)


def reply_name(reply: str | None) -> str:
    """What came back, in the reader's language; nothing written down yet is none."""
    names = {
        "glad": _("They were glad and said thank you"),
        "greeted_back": _("They sent wishes back"),
        "ordered": _("They asked for something or ordered"),
        "told": _("They told us something"),
        "displeased": _("They did not like it"),
        "none": _("No answer came"),
    }
    return names.get(reply or "", _("Nothing noted yet"))


def way_name(how: str | None) -> str:
    """How a card got to them."""
    names = {
        "whatsapp": _("by WhatsApp"),
        "email": _("by e-mail"),
        "sms": _("by SMS"),
        "by_hand": _("by hand"),
        "by_phone": _("on the phone"),
    }
    return names.get(how or "", "")


# ---- once, not twice


def already(customer_id: int, occasion: str, turn: int, card_id: int = 0) -> Any:
    """The card by which somebody was greeted for this before; None where there is none."""
    if occasion == "other":
        return None
    asked = {"customer": customer_id, "occasion": occasion, "turn": turn, "card": card_id}
    near = timedelta(0) if occasion == OWN_DAY else SAME_DAY  # days of their own can be close to each other
    return sdk.rows(_DOUBLE, {**asked, "since": sdk.today() - near}).first()


def refuse_double(card: Card) -> None:
    """Nobody is greeted twice for the same day, whoever of us prepared the second card.

    :raises LoyalAppError: if they were.
    """
    before = greeted_sentence(card.customer_id, card.occasion, card.turn, card.id)
    if before:
        raise sdk.LoyalAppError(before)


def greeted_sentence(customer_id: int, occasion: str, turn: int, card_id: int = 0) -> str:
    """When they were greeted for this before; empty where they were not."""
    before = already(customer_id, occasion, turn, card_id)
    if before is None:
        return ""
    day = sdk.isolate_text(sdk.format_day(before.given_on, "near"))
    return _("They were greeted for this already: %(day)s. One greeting is enough.", day=day)


# ---- what came back


def note_reply(card_id: int, reply: str, note: str = "") -> None:
    """Write down what they answered.

    :raises LoyalAppError: for a card that was not given, an answer not on the list, or a text too long.
    """
    card, said = _card(card_id), sdk.plain(note)
    if card.given_on is None:
        raise sdk.LoyalAppError(_("This card was not given yet."))
    if reply not in REPLIES:
        raise sdk.LoyalAppError(_("Please choose what came back."), field="reply")
    if len(said) > LONGEST_REPLY:
        raise sdk.LoyalAppError(_("This is very long. Please write it in a few words."), field="note")
    card.reply, card.reply_note, card.replied_on = reply, said, sdk.today()
    sdk.db.session.commit()


def forget_reply(card_id: int) -> None:
    """Take it back."""
    card = _card(card_id)
    card.reply, card.reply_note, card.replied_on, card.thanked_on = None, "", None, None
    sdk.db.session.commit()


def thanked(card_id: int, *, done: bool = True) -> None:
    """We thanked them for their answer; or the undo of that."""
    _card(card_id).thanked_on = sdk.today() if done else None
    sdk.db.session.commit()


def _card(card_id: int) -> Card:
    found = sdk.db.session.get(Card, card_id) if 0 < card_id < 2**31 else None
    if found is None or not found.design:
        raise sdk.NotFound(_("This card is not here any more."))
    sdk.customers.get(found.customer_id)
    return found


# ---- a year


class Year(NamedTuple):
    """Greetings of one year, the newest first; `after` goes on."""

    rows: Sequence[Any]
    after: str | None


def year(number: int, after: str = "") -> Year:
    """What was said by whom to whom in a year, some at a time."""
    first, last = date(number, 1, 1), date(number, 12, 31)
    day, _dot, card = after.partition(".")
    try:
        here, card_id = date.fromisoformat(day), int(card)
    except ValueError:
        here, card_id = last + timedelta(days=1), 0
    found = sdk.rows(_GIVEN, {"first": first, "last": last, "day": here, "card": min(card_id, 2**31)}).all()
    end = found[AT_ONCE - 1] if len(found) > AT_ONCE else None
    return Year(found[:AT_ONCE], f"{end.given_on.isoformat()}.{end.id}" if end else None)


class Figures(NamedTuple):
    """`given` cards in a year, `replies` by kind with their share (None under 20 cases), and who was never greeted."""

    given: int
    replies: Sequence[tuple[str | None, int, int | None]]
    customers: int
    never: int


def figures(number: int) -> Figures:
    """Counted for people, not for festivals."""
    first, last = date(number, 1, 1), date(number, 12, 31)
    counted = {row.reply: row.cards for row in sdk.rows(_REPLIES, {"first": first, "last": last})}
    given = sum(counted.values())
    replies = [(key, counted[key], share(counted[key], given)) for key in (*REPLIES, None) if counted.get(key)]
    customers, never = sdk.until_changed("greetings.never", _never)
    return Figures(given, replies, customers, never)


def share(part: int, whole: int) -> int | None:
    """A hundredth part, only where there are enough cases to speak of shares."""
    return round(100 * part / whole) if whole >= ENOUGH else None


def _never() -> tuple[int, int]:
    count = (sdk.db.session.scalar(_HOW_MANY), sdk.db.session.scalar(_HOW_MANY_NEVER))
    return count[0] or 0, count[1] or 0


def never_greeted(limit: int) -> Sequence[Any]:
    """Customers whom nobody greeted so far, in the order of the list."""
    return sdk.rows(_NEVER_GREETED, {"most": limit}).all()
