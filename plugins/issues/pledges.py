"""What was promised about a problem: it stands in the one promise book of the app, and counts here as well (A1)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select

from loyalapp import sdk

from .models import Pledge, Problem

MADE = (
    select(
        Pledge.problem_id,
        sdk.Promise.id,
        sdk.Promise.what,
        sdk.Promise.due_on,
        sdk.Promise.kept_on,
        sdk.Promise.broken_on,
    )
    .join(sdk.Promise, sdk.Promise.id == Pledge.promise_id)
    .where(Pledge.problem_id.in_(bindparam("ids", expanding=True)))
    .order_by(sdk.Promise.due_on, sdk.Promise.id)
)


class Promised(NamedTuple):
    """One promise. `moves`: how often it was given another day; `is_broken`: not kept, kept too late, or overdue."""

    id: int
    what: str
    due_on: date
    kept_on: date | None
    broken_on: date | None
    moves: int
    is_broken: bool

    @property
    def is_open(self) -> bool:
        """Whether it has still to be kept."""
        return self.kept_on is None and self.broken_on is None


def of(problem_ids: Sequence[int]) -> dict[int, list[Promised]]:
    """What was promised about these problems, by problem, the earliest day first; two queries however many."""
    found: dict[int, list[Promised]] = {}
    made = sdk.rows(MADE, {"ids": list(problem_ids)}).all() if problem_ids else []
    moves = sdk.interactions.moves_of([one.id for one in made]) if made else {}
    for one in made:
        moved = sum(step.due_after != step.due_before for step in moves.get(one.id, ()))
        end = one.kept_on or sdk.today()
        broken = one.broken_on is not None or end > one.due_on
        promised = Promised(one.id, one.what, one.due_on, one.kept_on, one.broken_on, moved, broken)
        found.setdefault(one.problem_id, []).append(promised)
    return found


def add(problem: Problem, what: str, day: date) -> int:
    """Promise something about a problem; it is written into the promise book. Commits.

    :raises LoyalAppError: without words.
    """
    problem.promise_id = sdk.interactions.promise(problem.customer_id, what, day)
    sdk.db.session.add(Pledge(problem_id=problem.id, promise_id=problem.promise_id))
    sdk.db.session.commit()
    return problem.promise_id


def keep_all(problem: Problem) -> None:
    """It is solved, so that what was promised about it is kept. Commits."""
    for one in of([problem.id]).get(problem.id, []):
        if one.is_open:
            sdk.interactions.keep(one.id)


def open_again(problem: Problem, day: date) -> None:
    """It is not solved after all: what was kept by solving it on this day has still to be kept. Commits."""
    for one in of([problem.id]).get(problem.id, []):
        if one.kept_on == day:
            sdk.interactions.reopen(one.id)


def keep_again(problem: Problem) -> None:
    """It is solved all the same: undo of `open_again`, with the day of then; in the caller's transaction."""
    if problem.state == "confirmed" or problem.solved_at is None:
        return
    day = sdk.local(problem.solved_at).date()
    for one in of([problem.id]).get(problem.id, []):
        promise = sdk.db.session.get(sdk.Promise, one.id)
        if promise is not None and one.is_open and promise.made_on <= day:
            promise.kept_on = day
    sdk.db.session.flush()
