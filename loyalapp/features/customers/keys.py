"""The keys a customer is found and sorted by, made from what is shown; also for rows that are inserted in bulk."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from loyalapp.core.sounds import heard_and_joined, joined
from loyalapp.core.textkeys import norm, sort_key

if TYPE_CHECKING:  # a process that only makes keys does without the database
    from loyalapp.features.customers.models import Customer

ENOUGH_CONSONANTS = 3
LONGEST = 4000  # letters of notes that are searched; whole books are pasted into them


def set_keys(customer: "Customer") -> None:
    """Make the search and sort keys anew from what is shown."""
    facts = [one.text for one in customer.facts if not one.do_not_mention]
    keys = keys_of(
        [customer.name, customer.name_ur, customer.name_hi, customer.name_en, *(one.name for one in customer.people)],
        [customer.firm, customer.place, customer.locality, customer.trade],
        [*(one.number for one in customer.phones), *(one.number for one in customer.people if one.number)],
        [customer.notes, customer.address, customer.email, *facts],
    )
    for column, value in keys.items():
        setattr(customer, column, value)


def keys_of(
    names: Iterable[str | None],
    around: Iterable[str | None],
    numbers: Iterable[str],
    more: Iterable[str | None] = (),
) -> dict[str, str]:
    """The key columns of a customer, also for rows that are inserted without an object.

    :param names: the name in every script, and those of the people inside a firm; the first one sorts.
    :param around: firm, place, locality, trade.
    :param more: notes, address, e-mail, and what we learned.
    """
    first, *others = [one for one in names if one] or [""]
    spelt = norm(first)
    tokens, sound = heard_and_joined(first, spelt)
    called, beside = spelt.split(" "), []
    for name in others:
        spelling = norm(name)
        called += spelling.split(" ")
        tokens += heard_and_joined(name, spelling)[0]
    for text in around:
        if text:
            its_words, its_tokens = _word_keys(text)
            beside += its_words
            tokens += its_tokens
    said = [norm(one[:LONGEST]) for one in more if one]
    return {
        "search_norm": _once(called),
        "search_around": _once(beside) if beside else "",
        "search_more": _once(" ".join(said).split()) if said else "",
        "search_skeleton": _once(tokens),
        "search_phones": _once([part for number in numbers for part in phone_parts(number)]) if numbers else "",
        "sort_key": sort_key(first, spelt=spelt),
        "sound_key": _sound_key(sound, spelt),
    }


def plain_keys(name: str, around: tuple[str | None, ...], number: str) -> tuple[str, ...]:
    """`keys_of` of somebody with one name and one number, and nothing written down; in half the time."""
    spelt = norm(name)
    tokens, sound = heard_and_joined(name, spelt)
    beside, its_tokens = _around_keys(around)
    return (
        _once(spelt.split(" ")),
        beside,
        "",
        _once(tokens + its_tokens),
        " ".join(phone_parts(number)),
        sort_key(name, spelt=spelt),
        _sound_key(sound, spelt),
    )


def sound_key(name: str) -> str:
    """The same for one name in three scripts; a name of few consonants is told by its letters."""
    return _sound_key(joined(name), norm(name))


def _sound_key(sound: str, spelt: str) -> str:
    return sound if len(sound) >= ENOUGH_CONSONANTS else f"={spelt}"


def _once(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(words))


@lru_cache(2048)
def _word_keys(text: str) -> tuple[list[str], list[str]]:
    """Spelling and sounds of a firm or a place, which many customers share."""
    spelt = norm(text)
    return spelt.split(), heard_and_joined(text, spelt)[0]


@lru_cache(2048)
def _around_keys(around: tuple[str | None, ...]) -> tuple[str, list[str]]:
    found = [_word_keys(text) for text in around if text]
    return _once([word for one in found for word in one[0]]), [token for one in found for token in one[1]]


def phone_parts(number: str) -> tuple[str, ...]:
    """A number as it is dialled from abroad and at home; any three digits in a row and more find it."""
    digits = number.removeprefix("+")
    return (digits, f"0{digits[2:]}") if digits.startswith(("91", "92")) else (digits,)
