"""Which letters of the other two scripts begin a name as one letter does: where only one is typed, that is all we know.

Of two letters and more `core.sounds` and `core.likeness` know better.
"""

from functools import cache
from itertools import chain, zip_longest

# Latin, Urdu and Hindi letters of one sound, the commonest first; a letter may be of several.
SOUNDS = (
    ("a", "اعآ", "अआ"), ("b", "ب", "बभ"), ("c", "چک", "चक"), ("c", "", "छ"), ("d", "دڈ", "दडधढ"), ("e", "اع", "एई"),
    ("f", "ف", "फ"), ("g", "گغ", "गघ"), ("h", "ہح", "ह"), ("i", "اع", "इई"), ("j", "ج", "जझ"), ("k", "کخق", "कख"),
    ("l", "ل", "ल"), ("m", "م", "म"), ("n", "ن", "न"), ("o", "اع", "ओउ"), ("p", "پ", "पफ"), ("q", "قک", "क"),
    ("r", "ر", "र"), ("s", "سشصث", "सशष"), ("t", "تطٹ", "तटथठ"), ("u", "اع", "उऊ"), ("v", "و", "व"), ("w", "و", "व"),
    ("y", "ی", "य"), ("z", "زظضذ", "ज"),
)  # fmt: skip


@cache
def others(letter: str) -> tuple[str, ...]:
    """The letters of the other scripts that may begin a name as this one does, their scripts by turns."""
    found = []
    for sound in SOUNDS:
        if any(letter in script for script in sound):
            turns = zip_longest(*(script for script in sound if letter not in script), fillvalue="")
            found += [one for one in chain.from_iterable(turns) if one]
    return tuple(dict.fromkeys(found))
