"""What looks wrong in one translation, said to a translator in a sentence; for `loyalapp translate check`.

A doubt that is none carries its reason in the catalogue, as a translator's comment that begins with `ok:`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
BRACES = re.compile(r"\{[^{}]*\}")  # values of the ready words in our tables
TAG = re.compile(r"</?\w[^>]*>")
ADDRESS = re.compile(r"https?://\S+|[\w.+-]+@[\w-]+\.\w+")
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]+")  # one letter alone is a key or a size of paper
NUMBER = re.compile(r"\d+")
ISOLATE_STARTS, ISOLATE_END = re.compile("[\u2066-\u2068]"), "\u2069"
LETTERS = {"ur": "\u0620-\u06d3\u06fa-\u06ff", "hi": "\u0900-\u0963\u0971-\u097f"}
OTHER_SCRIPT = {"ur": re.compile("[\u0900-\u097f]"), "hi": re.compile("[\u0600-\u06ff]")}
ARABIC_ONLY = re.compile("[يكىة\u0640]")  # and the stretched line, which parts the letters of Nastaliq
ENDS = {"ur": {".": "۔", "?": "؟", ":": ":", "…": "…"}, "hi": {".": "।", "?": "?", ":": ":", "…": "…"}}
FAMILIAR = {
    "ur": re.compile(r"(?<!\w)(تم|تیرا|تمہار[ایے]|کیجیے|کیجئے)(?!\w)"),
    "hi": re.compile("(?<![\u0900-\u097f])(तुम|तेरा|तुम्हार[ाीे]|कीजिए|कीजिये)(?![\u0900-\u097f])"),
}
OF_ONE_SEX = {
    "ur": re.compile(r"آپ (?!ک[اوی]\b|کے\b|نے|سے)[^۔؟،؛]*?\w(ت[ےی] (ہیں|ہوں|تھے|تھیں)|یں گ[ےی]|ئیں گ[ےی])(?! سک)"),
    "hi": re.compile("आप (?!सब)[^।?,;]*?[\u0900-\u097f](त[ेी] (हैं|हों|थे|थीं)|[एे]ँ?ं?ग[ेी])(?![\u0900-\u097f])"),
}
# What a sentence says of LoyalApp itself: in Urdu as of an ایپ (she), in Hindi as of an ऐप (he).
_NOT_OF_IT = r"LoyalApp (?!(?:%s) )(?:(?!%s )[^\s۔؛،।;,:]+ ){0,3}?"  # another word is what the verb belongs to
OTHER_SEX = {
    "ur": re.compile(
        _NOT_OF_IT % ("ک[اےیو]|پر|نے|سے", "تو") + r"\w*(تا ہے|تا ہو|ے گا|(رہا|گیا|کھلا|چکا) ہے|سکتا)(?!\w)"
    ),
    "hi": re.compile(
        _NOT_OF_IT % ("क[ाेीो]|पर|ने|से", "तो")
        + "[\u0900-\u097f]*(ती है|ेगी|(रही|गई|खुली|चुकी) है|सकती)(?![\u0900-\u0963\u0971-\u097f])"
    ),
}
_DOTLESS = "खाली|खराब|खत्म|खुद|खरीद|आखिर|बाकी|गलत|नुकसान|तरीक[ाे]|वक्त|फर्क|जरूर|ज्याद|फोन|फाइल|कीमत"
_DOTLESS += "|काफी|हफ्त|दफ्तर|मुफ्त|नकल|रकम|इजाजत|जिम्म"
DOTLESS = re.compile(f"(?<![\u0900-\u097f])({_DOTLESS})")
ENDING = re.compile(r"(?<![A-Za-z0-9\u200e\u2066-\u2068])\.[A-Za-z]{2,}")  # between Urdu, it runs as Urdu does
CAN = re.compile("(سکتے|सकते) (ہیں|ہوں|हैं|हों)")  # stands for everybody
SMALL = 10
NUMBER_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
NUMBER_WORDS |= {"ten": 10, "once": 1, "twice": 2, "thirty": 30, "fifty": 50, "hundred": 100}
KEPT = frozenset(
    {
        *("LoyalApp", "Excel", "PDF", "USB", "Gmail", "Ctrl", "Alt", "Enter"),
        *("Esc", "Tab", "Shift", "Ayesha", "pankha", "kB", "ms", "MB", "exports"),
    }
)
LONGEST, SHORTEST, ROOM = 2.6, 0.3, 24  # a translation that is so much longer or shorter says something else


class Doubt(NamedTuple):
    """A rule a translation should keep, and the sentence for one that does not."""

    sentence: str
    is_broken: Callable[[str, str, str], bool]


def bare(text: str) -> str:
    """The words alone, without placeholders, markup, addresses and isolates."""
    for pattern in (PLACEHOLDER, TAG, ADDRESS, BRACES, re.compile("[\u2066-\u2069]")):
        text = pattern.sub(" ", text)
    return text


def _edges(source: str, said: str, _language: str) -> bool:
    def shape(text: str) -> tuple[bool, bool, int]:
        return text[:1].isspace(), text[-1:].isspace(), text.count("\n")

    return shape(source) != shape(said)


def _markup(source: str, said: str, _language: str) -> bool:
    return Counter(TAG.findall(source)) != Counter(TAG.findall(said))


def _addresses(source: str, said: str, _language: str) -> bool:
    return sorted(ADDRESS.findall(source)) != sorted(ADDRESS.findall(said))


def _english(source: str, said: str, _language: str) -> bool:
    """Words in English letters that are no names: a name has a capital amid its sentence, or a sign before it."""
    source = bare(source)
    names = KEPT | set(
        re.findall(r"(?<=[a-z,] )[A-Z][\w’-]*|[A-Z]\w*[A-Z]\w*|(?<=[.(“])[A-Za-z]+|[a-z]+(?=\.[a-z])", source)
    )
    return any(word not in names for word in LATIN_WORD.findall(bare(said)))


def _numbers(source: str, said: str, _language: str) -> bool:
    """A number may be written as a word while it is small, and a word of the source as a number."""
    given, there = (set(map(int, NUMBER.findall(bare(text)))) for text in (source, said))
    spoken = {value for word, value in NUMBER_WORDS.items() if re.search(rf"(?i)\b{word}\b", source)}
    written = set(map(int, re.findall("[0-9]+", bare(said))))  # digits of another script are an example of them
    return bool({one for one in given - there if one > SMALL} or written - given - spoken)


def _brackets(_source: str, said: str, _language: str) -> bool:
    pairs = ("()", "[]", "“”") if "”" not in said[: said.find("“") + 1] else ("()", "[]", "”“")
    return any(said.count(one[0]) != said.count(one[1]) for one in pairs)


def _end(source: str, said: str, language: str) -> bool:
    """The sign at the end, looked at through quotes and brackets; a label may become a question, and end in a value."""
    ends = ENDS.get(language)
    first, last = (text.rstrip().rstrip("”“’)»\u2069")[-1:] for text in (source, said))
    if not ends or first not in ends or PLACEHOLDER.search(said[-ROOM:].rpartition(" ")[2]) or last.isdigit():
        return False
    return ends[first] != last


def _letters(source: str, said: str, language: str) -> bool:
    other = OTHER_SCRIPT.get(language)
    return bool(other and other.search(said) and not other.search(source))


def _arabic(_source: str, said: str, language: str) -> bool:
    return language == "ur" and bool(ARABIC_ONLY.search(said))


def _signs(_source: str, said: str, language: str) -> bool:
    words = LETTERS.get(language)
    signs = {"ur": "?,;.!", "hi": ".!"}.get(language, "")
    return bool(words and re.search(rf"[{words}]\s?[{signs}](\s|$)", re.sub(r"(डॉ|श्री|रु|नं)\.", "", bare(said))))


def _glued(_source: str, said: str, language: str) -> bool:
    words = LETTERS.get(language, "")
    return bool(words and re.search(rf"{PLACEHOLDER.pattern}[{words}]|[{words}]{PLACEHOLDER.pattern}", said))


def _familiar(_source: str, said: str, language: str) -> bool:
    return language in FAMILIAR and bool(FAMILIAR[language].search(said))


def _of_one_sex(_source: str, said: str, language: str) -> bool:
    return language in OF_ONE_SEX and bool(OF_ONE_SEX[language].search(CAN.sub("", said)))


def _of_other_sex(_source: str, said: str, language: str) -> bool:
    return language in OTHER_SEX and bool(OTHER_SEX[language].search(said))


def _dotless(_source: str, said: str, language: str) -> bool:
    return language == "hi" and bool(DOTLESS.search(said))


def _length(source: str, said: str, _language: str) -> bool:
    longest, shortest = LONGEST * len(source) + ROOM, SHORTEST * (len(source) - ROOM)
    return not shortest <= len(said) <= longest


def _isolates(_source: str, said: str, _language: str) -> bool:
    return len(ISOLATE_STARTS.findall(said)) != said.count(ISOLATE_END)


def _twice(_source: str, said: str, language: str) -> bool:
    small = {"ur": "کا کی کے کو نے سے میں پر یہ وہ ہے ہیں", "hi": "का की के को ने से में पर यह वह है हैं"}.get(language, "")
    words = said.split()
    return any(one == other and one in small.split() for one, other in pairwise(words))


def _dot(_source: str, said: str, language: str) -> bool:
    return language == "ur" and ENDING.search(said) is not None


DOUBTS = (
    Doubt("begins or ends with other spaces, or has other line breaks", _edges),
    Doubt("has other markup", _markup),
    Doubt("has other addresses", _addresses),
    Doubt("has English words", _english),
    Doubt("has other numbers", _numbers),
    Doubt("has a bracket or quote without its other half", _brackets),
    Doubt("ends with another sign", _end),
    Doubt("has letters of another language", _letters),
    Doubt("has Arabic letters instead of Urdu ones, or a stretched line", _arabic),
    Doubt("has English signs", _signs),
    Doubt("glues letters to a value", _glued),
    Doubt("addresses the reader too familiarly or too stiffly", _familiar),
    Doubt("shows whether the reader is a man or a woman", _of_one_sex),
    Doubt("speaks of LoyalApp as of a man in Urdu, or of a woman in Hindi", _of_other_sex),
    Doubt("spells a word without its dot below", _dotless),
    Doubt("is much longer or shorter than the English", _length),
    Doubt("has an isolate without its end", _isolates),
    Doubt("says a word twice", _twice),
    Doubt("has an ending such as .jpg, whose dot comes to stand behind its letters", _dot),
)


def doubts(source: str, said: str, language: str) -> Iterator[str]:
    """Each rule that this translation does not keep, as the end of a sentence."""
    return (one.sentence for one in DOUBTS if one.is_broken(source, said, language))
