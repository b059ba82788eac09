"""Takes a form of address off a name, as lists write it in front ("डॉ. Sana Shaikh") or behind ("عمران صاحب")."""

from typing import NamedTuple

from loyalapp.core.textkeys import norm
from loyalapp.features.imports import words

OF_FIRMS = frozenset({"m s", "ms", "messrs"})


class Addressed(NamedTuple):
    """A name without its form of address; `both` where forms stood on both sides, and one had to stay behind."""

    name: str
    form: str | None
    both: bool = False


def parted(name: str) -> Addressed:
    """The name and its form of address. A form alone ("Doctor") is taken for the name."""
    parts = name.split(" ")
    if not (_may_begin(parts[0]) or _may_end(parts[-1])):
        return Addressed(name, None)
    before: list[str] = []
    while len(parts) > 1 and norm(parts[0]) in words.titles_before():
        before.append(parts.pop(0).rstrip(","))
    if not before and len(parts) > 1 and (glued := _glued(parts[0])):
        before, parts[0] = [glued[0]], glued[1]
    after = _behind(parts)
    if after:
        parts = parts[: -len(after)]
    if before and after:
        return Addressed(" ".join(parts), " ".join(before), both=True)
    return Addressed(" ".join(parts), " ".join(before or after) or None)


def _may_begin(word: str) -> bool:
    return norm(word) in words.titles_before() or ("." in word and _glued(word) is not None)


def _may_end(word: str) -> bool:
    return norm(word) in words.last_words_after()


def _glued(word: str) -> tuple[str, str] | None:
    """ "Dr.Sana" without a space."""
    form, dot, rest = word.partition(".")
    return (f"{form}.", rest) if dot and rest and norm(form) in words.titles_before() else None


def _behind(parts: list[str]) -> list[str]:
    if len(parts) < 2 or norm(parts[-1]) not in words.last_words_after():
        return []
    for length in (2, 1):
        if len(parts) > length and norm(" ".join(parts[-length:])) in words.titles_after():
            return parts[-length:]
    return []
