"""The firm's standards of communication by channel, and the one line that is shown at the moment of contact (D4)."""

from collections.abc import Mapping
from itertools import count

from flask import current_app

from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.core.textkeys import plain
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff

KEY = "standards"
CHANNELS = ("call", "visit", "whatsapp", "counter", "email")
SAME_AS = {"sms": "email"}  # what is written is written
MOST_LINES, LONGEST_LINE = 12, 200


def ready(channel: str) -> list[str]:
    """The lines that are there from the beginning, in the reader's language."""
    return {
        "call": [
            _("First ask whether it suits them now."),
            _("Say your name and the name of the shop."),
            _("Listen to the end, then write down what they said."),
            _("Say when they will hear from you, and keep to it."),
        ],
        "visit": [
            _("Call before you go."),
            _("First ask how well what they have is working."),
            _("When their own customers come in, they come first."),
            _("Write the talk down before the next visit."),
        ],
        "whatsapp": [
            _("Their name first, then one thing only."),
            _("No forwarded messages, and no picture that everybody gets."),
            _("Nothing at night: the phone rings at their bedside."),
        ],
        "counter": [
            _("Greet them before they greet you."),
            _("Offer nothing before you know what they need."),
            _("What one customer owes or buys is not for the ears of another."),
        ],
        "email": [
            _("Answer soon, even if only to say when you will know more."),
            _("One message, one thing."),
            _("Write the number under which you can be reached."),
        ],
    }[channel]


def lines(channel: str) -> list[str]:
    """The firm's own lines for a channel, else those that are there from the beginning."""
    return _own().get(channel, "").splitlines() or ready(channel)


def _own() -> Mapping[str, str]:
    found = settings.get(KEY)
    return found if isinstance(found, dict) else {}


def lines_now() -> dict[str, str]:
    """For the moment of contact: one line for each channel, at every call another one."""
    own, turn = _own(), next(current_app.extensions.setdefault("loyalapp.standards", count()))
    shown = {}
    for channel in CHANNELS:
        known = own.get(channel, "").splitlines() or ready(channel)
        shown[channel] = known[turn % len(known)]
    return {**shown, **{channel: shown[other] for channel, other in SAME_AS.items()}}


def write(typed: Mapping[str, str], answer_within: int) -> None:
    """Keep the firm's standards; what is left as it was from the beginning goes on speaking the reader's language.

    :param answer_within: days in which somebody who called or wrote has our answer; 0 for no such rule.
    :raises LoyalAppError: if a channel has more than 12 lines, or a line more than 200 letters.
    """
    kept = {channel: checked for channel in CHANNELS if (checked := _checked(channel, typed.get(channel, "")))}
    staff.note_deed("settings")
    settings.put(KEY, kept)
    firm = settings.firm()
    if answer_within != firm.answer_within:
        settings.save_firm(firm._replace(answer_within=answer_within))


def _checked(channel: str, text: str) -> str:
    found = [line for one in plain(text, keep_lines=True).splitlines() if (line := one.strip())]
    if len(found) > MOST_LINES or any(len(line) > LONGEST_LINE for line in found):
        raise LoyalAppError(_("Please write at most 12 short lines; nobody reads more."), field=channel)
    return "" if found == ready(channel) else "\n".join(found)
