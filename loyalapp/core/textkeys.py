"""Clean text, plain digits, and the keys by which words are compared within a script and sorted.

Keys are only keys: what is shown is always the text as it was written. `norm` makes the spellings of one script equal
(keyboard variants, vowel marks, nukta), `sort_key` orders by the Urdu alphabet. How a name sounds in three scripts is
`core.sounds`. Every word is worked out once and remembered, since a list of customers repeats its names.
"""

import re
import unicodedata
from functools import lru_cache

_REMEMBERED_WORDS = 8192
_LONGEST_SORT_KEY = 160

# Cannot be seen and does harm: control signs, soft hyphen, direction marks, overrides and isolates, byte-order mark,
# half characters, non-characters. ZWNJ and ZWJ stay: they shape Urdu and Hindi words and hold emoji together.
_HARMFUL = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_VISIBLE = re.compile("[^\\s\u034f\u200c\u200d\ufe00-\ufe0f]")
_JOINERS = re.compile("[\u0640\u200c\u200d]")  # tatweel, ZWNJ, ZWJ: shape a word, no part of its spelling

_ZEROS = "٠۰०০੦૦୦௦౦೦൦０"  # the noughts of the scripts whose digits are typed or pasted in the region
_DIGITS = str.maketrans({chr(ord(zero) + digit): str(digit) for zero in _ZEROS for digit in range(10)})
_SEPARATORS = str.maketrans("٫٬،٪؍−‐‑–—＋：", ".,,%/-----+:")
_ODD_SPACES = dict.fromkeys(map(ord, "\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u2007\u2009\u202f"), " ")
_TO_ASCII: dict[int, int | str] = {**_DIGITS, **_SEPARATORS, **_ODD_SPACES}

# Words that `norm` leaves as they are: plain letters of one script, and nothing that it folds.
_FOLDED_URDU = re.compile("[ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھی]+")
_FOLDED_HINDI = re.compile("[अ-औक-नप-रलव-ह\u0902\u093e-\u0943\u0947\u0948\u094b\u094c]+")
_FOLDED = re.compile(f"{_FOLDED_URDU.pattern}|{_FOLDED_HINDI.pattern}|[a-z]+")
_FOLDED_TEXT = re.compile(f"(?:{_FOLDED.pattern})(?: (?:{_FOLDED.pattern}))*")
_URDU_TEXT = re.compile(f"{_FOLDED_URDU.pattern}(?: {_FOLDED_URDU.pattern})*")
_VOWEL_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("['’‘ʼʻ`´ˈ]")
_NOT_IN_WORDS = re.compile("(?:[^\\w\u0900-\u0963\u0971-\u0dff]|_)+")
_DEVANAGARI = re.compile("[\u0900-\u097f]")
_NASAL = re.compile("(?:[ङञणन]\u094d(?=[क-ढतथदध])|म\u094d(?=[पफबभ]))")


def letters(table: dict[str, str]) -> dict[str, str]:
    """A table of keys with their letters, turned round."""
    return {letter: key for key, letters in table.items() for letter in letters}


_ONE_URDU_LETTER = str.maketrans(letters({"ی": "يىےۓئ", "ک": "كڪ", "ہ": "هةۃۀۂە", "ا": "أإٱآ", "و": "ؤ", "": "ء"}))


def plain(text: str | None, *, keep_lines: bool = False) -> str:
    """What a user typed or a file held, fit to be stored: composed, trimmed, without invisible troublemakers.

    :param keep_lines: for long texts: keeps line breaks and inner spaces; else every run of white space is one space.
    """
    if not text:
        return ""
    if text.isprintable():
        clean = unicodedata.normalize("NFC", text)
        return clean.strip() if keep_lines else " ".join(clean.split())
    clean = unicodedata.normalize("NFC", _HARMFUL.sub("", text))
    if keep_lines:
        clean = "\n".join(line.rstrip() for line in clean.replace("\t", " ").replace("\x1f", " ").splitlines()).strip()
    else:
        clean = " ".join(clean.split())
    return clean if _VISIBLE.search(clean) else ""


