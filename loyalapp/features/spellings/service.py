"""How a name may be written in the other two scripts: a proposal that somebody takes, corrects, or leaves.

Word by word: one that people here write in a known way (`known_names`, also found by its sound where it is spelt
otherwise), else by its letters. Urdu writes no short vowels, so what is made of its letters is only a beginning.
"""

import re
import unicodedata
from functools import cache, lru_cache

from loyalapp.core.likeness import distance
from loyalapp.core.sounds import skeleton
from loyalapp.core.textkeys import norm, plain
from loyalapp.features.customers.address import script_of
from loyalapp.features.spellings.known_names import entries

SCRIPTS = ("ur", "hi", "en")
NEAR = 0.35  # of `likeness.distance`: spellings of one name, not two names
LONGEST = 100  # letters of a name for which something is proposed
_WORD = re.compile(r"[^\s&.,،()/-]+")

# Each sound with its Latin, Urdu and Hindi letters.
_TABLE = """
k k ک क | kh kh کھ ख | X kh خ ख़ | g g گ ग | gh gh گھ घ | G gh غ ग़ | c ch چ च | ch chh چھ छ
j j ج ज | jh jh جھ झ | T t ٹ ट | Th th ٹھ ठ | D d ڈ ड | Dh dh ڈھ ढ | R r ڑ ड़ | Rh rh ڑھ ढ़
N n ن ण | t t ت त | th th تھ थ | d d د द | dh dh دھ ध | n n ن न | p p پ प | ph ph پھ फ | f f ف फ़
b b ب ब | bh bh بھ भ | m m م म | y y ی य | r r ر र | l l ل ल | v v و व | sh sh ش श | s s س स
h h ہ ह | q q ق क़ | z z ز ज़
"""
_CONSONANTS = {
    sound: (latin, urdu, hindi)
    for sound, latin, urdu, hindi in [one.split() for one in _TABLE.strip().replace("\n", "|").split("|")]
}
# Each vowel: Latin; Urdu at the beginning, inside, at the end; Hindi standing alone, as a sign.
_VOWELS = {
    "a": ("a", "ا", "", "ا", "अ", ""), "A": ("a", "آ", "ا", "ا", "आ", "ा"), "i": ("i", "ا", "", "ی", "इ", "ि"),
    "I": ("i", "ای", "ی", "ی", "ई", "ी"), "u": ("u", "ا", "", "و", "उ", "ु"), "U": ("u", "او", "و", "و", "ऊ", "ू"),
    "e": ("e", "ای", "ی", "ے", "ए", "े"), "E": ("ai", "ای", "ی", "ے", "ऐ", "ै"), "o": ("o", "او", "و", "و", "ओ", "ो"),
    "O": ("au", "او", "و", "و", "औ", "ौ"),
}  # fmt: skip
_OF_HINDI = {hindi: sound for sound, (_latin, _urdu, hindi) in _CONSONANTS.items()} | dict(
    zip("षङञळ", ("sh", "n", "n", "l"), strict=True)
)
_VOWEL_OF_HINDI = {letter: sound for sound, written in _VOWELS.items() for letter in written[4:] if letter} | {
    "ृ": "i", "ऋ": "i", "ॉ": "A", "ऑ": "A"}  # fmt: skip
_OF_URDU = {urdu: sound for sound, (_latin, urdu, _hindi) in _CONSONANTS.items()} | dict(
    zip("ثصطظضذژحۃةں", ("s", "s", "t", "z", "z", "z", "z", "h", "h", "h", "n"), strict=True)
)
_VOWEL_OF_URDU = {"ا": "A", "آ": "A", "ع": "a", "ے": "e", "ئ": "i", "ؤ": "o", "ء": "", "ٰ": "A", "ى": "A"}
_OF_LATIN = {"kh": "X", "gh": "G", "ck": "k", "c": "k", "w": "v", "x": "ks", "ch": "c", "chh": "ch"} | {
    **dict.fromkeys(("aa",), "A"), **dict.fromkeys(("ee", "ie"), "I"), **dict.fromkeys(("oo",), "U"),
    **dict.fromkeys(("ai", "ay"), "E"), **dict.fromkeys(("ei", "ey", "e"), "e"), **dict.fromkeys(("au", "ou"), "O"),
}  # fmt: skip
_LATIN_SOUND = re.compile("chh|[cgjkpbtds]h|ck|aa|ee|ie|oo|a[iyu]|e[iy]|ou|[a-z]")
_HINDI_SOUND = re.compile("[क-ह]\u093c|.")
_URDU_SOUND = re.compile("[کگچجٹڈڑتدپب]ھ|.")
_SERVANT_OF = re.compile(r"\b(عبدال)(?!لہ)(?=\w)")
_NASAL = frozenset("kgcjtdTDpbsz")


