"""Address books as other programs export them: which one it is, and what each of its many columns means.

Google contacts write a label beside every number and join several values of one field with " ::: "; Outlook has some
ninety columns, most of them empty. What is only about the program (labels, pictures, privacy marks) is left out, what
is about the person and has no place of its own is kept in the notes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from loyalapp.features.imports.columns import KEEP, LEAVE

BETWEEN_VALUES = " ::: "
_NOTHING_DAY = re.compile(r"0+[/.-]0+[/.-]0+")
_UNSAID = ("Unspecified",)  # what Outlook writes for a gender that nobody filled in
_OF_GOOGLE_ITSELF = re.compile(r"\*\s*\w[\w ]*")

_GOOGLE = (
    (r"(?:first|given|middle) name|additional name", "given"),
    (r"(?:last|family) name", "family"),
    (r"name", "name"),
    (r"name prefix", "title"),
    (r"organization (?:1 - )?name", "firm"),
    (r"organization (?:1 - )?title", "trade"),
    (r"phone \d+ - value", "phone"),
    (r"e-mail \d+ - value", "email"),
    (r"address 1 - formatted", "address"),
    (r"address 1 - city", "place"),
    (r"address 1 - (?!label|type).*", "address"),
    (r"(?:relation|event|custom field) \d+ - (?:label|type)", KEEP),
    (r"birthday", "birthday"),
    (r"notes", "notes"),
    (r"labels|group membership", "tags"),
    (r"file as|photo|.* - (?:label|type)|.*yomi.*|short name|maiden name|initials|sensitivity", LEAVE),
)
_OUTLOOK = (
    (r"(?:first|middle) name", "given"),
    (r"last name", "family"),
    (r"title", "title"),
    (r"company", "firm"),
    (r"job title", "trade"),
    (r"(?:.*\bphone(?: \d)?|callback)", "phone"),
    (r"e-mail(?: \d)? address", "email"),
    (r"(?:business|home|other) (?:street|address)(?: \d)?", "address"),
    (r"(?:business|home|other) (?:postal code|state|country(?:/region)?|address po box)", "address"),
    (r"(?:business|home|other) city", "place"),
    (r"birthday", "birthday"),
    (r"anniversary", "occasion"),
    (r"notes", "notes"),
    (r"categories", "tags"),
    (
        r"e-mail(?: \d)? (?:type|display name)|initials|priority|private|sensitivity|.*yomi",
        LEAVE,
    ),
)


@dataclass(frozen=True)
class Export:
    """One program's address book: what it is known by, and its columns' meanings (the first that fits counts)."""

    program: str
    known_by: frozenset[str]
    meanings: tuple[tuple[str, str], ...]

    def meaning(self, title: str) -> str:
        """What a column of this program means."""
        text = title.strip().casefold()
        return next((meaning for pattern, meaning in self.meanings if re.fullmatch(pattern, text)), KEEP)


EXPORTS = (
    Export("Google", frozenset({"phone 1 - value", "e-mail 1 - value"}), _GOOGLE),
    Export("Outlook", frozenset({"mobile phone", "e-mail address", "last name"}), _OUTLOOK),
)
ENOUGH_COLUMNS = 8


def of(titles: Sequence[str]) -> Export | None:
    """The program that wrote a list with this heading."""
    found = {title.strip().casefold() for title in titles}
    if len(found) < ENOUGH_COLUMNS:
        return None
    return next((one for one in EXPORTS if len(one.known_by & found) * 2 >= len(one.known_by) + 1), None)


def tidied(cell: Any) -> Any:
    """A cell without what only the program writes: values on lines of their own, no day 0/0/00, no own groups."""
    if not isinstance(cell, str) or not cell:
        return cell
    if BETWEEN_VALUES in cell or cell.startswith("* "):
        parts = [part for part in cell.split(BETWEEN_VALUES) if not _OF_GOOGLE_ITSELF.fullmatch(part.strip())]
        return "\n".join(parts)
    return "" if cell in _UNSAID or _NOTHING_DAY.fullmatch(cell.strip()) else cell
