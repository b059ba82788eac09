"""What a sentence about a problem is recognised by: its weighty words by sound, the same in three scripts.

Small words (ہے, hai, है) are left out, letters that are said one by one (یو پی ایس, UPS) are one word, and English words
are heard as they are said in the shop. Everything else is the core's: `sdk.ways` and `sdk.distance`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from loyalapp import sdk

SMALL = Path(__file__).with_name("small_words.txt")
LONGEST = 400  # letters of a sentence that are looked at
REMEMBERED = 8192
ALIKE, UNLIKE = 0.7, 1.6  # up to here two spellings are one word, as for the core; from here on they are two

# How the letters of an abbreviation are said; each stands alone or is joined with the next.
_URDU = "اے بی سی ڈی ای ایف جی ایچ آئی جے کے ایل ایم این او پی کیو آر ایس ٹی یو وی ڈبلیو ایکس وائی زیڈ"
_HINDI = "ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई ज़ेड"
_LATIN = "e bi si di i ef ji ech ai je ke el em en o pi kyu ar es ti yu vi dablyu eks vai zed"
_LETTERS = frozenset(f"{_URDU} {_HINDI}".split())
_SPOKEN = dict(zip("abcdefghijklmnopqrstuvwxyz", _LATIN.split(), strict=True))
_KNOWN = frozenset(["ac", "ups", "led", "lcd", "tv", "cctv", "usb", "pc", "dvr", "atm", "gps", "sim"])
_CAPITALS = re.compile("[A-Z]{2,5}")
_APART = re.compile(r"[\s\-–—/.,;:…!?()«»\"“”'’،؛؟۔।]+")
# English words as they are said in the shop, for whoever writes them the English way.
_SAID = {
    "machine": "mashin", "engine": "injan", "generator": "janretar", "fridge": "frij", "gear": "giyar",
    "geyser": "gizar", "wire": "vair", "ice": "ais", "iron": "airan", "guarantee": "garanti", "gauge": "gej",
    "one": "van", "service": "sarvis", "office": "afis", "price": "prais", "juice": "jus",
}  # fmt: skip
_ENGLISH = tuple(
    (re.compile(spelt), said)
    for spelt, said in (
        ("tch", "ch"), ("igh(?=t)", "ai"), ("dge", "j"), ("(?<=[nr])ge(?=r?$)", "j"), ("[st]ion$", "shan"),
        ("(?<=e)ssure$", "shar"), ("^u(?=ni|s[ei])", "yu"), ("que$", "k"), ("^wr", "r"), ("^kn", "n"),
    )
)  # fmt: skip


@cache
def small_words() -> frozenset[str]:
    """Words that say nothing of what is wrong, as `sdk.norm` spells them."""
    return frozenset(sdk.norm(SMALL.read_text("utf-8")).split())


class Word(NamedTuple):
    """A weighty word: its spelling, and what it may sound like."""

    spelt: str
    sounds: frozenset[str]


@lru_cache(REMEMBERED)
def heard(text: str, longest: int | None = LONGEST) -> tuple[Word, ...]:
    """The weighty words of a sentence, each once, in their order.

    :param longest: how many letters of it are looked at; None for all.
    """
    found: dict[str, Word] = {}
    for one in _together(_APART.split(sdk.plain(text[:longest]))):
        if word := _word(one):
            found.setdefault(word.spelt, word)
    return tuple(found.values())


def keys(text: str) -> set[str]:
    """By what a sentence is found again."""
    return {sound for word in heard(text) for sound in word.sounds}


@lru_cache(REMEMBERED)
def likeness(one: str, other: str, begun: bool = False) -> float:
    """How surely two spellings with the same consonants are one word: 1 for the same sound, 0 for another word.

    :param begun: `one` is still being typed.
    """
    far = 0.0 if one == other else sdk.distance(one, other, begun=begun)
    return max(0.0, (0.9 if begun else 1.0) - max(0.0, far - ALIKE) / (UNLIKE - ALIKE))


@lru_cache(REMEMBERED)
def _word(raw: str) -> Word | None:
    """None for a small word, and where there is neither a letter nor the number of a model."""
    spelt = sdk.norm(raw)
    if not spelt or spelt in small_words():
        return None
    if spelt.isdigit():
        return Word(spelt, frozenset({spelt})) if len(spelt) > 1 else None
    said = _as_said(raw, spelt) if spelt.isascii() else raw
    ways = [way for word in sdk.ways(said) for way in word if way[0]]
    return Word(ways[0][1], frozenset(sound for sound, _spelt in ways)) if ways else None


def _as_said(raw: str, spelt: str) -> str:
    if _CAPITALS.fullmatch(raw) or spelt in _KNOWN:
        return "".join(map(_SPOKEN.__getitem__, spelt))
    spelt = _SAID.get(spelt, spelt)
    for pattern, said in _ENGLISH:
        spelt = pattern.sub(said, spelt)
    return spelt


def _together(words: Sequence[str]) -> Iterator[str]:
    """Letters that are said one by one become one word: اے سی, یو پی ایس."""
    run: list[str] = []
    for word in words:
        if word in _LETTERS:
            run.append(word)
            continue
        yield from ("".join(run),) if len(run) > 1 else run
        run.clear()
        yield word
    yield from ("".join(run),) if len(run) > 1 else run
