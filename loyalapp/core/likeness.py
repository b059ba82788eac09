"""How far apart two spellings of a word sound, in whichever of the three scripts each is written.

Many names have the same consonants (Ayesha, Usha, آشا): which of them is meant, their vowels tell. A word becomes a row
of sounds, and the distance is the cheapest way from one row to the other. What a script leaves unwritten costs nearly
nothing (Urdu has no short vowels, Hindi writes no inherent a), what every script writes costs much.
"""

import re
from functools import lru_cache

_REMEMBERED = 32_768
_LONGEST = 24

# Capitals are long vowels; E and O are ai and au; Y and W are the Urdu letters that are vowel or consonant; ? is an
# Urdu vowel at the beginning, which may be any, and * an ain, which may be none; H is an h that may be an a.
_CONSONANTS = {
    **dict(zip("بپتٹثجچحدڈذرڑزژسشصضطظغفقکگلمنںوھیے", "bpttsjchddzrrzzsşsztzgfkkglmnnWhYY", strict=True)),
    **dict(zip("कगङचजञटडणतदनपफबमयरलळवशषसहं", "kgncjntdntdnpfbmyrllvşşshn", strict=True)),
    **dict(zip("खघछझठढथधभ", ("kh", "gh", "ch", "jh", "th", "dh", "th", "dh", "bh"), strict=True)),
    "خ": "kh", "غ": "gh", "ہ": "h", "ا": "A", "ع": "*",
}  # fmt: skip
_HINDI_VOWELS = dict(zip("अआइईउऊएऐओऔऑऍािीुूेैोौॉॅ", "aAiIuUeEoOoeAiIuUeEoOoe", strict=True)) | {"ऋ": "ri", "ृ": "ri"}
_SIGNS = str.maketrans(_CONSONANTS | _HINDI_VOWELS)
_LATIN = tuple(
    (re.compile(spelt), said)
    for spelt, said in (
        ("ksh", "kş"), ("sch|sh", "ş"), ("chr", "kr"), ("tch|ch", "ç"), ("c(?=[eiy])", "s"), ("ck|c", "k"), ("ç", "c"),
        ("que$|q", "k"), ("ph", "f"), ("x", "ks"), ("o[uw](?![aeiou])", "O"), ("w", "v"), ("aa+", "A"), ("ee+", "I"),
        ("oo+", "U"), ("(?<=[^aeiou])y$", "I"), ("[^a-zAIUEOş]", ""), (r"([^aeiou])\1+", r"\1"),
    )
)  # fmt: skip
_HINDI_TWICE = re.compile(r"([क-ह])\u094d\1")
_URDU_LETTER = re.compile("[\u0620-\u06ff]")
_FRONT, _BACK, _OPEN, _LONG, _SHORT = (frozenset(one) for one in ("iIeEY", "uUoOW", "aA", "IUEO", "iueo"))
_VOWELS = _FRONT | _BACK | _OPEN | set("?*H")
# One letter of one script for the other letter of another, or nearly the same sound.
_ALIKE = tuple(map(frozenset, ("jz", "*aA?", "Yy", "Wv", "Yi", "YI", "Ye", "YE", "Wu", "WU", "Wo", "WO")))
_WRITTEN_OTHERWISE = tuple(map(frozenset, ("AO", "Ao", "AY", "aY", "aO")))  # جان is John, موسیٰ is Musa


@lru_cache(_REMEMBERED)
def distance(one: str, other: str, begun: bool = False) -> float:
    """0 for the same sound; above 1 for another name. Both as `norm` writes them.

    :param begun: `one` is still being typed: it is held against the beginning of `other`.
    """
    first, second = _row(one), _row(other)
    is_urdu = bool(_URDU_LETTER.search(one)) or bool(_URDU_LETTER.search(other))
    ways = [0.0]
    for column, sound in enumerate(second):
        ways.append(ways[column] + _alone(sound, column == len(second) - 1, is_urdu))
    for row, sound in enumerate(first):
        missing = _alone(sound, row == len(first) - 1, is_urdu)
        after = [ways[0] + missing]
        for column, met in enumerate(second):
            beside = after[column] + _alone(met, column == len(second) - 1, is_urdu)
            after.append(min(beside, ways[column + 1] + missing, ways[column] + _between(sound, met)))
        ways = after
    return min(ways) if begun else ways[-1]


@lru_cache(_REMEMBERED)
def _row(word: str) -> str:
    """A word as a row of sounds, one sign for each."""
    if word.isascii():
        for spelt, said in _LATIN:
            word = spelt.sub(said, word)
        return word[:_LONGEST]
    if _URDU_LETTER.search(word):
        begun = "?" + word[1:] if word[0] in "اع" else word
        word = begun[:-1] + "H" if begun[-1] == "ہ" and len(begun) > 1 else begun
    return _HINDI_TWICE.sub(r"\1", word).replace("\u094d", "").translate(_SIGNS)[:_LONGEST]


@lru_cache(4096)
def _between(one: str, other: str) -> float:
    """What it costs to hear one sound as the other."""
    pair = {one, other}
    if one == other or ("H" in pair and pair & {"a", "A", "h"}):
        return 0.0
    if any(pair <= alike for alike in _ALIKE):
        return 0.05
    if pair in ({"s", "ş"}, {"H", "e"}):
        return 0.3
    if ("y" in pair and pair & _FRONT) or ("v" in pair and pair & _BACK):
        return 0.2
    return _between_vowels(pair) if pair <= _VOWELS else 1.2


def _between_vowels(pair: set[str]) -> float:
    if pair & {"?", "*"}:
        return 0.3 if pair & _LONG else 0.1
    for kind in (_FRONT, _BACK, _OPEN):
        if pair <= kind:
            return 0.1 if len(set(map(str.lower, pair))) == 1 else 0.25
    if any(pair == one for one in _WRITTEN_OTHERWISE):
        return 0.5
    return 0.4 if "a" in pair and not pair & _LONG else 1.0


@lru_cache(1024)
def _alone(sound: str, is_last: bool, is_urdu: bool) -> float:
    """What it costs if only one of the two words has this sound."""
    if sound in "hH*":
        return 0.12
    if sound == "a":
        return 0.5 if is_last else 0.12
    if sound in _SHORT:
        return 0.6 if is_last else 0.15 if is_urdu else 0.25 if sound == "e" else 0.5
    return 0.3 if sound == "?" else 0.5 if sound in "yvYW" else 0.7 if sound in _VOWELS else 1.2
