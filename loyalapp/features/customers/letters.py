"""The letters that names in the list begin with, each with the place where it begins: the index at the list's edge."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import text

from loyalapp.core import alphabet
from loyalapp.core.db import rows
from loyalapp.core.i18n import current_language
from loyalapp.core.memory import until_changed
from loyalapp.core.textkeys import ASPIRATED, first_letter
from loyalapp.features.customers.arms import LAST, LISTED

MOST = 400  # letters of three scripts are 120; what begins with a sign of another script ends the walk
# From letter to letter along the index of the list, whatever lies between: ب, then بھ, then پ.
_FIRST = f"SELECT sort_key FROM customer WHERE {LISTED} AND sort_key >= %s ORDER BY sort_key LIMIT 1"  # noqa: S608 -- our own words
_BOUND = "substr(k, 1, 2) || CASE WHEN k < substr(k, 1, 2) || :breath THEN :breath ELSE :last END"
_WALK = f"SELECT ({_FIRST % ':start'}), 1 UNION ALL SELECT ({_FIRST % _BOUND}), nth + 1 FROM letter WHERE k < '4'"  # noqa: S608 -- our own words
_LETTERS = text(
    f"WITH RECURSIVE letter(k, nth) AS ({_WALK} AND nth < {MOST})"  # noqa: S608 -- our own words
    " SELECT substr(k, 1, 3) AS begins FROM letter WHERE k IS NOT NULL"
)


class Letter(NamedTuple):
    """A letter of the index, "" for other signs; `mark` is the cursor of the list from which its names follow."""

    letter: str
    mark: str


def index() -> list[list[Letter]]:
    """The letters by script, in the order of the interface's language; read again only after a change."""
    return until_changed("customers.letters", _index, current_language())


def _index() -> list[list[Letter]]:
    asked = {"start": "", "breath": ASPIRATED, "last": LAST}
    begun = [str(row.begins) for row in rows(_LETTERS, asked)]
    return [found for start, end in alphabet.RUNS[current_language()] for found in _between(begun, start, end)]


def _between(begun: Iterable[str], start: str, end: str) -> list[list[Letter]]:
    """The letters of one stretch of the list, each script in a group of its own, each letter once."""
    mine = (one for one in begun if start <= one < end)
    groups = ((script, dict.fromkeys(map(_letter, some))) for script, some in groupby(mine, lambda one: one[0]))
    return [list(some) for _script, some in groups]


def _letter(begins: str) -> Letter:
    letter = first_letter(begins)
    if letter in ("", "#"):
        return Letter(letter, f"0~{begins[0]}")
    return Letter(letter, f"0~{begins if begins[2:] == ASPIRATED else begins[:2]}")