def proposed(name: str) -> dict[str, str]:
    """The name in the scripts it is not written in: "ur", "hi", "en"; empty where there is nothing to propose."""
    name = plain(name)
    written = script_of(name)
    if not name or len(name) > LONGEST or written not in SCRIPTS:
        return {}
    apart = _SERVANT_OF.sub("\\1 ", name)
    spelt = {script: _spelt_all(apart, script) for script in SCRIPTS if script != written}
    return {script: one for script, one in spelt.items() if one != apart}


def _spelt_all(name: str, script: str) -> str:
    """Every word in a script; Abdul is written together with what follows in Urdu, apart from it elsewhere."""
    found = _WORD.sub(lambda word: _spelt(word[0], script), name)
    return found.replace("عبدال ", "عبدال") if script == "ur" else found


@lru_cache(2048)
def _spelt(word: str, script: str) -> str:
    """One word in a script; what holds a figure, or no letter of the three, stays as it is."""
    written = script_of(word)
    if written == script or written not in SCRIPTS or any(map(str.isdigit, word)) or not any(map(str.isalpha, word)):
        return word
    known = _known().get(norm(word)) or _near(word, written)
    return known[SCRIPTS.index(script)] if known else _WRITE[script](_READ[written](word))


# ---- names we know ----


@cache
def _known() -> dict[str, tuple[str, str, str]]:
    """Every spelling, as `norm` writes it, with its Urdu, Hindi and English."""
    found: dict[str, tuple[str, str, str]] = {}
    for english, urdu, hindi in entries():
        for one in (*english, urdu, hindi):
            found.setdefault(norm(one), (urdu, hindi, english[0]))
    return found


@cache
def _heard() -> dict[tuple[str, str], list[str]]:
    """The same spellings by script and by what is heard."""
    found: dict[tuple[str, str], list[str]] = {}
    for spelt in _known():
        found.setdefault((script_of(spelt), skeleton(spelt)), []).append(spelt)
    return found


def _near(word: str, script: str) -> tuple[str, str, str] | None:
    """The known name that this is another spelling of, if there is one."""
    spelt = norm(word)
    near = [(distance(spelt, one), one) for one in _heard().get((script, skeleton(word)), ())]
    best = min(near, default=None)
    return _known()[best[1]] if best and best[0] <= NEAR else None


# ---- by the letters ----


def _read_latin(word: str) -> list[str]:
    letters = _LATIN_SOUND.findall(norm(word))
    sounds: list[str] = []
    for one in letters:
        said = _OF_LATIN.get(one, one)
        sounds += ["k", "s"] if said == "ks" else [said]
    if len(sounds) > 2 and sounds[-1] == "y" and sounds[-2] not in _VOWELS:
        sounds[-1] = "I"
    for at, sound in enumerate(sounds):
        after = sounds[at + 1 :]
        if sound == "a" and _is_long(after, at):
            sounds[at] = "A"
        elif sound in ("i", "u") and not after:
            sounds[at] = sound.upper()
        elif sound == "e" and after == ["r"] and at > 1:
            sounds[at] = "a"  # Jaswinder
    return sounds


def _is_long(after: list[str], at: int) -> bool:
    """Whether an a, the `at`-th sound, is said long before these sounds: Sunita, Imran, Gulzar, Rashid, Rashida."""
    if not after:
        return True
    if len(after) == 1:
        return (after[0] == "n" and at > 2) or (after[0] == "r" and at > 3)
    return after[1] == "i" and (len(after) == 3 or (len(after) == 4 and after[3] in "aA"))


