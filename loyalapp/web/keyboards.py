"""Keyboards on the screen for those whose computer has none for their script: which key writes which letter.

Urdu and Hindi lie by sound (the key Q writes ق, the key B writes ब), so that whoever knows the English keyboard finds
them; InScript lies as the Hindi keyboards that are sold. A key writes two letters, the second one with Shift. Figures
and what is not named here stay as they are on the computer's own keyboard.
"""

from functools import cache
from typing import NamedTuple

DOTTED = "\u25cc"  # carries a sign that cannot stand alone
MARKS = frozenset(
    map(chr, (*range(0x64B, 0x660), 0x670, *range(0x900, 0x904), 0x93C, *range(0x93E, 0x94E), 0x200C, 0x200D))
)
JOINED = {"\u200c": "⊘"}  # what cannot be seen at all is shown by a sign
CODES = (
    (
        "Minus",
        "Equal",
        "KeyQ",
        "KeyW",
        "KeyE",
        "KeyR",
        "KeyT",
        "KeyY",
        "KeyU",
        "KeyI",
        "KeyO",
        "KeyP",
        "BracketLeft",
        "BracketRight",
        "Backslash",
    ),
    ("KeyA", "KeyS", "KeyD", "KeyF", "KeyG", "KeyH", "KeyJ", "KeyK", "KeyL", "Semicolon", "Quote"),
    ("KeyZ", "KeyX", "KeyC", "KeyV", "KeyB", "KeyN", "KeyM", "Comma", "Period", "Slash"),
)
SIGNS = {
    "Minus": "-",
    "Equal": "=",
    "BracketLeft": "[",
    "BracketRight": "]",
    "Backslash": "\\",
    "Semicolon": ";",
    "Quote": "'",
    "Comma": ",",
    "Period": ".",
    "Slash": "/",
}
NONE = "·"  # stands in the tables where a key writes nothing of its own

# Three rows of plain letters, three of those with Shift, in the order of CODES.
_TABLES = {
    "ur": (
        "· · ق و ع ر ت ے ء ی ہ پ ۂ ؤ ·", "ا س د ف گ ح ج ک ل ؛ ’", "ز ش چ ط ب ن م ، ۔ /",
        "· · ْ ّ ٰ ڑ ٹ َ ئ ِ ۃ ُ ” “ ·", "آ ص ڈ ً غ ھ ض خ · : ‘", "ذ ژ ث ظ ٓ ں ٔ ٫ ٬ ؟",
    ),
    "hi": (
        "· · ट ू े र त य ु ि ो प ै ौ ·", "ा स द ् ग ह ज क ल ी ं", "़ ड च व ब न म , । /",
        "· · ठ ऊ ए ृ थ ञ उ इ ओ फ ऐ औ ·", "आ श ध अ घ ः झ ख ळ ई ँ", "ऋ ढ छ ङ भ ण ष ॉ ॅ ?",
    ),
    "inscript": (
        "- ृ ौ ै ा ी ू ब ह ग द ज ड ़ ॉ", "ो े ् ि ु प र क त च ट", "· ं म न व ल स , . य",
        "ः ऋ औ ऐ आ ई ऊ भ ङ घ ध झ ढ ञ ऑ", "ओ ए अ इ उ फ ऱ ख थ छ ठ", "· ँ ण · · ळ श ष । ?",
    ),
}  # fmt: skip
SPOKEN = {"ur": "ur", "hi": "hi", "inscript": "hi"}
NAMES = {"ur": "اردو", "hi": "हिन्दी", "inscript": "InScript"}


class Key(NamedTuple):
    """One key: where it lies, its own sign, the letters it writes without and with Shift ("" for none), as shown."""

    code: str
    sign: str
    plain: str
    shifted: str

    @property
    def shown(self) -> tuple[str, str]:
        """Both letters so that they can be seen."""
        return _seen(self.plain), _seen(self.shifted)


class Keyboard(NamedTuple):
    """One keyboard with its three rows."""

    which: str
    name: str
    language: str
    rows: tuple[tuple[Key, ...], ...]


@cache
def keyboards() -> tuple[Keyboard, ...]:
    """All of them, in the order in which they are offered."""
    return tuple([Keyboard(which, NAMES[which], SPOKEN[which], _rows(which)) for which in _TABLES])


def _rows(which: str) -> tuple[tuple[Key, ...], ...]:
    table = [row.split() for row in _TABLES[which]]
    return tuple(
        [
            tuple(
                [
                    Key(code, _sign(code), _letter(one), _letter(other))
                    for code, one, other in zip(*row, strict=True)
                    if one != NONE or other != NONE
                ]
            )
            for row in zip(CODES, table[:3], table[3:], strict=True)
        ]
    )


def _sign(code: str) -> str:
    return SIGNS.get(code) or code[-1]


def _letter(written: str) -> str:
    return "" if written == NONE else written


def _seen(letter: str) -> str:
    return JOINED.get(letter) or (DOTTED + letter if letter in MARKS else letter)
