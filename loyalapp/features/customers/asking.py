"""What we do not know yet about a customer, as questions one can ask kindly in the next talk (practice D2)."""

from collections.abc import Sized
from typing import Any, NamedTuple

from loyalapp.core.i18n import _


class Question(NamedTuple):
    """Something to find out. `missing` names the thing inside a sentence, `words` are a way to ask for it."""

    field: str
    missing: str
    words: str


def unknown(customer: Any, people: Sized) -> list[Question]:
    """What we do not know about a customer, the most useful first.

    :param people: those inside the firm whom we know.
    """
    return [one for one, is_known in _asked(customer, people) if not is_known]


def _asked(customer: Any, people: Sized) -> list[tuple[Question, Any]]:
    is_firm = customer.kind == "firm"
    return [
        (Question("phones", _("a phone number"), _("On which number may we call you?")), customer.phones),
        (
            Question("address_form", _("how to address them"), _("How may we address you?")),
            customer.address_form or is_firm,
        ),
        (
            Question("people", _("who there decides"), _("With whom do we best talk about buying?")),
            people or not is_firm,
        ),
        (Question("place", _("where they are"), _("In which city is your shop or house?")), customer.place),
        (
            Question(
                "message_language",
                _("the language they like for messages"),
                _("In which language may we write to you?"),
            ),
            customer.message_language,
        ),
        (Question("trade", _("their trade"), _("What is your line of work?")), customer.trade),
        (
            Question("channel", _("how they like to be reached"), _("How may we reach you: by call, or on WhatsApp?")),
            customer.channel,
        ),
        (Question("hours", _("the best time for a call"), _("At what time may we call you?")), customer.hours),
        (Question("size", _("how large their business is"), _("How many people work with you?")), customer.size),
        (
            Question("birthday", _("the birthday"), _("On which day may we wish you a happy birthday?")),
            customer.birth_month or is_firm,
        ),
        (Question("locality", _("the area or market"), _("In which area or market is that?")), customer.locality),
    ]
