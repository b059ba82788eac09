"""Clean text, plain digits, and the keys by which one name is found and sorted in three scripts.

Keys are only keys: what is shown is always the text as it was written. `norm` makes the spellings of one script equal
(keyboard variants, vowel marks, nukta), `skeleton` keeps the consonants, so that Fatima, فاطمہ and फ़ातिमा are one
key, `joined` is the skeleton without spaces (عبدالرحمن is written as one word, Abdul Rahman as two), and `sort_key`
orders by the Urdu alphabet. Every word is worked out once and remembered, since a list of customers repeats its names.
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

_VOWEL_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("['’‘ʼʻ`´ˈ]")
_NOT_IN_WORDS = re.compile("(?:[^\\w\u0900-\u0963\u0971-\u0dff]|_)+")
_DEVANAGARI = re.compile("[\u0900-\u097f]")
_NASAL = re.compile("(?:[ङञणन]\u094d(?=[क-ढतथदध])|म\u094d(?=[पफबभ]))")


def _letters(table: dict[str, str]) -> dict[str, str]:
    return {letter: key for key, letters in table.items() for letter in letters}


def _pairs(table: str) -> dict[str, str]:
    return {left: right for left, _, right in (pair.partition(">") for pair in table.split())}


_ONE_URDU_LETTER = str.maketrans(_letters({"ی": "يىےۓئ", "ک": "كڪ", "ہ": "هةۃۀۂە", "ا": "أإٱآ", "و": "ؤ", "": "ء"}))


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
    return " ".join(filter(None, map(_norm_word, text.split())))


@lru_cache(_REMEMBERED_WORDS)
def _norm_word(word: str) -> str:
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


# --- the skeleton: one key per name in three scripts -----------------------------------------------------------------

# One sign per class of sounds; A is a vowel that can begin a word, a one that cannot.
_SOUNDS = _letters({
    "A": "اعअआइईउऊएऐओऔऑऍ", "a": "ािीुूेैोौॉॅ", "b": "بबभ", "p": "پप", "f": "فफ",
    "t": "تطٹटठतथ", "d": "دڈडढदध", "s": "ثسصشशषस", "j": "جذزضظژजझ", "c": "چचछ",
    "k": "خقکकख", "g": "غگगघ", "h": "حہھह", "r": "رڑरृऋ", "l": "لलळ", "m": "مम",
    "n": "نںङञणनं", "v": "وव", "y": "یय",
})  # fmt: skip
_LATIN_SOUNDS = _pairs(
    "ksh>ks x>ks sch>s chh>ç ch>ç ce>se ci>si cy>sy c>k ç>c sh>s ph>f kh>k gh>g jn>g gn>g gy>g"
    " th>t dh>d bh>b jh>j zh>j q>k w>v z>j"
)
_LATIN_VOWELS = str.maketrans("eiou", "aaaa", "0123456789")
# Short forms of Muhammad and Chaudhry, names spelt unlike they are said, Latin "th" where Urdu has ث (said as s).
_SAID_AS = _pairs(
    "md>muhammad mhd>muhammad mohd>muhammad mohmd>muhammad muhd>muhammad mo>muhammad"
    " मो>muhammad मोह>muhammad मोहद>muhammad मु>muhammad ch>chaudhry चौ>chaudhry"
    " george>jorj michael>maikal جوزف>joseph"
    " uthman>usman othman>usman uthmani>usmani othmani>usmani harith>haris haarith>haris thana>sana"
    " thanaa>sana thamina>samina thameena>samina thaqib>saqib thuraya>surayya thurayya>surayya tharwat>sarwat"
    " ghiyath>ghiyas ghiath>ghiyas laith>lais layth>lais muthanna>musanna thawban>sauban thauban>sauban"
    " kauthar>kausar kawthar>kausar warith>waris maitham>maisam meitham>maisam maytham>maisam thaqlain>saqlain"
    " thaqalain>saqlain thamar>samar"
)
# The article between two parts of a name is said like the letter after it (ul Rahman, ur Rahman): it leaves the key.
_ARTICLES = frozenset({
    "ul", "ur", "us", "un", "ud", "uz", "ut", "ush", "al", "el", "e", "ال",
    "उल", "उर", "उस", "उन", "उद", "उज", "अल", "ए",
})  # fmt: skip
_ARTICLE_BEFORE = re.compile("^ال(?!طاف|ماس|فت|کا|برٹ)(?=[^یوہ].)")
_ARTICLE_INSIDE = re.compile("(?<=...)ال(?=[^یواہ].)")
_ARTICLE_AFTER = re.compile("(?<=[ailmnrfz])ul$|(?<=[यरमनजफल])\u0941ल$")
_ABDUL = re.compile("^[aA]bd[aA]l(?!l?[aA]*h$|l$)")
_FLAPS = re.compile("[डढ]\u093c|[\u095c\u095d]")  # ड़ and ढ़ are heard and written as r in the other scripts
_LATIN_LETTER = re.compile("[a-z]")
_NASAL_LIP = re.compile("\u0902(?=[पफबभ])")
_TWICE = re.compile(r"(.)\1+")
_UNHEARD = str.maketrans("", "", "aAyvh")


def skeleton(text: str) -> str:
    """The consonants of each word, one key for one name in three scripts; '' where no letter is known."""
    words = norm(_FLAPS.sub("र", text)).split()
    keys = [_word_skeleton(word, number > 0, number < len(words) - 1) for number, word in enumerate(words)]
    return " ".join(filter(None, keys))


def joined(text: str) -> str:
    """The skeleton as one word: finds what one script writes together and another apart."""
    return join_sounds(skeleton(text))


def join_sounds(key: str) -> str:
    """`joined` of a text whose skeleton is known already."""
    key = key.replace(" ", "")
    return _TWICE.sub(r"\1", key[:1] + key[1:].translate(_UNHEARD))


@lru_cache(_REMEMBERED_WORDS)
def _word_skeleton(word: str, follows: bool, is_followed: bool) -> str:
    if follows:
        if word in _ARTICLES:
            return ""
        word = _ARTICLE_BEFORE.sub("", word)
    if is_followed:
        word = _ARTICLE_AFTER.sub("", word)
    sounds = _ABDUL.sub("Abd", _sounds(_SAID_AS.get(word, word)))
    if not sounds:
        return ""
    first = "A" if sounds[0] == "a" else sounds[0]
    return first + _TWICE.sub(r"\1", sounds)[1:].translate(_UNHEARD)


def _sounds(word: str) -> str:
    if not _LATIN_LETTER.search(word):
        word = _ARTICLE_INSIDE.sub("", word).replace("پھ", "ف").replace("ज\u094dञ", "ग")
        word = _NASAL_LIP.sub("म", word.replace("\u0902ह", "\u0902ग"))  # सिंह is said Singh, कैंप is said camp
        return "".join(_SOUNDS.get(letter, "") for letter in word)
    for spelt, said in _LATIN_SOUNDS.items():
        word = word.replace(spelt, said)
    return word.translate(_LATIN_VOWELS).encode("ascii", "ignore").decode()


# --- the order of a list ---------------------------------------------------------------------------------------------

_URDU_ALPHABET = "ءآاأبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوؤہۂۃھیئے"
# Each letter becomes the Arabic-block character of its rank, so that a binary comparison is the order of the alphabet.
_URDU_RANKS = str.maketrans({letter: chr(0x0621 + rank) for rank, letter in enumerate(_URDU_ALPHABET)})
_SORTED_AS = str.maketrans("يىكهةۀإٱ", "ییکہۃۂاا")
_ARABIC_LETTER = re.compile("[\u0620-\u06ff]")


def sort_key(text: str, first: str = "ur") -> str:
    """Orders names under binary collation (SQLite BINARY, PostgreSQL "C"): what is sorted is the key, ties go by id.

    First the script of `first` ("ur", "hi" or "en"), then Urdu, Hindi, Latin (with digits), other scripts, and last
    what holds no letter. Urdu by its own alphabet (آ before ا, ٹ after ت, ھ after ہ), Hindi by code point after the
    folding of `norm`, Latin without case and accents.
    """
    key = " ".join(filter(None, map(_word_order, text.split())))[:_LONGEST_SORT_KEY].rstrip()
    script = _script(key)
    return f"{0 if script == first else ('ur', 'hi', 'en', 'other', '').index(script) + 1}{key}"


@lru_cache(_REMEMBERED_WORDS)
def _word_order(word: str) -> str:
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
