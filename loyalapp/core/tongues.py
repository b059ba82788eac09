"""Languages beyond our three: one folder each, with `language.toml` and the catalogues of the core and of plugins.

    languages/sd/language.toml            name = "سنڌي", like = "ur"
    languages/sd/LC_MESSAGES/messages.po  the core's words; issues.po, value.po … beside it those of plugins

The folder lies beside the catalogues of the program or in `languages/` of the data folder, where whoever translates can
try it. It leans on one of the three, which it names as `like`: direction, digits, dates and every word it lacks.
"""

import re
from pathlib import Path
from typing import NamedTuple

from loyalapp.core.moment import this_app

CODE = re.compile(r"[a-z]{2,3}")
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
ABOUT = "language.toml"
LONGEST_NAME = 30


class Tongue(NamedTuple):
    """One such language: `tag` is what a page says it is written in, `hello` and `start` greet at the first start."""

    code: str
    name: str
    like: str
    tag: str
    hello: str
    start: str
    folder: Path

    def catalogue(self, domain: str) -> Path:
        """Where its words for the core (`messages`) or a plugin lie."""
        return self.folder / "LC_MESSAGES" / f"{domain}.po"


class BadTongue(ValueError):
    """What is wrong with a `language.toml`, in a sentence for whoever wrote it."""


def added() -> dict[str, Tongue]:
    """The languages beyond our three in this app, by their codes."""
    there: dict[str, Tongue] = this_app().extensions["loyalapp.tongues"]
    return there


def found(places: list[Path], ours: tuple[str, ...]) -> tuple[dict[str, Tongue], list[str]]:
    """The languages in these folders by their codes, and a sentence for each that cannot be used."""
    there: dict[str, Tongue] = {}
    wrong = []
    for file in sorted(file for place in places if place.is_dir() for file in place.glob(f"*/{ABOUT}")):
        try:
            one = read(file, ours)
            there.setdefault(one.code, one)
        except (OSError, ValueError) as error:
            wrong.append(f"{file}: {error}")
    return there, wrong


def read(file: Path, ours: tuple[str, ...]) -> Tongue:
    """What a `language.toml` says.

    :raises ValueError: if the file is no TOML.
    :raises BadTongue: if something is missing in it or is not possible.
    """
    import tomllib  # noqa: PLC0415 -- hardly any firm has such a folder

    code, told = file.parent.name, tomllib.loads(file.read_text("utf-8"))
    if not CODE.fullmatch(code) or code in ours:
        raise BadTongue(f"the folder is named {code!r}; it takes two or three small letters, and none of {ours}")
    name, like, tag = told.get("name"), told.get("like"), told.get("tag", code)
    if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME:
        raise BadTongue(f"`name` is what the language calls itself, in at most {LONGEST_NAME} letters")
    if like not in ours:
        raise BadTongue(f"`like` is one of {ours}")
    if not isinstance(tag, str) or not TAG.fullmatch(tag):
        raise BadTongue("`tag` is a language tag, such as sd or pa-Arab")
    hello, start = (str(told.get(key, name)).strip() for key in ("hello", "start"))
    return Tongue(code, name.strip(), like, tag, hello, start, file.parent)
