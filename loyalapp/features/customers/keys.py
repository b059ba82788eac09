"""The keys a customer is found and sorted by, made from what is shown; also for rows that are inserted in bulk."""

from collections.abc import Iterable
from functools import lru_cache

from loyalapp.core.sounds import heard, joined
from loyalapp.core.textkeys import norm, sort_key
from loyalapp.features.customers.models import Customer

ENOUGH_CONSONANTS = 3
LONGEST = 4000  # letters of notes that are searched; whole books are pasted into them


def set_keys(customer: Customer) -> None:
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
    called = [one for one in names if one]
    beside = [_word_keys(one) for one in around if one]
    sounds = [token for one in called for token in heard(one)]
    return {
        "search_norm": _once(" ".join(map(norm, called)).split()),
        "search_around": _once(" ".join(spelt for spelt, _heard in beside).split()),
        "search_more": _once(" ".join(norm(one[:LONGEST]) for one in more if one).split()),
        "search_skeleton": _once([*sounds, *(token for _spelt, tokens in beside for token in tokens)]),
        "search_phones": _once(part for number in numbers for part in phone_parts(number)),
        "sort_key": sort_key(called[0] if called else ""),
        "sound_key": sound_key(called[0] if called else ""),
    }


def sound_key(name: str) -> str:
    """The same for one name in three scripts; a name of few consonants is told by its letters."""
    sound = joined(name)
    return sound if len(sound) >= ENOUGH_CONSONANTS else f"={norm(name)}"


def _once(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(words))


@lru_cache(2048)
def _word_keys(text: str) -> tuple[str, list[str]]:
    """Spelling and sounds of a firm or a place, which many customers share."""
    return norm(text), heard(text)


def phone_parts(number: str) -> tuple[str, ...]:
    """A number as it is dialled from abroad and at home; any three digits in a row and more find it."""
    digits = number.removeprefix("+")
    return (digits, f"0{digits[2:]}") if digits.startswith(("91", "92")) else (digits,)
