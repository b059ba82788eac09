"""How a problem stands after everything that happened with it: its state, and what it cost the customer so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .models import EASES

TRIES = 3  # so often we call back before a problem is closed without the customer's word
OVER = ("confirmed", "not_confirmed")


@dataclass
class Standing:
    """The columns of a problem that follow from its steps, and from nothing else."""

    state: str = "open"
    solved_at: datetime | None = None
    ease: str | None = None
    contacts: int = 0
    explained: int = 0
    handed_on: int = 0
    reopened: int = 0
    tries: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in OVER


def after(steps: Iterable[Any]) -> Standing:
    """How a problem stands after its steps, told from the first to the newest."""
    standing = Standing()
    for one in steps:
        _CHANGES.get(one.kind, _nothing)(standing, one)
    return standing


def _nothing(_standing: Standing, _step: Any) -> None:
    """A step that changes no count."""


def _contact(standing: Standing, step: Any) -> None:
    standing.contacts += 1
    standing.explained += step.kind == "explained"


def _handed_on(standing: Standing, _step: Any) -> None:
    standing.handed_on += 1


def _done(standing: Standing, step: Any) -> None:
    """We think it is solved; the customer waits no more, but has the last word."""
    standing.state, standing.solved_at, standing.tries = "solved", step.happened_at, 0


def _tried(standing: Standing, step: Any) -> None:
    standing.tries += 1
    if step.kind == "not_confirmed":
        standing.state = "not_confirmed"


def _solved(standing: Standing, step: Any) -> None:
    standing.state, standing.solved_at = "confirmed", standing.solved_at or step.happened_at
    standing.ease = step.note if step.note in EASES else None


def _not_solved(standing: Standing, _step: Any) -> None:
    """Not after all. Where it was over already, they had to come back to us with it."""
    standing.contacts += standing.is_over
    standing.reopened += 1
    standing.state, standing.solved_at, standing.ease, standing.tries = "open", None, None, 0


_CHANGES = {
    "told": _contact,
    "called": _contact,
    "explained": _contact,
    "handed_on": _handed_on,
    "done": _done,
    "tried": _tried,
    "not_confirmed": _tried,
    "solved": _solved,
    "not_solved": _not_solved,
}
