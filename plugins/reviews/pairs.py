"""Words that the firm wrote in some of the five message languages."""

from collections.abc import Mapping

NEAR = {  # what is read most easily where a language lacks
    "ur": ("ur-Latn", "hi-Latn", "hi", "en"),
    "hi": ("hi-Latn", "ur-Latn", "ur", "en"),
    "en": ("ur-Latn", "hi-Latn", "ur", "hi"),
    "ur-Latn": ("hi-Latn", "ur", "hi", "en"),
    "hi-Latn": ("ur-Latn", "hi", "ur", "en"),
}


def spoken(words: Mapping[str, str], language: str) -> str:
    """The words in a language, else in the one nearest to it; "" where there are none at all."""
    order = (language, *NEAR.get(language, tuple(NEAR)))
    return next((words[one] for one in order if words.get(one)), "")


def tongue_of(words: Mapping[str, str], language: str) -> str:
    """In which language `spoken` answers."""
    order = (language, *NEAR.get(language, tuple(NEAR)))
    return next((one for one in order if words.get(one)), language)