def _read_hindi(word: str) -> list[str]:
    sounds: list[str] = []
    for one in _HINDI_SOUND.findall(_apart(word)):
        if one in _VOWEL_OF_HINDI:
            if sounds and sounds[-1] == "a" and "\u093e" <= one <= "\u094c":
                sounds.pop()
            sounds += ["r", "i"] if one in "ृऋ" else [_VOWEL_OF_HINDI[one]]
        elif one == "\u094d":
            sounds = sounds[:-1] if sounds and sounds[-1] == "a" else sounds
        elif one in "ंँ":
            sounds.append("n")
        elif one in _OF_HINDI:
            sounds += [_OF_HINDI[one], "a"]
    return _unsaid(sounds)


def _apart(word: str) -> str:
    """Hindi letters with their dots apart, which is how they are read here."""
    return unicodedata.normalize("NFD", word)


def _unsaid(sounds: list[str]) -> list[str]:
    """Without the a that Hindi writes in no way and does not say: the last one, and one between vowels (इमरान)."""
    if len(sounds) > 2 and sounds[-1] == "a":
        sounds = sounds[:-1]
    for at in range(len(sounds) - 3, 1, -1):
        around = sounds[at - 2 : at + 3]
        if sounds[at] == "a" and [one in _VOWELS for one in around] == [True, False, True, False, True]:
            sounds = [*sounds[:at], *sounds[at + 1 :]]
    return sounds


def _read_urdu(word: str) -> list[str]:
    sounds: list[str] = []
    letters = _URDU_SOUND.findall(re.sub("[\u064b-\u0652\u0654\u0655]", "", word))
    for at, one in enumerate(letters):
        is_first, is_last, is_after_vowel = at == 0, at == len(letters) - 1, bool(sounds) and sounds[-1] in _VOWELS
        if one in "یي" and not is_first and (is_last or not is_after_vowel):
            said = "I"
        elif one == "و" and not is_first and not is_after_vowel:
            said = "o"
        elif one == "ہ" and is_last and not is_after_vowel:
            said = "A"
        elif one == "ا" and is_first:
            said = "a"
        else:
            said = _VOWEL_OF_URDU.get(one, _OF_URDU.get(one, ""))
        if said and said not in _VOWELS and sounds and not is_after_vowel and not (is_last and at > 2):
            sounds.append("a")  # a short vowel that is not written
        sounds += [said] if said else []
    return sounds


def _latin(sounds: list[str]) -> str:
    spelt = "".join([_VOWELS[one][0] if one in _VOWELS else _CONSONANTS.get(one, (one,))[0] for one in sounds])
    return spelt[:1].upper() + spelt[1:]


def _urdu(sounds: list[str]) -> str:
    last = len(sounds) - 1
    return "".join([
        _VOWELS[one][1 if at == 0 else 3 if at == last else 2] if one in _VOWELS else _CONSONANTS[one][1]
        for at, one in enumerate(sounds)
        if one in _VOWELS or (one in _CONSONANTS and one not in sounds[at - 1 : at])  # a doubled letter is written once
    ])  # fmt: skip


def _hindi(sounds: list[str]) -> str:
    spelt = ""
    for at, one in enumerate(sounds):
        before, after = sounds[at - 1] if at else "", sounds[at + 1] if at + 1 < len(sounds) else ""
        if one in _VOWELS:
            spelt += _VOWELS[one][5 if before and before not in _VOWELS else 4]
        elif one == "n" and after and after in _NASAL and before:
            spelt += "ं"
        elif one in _CONSONANTS:
            joins = bool(after) and after not in _VOWELS and (at == 0 or one in ("r", after))
            spelt += _CONSONANTS[one][2] + ("्" if joins else "")
    return spelt


_READ = {"en": _read_latin, "hi": _read_hindi, "ur": _read_urdu}
_WRITE = {"en": _latin, "hi": _hindi, "ur": _urdu}
