"""The question bank of reviews in the five message languages, from `questions.toml`, with the firm's own (B3)."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from . import own
from .pairs import spoken

FILE = Path(__file__).with_name("questions.toml")
AREAS = ("us", "needs", "others")
LEARNED = "learned"  # stands for no question: what else was learned about them
TICKS = {"well": ("good", "so_so", "bad")}  # what can be ticked instead of written


class Question(NamedTuple):
    """One question. `words` and `direct` (the wording to avoid) are by message language; the rest as in the file.

    `product_group` and `trade` of one of the firm's own are as the owner wrote them.
    """

    id: str
    area: str
    words: Mapping[str, str]
    direct: Mapping[str, str] = {}
    always: bool = False
    once: bool = False
    goods: str = ""
    trade: str = ""
    kind: str = ""
    gives: str = ""
    ticks: str = ""
    product_group: str = ""

    def said_in(self, language: str) -> str:
        """How it is asked in a language; one of the firm's own may lack it, and is then asked as it was written."""
        return spoken(self.words, language)

    @property
    def is_special(self) -> bool:
        """Whether it is asked of some only, by what they have or how they work."""
        return bool(self.goods or self.trade or self.product_group)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


@cache
def bundled() -> Sequence[Question]:
    """The list that comes with the program, in the order in which it is asked: about us, their needs, other shops."""
    found = [_question(dict(one)) for one in _file()["question"]]
    return tuple(sorted(found, key=lambda one: AREAS.index(one.area)))


def _question(one: dict[str, Any]) -> Question:
    names = [name for name in Question._fields if name in one]
    about = {name: one.pop(name) for name in names}
    return Question(**about, words=one)


def all_questions() -> list[Question]:
    """What is asked here: the list without what the owner took out, and the firm's own in their areas."""
    mine = own.questions()
    out = {one.key for one in mine if one.key and one.is_gone}
    ours = [_own(one) for one in mine if not one.key and not one.is_gone]
    found = [one for one in bundled() if one.id not in out] + ours
    return sorted(found, key=lambda one: AREAS.index(one.area))


def _own(row: Any) -> Question:
    gives = {"needs": "need", "others": "mention"}.get(row.area, "")
    return Question(
        f"own:{row.id}",
        row.area,
        row.words,
        row.direct,
        always=True,
        gives=gives,
        trade=row.trade,
        product_group=row.product_group,
    )


def opening(language: str) -> str:
    """How the talk begins (practice B4)."""
    return str(_file()["opening"][language])


def asks_for_time(language: str) -> str:
    """How long it takes, and when it would suit them."""
    return str(_file()["time"][language])


def if_they_hesitate(language: str) -> str:
    """Free of charge, because they are a valued customer (B4)."""
    return str(_file()["hesitates"][language])


def agreed(language: str, when: str) -> str:
    """The appointment in one sentence."""
    return str(_file()["agreed"][language]).format(when=when)


def sheet_words(language: str) -> Mapping[str, str]:
    """The words of the printed sheet."""
    found: Mapping[str, str] = _file()["sheet"][language]
    return found
