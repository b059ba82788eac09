"""Types Hindi for the font Kruti Dev, as a typist would: the opposite of what the program does, written by itself."""

import re

from loyalapp.features.imports.kruti import HALVES, WHOLES

KEY_OF, HALF_KEY_OF = {}, {}
for _key, _letter in WHOLES.items():
    KEY_OF.setdefault(_letter, _key)
for _key, _letter in HALVES.items():
    HALF_KEY_OF.setdefault(_letter, _key)
KEY_OF["भ"] = "Hk"
SIGNS = {
    "ा": "k", "ी": "h", "ु": "q", "ू": "w", "ृ": "`", "े": "s", "ै": "S", "ो": "ks", "ौ": "kS", "ॉ": "kW", "ं": "a", "ँ": "¡",
    "ः": "%", "ॅ": "W", "": "",
}  # fmt: skip
VOWELS = {
    "अ": "v", "आ": "vk", "इ": "b", "ई": "bZ", "उ": "m", "ऊ": "Å", "ए": ",", "ऐ": ",s", "ओ": "vks", "औ": "vkS", "ऋ": "_",
    "ऑ": "vkW",
}  # fmt: skip
LETTER = "[\u0915-\u0939]\u093c?"
SYLLABLE = re.compile(
    f"((?:{LETTER}\u094d)*{LETTER})([\u093e-\u0943\u0945-\u094c]?)([\u0901-\u0903]?)(\u094d?)|([\u0905-\u0914])([\u0901-\u0903]?)"
)


def typed(text: str) -> str:
    """The keys for a text; digits, Latin letters and spaces are typed as they are."""
    keys, at = "", 0
    while at < len(text):
        if found := SYLLABLE.match(text, at):
            keys += _syllable(found)
            at = found.end()
        else:
            keys += {".": "-", ",": "]", "-": "&", "(": "¼", ")": "½"}.get(text[at], text[at])
            at += 1
    return keys


def _syllable(found: re.Match[str]) -> str:
    if found[5]:
        return VOWELS[found[5]] + SIGNS[found[6]]
    letters = re.findall(LETTER, found[1])
    hooked = len(letters) > 1 and letters[0] == "र"
    cluster, sign = _cluster(letters[hooked:]), found[2]
    if sign == "ि":
        cluster, sign = f"f{cluster}", ""
    return cluster + SIGNS[sign] + ("Z" if hooked else "") + SIGNS[found[3]] + ("~" if found[4] else "")


def _cluster(letters: list[str]) -> str:
    keys, at = "", 0
    while at < len(letters):
        pair, is_end = "\u094d".join(letters[at : at + 2]), at + 2 >= len(letters)
        if len(letters) - at > 1 and pair in KEY_OF and is_end:
            return keys + KEY_OF[pair]
        if len(letters) - at > 2 and pair in HALF_KEY_OF:
            keys, at = keys + HALF_KEY_OF[pair], at + 2
        elif len(letters) - at == 2 and letters[at + 1] == "र":
            return f"{keys}{_whole(letters[at])}z"
        else:
            keys += _half(letters[at]) if at + 1 < len(letters) else _whole(letters[at])
            at += 1
    return keys


def _whole(letter: str) -> str:
    bare, dot = letter[0], "+" * (len(letter) - 1)
    return (KEY_OF.get(bare) or f"{HALF_KEY_OF[bare]}k") + dot


def _half(letter: str) -> str:
    bare, dot = letter[0], "+" * (len(letter) - 1)
    return HALF_KEY_OF[bare] + dot if bare in HALF_KEY_OF and not dot else f"{_whole(letter)}~"
