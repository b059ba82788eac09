"""WhatsApp without typing a number: the address that opens a chat with its words, and the picture a phone reads."""

from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from loyalapp.core.i18n import current_language
from loyalapp.core.textkeys import plain
from loyalapp.features.customers import service as customers
from loyalapp.features.settings import service as settings

LONGEST_TEXT = 2_000  # letters
MOST_BYTES = 1_400  # more dots than that and a phone no longer reads them from a screen
QUIET_ZONE = 4  # white round the picture, as the standard asks
# As one begins in the customer's language; in Urdu it is said otherwise in India than in Pakistan.
OPENINGS = {
    "ur": "السلام علیکم {name}، {firm} سے {sender}۔",
    "ur-IN": "آداب {name}، {firm} سے {sender}۔",
    "hi": "नमस्ते {name}, {firm} से {sender}।",
    "en": "Hello {name}, this is {sender} from {firm}.",
    "ur-Latn": "Assalam o alaikum {name}, {firm} se {sender}.",
    "hi-Latn": "Namaste {name}, {firm} se {sender}.",
}
WITHOUT_SENDER = {
    "ur": "السلام علیکم {name}، ہم {firm} سے ہیں۔",
    "ur-IN": "آداب {name}، ہم {firm} سے ہیں۔",
    "hi": "नमस्ते {name}, हम {firm} से हैं।",
    "en": "Hello {name}, this is {firm}.",
    "ur-Latn": "Assalam o alaikum {name}, hum {firm} se hain.",
    "hi-Latn": "Namaste {name}, hum {firm} se hain.",
}


def opening(customer: Any, language: str | None = None) -> str:
    """How a message to this customer begins, in a message language; without one in the customer's."""
    firm = settings.firm()
    language = language or customer.message_language or current_language()
    words = OPENINGS if firm.sender else WITHOUT_SENDER
    key = "ur-IN" if language == "ur" and firm.country == "IN" else language if language in words else "en"
    name = customers.addressed(customer, "en" if "-Latn" in language else language)
    return words[key].format(name=name, firm=firm.name, sender=firm.sender)


def tidy(text: str) -> str:
    """What was typed, without anything invisible and not longer than a message is."""
    return plain(text, keep_lines=True)[:LONGEST_TEXT]


def address(text: str, number: str | None = None) -> str:
    """What opens WhatsApp with these words: in the chat of the number, else WhatsApp asks whose."""
    words = f"?text={quote(text, safe='')}" if text else ""
    return f"https://wa.me/{(number or '').removeprefix('+')}{words}"


def picture(content: str) -> Markup | None:
    """The QR code of an address or of a text as a drawing for the page; None if it is too long to be read."""
    if len(content.encode()) > MOST_BYTES:
        return None
    import segno  # noqa: PLC0415 -- slow import

    dots = [
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(segno.make(content, error="l", micro=False).matrix_iter(border=QUIET_ZONE))
        for x, dot in enumerate(row)
        if dot
    ]
    size = segno.make(content, error="l", micro=False).symbol_size(border=QUIET_ZONE)[0]
    return Markup('<svg class="qr" viewBox="0 0 {0} {0}" aria-hidden="true"><path d="{1}"/></svg>').format(
        size, "".join(dots)
    )
