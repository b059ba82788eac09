"""What the codes of the model are called in the reader's language."""

from collections.abc import Iterable

from loyalapp.core.i18n import lazy_gettext
from loyalapp.features.customers.address import script_of

STAGE_WORDS = {
    "customer": lazy_gettext("Buys from us"),
    "prospect": lazy_gettext("Not yet, but may buy"),
    "former": lazy_gettext("Used to buy from us"),
    "unsorted": lazy_gettext("From a phone book, not sorted yet"),
    "not_ours": lazy_gettext("Has nothing to do with our business"),
}
KINDS = [("person", lazy_gettext("A person")), ("firm", lazy_gettext("A firm or shop"))]
SIZES = [
    ("", lazy_gettext("Not asked yet")),
    ("small", lazy_gettext("Small: one to five people")),
    ("middle", lazy_gettext("Middle: six to fifty people")),
    ("large", lazy_gettext("Large: more than fifty people")),
]
WORTHS = [
    ("", lazy_gettext("Not thought about yet")),
    ("1", lazy_gettext("A little")),
    ("2", lazy_gettext("A good deal")),
    ("3", lazy_gettext("A great deal")),
]
CHANNELS = [
    ("", lazy_gettext("Not asked yet")),
    ("call", lazy_gettext("By phone")),
    ("whatsapp", lazy_gettext("On WhatsApp")),
    ("visit", lazy_gettext("By a visit")),
    ("sms", lazy_gettext("By SMS")),
    ("email", lazy_gettext("By e-mail")),
]
SOURCE_WORDS = {
    "told": lazy_gettext("They told us"),
    "contact": lazy_gettext("From a contact"),
    "seen": lazy_gettext("We saw it ourselves"),
    "other": lazy_gettext("Somebody else told us"),
    "page": lazy_gettext("From their card or page"),
}
SIZE_WORDS, CHANNEL_WORDS = dict(SIZES), dict(CHANNELS[1:])
WORTH_WORDS = {int(key): word for key, word in WORTHS[1:]}


def named(members: Iterable[tuple[int, str]]) -> list[tuple[str, str, dict[str, str]]]:
    """Those who work here as choices, each name with the language of its letters."""
    return [(str(number), name, {"lang": script_of(name)}) for number, name in members]
