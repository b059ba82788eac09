"""Cells that hold several things: the people inside a firm with role and number, and tags."""

import re

from loyalapp.core import phones
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.textkeys import norm
from loyalapp.features.customers import tags

BETWEEN_PEOPLE = re.compile(r"[;\n|؛]+")
IN_BRACKETS = re.compile(r"\s*[(\[]([^)\]]{1,60})[)\]]\s*")
AFTER_A_DASH = re.compile(r"\A([^-–:]{2,60}?)\s*(?:\s[-–]\s|:\s*)([^-–:]{2,60})\Z")
LONGEST_NAME = 200
LONGEST_ROLE = 100


def people_in(text: str, role: str | None, region: str) -> list[list[str | None]]:
    """Everybody named in a cell, each as [name, role, number]: "Ali (accounts) 0300 1234567; Sana - purchase".

    :param role: what they do where the cell does not say, such as the column's heading.
    """
    found = [_person(part.strip(), role, region) for part in BETWEEN_PEOPLE.split(text)]
    return [one for one in found if one]


def _person(text: str, role: str | None, region: str) -> list[str | None] | None:
    numbers, rest = phones.numbers_in(text, region)
    name = " ".join(rest).strip(" ,-–:")
    if bracket := IN_BRACKETS.search(name):
        role, name = bracket[1].strip(), IN_BRACKETS.sub(" ", name).strip()
    elif dash := AFTER_A_DASH.match(name):
        name, role = dash[1].strip(), dash[2].strip()
    if not name and not numbers:
        return None
    number = numbers[0] if numbers else None
    return [(name or role or number or "")[:LONGEST_NAME], role[:LONGEST_ROLE] if role and name else None, number]


def tags_in(text: str) -> tuple[list[str], list[str]]:
    """The tags of a cell, and what can be none: too long, or one by which nobody is sorted here."""
    found: list[str] = []
    left: list[str] = []
    for word in tags.split(text):
        try:
            tags.checked([word])
        except LoyalAppError:
            left.append(word)
        else:
            if norm(word) and norm(word) not in map(norm, found):
                found.append(word)
    return found[: tags.MOST], [*left, *found[tags.MOST :]]
