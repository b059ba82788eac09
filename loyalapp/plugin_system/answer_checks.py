"""What a plugin may answer with: texts that fit on a page, and whole numbers to sort and count by."""

from typing import Any

LONGEST_WORD = 1_000  # letters of a label, a key, the name of an icon
LONGEST_TEXT = 50_000  # letters of a sentence that carries what somebody wrote, or of an address that does


def whole(record: Any, *names: str) -> None:
    """What the core sorts and counts by must be whole numbers; a wrong one is the plugin's fault, in its own call."""
    for name in names:
        if not isinstance(getattr(record, name), int):
            raise TypeError(f"{type(record).__name__}.{name} is a whole number")


def words(record: Any, *names: str, longest: int = LONGEST_WORD, may_lack: bool = False) -> None:
    """Texts are texts and fit on a page; they are made plain, so that markup in them is shown and not obeyed."""
    for name in names:
        value = getattr(record, name)
        if (type(value) is str and len(value) <= longest) or (may_lack and value is None):
            continue
        object.__setattr__(record, name, made_plain(f"{type(record).__name__}.{name}", value, longest))


def made_plain(where: str, value: Any, longest: int) -> str:
    """The text of an answer.

    :raises TypeError: if it is none. :raises ValueError: if it is too long.
    """
    if not isinstance(value, str) and not hasattr(value, "_func"):  # a word that is spoken only when it is shown
        raise TypeError(f"{where} is a text")
    text = str(value)
    if len(text) > longest:
        raise ValueError(f"{where} has at most {longest} letters, not {len(text)}")
    return text
