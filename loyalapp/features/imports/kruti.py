"""Hindi typed for the font Kruti Dev 010 (and DevLys 010, which shares its keys): recognised, and made real Hindi.

In such a list the cell holds Latin letters ("jke") that only this one font shows as Hindi (राम). Each key draws a
piece of a letter, in the order in which it is drawn: the short i stands before its consonant, the hook of र after its
syllable. Here the pieces are put in the order in which they are spoken. The table says what each key draws.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

VIRAMA, SHORT_I, NUKTA = "्", "ि", "़"
AA, HOOK, RAKAR = "k", "Z", "zª"
_HALVES = (
    "D>क [>ख X>ग ?>घ P>च T>ज ÷>झ .>ण R>त F>थ />ध è>ध Ë>ध U>न ™>न्न I>प ¶>फ C>ब H>भ E>म ¸>य Y>ल O>व '>श Ü>श"
    ' ">ष L>स º>ह {>क्ष «>त्र Ù>त्त Ö>झ'
)
_WHOLES = (
    "d>क x>ग Ä>घ ³>ङ p>च N>छ t>ज >>झ ¥>ञ V>ट B>ठ M>ड <>ढ r>त n>द u>न i>प Q>फ c>ब Ò>भ e>म ;>य j>र y>ल G>ळ o>व l>स"
    " g>ह =>त्र K>ज्ञ J>श्र |>द्य }>द्व )>द्ध Ø>क्र Ý>फ्र æ>द्र ç>प्र Á>प्र ä>क्त é>न्न ô>क्क à>ह्न á>ह्य ã>ह्म í>द्द Ì>द्द"
    " ê>ट्ट Í>ट्ट ë>ट्ठ Î>ट्ठ ì>ड्ड Ï>ड्ड ï>ड्ढ Ô>ड्ढ –>दृ —>कृ Ñ>कृ â>हृ #>रु :>रू"
)
_SHORT = (
    "mr mrs dr md mohd mhd sr jr st rd ft mm cm km kg pvt ltd nr opp smt sh ch bldg blvd no pcs qty rs gst tv ac hp kv"
    " ph shri mfg mfrs"
)
HALVES = dict(pair.split(">") for pair in _HALVES.split())
WHOLES = dict(pair.split(">", 1) if not pair.startswith(">") else (">", pair[2:]) for pair in _WHOLES.split())
VOWELS = {
    "vks": "ओ", "vkS": "औ", "v‚": "ऑ", "vkW": "ऑ", "vk": "आ", "v": "अ", "bZ": "ई", "b±": "ईं", "Ã": "ई", "b": "इ",
    "m": "उ", "Å": "ऊ", ",s": "ऐ", ",": "ए", "_": "ऋ",
}  # fmt: skip
SIGNS = {
    "ks": "ो", "kS": "ौ", "kW": "ॉ", "‚": "ॉ", "k": "ा", "h": "ी", "È": "ीं", "q": "ु", "w": "ू", "`": "ृ",
    "s": "े", "S": "ै", "a": "ं", "¡": "ँ", "W": "ॅ", "~": VIRAMA, "Ó": "्य", "î": "्य",
}  # fmt: skip
MARKS = {
    "A": "।", "-": ".", "&": "-", "]": ",", "@": "/", "\\": "?", "^": "‘", "*": "’", "Þ": "“", "ß": "”", "(": ";",
    "¼": "(", "½": ")", "¿": "{", "À": "}", "¾": "=", "$": "+", "Œ": "॰", "•": "ऽ", "·": "ऽ",
    **dict(zip("åƒ„…†‡ˆ‰Š‹", "०१२३४५६७८९", strict=True)),
}  # fmt: skip
# The short i, the hook, and both with the dot, in one key.
SHORT_I_KEYS = {"f": "", "Ç": "ं", "Æ": HOOK, "É": HOOK + "ं"}
KEYS = sorted([*VOWELS, *SIGNS], key=len, reverse=True)

LETTERS = "[\u0915-\u0939]\u093c?"
SYLLABLE = (
    f"(?:(?:{LETTERS}\u094d)*{LETTERS}[\u093e-\u0943\u0945-\u094c]?[\u0901-\u0903]?|[\u0905-\u0914][\u0901-\u0903]?)"
)
WORD = re.compile(f"(?:{SYLLABLE})+\u094d?")
HINDI = re.compile("[\u0900-\u0963\u0970-\u097f]+")
LAST_CLUSTER = re.compile(f"(?:{LETTERS}\u094d)*{LETTERS}[\u093e-\u0943\u0945-\u094c]*[\u0901-\u0903]*\\Z")
NO_HINDI = re.compile("[A-Za-z\u00c0-\u024f]|\u0964\\S")  # a full stop stands behind a word
ACCENTS = re.compile("[\u0300-\u036f]")
LETTER = re.compile(r"[^\W\d_]")

# What a Latin word looks like: it can be said, and its capitals stand where capitals stand.
LATIN = re.compile(r"[A-Za-z0-9.'’&/()-]+")
CASES = re.compile(r"(?:[a-z]+|[A-Z][a-z]*|[A-Z]+|(?:[A-Z][a-z]+)+|[aei][A-Z][a-z]+)")
BETWEEN = re.compile(r"[0-9.'’&/()-]+")
VOWEL = re.compile("[aeiou]|(?<![aeiou])y(?![aeiou])")
INITIALS = re.compile(
    r"(?:[bcdgjkmpstz]hy?|chh?r?|bhv|ng|[bcdfgkptv]r|[bcfgkps]l|s[cklmnpqrtvw]|sh[rlmnvwy]?|sch[lmnrw]?|s[cpt]r|th?r|"
    r"w[hr]|kn|ps|gn|dny|[dgkqst]w|jn|mc[a-z]?|[a-z])?y?"
)
FINALS = re.compile(
    r"(?:[rlnmsh]?[bcdfgjkmnpqstvxz]h?|[bcdfgklmnprstz]{0,2}[sdtz]|ng(?:th)?|w[dklns]?|wl|[rlwhy]|rl|rm|rn|ll|rr|lm|hr|hl|hn|hm|"
    r"ck|ckl|tch|ght|ghts|rth|rst|cts?|mph|mps|nk|nks|nch|rch|rsh|ndh|bh|ddh|cch|tth|kkh|mbh|nth|([bcdfgklmnprstz])\1h?|lph|wth|xt)?"
)
RUN_OF_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]+")
LONGEST_RUN, LONGEST_SHORT_FORM = 4, 4
KNOWN_SHORT = frozenset(_SHORT.split())
HALF = 0.5
ENOUGH_WORDS, SHORTEST = 3, 3
LONGEST_BARE = re.compile("[\u0915-\u0939]{6}")  # so many consonants with nothing between them are no word
NASALS = re.compile("[\u0901\u0902]")
MOST_NASALS = 2


def converted(text: str) -> str:
    """The text as the font shows it, in real Devanagari; digits stay as they are."""
    return " ".join(_converted_word(word) for word in text.split(" "))


@lru_cache(16_384)
def _converted_word(word: str) -> str:
    return unicodedata.normalize("NFC", _Pieces(word).put_together())


class _Pieces:
    """One word, read key by key from the left."""

    def __init__(self, word: str) -> None:
        self.word, self.at, self.text = word, 0, ""
        self.waiting: str | None = None  # what the short i brings with it, until its consonants have come

    def put_together(self) -> str:
        while self.at < len(self.word):
            self._next()
        return self.text + (SHORT_I if self.waiting is not None else "")

    def _next(self) -> None:
        key = self.word[self.at]
        if key in SHORT_I_KEYS:
            self.at, self.waiting = self.at + 1, SHORT_I_KEYS[key]
        elif key in HALVES:
            self._half(key)
        elif key in WHOLES:
            self.at += 1
            self._consonant(WHOLES[key])
        elif found := next((one for one in KEYS if self.word.startswith(one, self.at)), None):
            self.at += len(found)
            self._sign(found)
        else:
            self.at += 1
            self._rest(key)

    def _half(self, key: str) -> None:
        """A half letter; the upright stroke behind it makes it whole."""
        self.at += 1
        if self.word.startswith(AA, self.at):
            self.at += 1
            self._consonant(HALVES[key])
        else:
            self.text += HALVES[key] + VIRAMA

    def _consonant(self, letter: str) -> None:
        self.text += letter
        while self.at < len(self.word) and self.word[self.at] in RAKAR + "+":
            self.text += NUKTA if self.word[self.at] == "+" else "्र"
            self.at += 1
        if self.waiting is None:
            return
        if self.word.startswith(("Ó", "î"), self.at):
            self.text, self.at = self.text + "्य", self.at + 1
        extra, self.waiting = self.waiting, None
        self.text += SHORT_I + extra.replace(HOOK, "")
        if HOOK in extra:
            self._hook()

    def _sign(self, found: str) -> None:
        sign = VOWELS.get(found) or SIGNS[found]
        self.text += sign

    def _rest(self, key: str) -> None:
        if key == HOOK:
            self._hook()
        elif key == "±":
            self._hook()
            self.text += "ं"
        elif key == "Ê":
            self.text += "ी"
            self._hook()
        elif key in RAKAR:
            self.text += "्र"
        elif key == "+":
            self.text += NUKTA
        elif key == "%":
            self.text += "ः" if self.at < len(self.word) else ":"
        else:
            self.text += MARKS.get(key, key)

    def _hook(self) -> None:
        """The र that is drawn above a syllable is spoken before it."""
        cluster = LAST_CLUSTER.search(self.text)
        start = cluster.start() if cluster else len(self.text)
        self.text = f"{self.text[:start]}र{VIRAMA}{self.text[start:]}"


# ---- is it that? ----


def is_hindi(text: str) -> bool:
    """Whether a text has words of Devanagari, each of which can be one, and no other letters."""
    found = HINDI.findall(text)
    return bool(found) and all(map(_can_be_hindi, found)) and not NO_HINDI.search(text)


def _can_be_hindi(word: str) -> bool:
    return (
        WORD.fullmatch(word) is not None
        and len(NASALS.findall(word)) <= MOST_NASALS
        and not LONGEST_BARE.search(word)
        and "ंइ" not in word
    )


def is_kruti(word: str) -> bool:
    """Whether a word is nothing in Latin letters and a word in this font."""
    is_word = len(word) >= SHORTEST and LETTER.search(word) is not None
    return is_word and not _could_be_latin(word) and is_hindi(converted(word))


@lru_cache(16_384)
def _could_be_latin(word: str) -> bool:
    bare = word.strip(".,:!?()*&-0123456789+#%")
    if not bare or "@" in word:
        return True
    bare = ACCENTS.sub("", unicodedata.normalize("NFD", bare))
    if not LATIN.fullmatch(bare):
        return False
    return all(_part_is_latin(part) for part in BETWEEN.split(bare) if part)


def _part_is_latin(part: str) -> bool:
    if not CASES.fullmatch(part):
        return False
    if part.lower() in KNOWN_SHORT or (part.isupper() and len(part) <= LONGEST_SHORT_FORM):
        return True
    return _can_be_said(part.lower())


def _can_be_said(word: str) -> bool:
    vowel = VOWEL.search(word)
    if not vowel or re.search("q(?!u|[aei]|$)", word):
        return False
    runs = RUN_OF_CONSONANTS.findall(word)
    last = runs[-1] if runs and word.endswith(runs[-1]) else ""
    return (
        all(len(run) <= LONGEST_RUN for run in runs)
        and INITIALS.fullmatch(word[: vowel.start()]) is not None
        and FINALS.fullmatch(last) is not None
    )


def is_kruti_column(cells: Iterable[Any], *, hinted: bool = False) -> bool:
    """Whether a column was typed in this font: most of its words are no Latin ones and become Hindi.

    :param hinted: the workbook itself names the font, so that fewer words will do.
    """
    words = [word for cell in cells if isinstance(cell, str) and not HINDI.search(cell) for word in cell.split()]
    words = [word for word in words if LETTER.search(word)]
    found = sum(map(is_kruti, words))
    plainly_latin = sum(1 for word in words if word[0].isupper() and len(word) > 2 and _could_be_latin(word))
    return (
        found >= (1 if hinted else ENOUGH_WORDS)
        and found >= len(words) * (HALF / 2 if hinted else HALF)
        and plainly_latin <= found / 2
    )


def read(cell: Any) -> Any:
    """A cell of such a column as Hindi; what is no text, plainly Latin, or no Hindi afterwards stays as it is."""
    if not isinstance(cell, str) or not LETTER.search(cell) or HINDI.search(cell) or "@" in cell:
        return cell
    lines = [converted(line) for line in cell.splitlines()]
    text = "\n".join(lines)
    return text if is_hindi(text) and not _is_plainly_latin(cell.split()) else cell


def _is_plainly_latin(words: Sequence[str]) -> bool:
    """Every word could be said, and one at least begins with a capital, as names do."""
    with_letters = [word for word in words if LETTER.search(word)]
    return all(map(_could_be_latin, with_letters)) and any(word[0].isupper() for word in with_letters)
