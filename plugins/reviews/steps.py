"""The list of questions for one review, put together from what is already known (B3): nothing is asked twice.

Always asked are a few of each area, with last year's answers beside; the others take turns, those that were never asked
first. What was answered once and for all is shown as known. What fits the customer's goods and trade comes too.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from loyalapp import sdk

from . import answers, goods, words
from .models import Review
from .questions import AREAS, LEARNED, Question, all_questions

MOST = {"us": 4, "needs": 5, "others": 3}  # questions of each area, besides the firm's own
SPECIAL = 2  # of those that fit goods or trade
THEIRS = "asked:"  # before the key of a question that another plugin asks


class Step(NamedTuple):
    """One question of the list. `answer`: the row of what is said now, `before`: what was said the last time."""

    number: int
    question: Question
    answer: Any | None
    before: answers.Before | None


class Stage(NamedTuple):
    """One part of the review: how many of its questions were answered."""

    area: str
    word: str
    answered: int
    steps: Sequence[Step]


class Plan(NamedTuple):
    """The questions of a review by area, and what is known already and therefore not asked: question and answer."""

    stages: Sequence[Stage]
    known: Sequence[tuple[Question, answers.Before]]

    def steps(self) -> list[Step]:
        """All of them, one after the other."""
        return [one for stage in self.stages for one in stage.steps]


def plan(customer: Any, review: Review | None) -> Plan:
    """What is asked of a customer now; of a review that was begun, also whatever was answered in it."""
    said = answers.of(review.id) if review else {}
    before = answers.earlier(customer.id)
    theirs = _theirs(customer.id)
    about = _about(customer)
    fitting = [one for one in all_questions() if _fits(one, *about)]
    chosen = [one for area in AREAS for one in _of_area(fitting, area, before)]
    chosen += [one for one, _last in theirs]
    chosen = _with_answered(chosen, said)
    for one, last in theirs:
        if last and one.id not in before:
            before[one.id] = answers.Before(last, "", None, "")
    known = [(one, before[one.id]) for one in fitting if one.once and one.id in before and one.id not in said]
    return Plan(_stages(chosen, said, before), known)


def _about(customer: Any) -> tuple[set[str], set[str], set[str], Any]:
    bought = {one for one in sdk.catalogue.groups_bought([customer.id])[customer.id] if one}
    return bought, goods.of_groups(bought), goods.of_trade(customer.trade), customer


def _fits(one: Question, bought: set[str], sorts: set[str], trades: set[str], customer: Any) -> bool:
    """Whether a question is for this customer at all."""
    if (one.kind and customer.kind != one.kind) or (one.goods and one.goods not in sorts):
        return False
    if one.product_group and one.product_group not in bought:
        return False
    if one.id.startswith("own:"):
        return not one.trade or sdk.norm(one.trade) in sdk.norm(customer.trade or "")
    return not one.trade or one.trade in trades


def _of_area(fitting: Iterable[Question], area: str, before: Mapping[str, answers.Before]) -> list[Question]:
    """Those of one area that are asked now, in the order of the list."""
    mine = [one for one in fitting if one.area == area and not (one.once and one.id in before)]
    always = [one for one in mine if one.always]
    special = [one for one in mine if one.is_special and not one.always]
    special = sorted(special, key=lambda one: _turn(one, before))[:SPECIAL]
    others = sorted((one for one in mine if not one.always and not one.is_special), key=lambda one: _turn(one, before))
    own = sum(one.id.startswith("own:") for one in always)
    room = max(0, MOST[area] - (len(always) - own) - len(special))
    kept = {one.id for one in (*always, *special, *others[:room])}
    return [one for one in mine if one.id in kept]


def _turn(one: Question, before: Mapping[str, answers.Before]) -> date:
    """Whose turn it is: what was never asked, then what was asked longest ago."""
    last = before.get(one.id)
    return last.held_on or date.min if last else date.min


def _theirs(customer_id: int) -> list[tuple[Question, str]]:
    """What other plugins would like to hear, with what was said the last time."""
    found = sdk.ask("review_questions", customer_id=customer_id)
    return [(Question(f"{THEIRS}{one.key}", "us", one.words), one.before) for one in found]


def _with_answered(chosen: Sequence[Question], said: Mapping[str, Any]) -> list[Question]:
    """Whatever was answered in this review stays in it, also when its question is gone by now."""
    everything = {one.id: one for one in (*all_questions(), *chosen)}
    missing = [one for one in said if one not in {each.id for each in chosen} and one != LEARNED]
    more = [everything.get(one) or _gone(one, said[one]) for one in missing if said[one].said or said[one].tick]
    return sorted([*chosen, *more], key=lambda one: AREAS.index(one.area))


def _gone(question_id: str, row: Any) -> Question:
    """A question that is not in the list any more, as it was asked."""
    gives = row.keep_as or ""
    area = {"need": "needs", "mention": "others"}.get(gives, "us")
    asked = row.asked or row.question
    return Question(question_id, area, dict.fromkeys(sdk.MESSAGE_LANGUAGES, asked), gives=gives)


def _stages(chosen: Sequence[Question], said: Mapping[str, Any], before: Mapping[str, answers.Before]) -> list[Stage]:
    numbered = [Step(number, one, said.get(one.id), before.get(one.id)) for number, one in enumerate(chosen, start=1)]
    return [_stage(area, [one for one in numbered if one.question.area == area]) for area in AREAS]


def _stage(area: str, part: Sequence[Step]) -> Stage:
    answered = sum(bool(one.answer and (one.answer.said or one.answer.tick)) for one in part)
    return Stage(area, words.area(area), answered, part)


def answered(review: Review) -> list[tuple[str, Any]]:
    """What was said in a review: each question as it is asked now, or as it was asked if it is gone, and the answer."""
    known, language = {one.id: one for one in all_questions()}, sdk.current_language()
    return [
        (known[one.question].said_in(language) if one.question in known else one.asked or "", one)
        for one in answers.of(review.id).values()
        if one.said or one.tick or one.shop
    ]
