"""The prepared questions and opening words of a review, from `questions.toml`: spoken in any message language."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("questions.toml")
AREAS = ("us", "needs", "others")


@dataclass(frozen=True)
class Question:
    """One question. `words` and `direct` (the wording to avoid) are by message language."""

    id: str
    area: str
    words: dict[str, str] = field(hash=False)
    direct: dict[str, str] = field(hash=False, default_factory=dict)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


@cache
def all_questions() -> Sequence[Question]:
    """The list in the order in which it is asked: about us, what they need, other shops (practice B3)."""
    return tuple(_question(dict(one)) for one in _file()["question"])


def _question(one: dict[str, Any]) -> Question:
    return Question(one.pop("id"), one.pop("area"), direct=one.pop("direct", {}), words=one)


def known(question_id: str) -> bool:
    """Whether there is such a question."""
    return any(one.id == question_id for one in all_questions())


def opening(language: str) -> str:
    """How the talk begins (practice B4)."""
    return str(_file()["opening"][language])


def if_they_hesitate(language: str) -> str:
    """Free of charge, because they are a valued customer (B4)."""
    return str(_file()["hesitates"][language])