def to_ascii(text: str) -> str:
    """For numbers, dates and phones: digits and their separators in ASCII, nothing invisible. Letters stay."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _JOINERS.sub("", _HARMFUL.sub("", text)).translate(_TO_ASCII).strip()


def norm(text: str) -> str:
    """One spelling per word within a script; words parted by single spaces; punctuation and emoji gone."""
    if _FOLDED_TEXT.fullmatch(text):
        return text
    return " ".join(filter(None, map(_norm_word, text.split())))


@lru_cache(_REMEMBERED_WORDS)
def _norm_word(word: str) -> str:
    if _FOLDED.fullmatch(word):  # as nearly every word of a list is
        return word
    word = _APOSTROPHES.sub("", word)
    if not (word.isascii() and word.isprintable()):
        word = _fold(word)
    return " ".join(_NOT_IN_WORDS.sub(" ", word.casefold()).split())


def _fold(word: str) -> str:
    """Letters that are written in several ways, in the one way that keys use."""
    word = unicodedata.normalize("NFKC", _JOINERS.sub("", _HARMFUL.sub("", word))).translate(_DIGITS)
    if _DEVANAGARI.search(word):
        word = unicodedata.normalize("NFD", word).replace("\u093c", "")  # nukta
        word = _NASAL.sub("\u0902", word.replace("\u0901", "\u0902"))  # chandrabindu, nasal before its own kind
    word = _VOWEL_MARKS.sub("", unicodedata.normalize("NFC", word).translate(_ONE_URDU_LETTER))
    return unicodedata.normalize("NFC", _LATIN_MARKS.sub("", unicodedata.normalize("NFD", word.casefold())))


# --- the order of a list ---------------------------------------------------------------------------------------------

_URDU_ALPHABET = "ءآاأبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوؤہۂۃھیئے"
# Each letter becomes the Arabic-block character of its rank, so that a binary comparison is the order of the alphabet.
_URDU_RANKS = str.maketrans({letter: chr(0x0621 + rank) for rank, letter in enumerate(_URDU_ALPHABET)})
_URDU_LETTERS = {ord(rank): chr(letter) for letter, rank in _URDU_RANKS.items()}
_SORTED_AS = str.maketrans("يىكهةۀإٱ", "ییکہۃۂاا")
_ARABIC_LETTER = re.compile("[\u0620-\u06ff]")
# بھ is a letter of its own, after all words in ب: as such it comes after whatever else can follow ب in a key. The ھ
# that begins a word, or follows a vowel, is another way to write ہ.
ASPIRATED = "\u06ff"
_BREATH, _PLAIN_H = list("ھہ".translate(_URDU_RANKS))
_ASPIRATES = re.compile(f"(?<=[{'بپتٹجچدڈرڑکگلمن'.translate(_URDU_RANKS)}]){_BREATH}")


def sort_key(text: str, first: str = "ur", spelt: str | None = None) -> str:
    """Orders names under binary collation (SQLite BINARY, PostgreSQL "C"): what is sorted is the key, ties go by id.

    First the script of `first` ("ur", "hi" or "en"), then Urdu, Hindi, Latin (with digits), other scripts, and last
    what holds no letter. Urdu by its own alphabet (آ before ا, ٹ after ت, بھ a letter of its own after ب), Hindi by
    code point after the folding of `norm`, Latin without case and accents.

    :param spelt: the text's `norm`, where it is known already.
    """
    if _URDU_TEXT.fullmatch(text):
        key = text.translate(_URDU_RANKS)
    elif spelt is not None and not _ARABIC_LETTER.search(text):
        key = spelt
    else:
        key = " ".join(filter(None, map(_word_order, text.split())))
    if _BREATH in key:
        key = _ASPIRATES.sub(ASPIRATED, key).replace(_BREATH, _PLAIN_H)
    key = key[:_LONGEST_SORT_KEY].rstrip()
    script = _script(key)
    return f"{0 if script == first else ('ur', 'hi', 'en', 'other', '').index(script) + 1}{key}"


def first_letter(key: str) -> str:
    """The letter under which a sort key stands in an index: "بھ", "क", "B"; "#" for a digit, "" where there is none."""
    letter = key[1:2]
    if key[:1] not in ("0", "2", "3") or not letter:
        return ""
    if ord(letter) in _URDU_LETTERS:
        return _URDU_LETTERS[ord(letter)] + ("ھ" if key[2:3] == ASPIRATED else "")
    return "#" if letter.isdecimal() else letter.upper()


@lru_cache(_REMEMBERED_WORDS)
def _word_order(word: str) -> str:
    if _FOLDED_URDU.fullmatch(word):
        return word.translate(_URDU_RANKS)
    if not _ARABIC_LETTER.search(word):
        return _norm_word(word)
    word = _JOINERS.sub("", _HARMFUL.sub("", unicodedata.normalize("NFKC", word))).translate(_DIGITS)
    word = _VOWEL_MARKS.sub("", unicodedata.normalize("NFC", word.translate(_SORTED_AS)))
    word = " ".join(_NOT_IN_WORDS.sub(" ", word).split())
    return word.translate(_URDU_RANKS)


def _script(key: str) -> str:
    if not key:
        return ""
    letter = key[0]
    if "\u0620" <= letter <= "\u06ff":
        return "ur"
    if "\u0900" <= letter <= "\u097f":
        return "hi"
    return "en" if letter < "\u0250" else "other"
