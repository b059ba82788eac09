"""A language that nobody speaks: every message of the program, half as long again, in the letters of Urdu.

It is made from the templates of the catalogues, so that it is always complete: one folder, as anybody adds a language.
What still stands in English letters on a page in it never went through a catalogue.
"""

import re
from pathlib import Path

import polib

from loyalapp.core import translating

CODE, NAME, TAG = "qps", "اجنبی زبان", "ur-x-qps"  # its tag says Urdu, whose letters need the most room
KEPT = re.compile(r"%\(\w+\)[sd]|<[^>]+>|[\u2066-\u2069]|[A-Za-z]+://\S+|\.[a-z]{2,12}\b|&\w+;")
LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابچدےفگہیجکلمنوپقرستںغٹڑئز", strict=True))
SIGNS = {",": "،", ";": "؛", "?": "؟", ".": "۔"}
STROKES = "گٹی"  # what every third word gets at its end: the tallest and the deepest of Nastaliq


def strange(text: str) -> str:
    """A message in the strange language; values, markup and line breaks stay."""
    made, at = [], 0
    for kept in KEPT.finditer(text):
        made += [_longer(text[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*made, _longer(text[at:])])


def _longer(text: str) -> str:
    words = re.split(r"(\s+)", text)
    return "".join(_word(word, number) for number, word in enumerate(words))


def _word(word: str, number: int) -> str:
    letters = "".join(LETTERS.get(one.lower(), SIGNS.get(one, one)) for one in word)
    if number % 6 or not any(one.isalpha() for one in word):
        return letters
    stem, end = re.fullmatch(r"(.*?)(\W*)", letters, re.DOTALL).groups()
    return f"{stem}{STROKES}{end}" if len(stem) < 12 else letters


def make(languages: Path) -> Path:
    """Its folder, with a catalogue for the core and one for each plugin."""
    folder = languages / CODE
    (folder / "LC_MESSAGES").mkdir(parents=True)
    about = {"name": NAME, "like": "ur", "tag": TAG, "hello": "ہگٹیلو", "start": "شروعگٹی کریں"}
    (folder / "language.toml").write_text("".join(f'{key} = "{value}"\n' for key, value in about.items()), "utf-8")
    for words in translating.all_words():
        catalogue = polib.pofile(str(words.template))
        catalogue.metadata |= {"Language": CODE, "Plural-Forms": "nplurals=2; plural=(n != 1);"}
        for entry in catalogue:
            entry.flags = []
            if entry.msgid_plural:
                entry.msgstr_plural = {0: strange(entry.msgid), 1: strange(entry.msgid_plural)}
            else:
                entry.msgstr = strange(entry.msgid)
        catalogue.save(str(folder / "LC_MESSAGES" / f"{words.domain}.po"))
    return folder
