"""How a name sounds: the keys by which one name is found in three scripts.

`skeleton` keeps the consonants, so that Fatima, فاطمہ and फ़ातिमा are one key; `joined` is the skeleton without spaces
(عبدالرحمن is written as one word, Abdul Rahman as two); `heard` ties each skeleton to its spelling, so that spellings
can be compared (`core.likeness`). Keys are only keys: what is shown is always the text as it was written.
"""

import re
from functools import lru_cache

from loyalapp.core.textkeys import letters, norm

_REMEMBERED_WORDS = 8192


def _pairs(table: str) -> dict[str, str]:
    return {left: right for left, _, right in (pair.partition(">") for pair in table.split())}


# One sign per class of sounds; A is a vowel that can begin a word, a one that cannot.
_SOUNDS = letters({
    "A": "اعअआइईउऊएऐओऔऑऍ", "a": "ािीुूेैोौॉॅ", "b": "بबभ", "p": "پप", "f": "فफ",
    "t": "تطٹटठतथ", "d": "دڈडढदध", "s": "ثسصشशषस", "j": "جذزضظژजझ", "c": "چचछ",
    "k": "خقکकख", "g": "غگगघ", "h": "حہھह", "r": "رڑरृऋ", "l": "لलळ", "m": "مम",
    "n": "نںङञणनं", "v": "وव", "y": "یय",
})  # fmt: skip
_LATIN_SOUNDS = _pairs(
    "ksh>ks x>ks sch>s chr>kr chh>ç ch>ç ce>se ci>si cy>sy c>k ç>c sh>s ph>f kh>k gh>g jn>g gn>g gy>g"
    " th>t dh>d bh>b jh>j zh>j q>k w>v z>j"
)
_SPELT_OTHERWISE = re.compile("[hcxqwz]|[jg]n|gy")  # something of the table is in the word
_LATIN_VOWELS = str.maketrans("eiou", "aaaa", "0123456789")


_UNHEARD_SOUNDS = "aAyvh"  # but for the first one of a word


class _Silent(dict[int, str]):
    """Letters by code; those that are none of ours are not heard."""

    def __missing__(self, code: int) -> str:
        self[code] = ""  # there are only so many letters, and names hold the same vowels again and again
        return ""


_CONSONANT_OF = _Silent({ord(letter): sound for letter, sound in _SOUNDS.items() if sound not in _UNHEARD_SOUNDS})
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
_ARTICLES_AFTER = ("ul", "\u0941ल")
_ABDUL = re.compile("^(abd|अब\u094dद)[aeiou\u0941][lल](?![lल\u094d]+[aeioh\u093eह]*$)|^(عبد)ال(?!ل?[اہ]*$)")
_ABD = ("abd", "अब\u094dद", "عبد")
_BEFORE_S = re.compile("^ا(?=س[ٹپک])")  # اسٹور, اسکول: written, but the word begins with s in the other scripts
# Latin spellings that can be said in two ways: the other way, written so that it is said like that.
_OTHER_WAYS = ((re.compile("gn"), "gan"), (re.compile("th"), "s"), (re.compile("g(?=[eiy])"), "j"))
SAID = "\ue000"  # between a skeleton and its spelling; a private sign, which no clean word holds
_FLAPS = re.compile("[डढ]\u093c|[\u095c\u095d]")  # ड़ and ढ़ are heard and written as r in the other scripts
_LATIN_LETTER = re.compile("[a-z]")
_NASAL_LIP = re.compile("\u0902(?=[पफबभ])")
_TWICE = re.compile(r"(.)\1+")
_UNHEARD = str.maketrans("", "", _UNHEARD_SOUNDS)


def skeleton(text: str) -> str:
    """The consonants of each word, one key for one name in three scripts; '' where no letter is known."""
    return " ".join(sound for sound, _word in _said(text))


def heard(text: str) -> list[str]:
    """Each word as skeleton, `SAID` and spelling; with neighbours as one word, which another script may join."""
    return heard_and_joined(text)[0]


def heard_and_joined(text: str, spelt: str | None = None) -> tuple[list[str], str]:
    """Both keys of a text at once, as a long list asks for them.

    :param spelt: the text's `norm`, where it is known already.
    """
    said = _words_said(text, spelt)
    if len(said) == 2:  # as most names are
        (sound, word, tokens), (other, beside, others) = said
        sounds = _both(sound, other)
        return [*tokens, *others, f"{sounds.lower()}{SAID}{word}{beside}"], sounds
    found = [token for one in said for token in one[2]]
    sounds = ""
    for number, (sound, word, _tokens) in enumerate(said):
        sounds = _both(sounds, sound)
        if number:
            together = sounds if number == 1 else _both(said[number - 1][0], sound)
            found.append(f"{together.lower()}{SAID}{said[number - 1][1]}{word}")
    if len(said) > 2:
        found.append(f"{sounds.lower()}{SAID}{''.join([one[1] for one in said])}")
    return found, sounds


def _both(before: str, sound: str) -> str:
    """`join_sounds` of two that are joined each in itself."""
    if not before:
        return sound
    if sound[0] in _UNHEARD_SOUNDS:
        sound = sound[1:]
    return before + (sound[1:] if sound[:1] == before[-1] else sound)


