"""The fixed words of `translations/GLOSSARY.md`, and whether a translation keeps to them; for `loyalapp translate`."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from loyalapp.core.paths import shipped

BRACKET = re.compile(r"\s*\([^)]*\)")
AVOIDED = re.compile(r"(?:^|[;:,] )(?:\*\*never\*\*|never|not) ([^;:]+)")
SCRIPTS = {"ur": re.compile("[\u0600-\u06ff]"), "hi": re.compile("[\u0900-\u097f]")}
WORD = "[\\w\u0900-\u097f]"


class Term(NamedTuple):
    """One line of a table: the English words for a thing, what each language says, and what it does not."""

    english: frozenset[str]
    said: dict[str, frozenset[str]]
    avoided: dict[str, tuple[str, ...]]


@cache
def terms(file: Path | None = None) -> tuple[Term, ...]:
    """Every fixed word; a line with `on · off` is one term for each of its parts."""
    place = file or shipped("translations") / "GLOSSARY.md"
    lines = place.read_text("utf-8").splitlines() if place.is_file() else []
    tables = (line.strip("| ").split(" | ") for line in lines if line.startswith("|") and "---" not in line)
    rows = ([cell.strip() for cell in cells] for cells in tables)
    return tuple(
        term for cells in rows if len(cells) >= 3 and SCRIPTS["ur"].search("".join(cells)) for term in _terms(cells)
    )


def _terms(cells: list[str]) -> Iterator[Term]:
    why = cells[3] if len(cells) > 3 else ""
    found = [_avoided(one) for one in AVOIDED.findall(why)]
    avoided = {
        language: tuple(word for words in found for word in words if script.search(word))
        for language, script in SCRIPTS.items()
    }
    parts = [cell.split(" · ") for cell in cells[:3]]
    if len({len(one) for one in parts}) > 1:
        parts = [[cell] for cell in cells[:3]]
    for english, urdu, hindi in zip(*parts, strict=True):
        yield Term(_choices(english), {"ur": _choices(urdu), "hi": _choices(hindi)}, avoided)


def _choices(cell: str) -> frozenset[str]:
    """What may be said, one of them; the comma of a sentence belongs to it, so the whole counts too."""
    bare = BRACKET.sub("", cell)
    return frozenset(plain(one) for one in (*re.split(r"[,،] |; ", bare), bare) if plain(one))


def _avoided(words: str) -> list[str]:
    return [one for word in re.split(r"[,،] ", words) if (one := BRACKET.sub("", word).strip())]


def plain(text: str) -> str:
    """A word as it is compared: without capitals, and without the sign at its end."""
    return text.strip().rstrip(".:۔।…").lower()


def doubts(source: str, said: str, language: str) -> Iterator[str]:
    """Where a translation says another word than the fixed one, or one that is to be avoided."""
    meant = [one for one in terms() if plain(source) in one.english]
    fixed = frozenset[str]().union(*(one.said.get(language, frozenset()) for one in meant))
    if fixed and plain(said) not in fixed:
        yield f"is not the word of the glossary ({', '.join(sorted(fixed))})"
    for term in terms():
        for word in term.avoided.get(language, ()):
            if _says(said, word) and any(_says(source.lower(), one) for one in term.english):
                yield f"has {word}, which the glossary avoids"


def _says(text: str, word: str) -> bool:
    return word in text and bool(re.search(rf"(?<!{WORD}){re.escape(word)}(?!{WORD})", text))
