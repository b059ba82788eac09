"""What an import will do or has done, in sentences of the reader's language."""

from collections.abc import Callable, Mapping

from loyalapp.core.formats import format_number
from loyalapp.core.i18n import gettext as _
from loyalapp.core.i18n import lazy_gettext, message_language_names, ngettext
from loyalapp.features.customers.words import CHANNEL_WORDS, SIZE_WORDS, STAGE_WORDS

Sentence = Callable[[int, str], str]

# What a column can mean, as the user chooses it.
LABELS = {
    "name": lazy_gettext("Name"),
    "given": lazy_gettext("First name"),
    "family": lazy_gettext("Family name"),
    "title": lazy_gettext("Form of address"),
    "firm": lazy_gettext("Firm or shop"),
    "trade": lazy_gettext("Profession or trade"),
    "person": lazy_gettext("Somebody inside the firm"),
    "phone": lazy_gettext("Phone"),
    "email": lazy_gettext("E-mail"),
    "place": lazy_gettext("City or town"),
    "locality": lazy_gettext("Area"),
    "address": lazy_gettext("Address"),
    "birthday": lazy_gettext("Birthday"),
    "since": lazy_gettext("Day of the first deal"),
    "occasion": lazy_gettext("Another day of theirs"),
    "language": lazy_gettext("Language for messages"),
    "channel": lazy_gettext("How they like to be reached"),
    "hours": lazy_gettext("When they can be reached"),
    "size": lazy_gettext("Size of the business"),
    "tags": lazy_gettext("Tags"),
    "salesman": lazy_gettext("Who of us looks after them"),
    "referred": lazy_gettext("Who sent them (into the notes)"),
    "total": lazy_gettext("Bought in all (into the notes)"),
    "notes": lazy_gettext("Notes"),
    "date": lazy_gettext("Day of the sale"),
    "item": lazy_gettext("What was sold"),
    "group": lazy_gettext("Product group"),
    "quantity": lazy_gettext("How many"),
    "amount": lazy_gettext("Amount"),
    "currency": lazy_gettext("Currency"),
    "invoice": lazy_gettext("Bill number"),
    "serial": lazy_gettext("Serial number"),
    "warranty": lazy_gettext("Warranty until"),
    "keep": lazy_gettext("Something else: keep it in the notes"),
    "leave": lazy_gettext("Leave it out"),
}


# Counted thing → its sentence, in the order in which they are told.
_WILL: tuple[tuple[str, Sentence], ...] = (
    ("rows", lambda n, c: ngettext("The list has %(count)s row.", "The list has %(count)s rows.", n, count=c)),
    (
        "new",
        lambda n, c: ngettext(
            "%(count)s new customer will be added.", "%(count)s new customers will be added.", n, count=c
        ),
    ),
    (
        "changed",
        lambda n, c: ngettext(
            "%(count)s customer you have gets something new; nothing is overwritten.",
            "%(count)s customers you have get something new; nothing is overwritten.",
            n,
            count=c,
        ),
    ),
    ("sale_new", lambda n, c: ngettext("%(count)s sale will be added.", "%(count)s sales will be added.", n, count=c)),
)
_DID: tuple[tuple[str, Sentence], ...] = (
    ("rows", lambda n, c: ngettext("The list had %(count)s row.", "The list had %(count)s rows.", n, count=c)),
    (
        "new",
        lambda n, c: ngettext("%(count)s new customer was added.", "%(count)s new customers were added.", n, count=c),
    ),
    (
        "changed",
        lambda n, c: ngettext(
            "%(count)s customer you had got something new; nothing was overwritten.",
            "%(count)s customers you had got something new; nothing was overwritten.",
            n,
            count=c,
        ),
    ),
    ("sale_new", lambda n, c: ngettext("%(count)s sale was added.", "%(count)s sales were added.", n, count=c)),
)
_EITHER: tuple[tuple[str, Sentence], ...] = (
    (
        "same",
        lambda n, c: ngettext("%(count)s row says nothing new.", "%(count)s rows say nothing new.", n, count=c),
    ),
    (
        "repeated",
        lambda n, c: ngettext(
            "%(count)s row repeats somebody higher up in the list; the two are put together.",
            "%(count)s rows repeat somebody higher up in the list; they are put together.",
            n,
            count=c,
        ),
    ),
    (
        "sale_known",
        lambda n, c: ngettext("%(count)s sale is here already.", "%(count)s sales are here already.", n, count=c),
    ),
    (
        "sale_repeated",
        lambda n, c: ngettext(
            "%(count)s sale stands in the list twice and counts once.",
            "%(count)s sales stand in the list twice and count once.",
            n,
            count=c,
        ),
    ),
    (
        "doubtful",
        lambda n, c: ngettext("%(count)s row should be looked at.", "%(count)s rows should be looked at.", n, count=c),
    ),
    (
        "remarks",
        lambda n, c: ngettext(
            "%(count)s value cannot be understood and is kept in the notes.",
            "%(count)s values cannot be understood and are kept in the notes.",
            n,
            count=c,
        ),
    ),
    (
        "not_taken",
        lambda n, c: ngettext("%(count)s row is not taken.", "%(count)s rows are not taken.", n, count=c),
    ),
)


def labels() -> dict[str, str]:
    """The meanings in the language of the moment, and single values of those that have few ("size-small")."""
    found = {meaning: str(label) for meaning, label in LABELS.items()} | {
        "stage": _("Where we stand"),
        "anniversary": _("Anniversary"),
    }
    few = {
        "size": SIZE_WORDS,
        "channel": CHANNEL_WORDS,
        "stage": STAGE_WORDS,
        "message_language": message_language_names(),
    }
    return found | {f"{field}-{value}": str(word) for field, words in few.items() for value, word in words.items()}


def will(counts: Mapping[str, int]) -> list[str]:
    """What would happen, one sentence for each thing that does."""
    return _told((*_WILL, *_EITHER), counts)


def did(counts: Mapping[str, int]) -> list[str]:
    """What has happened, one sentence for each thing that did."""
    nothing_new = not (counts.get("new") or counts.get("changed") or counts.get("sale_new"))
    found = [_("Everything in this list was here already. Nothing was added.")] if nothing_new else []
    return found + _told((*_DID, *_EITHER), counts)


def _told(table: tuple[tuple[str, Sentence], ...], counts: Mapping[str, int]) -> list[str]:
    return [sentence(counts[key], format_number(counts[key])) for key, sentence in table if counts.get(key)]
