"""Cards by e-mail: one letter to one person, never twice, also where the program ends in the middle.

`prepared` → `sending` → `sent`, or `failed` where it certainly did not go out, or `unknown` where nobody can know.
What is unknown is asked of the user and never sent again by itself.
"""

import secrets
from datetime import timedelta
from email.message import EmailMessage

from sqlalchemy import select, update

from loyalapp import sdk

from . import account, drawing, giving, mail, service
from .models import Card, Letter

_ = sdk.texts("greetings").gettext

ON_ITS_WAY = timedelta(minutes=2)  # longer than any try lasts: then the program ended meanwhile
MAY_GO = ("prepared", "failed")


def of(card_id: int) -> Letter | None:
    """The letter of a card; one whose sending was cut off is unknown from then on."""
    found = sdk.db.session.scalar(select(Letter).where(Letter.card_id == card_id).order_by(Letter.id.desc()).limit(1))
    if found is not None and found.state == "sending" and found.moved_at < sdk.now() - ON_ITS_WAY:
        _moved(found.id, "unknown", came_from=("sending",))
        sdk.db.session.refresh(found)
    return found


def prepare(card_id: int, address: str, in_spite: str = "") -> int:
    """Write the letter down before anything goes out; answers with its number.

    :raises LoyalAppError: for an address that is none, a card that was given or is under way, or without an account.
    """
    card, to = service.get(card_id), sdk.plain(address)
    if account.of_firm() is None:
        raise sdk.LoyalAppError(_("Your e-mail account is not set up yet. The owner does it once, in a minute."))
    if not account.is_address(to):
        raise sdk.LoyalAppError(_("Please write an e-mail address, like name@example.com."), field="address")
    if card.given_on is not None:
        raise sdk.LoyalAppError(_("This card was given already."))
    giving.check(card, in_spite)
    before = of(card_id)
    if before is not None and before.state not in MAY_GO:
        raise sdk.LoyalAppError(sentence(before))
    if before is None:
        before = Letter(card_id=card.id, customer_id=card.customer_id, message_key=secrets.token_hex(12))
        before.state, before.fault = "prepared", ""
        sdk.db.session.add(before)
    before.address, before.moved_at = to, sdk.now()
    sdk.db.session.commit()
    return before.id


def send(letter_id: int, in_spite: str = "") -> str:
    """Hand a prepared letter in, and write the card down as given once the server has taken it; answers its state."""
    letter = sdk.db.session.get(Letter, letter_id)
    if letter is None:
        raise sdk.NotFound(_("This card is not here any more."))
    card, firm = service.get(letter.card_id), account.of_firm()
    if firm is None:
        raise sdk.LoyalAppError(_("Your e-mail account is not set up yet. The owner does it once, in a minute."))
    password = account.password_of(firm)
    made = mail.letter(firm, _words(card, letter))
    if not _moved(letter_id, "sending", came_from=MAY_GO):
        return sdk.db.session.get_one(Letter, letter_id).state  # another desk was faster
    state, fault = _handed_in(firm, password, made)
    _moved(letter_id, state, fault, came_from=("sending",))
    if state == "sent":
        giving.give(card.id, "email", in_spite)
    return state


def _handed_in(firm: account.Account, password: str, made: EmailMessage) -> tuple[str, str]:
    """No transaction is open meanwhile: whatever happens, `sending` stands in the book."""
    try:
        mail.hand_in(firm, password, made)
    except mail.NotSent as error:
        sdk.log.info("an e-mail was not sent: %s %s", error.fault, error.said[:200])
        return "failed", error.fault
    except mail.Unknown:
        sdk.log.warning("nobody knows whether an e-mail was sent")
        return "unknown", ""
    return "sent", ""


def _words(card: Card, letter: Letter) -> mail.Words:
    name = sdk.customers.addressed(service.customer_of(card.customer_id))
    return mail.Words(
        to=letter.address,
        name=name,
        subject=card.greet or drawing.text_of(card).partition("\n")[0][:80],
        text=drawing.text_of(card),
        language=card.language,
        key=letter.message_key,
        picture=drawing.for_phone(card),
    )


def _moved(letter_id: int, state: str, fault: str = "", *, came_from: tuple[str, ...]) -> bool:
    """Move a letter on in one step; False where somebody else moved it first."""
    change = update(Letter).where(Letter.id == letter_id, Letter.state.in_(came_from))
    done = sdk.db.session.execute(change.values(state=state, fault=fault, moved_at=sdk.now()))
    sdk.db.session.commit()
    return bool(done.rowcount)  # type: ignore[attr-defined]  # -- both databases have it


def did_arrive(card_id: int) -> None:
    """The user saw that it went out (in the folder of sent letters, or by asking): the card was given."""
    letter = of(card_id)
    if letter is not None and _moved(letter.id, "sent", came_from=("unknown",)):
        giving.give(card_id, "email", _("It had gone out by e-mail."))


def did_not_arrive(card_id: int) -> None:
    """The user saw that it did not go out: it may be sent once more."""
    letter = of(card_id)
    if letter is not None:
        _moved(letter.id, "prepared", came_from=("unknown",))


def test(to: str) -> str:
    """Send a short letter to ourselves; answers a sentence.

    :raises LoyalAppError: where it did not go out, with the reason.
    """
    firm = account.of_firm()
    if firm is None or not account.is_address(to):
        raise sdk.LoyalAppError(_("Please write an e-mail address, like name@example.com."))
    text = _("This is a test from LoyalApp. Your e-mail account works.")
    words = mail.Words(to, firm.name, _("A test from LoyalApp"), text, sdk.current_language(), secrets.token_hex(12))
    password = account.password_of(firm)
    state, fault = _handed_in(firm, password, mail.letter(firm, words))
    if state == "sent":
        return _(
            "The test was sent to %(address)s. Please look whether it arrives.", address=sdk.isolate_text(to, ltr=True)
        )
    raise sdk.LoyalAppError(why(fault) if state == "failed" else _unknown())


def sentence(letter: Letter) -> str:
    """How it stands with a letter."""
    to = sdk.isolate_text(letter.address, ltr=True)
    if letter.state == "sending":
        return _("The e-mail to %(address)s is on its way just now.", address=to)
    if letter.state == "sent":
        return _("The e-mail to %(address)s was sent.", address=to)
    if letter.state == "unknown":
        return _unknown()
    if letter.state == "failed":
        return why(letter.fault)
    return ""


def _unknown() -> str:
    return _(
        "The connection broke while the e-mail was being sent. Please look in the folder of sent letters, or ask them."
    )


def why(fault: str) -> str:
    """Why a letter did not go out, and what to do."""
    sentences = {
        "password": _(
            "The mail server does not accept the name or the password. Gmail and others want an app password."
        ),
        "tls": _(
            "The secure connection could not be made. Please try the other kind of security, or ask your provider."
        ),
        "slow": _("The mail server does not answer in time. Nothing was sent; please try again later."),
        "closed": _("The mail server refuses the connection. Please look at its name and port."),
        "away": _("The mail server cannot be reached. Is there internet, and is its name right?"),
        "sender": _("The mail server does not let you send from this address."),
        "recipient": _("The mail server says that this address does not exist. Please look at it once more."),
        "unsupported": _("The mail server does not offer this. Please choose another kind of security."),
    }
    return sentences.get(fault, _("The mail server did not take the e-mail. Nothing was sent."))
