"""What a list is filtered by. There is no filter by festival or faith, and there will be none (practice D4)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from loyalapp.core.textkeys import plain
from loyalapp.features.customers.models import KINDS, OUTSIDE, SIZES, STAGES

LONGEST = 200
LONGEST_NUMBER = 9
NOBODY = "none"  # in the filter by salesman: customers whom nobody looks after
NEWEST = "new"
_ALLOWED = {"stage": (*STAGES, *OUTSIDE), "kind": KINDS, "size": SIZES, "sort": (NEWEST,)}


@dataclass(frozen=True)
class Filters:
    """The words of an address that choose and sort; an empty one chooses nothing.

    `q`: words to find; `tag`, `place`, `trade`: as they are written; `salesman`: a number, or NOBODY;
    `stage`, `kind`, `size`: codes of the model; `sort`: by name, or the newest first.
    """

    q: str = ""
    stage: str = ""
    tag: str = ""
    place: str = ""
    trade: str = ""
    salesman: str = ""
    kind: str = ""
    size: str = ""
    sort: str = ""

    @classmethod
    def read(cls, words: Mapping[str, str]) -> "Filters":
        """What an address, a form or a saved list says; what makes no sense is left out."""
        return cls(**{one.name: _read(one.name, words.get(one.name, "")) for one in fields(cls)})

    def words(self) -> dict[str, str]:
        """What an address needs to say so again."""
        return {name: value for name, value in vars(self).items() if value}

    @property
    def chooses(self) -> bool:
        """Whether anybody is left out."""
        return any(value for name, value in self.words().items() if name != "sort")


def _read(name: str, text: object) -> str:
    word = plain(text)[:LONGEST] if isinstance(text, str) else ""
    if name in _ALLOWED:
        return word if word in _ALLOWED[name] else ""
    if name == "salesman" and word != NOBODY:
        return word if word.isascii() and word.isdecimal() and len(word) <= LONGEST_NUMBER else ""
    return word
