"""What can be done with a problem (A1 to A5): record it, stay with it, take care of it, see it through.

Recording stands in `recording`, the steps in `steps`, how it ends in `closing`, what it cost the customer in `path`.
"""

from datetime import date

from loyalapp import sdk

from . import closing, pledges, recording, steps
from .models import Problem

_ = sdk.texts("issues").gettext

MOST_MINUTES = 24 * 60
LONGEST = recording.LONGEST
get, is_there, take_back, move = steps.get, steps.is_there, steps.take_back, steps.move
record, record_unknown, change, take_over = (
    recording.record,
    recording.record_unknown,
    recording.change,
    recording.take_over,
)
done, tried, solve, answer, reopen = closing.done, closing.tried, closing.solve, closing.answer, closing.reopen
ask_referral, may_ask_referral = closing.ask_referral, closing.may_ask_referral
ask_ease_again = closing.ask_ease_again


def add_contact(problem_id: int, *, explained: bool = False) -> int | None:
    """They had to contact us again, perhaps to explain it all again: both count as their effort (A1)."""
    return move(problem_id, "explained" if explained else "called")


def hand_on(problem_id: int, to: str = "") -> int | None:
    """It was handed on to somebody who is no ally of ours; whoever took the call stays responsible (A5)."""
    return steps.move(problem_id, "handed_on", sdk.plain(to)[: LONGEST["to"]])


def look_after(problem_id: int, minutes: int = 0, *, visited: bool = False) -> int | None:
    """Something was done about it today, and it is not solved yet: it comes back on the next working day.

    :param minutes: how long it took us (A8). `visited`: we went there.
    :raises LoyalAppError: for minutes that cannot be.
    """
    return move(problem_id, "visited" if visited else "worked", minutes=checked_minutes(minutes))


def checked_minutes(minutes: int) -> int:
    """Our time on it.

    :raises LoyalAppError: if it is none, or more than a day.
    """
    if not 0 <= minutes <= MOST_MINUTES:
        raise sdk.LoyalAppError(_("Please write the minutes as a number, like 30."), field="minutes")
    return minutes


def not_looked_after(problem_id: int) -> None:
    """Undo `look_after`, if nothing else has happened since."""
    last = steps.last_step(problem_id)
    if last.kind in ("worked", "visited"):
        take_back(problem_id, last.id)


def promise(problem_id: int, what: str, day: date) -> None:
    """Promise something about it: it goes to the promise book, and the next step is on that day.

    :raises LoyalAppError: without words, or for a day that cannot be.
    """
    problem = steps.found(problem_id)
    if not sdk.plain(what):
        raise sdk.LoyalAppError(_("What did you promise for this day?"), field="promised")
    recording.check_day(day, "promised_for")
    if problem.is_over:
        raise steps.changed_meanwhile()
    problem.next_step_on = day
    steps.write(problem, "promised", sdk.plain(what)[: LONGEST["promised"]])
    pledges.add(problem, what, day)


def plan(problem_id: int, day: date) -> None:
    """On which day the next step is.

    :raises LoyalAppError: for a day that is over, or more than a year away.
    """
    problem = steps.found(problem_id)
    recording.check_day(day, "next_step_on")
    if not problem.is_over:
        problem.next_step_on = day
        problem.turn += 1
        steps.keep()


def add_minutes(problem_id: int, minutes: int) -> None:
    """Our time on it, also afterwards (A8).

    :raises LoyalAppError: for minutes that cannot be.
    """
    problem = steps.found(problem_id)
    problem.minutes = checked_minutes(problem.minutes + checked_minutes(minutes))
    steps.keep()


def promise_of(problem: Problem) -> sdk.Promise | None:
    """What was promised last about it."""
    return sdk.db.session.get(sdk.Promise, problem.promise_id) if problem.promise_id else None
