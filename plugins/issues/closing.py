"""How a problem ends: we think it is solved, the customer confirms it, is asked how easy it was, and thanked (A4).

A call back that nobody answers is tried three times; then the problem is closed as not confirmed, and counted apart.
"""

from datetime import date, timedelta

from sqlalchemy import bindparam, func, select

from loyalapp import sdk

from . import pledges, standing
from .models import EASES, Problem, Step
from .steps import changed_meanwhile, found, keep, last_step, move, write

_ = sdk.texts("issues").gettext

UNSAID = "unsaid"  # they were asked, and did not say
A_YEAR = timedelta(days=365)  # nobody is asked for a referral twice in one
ASKED_ON = select(func.max(Problem.referral_asked_on)).where(Problem.customer_id == bindparam("customer_id"))


def done(problem_id: int) -> int | None:
    """We think it is solved: the customer is called back and has the last word. None where it is so already."""
    problem = found(problem_id)
    if problem.state != "open":
        return None
    step = move(problem_id, "done")
    pledges.keep_all(problem)
    return step


def tried(problem_id: int) -> int | None:
    """We called back and nobody answered; the third time it is closed without their word."""
    problem = found(problem_id)
    if problem.state != "solved":
        return None
    return move(problem_id, "tried" if problem.tries + 1 < standing.TRIES else "not_confirmed")


def solve(problem_id: int) -> int | None:
    """The customer says it is solved (A4): closed, and what was promised for it is kept. None where it already was.

    Also where it was closed without their word, and they tell us later.
    """
    problem = found(problem_id)
    if problem.state == "confirmed":
        return None
    step = write(problem, "solved")
    keep()
    pledges.keep_all(problem)
    return step.id


def answer(problem_id: int, ease: str) -> None:
    """What the customer answered to "was it easy, so-so, or hard?", or that they did not say; asked once.

    :raises LoyalAppError: for an answer we do not know.
    """
    if ease not in (*EASES, UNSAID):
        raise sdk.LoyalAppError(_("Please choose easy, so-so or hard."))
    problem = found(problem_id)
    last = last_step(problem.id)
    if problem.state == "confirmed" and last.kind == "solved":
        last.note = ease
        problem.ease = ease if ease in EASES else None
        keep()


def ask_ease_again(problem_id: int) -> None:
    """Undo of an answer: the wrong key was pressed, and they are to be asked or heard once more.

    :raises Conflict: if something has happened since, or a referral was asked for because of it.
    """
    problem = found(problem_id)
    last = last_step(problem.id)
    if problem.state != "confirmed" or last.kind != "solved" or problem.referral_asked_on is not None:
        raise changed_meanwhile()
    last.note, problem.ease = "", None
    keep()


def reopen(problem_id: int) -> int | None:
    """Not solved after all: open again from today, and it counts as effort. None where it is open.

    What only we thought kept by it has still to be kept; what the customer had confirmed was.
    """
    problem = found(problem_id)
    if problem.state == "open":
        return None
    thought_on = sdk.local(problem.solved_at).date() if problem.solved_at else None
    is_word_of_theirs = problem.state == "confirmed"
    problem.next_step_on = sdk.today()
    step = write(problem, "not_solved")
    keep()
    if thought_on and not is_word_of_theirs:
        pledges.open_again(problem, thought_on)
    return step.id


def is_answered(problem: Problem, step: Step) -> bool:
    """Whether they were asked how easy it was, also where they did not say."""
    return bool(problem.ease) or step.note == UNSAID


# ---- a referral, after "easy" only ----


def may_ask_referral(problem: Problem) -> bool:
    """Whether this is the moment: it was easy for them, and we did not ask them within a year (A8)."""
    return problem.ease == "easy" and problem.referral_asked_on is None and _asked_before(problem) is None


def _asked_before(problem: Problem) -> date | None:
    """When they were asked last, if that is less than a year ago."""
    asked: date | None = sdk.rows(ASKED_ON, {"customer_id": problem.customer_id}).scalar()
    return asked if asked and asked > sdk.today() - A_YEAR else None


def ask_referral(problem_id: int, name: str = "", number: str = "") -> int | None:
    """We asked whether they know somebody; whom they named becomes a new customer who was sent by them.

    :returns: the new customer, if anybody was named.
    :raises Conflict: if this is not the moment, or not any more.
    :raises LoyalAppError: for a number that cannot be one, or a number without a name.
    """
    problem = found(problem_id)
    if not may_ask_referral(problem):
        raise changed_meanwhile()
    problem.referral_asked_on = sdk.today()
    if not sdk.plain(name) and not sdk.plain(number):
        keep()
        return None
    if not sdk.plain(name):
        raise sdk.LoyalAppError(_("Please write their name too."), field="name")
    return _send_by(problem.customer_id, name, number)


def _send_by(customer_id: int, name: str, number: str) -> int:
    values = {"name": name, "stage": "prospect", "referred_by_id": customer_id}
    try:
        return sdk.customers.add({**values, "phones": [number] if sdk.plain(number) else []}).id
    except sdk.LoyalAppError as error:
        is_number = (error.field or "").startswith("phones")
        raise sdk.LoyalAppError(str(error), field="number" if is_number else "name") from error
