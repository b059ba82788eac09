"""The keys a customer is found and sorted by, made from what is shown; also for rows that are inserted in bulk."""

from collections.abc import Iterable
from functools import lru_cache

from loyalapp.core.textkeys import join_sounds, norm, skeleton, sort_key
from loyalapp.features.customers.models import Customer


def set_keys(customer: Customer) -> None:
    """Make the search and sort keys anew from what is shown."""
    keys = keys_of(
        [customer.name, customer.name_ur, customer.name_hi, customer.name_en],
        [customer.firm, customer.place, customer.locality],
        [one.number for one in customer.phones],
    )
    for column, value in keys.items():
        setattr(customer, column, value)


def keys_of(names: Iterable[str | None], others: Iterable[str | None], numbers: Iterable[str]) -> dict[str, str]:
    """The four key columns of a customer, also for rows that are inserted without an object."""
    spoken = [one for one in names if one]
    sounds = [skeleton(one) for one in spoken]
    around = [_word_keys(one) for one in others if one]
    spelt = " ".join([*map(norm, spoken), *(one for one, _ in around)])
    heard = " ".join([*sounds, *(one for _, one in around)])
    return {
        "search_norm": " ".join(dict.fromkeys(spelt.split())),
        "search_skeleton": " ".join(dict.fromkeys([*heard.split(), *map(join_sounds, sounds)])),
        "search_phones": " ".join(dict.fromkeys(part for number in numbers for part in phone_parts(number))),
        "sort_key": sort_key(spoken[0]),
    }


@lru_cache(2048)
def _word_keys(text: str) -> tuple[str, str]:
    """Spelling and sound of a firm or a place, which many customers share."""
    return norm(text), skeleton(text)


def phone_parts(number: str) -> tuple[str, ...]:
    """What a number can be found by: with country code, with 0, without, and by its last seven or four digits."""
    digits = number.removeprefix("+")
    local = digits[2:] if digits.startswith(("91", "92")) else digits
    return (digits, f"0{local}", local, digits[-7:], digits[-4:])
