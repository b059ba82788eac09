"""The customer's path to the solution: what it cost them, weighed by a rule that is published and can be changed (A1).

It is about the customer's path and never about who of us walked along: nothing here knows of staff.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement

from loyalapp import sdk

from . import hours
from .models import EASES, Problem

_ = sdk.texts("issues").gettext

SETTING = "issues.effort"
MOST = 50


class Path(NamedTuple):
    """What happened to the customer, in numbers: the first call is no effort, every further one is."""

    again: int = 0
    explained: int = 0
    reopened: int = 0
    broken: int = 0
    moved: int = 0
    handed_on: int = 0
    days: int = 0


class Rule(NamedTuple):
    """How much each of these weighs, and up to how many points a path looks easy and so-so."""

    again: int = 2
    explained: int = 3
    reopened: int = 3
    broken: int = 3
    moved: int = 1
    handed_on: int = 1
    days: int = 1
    easy: int = 3
    so_so: int = 8

    @property
    def weights(self) -> Path:
        """The part that is multiplied."""
        return Path(*self[: len(Path._fields)])


def rule() -> Rule:
    """The firm's rule; read again only after a change."""
    return sdk.until_changed(SETTING, lambda: _read(sdk.settings.get(SETTING)))


def _read(stored: Any) -> Rule:
    known = stored if isinstance(stored, dict) else {}
    return Rule(**{key: value for key, value in known.items() if key in Rule._fields and isinstance(value, int)})


def set_rule(numbers: Mapping[str, int]) -> None:
    """Keep another rule.

    :raises LoyalAppError: for a number that cannot be, or where so-so would end before easy does.
    """
    wanted = Rule(**numbers)
    for field, number in wanted._asdict().items():
        if not 0 <= number <= MOST:
            most = sdk.format_number(MOST)
            raise sdk.LoyalAppError(_("Please write a number from 0 to %(most)s.", most=most), field=field)
    if wanted.so_so <= wanted.easy:
        raise sdk.LoyalAppError(_("This has to be more than the points of an easy path."), field="so_so")
    if not any(wanted.weights):
        raise sdk.LoyalAppError(_("If nothing counts, every path looks easy. Please give one of them a weight."))
    sdk.settings.put(SETTING, wanted._asdict())


def of(problem: Any, promises: Sequence[Any] = (), day: date | None = None) -> Path:
    """What a problem cost its customer: as it was settled, or so far.

    :param problem: a problem, or a row with its counts. `promises`: what was promised about it, of `pledges.of`; asked
        only while it runs, since what was settled stands in the row.
    """
    if not problem.is_over:
        return so_far(problem, promises, day or sdk.today())
    return _path(problem, problem.promises_broken, problem.promises_moved, problem.waited_days)


def so_far(problem: Any, promises: Sequence[Any], day: date) -> Path:
    """What it cost them until this day."""
    broken, moved = sum(one.is_broken for one in promises), sum(one.moves for one in promises)
    return _path(problem, broken, moved, waited(problem, day))


def _path(problem: Any, broken: int, moved: int, days: int) -> Path:
    return Path(problem.contacts - 1, problem.explained, problem.reopened, broken, moved, problem.handed_on, days)


def waited(problem: Any, day: date) -> int:
    """For how many working days they waited: from the day they told us to the one it worked again, or until now."""
    end = sdk.local(problem.solved_at).date() if problem.solved_at else day
    return hours.working_days(sdk.local(problem.opened_at).date(), end)


def points(path: Path, by: Rule | None = None) -> int:
    """The effort in points, by the firm's rule."""
    return sum(count * weight for count, weight in zip(path, (by or rule()).weights, strict=True))


def looks(path: Path, by: Rule | None = None) -> str:
    """How the path looks from here: `easy`, `so_so` or `hard`."""
    firm = by or rule()
    found = points(path, firm)
    return "easy" if found <= firm.easy else "so_so" if found <= firm.so_so else "hard"


def differs(looked: str, ease: str | None) -> str:
    """Where what the customer answered and what we counted disagree: `harder` or `easier` for them, else nothing."""
    if ease not in EASES or ease == looked:
        return ""
    return "harder" if EASES.index(ease) > EASES.index(looked) else "easier"


def points_in_sql(by: Rule | None = None) -> ColumnElement[int]:
    """The points of a problem that is over, for questions about many of them."""
    weights = (by or rule()).weights
    columns = (
        Problem.contacts - 1, Problem.explained, Problem.reopened, Problem.promises_broken, Problem.promises_moved,
        Problem.handed_on, Problem.waited_days,
    )  # fmt: skip
    total: ColumnElement[int] = columns[0] * weights[0]
    for column, weight in zip(columns[1:], weights[1:], strict=True):
        total = total + column * weight
    return total
