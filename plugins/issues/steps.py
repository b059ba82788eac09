"""One problem and its steps: found, moved on, settled, and taken back; whatever changes a problem goes by here."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from loyalapp import sdk

from . import hours, path, pledges, standing, together, waiting
from .models import Problem, Step

_ = sdk.texts("issues").gettext

A_DAY = timedelta(days=1)
HIGHEST_ID = 2**31 - 1  # what both databases can look for
# After which step there is something to do at once, and after which on the next working day.
TODAY = ("called", "explained", "answered", "not_solved")
TOMORROW = ("worked", "visited", "done", "tried")
AT_ONCE = (
    "handed_on",
    "worked",
    "visited",
    "done",
    "tried",
    "not_confirmed",
)  # taken back, the next step is today again
STAYS = ("told", "promised", "taken_over")  # what others know of, or what has left this book


def get(problem_id: int) -> Problem:
    """One problem.

    :raises NotFound: if there is none, or its customer was removed.
    """
    return found(problem_id, to_change=False)


def is_there(problem_id: int) -> bool:
    """Whether there is such a problem, and its customer was not removed."""
    try:
        get(problem_id)
    except sdk.NotFound:
        return False
    return True


def found(problem_id: int, *, to_change: bool = True) -> Problem:
    """To change it, the row is locked (PostgreSQL; SQLite locks the file), so that two desks count both calls."""
    problem = None
    if 0 < problem_id <= HIGHEST_ID:
        problem = sdk.db.session.get(Problem, problem_id, with_for_update=to_change, populate_existing=to_change)
    if problem is None:
        raise sdk.NotFound(_("This problem is not in the book any more."))
    sdk.customers.get(problem.customer_id)
    return problem


def changed_meanwhile() -> sdk.Conflict:
    """Two people at one problem: the second one looks first."""
    return sdk.Conflict(
        _("Somebody else wrote something about this problem just now. Please look at the page and write yours again.")
    )


def keep() -> None:
    """Commit, unless somebody else changed the same problem in the meantime.

    :raises Conflict: then.
    """
    together.keep(changed_meanwhile)


def move(problem_id: int, kind: str, note: str = "", **more: Any) -> int | None:
    """One step on the way, and the day of the next one. None where it is over already.

    :param more: `ally_id`, `minutes`.
    """
    problem = found(problem_id)
    if problem.is_over:
        return None
    if kind in (*TODAY, *TOMORROW):
        problem.next_step_on = sdk.today() if kind in TODAY else hours.due_day(sdk.today() + A_DAY)
    step = write(problem, kind, sdk.plain(note), **more)
    keep()
    return step.id


def write(problem: Problem, kind: str, note: str = "", **more: Any) -> Step:
    """One step, and how the problem stands after it; in the caller's transaction."""
    step = Step(problem_id=problem.id, kind=kind, note=note, staff_member_id=sdk.staff.at_desk(), **more)
    sdk.db.session.add(step)
    problem.minutes = (problem.minutes or 0) + (more.get("minutes") or 0)
    sdk.db.session.flush()
    settle(problem)
    return step


def settle(problem: Problem) -> None:
    """The state and the counts as they follow from the steps; what runs on is fixed where it is over."""
    steps = sdk.db.session.scalars(select(Step).where(Step.problem_id == problem.id).order_by(Step.id))
    stands = standing.after(steps)
    for name, value in vars(stands).items():
        setattr(problem, name, value)
    problem.is_over = stands.is_over
    problem.turn = (problem.turn or 0) + 1
    if stands.is_over:
        cost = path.so_far(problem, pledges.of([problem.id]).get(problem.id, []), sdk.today())
        problem.promises_broken, problem.promises_moved, problem.waited_days = cost.broken, cost.moved, cost.days
    sdk.db.session.flush()


def take_back(problem_id: int, step_id: int) -> None:
    """Undo the newest step.

    :raises Conflict: if something else has happened since.
    """
    problem = found(problem_id)
    step = last_step(problem.id)
    if step.id != step_id or step.kind in STAYS:
        raise sdk.Conflict(_("Something else was written down since then, so this cannot be taken back any more."))
    problem.minutes = max(0, problem.minutes - step.minutes)
    waiting.was_taken_back(step)
    sdk.db.session.delete(step)
    sdk.db.session.flush()
    settle(problem)
    if step.kind == "not_solved":
        pledges.keep_again(problem)
        settle(problem)
    if step.kind in AT_ONCE:
        problem.next_step_on = sdk.today()
    keep()
    if step.kind in ("solved", "done"):
        pledges.open_again(problem, sdk.today())


def last_step(problem_id: int) -> Step:
    """The newest step."""
    newest = select(func.max(Step.id)).where(Step.problem_id == problem_id).scalar_subquery()
    return sdk.db.session.scalars(select(Step).where(Step.id == newest)).one()
