"""A review as it stands: which question is asked now, which are answered, and what comes at the end."""

from collections.abc import Sequence
from typing import NamedTuple

from . import words
from .models import Review
from .questions import AREAS, Question, all_questions

TIP = "tip"  # the last step: the recommendation
OVER, LEFT, HERE, COMING = "over", "left", "here", "coming"


class Step(NamedTuple):
    """One question of the list. `answer` is what was said now, `before` what was said at the last review."""

    number: int
    question: Question
    state: str
    answer: str
    before: str


class Stage(NamedTuple):
    """One part of the review: how many of its questions were answered."""

    word: str
    state: str
    answered: int
    total: int


def steps(review: Review | None, last: Review | None, at: str) -> list[Step]:
    """All questions; the one called `at` is being asked."""
    answers, before = (review.answers if review else {}), (last.answers if last else {})
    return [
        Step(number, one, _state(one.id, at, answers), answers.get(one.id, ""), before.get(one.id, ""))
        for number, one in enumerate(all_questions(), start=1)
    ]


def _state(question_id: str, at: str, answers: dict[str, str]) -> str:
    if question_id == at:
        return HERE
    if question_id not in answers:
        return COMING
    return OVER if answers[question_id] else LEFT


def stages(asked: Sequence[Step]) -> list[Stage]:
    """The parts of the review as drawn at the head of the page."""
    return [_stage(area, [one for one in asked if one.question.area == area]) for area in AREAS]


def _stage(area: str, part: Sequence[Step]) -> Stage:
    if any(one.state == HERE for one in part):
        state = "here"
    else:
        state = "over" if all(one.state in (OVER, LEFT) for one in part) else "ahead"
    return Stage(words.area(area), state, sum(bool(one.answer) for one in part), len(part))


def first_open(review: Review | None) -> str:
    """The first question that was neither answered nor left out; the tip after them all."""
    answers = review.answers if review else {}
    return next((one.id for one in all_questions() if one.id not in answers), TIP)


def following(at: str) -> str:
    """The step after this one."""
    ids = [*(one.id for one in all_questions()), TIP]
    return ids[min(ids.index(at) + 1, len(ids) - 1)] if at in ids else ids[0]
