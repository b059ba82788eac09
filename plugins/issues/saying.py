"""Ready words to say to the customer, from `words.toml`: in the customer's language, with their meaning for us."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from loyalapp import sdk

FILE = Path(__file__).with_name("words.toml")
QUOTES = {"ur": "”{}“"}


class Spoken(NamedTuple):
    """A sentence as it is said. `lang`: by which fonts are chosen; `meaning`: for whoever does not read it."""

    text: str
    lang: str
    direction: str
    meaning: str


@cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads(FILE.read_text("utf-8"))


def language_of(customer: sdk.Customer) -> str:
    """The customer's own language; where we do not know it, the one of this screen."""
    known = customer.message_language
    return known if known in sdk.MESSAGE_LANGUAGES else sdk.current_language()


def say(key: str, language: str) -> Spoken:
    """One of the sentences, in a message language."""
    ours = sdk.current_language()
    same = language.partition("-")[0] == ours
    return Spoken(
        text=QUOTES.get(language, "“{}”").format(_all()[key][language]),
        lang="en" if "-" in language else language,  # Latin letters want Latin fonts and line heights
        direction="rtl" if language == "ur" else "ltr",
        meaning="" if same else _all()[key][ours],
    )


def word(ease: str, language: str) -> Spoken:
    """One of the three answers, as the customer says it."""
    return say(ease, language)._replace(text=_all()[ease][language])
