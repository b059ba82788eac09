"""Hands a problem to an ally, takes the answer down, gives it to somebody else, thanks them (A6).

Whoever took the call stays responsible (A5): the day by which the ally shall answer is the day of our own next step.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select, update

from loyalapp import sdk

from . import allies, hours, recording, steps, waiting
from .models import Ally, HandOver, Problem

_ = sdk.texts("issues").gettext

LONGEST = {"tried": 1000, "note": 500, "answer": 1000}
# How many working days an answer may take.
ANSWER_WITHIN = {"stopped": 0, "trouble": 1, "no_hurry": 3}
HIGHEST_ID = 2**31 - 1


def answer_day(urgency: str) -> date:
    """By when we ask for an answer, unless another day is said."""
    return hours.due_day(sdk.today(), ANSWER_WITHIN.get(urgency, 1))


class Given(NamedTuple):
    """What came of it: the row, and the step by which it can be taken back."""

    hand_over_id: int
    step_id: int


def give(
    problem_id: int,
    ally_id: int,
    *,
    tried: str = "",
    note: str = "",
    answer_by: date | None = None,
    with_contact: bool = False,
) -> Given | None:
    """Hand a problem to an ally. None where it is over.

    :param tried: what was tried before; `note`: what we ask of them.
    :param with_contact: whether they are told how to reach the customer.
    :raises LoyalAppError: for an ally who was removed or has it already, or a day that cannot be.
    """
    problem = steps.found(problem_id)
    day = _checked_day(answer_by, problem.urgency)
    words = {"tried": _words("tried", tried), "note": _words("note", note), "with_contact": with_contact}
    if problem.is_over:
        return None
    ally = _who_helps(ally_id)
    if any(one.ally_id == ally.id and one.answered_on is None for one in waiting.all_of(problem.id)):
        name = sdk.isolate_text(ally.name)
        raise sdk.LoyalAppError(_("%(name)s has this problem already.", name=name), field="ally")
    given = _hand(problem, ally, day, words)
    steps.keep()
    return given


def _hand(problem: Problem, ally: Ally, day: date, words: Mapping[str, Any]) -> Given:
    """The step, the row and our own next step, in the caller's transaction."""
    step = steps.write(problem, "handed_on", ally.name, ally_id=ally.id)
    row = HandOver(problem_id=problem.id, ally_id=ally.id, to_name=ally.name, answer_by=day, **words)
    sdk.db.session.add(row)
    problem.next_step_on = day
    sdk.db.session.flush()
    return Given(row.id, step.id)


def _who_helps(ally_id: int) -> Ally:
    ally = allies.found(ally_id)
    if ally.is_gone:
        name = sdk.isolate_text(ally.name)
        words = _("%(name)s does not help any more. Please choose somebody else.", name=name)
        raise sdk.LoyalAppError(words, field="ally")
    return ally


def _checked_day(day: date | None, urgency: str) -> date:
    if day is None:
        return answer_day(urgency)
    recording.check_day(day, "answer_by")
    return day


def _words(field: str, text: str) -> str:
    words = sdk.plain(text, keep_lines=True)
    if len(words) > LONGEST[field]:
        raise sdk.LoyalAppError(_("This is very long. A few words are enough."), field=field)
    return words


def answered(hand_over_id: int, answer: str) -> int | None:
    """Write down what the ally said; our next step is today. None where it is answered or over already.

    :raises LoyalAppError: without words.
    """
    given, problem = _open(hand_over_id)
    words = _words("answer", answer)
    if not words:
        raise sdk.LoyalAppError(_("Please write in a few words what they said."), field="answer")
    if given.answered_on is not None or problem.is_over:
        return None
    given.answered_on, given.answer = sdk.today(), words
    problem.next_step_on = hours.due_day(sdk.today())
    step = steps.write(problem, "answered", words, ally_id=given.ally_id)
    steps.keep()
    return step.id


def ask_again(hand_over_id: int, answer_by: date | None = None) -> None:
    """They need more time: another day for the answer, which is our next step too.

    :raises LoyalAppError: for a day that cannot be.
    """
    given, problem = _open(hand_over_id)
    tomorrow = hours.due_day(sdk.today() + timedelta(days=1))
    day = tomorrow if answer_by is None else _checked_day(answer_by, problem.urgency)
    if given.answered_on is None and not problem.is_over:
        given.answer_by = problem.next_step_on = day
        problem.turn += 1
        steps.keep()


def give_all(ally_id: int, to_ally_id: int) -> int:
    """Everything that waits on one ally goes to another, and says so in its history; answers how much it was.

    :raises LoyalAppError: for one who was removed, or the same.
    """
    if ally_id == to_ally_id:
        raise sdk.LoyalAppError(_("Please choose somebody else."), field="ally")
    allies.found(ally_id)
    other = _who_helps(to_ally_id)
    mine = select(HandOver).join(Problem, Problem.id == HandOver.problem_id)
    mine = mine.where(HandOver.ally_id == ally_id, HandOver.answered_on.is_(None), Problem.state == "open")
    moved = sdk.db.session.scalars(mine.order_by(HandOver.id)).all()
    for given in moved:
        problem = steps.found(given.problem_id)
        given.answered_on = sdk.today()
        words = {"tried": given.tried, "note": given.note, "with_contact": given.with_contact}
        _hand(problem, other, max(given.answer_by or sdk.today(), answer_day(problem.urgency)), words)
    steps.keep()
    return len(moved)


def thanked(hand_over_id: int) -> None:
    """They were thanked: for this problem they are not named again.

    :raises NotFound: if there is no such hand-over.
    """
    _open(hand_over_id)
    was_thanked(hand_over_id, on=sdk.today())


def not_thanked(hand_over_id: int) -> None:
    """Undo of that.

    :raises NotFound: if there is no such hand-over.
    """
    _open(hand_over_id)
    was_thanked(hand_over_id, on=None)


def was_thanked(hand_over_id: int, on: date | None) -> None:
    """Write it down, or take it back; nothing where the hand-over is gone."""
    given = sdk.db.session.get(HandOver, hand_over_id)
    if given is None:
        return
    same = update(HandOver).where(HandOver.problem_id == given.problem_id, HandOver.ally_id == given.ally_id)
    sdk.db.session.execute(same.values(thanked_on=on))
    sdk.db.session.commit()


def _open(hand_over_id: int) -> tuple[HandOver, Problem]:
    given = sdk.db.session.get(HandOver, hand_over_id) if 0 < hand_over_id <= HIGHEST_ID else None
    if given is None:
        raise sdk.NotFound(_("This is not in the book any more."))
    problem = steps.found(given.problem_id)
    sdk.db.session.refresh(given)
    return given, problem


def on_page(problem: Problem) -> dict[str, Any]:
    """The piece of a problem's page about who helps: who has it, and who could."""
    given = waiting.all_of(problem.id)
    has_it = {one.ally_id for one in given if one.answered_on is None}
    offered = allies.suggested(problem.kind_id, problem.product_group) if problem.state == "open" else []
    best = next((one.ally for one in offered if one.fit > 0 and one.ally.id not in has_it), None)
    return {"hand_overs": given, "best": best, "waits": waiting.sentence}


def tried_before(problem_id: int) -> str:
    """What was tried already, as it was written at the last hand-over, with what was answered since."""
    before = list(reversed(waiting.all_of(problem_id)))
    said = next((one.tried for one in reversed(before) if one.tried), "")
    answers = [f"{one.name}: {one.answer}" for one in before if one.answer and one.answer not in said]
    return "\n".join([one for one in (said, *answers) if one])