def ways(text: str) -> list[list[tuple[str, str]]]:
    """For each word of `norm` how it may be said: the beginning of what `heard` makes of it, and its spelling.

    None for a word without a letter, nor for an article inside a name.
    """
    words = norm(_FLAPS.sub("र", text)).split()
    said = [_spoken(word, number > 0, False) for number, word in enumerate(words)]
    return [
        [(sound.lower(), word) for sound, word in ((_consonants(one), one), *_said_also(one)) if sound] for one in said
    ]


def is_article(word: str) -> bool:
    """Whether a word is an article inside a name (Zia ud Din), which may be lacking elsewhere."""
    return word in _ARTICLES


def whole(text: str) -> tuple[str, str]:
    """Several words as one: the beginning of what `heard` makes of them together, and their spelling."""
    said = _said(text)
    return join_sounds("".join(sound for sound, _ in said)).lower(), "".join(word for _, word in said)


def joined(text: str) -> str:
    """The skeleton as one word: finds what one script writes together and another apart."""
    return join_sounds(skeleton(text))


def join_sounds(key: str) -> str:
    """`joined` of a text whose skeleton is known already."""
    key = key.replace(" ", "")
    return _undoubled(key[:1] + key[1:].translate(_UNHEARD))


def _undoubled(sounds: str) -> str:
    """A sound that stands twice is heard once; looking first is faster, since few do."""
    return _TWICE.sub(r"\1", sounds) if _TWICE.search(sounds) else sounds


@lru_cache(64)  # the same name is asked for by several keys, one right after the other
def _said(text: str) -> tuple[tuple[str, str], ...]:
    """The words that hold a letter we know: each as skeleton, and spelt as it is said."""
    return tuple([(sound, word) for sound, word, _tokens in _words_said(text)])


def _words_said(text: str, spelt: str | None = None) -> list[tuple[str, str, tuple[str, ...]]]:
    if spelt is None or (spelt != text and not text.isascii()):  # flaps do not outlive `norm`
        flat = _FLAPS.sub("र", text)
        spelt = spelt if spelt is not None and flat == text else norm(flat)
    words = spelt.split()
    last = len(words) - 1
    return [said for number, word in enumerate(words) if (said := _word_said(word, number > 0, number < last))]


@lru_cache(_REMEMBERED_WORDS)
def _word_said(word: str, follows: bool, is_followed: bool) -> tuple[str, str, tuple[str, ...]] | None:
    """Skeleton, spelling as it is said, and what `heard` makes of the word alone; None where nothing is heard."""
    word = _spoken(word, follows, is_followed)
    if not (sound := _consonants(word)):
        return None
    said = f"{sound.lower()}{SAID}{word}"
    if "g" not in word and "th" not in word:
        return sound, word, (said,)
    return sound, word, (said, *(f"{one.lower()}{SAID}{way}" for one, way in _said_also(word)))


def _spoken(word: str, follows: bool, is_followed: bool) -> str:
    """A word without the article, short forms in full, and the letters that are said like others as those."""
    if follows:
        if word in _ARTICLES:
            return ""
        if word.startswith("ال"):
            word = _ARTICLE_BEFORE.sub("", word)
    if is_followed and word.endswith(_ARTICLES_AFTER):
        word = _ARTICLE_AFTER.sub("", word)
    word = _SAID_AS.get(word, word)
    if word.startswith(_ABD):
        word = _ABDUL.sub(r"\1\2", word)
    if _LATIN_LETTER.search(word):
        return word
    if "ال" in word:
        word = _ARTICLE_INSIDE.sub("", word)
    if word.startswith("اس"):
        word = _BEFORE_S.sub("", word)
    word = word.replace("پھ", "ف").replace("ज\u094dञ", "ग")
    if "\u0902" not in word:
        return word
    return _NASAL_LIP.sub("म", word.replace("\u0902ह", "\u0902ग"))  # सिंह is said Singh, कैंप is said camp


@lru_cache(_REMEMBERED_WORDS)
def _said_also(word: str) -> tuple[tuple[str, str], ...]:
    """What a Latin spelling can be too, where it can be said in more ways than one."""
    if ("g" not in word and "th" not in word) or not _LATIN_LETTER.search(word):
        return ()
    others = [spelt.sub(said, word) for spelt, said in _OTHER_WAYS if spelt.search(word)]
    return tuple([(_consonants(one), one) for one in others])


def _consonants(word: str) -> str:
    if not _LATIN_LETTER.search(word):
        first = _SOUNDS.get(word[:1]) or next((sound for letter in word if (sound := _SOUNDS.get(letter))), "")
        heard = word.translate(_CONSONANT_OF)
        return _undoubled(heard if first not in _UNHEARD_SOUNDS else ("A" if first == "a" else first) + heard)
    sounds = _latin_sounds(word)
    if not sounds:
        return ""
    first = "A" if sounds[0] == "a" else sounds[0]
    return _undoubled(first + sounds[1:].translate(_UNHEARD))


def _latin_sounds(word: str) -> str:
    if not _SPELT_OTHERWISE.search(word):
        return word.translate(_LATIN_VOWELS).encode("ascii", "ignore").decode()
    for spelt, said in _LATIN_SOUNDS.items():
        word = word.replace(spelt, said)
    return word.translate(_LATIN_VOWELS).encode("ascii", "ignore").decode()
