"""Imports that are being undone: each in a thread of its own, since a long one takes its time.

The register lives in the process only; an undoing that was cut off is finished at the next start.
"""

from flask import current_app

from loyalapp.core.errors import Conflict, LoyalAppError
from loyalapp.core.i18n import _, lazy_gettext
from loyalapp.features.bring_back.service import Outcome
from loyalapp.features.imports import undoing, work
from loyalapp.features.imports.models import Import
from loyalapp.features.imports.work import DONE, Work

UNDOING = "undoing"


class Undoing(Work):
    """One import on its way out. `outcome` is there when it is done."""

    busy = frozenset({UNDOING})

    def __init__(self, import_id: int, total: int) -> None:
        super().__init__(UNDOING, total)
        self.import_id = import_id
        self.outcome: Outcome | None = None

    def fault(self, number: str) -> LoyalAppError:
        """Said when the program itself has failed."""
        return LoyalAppError(
            lazy_gettext(
                "Something went wrong while this list was undone. Please try again. Number of the fault: %(number)s",
                number=number,
            )
        )

    @property
    def share(self) -> int | None:
        """How much is done, in parts of a hundred; None where nobody knows."""
        if self.state == DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else None


def _register() -> dict[int, Undoing]:
    register: dict[int, Undoing] = current_app.extensions.setdefault("loyalapp.imports.undoing", {})
    return register


def of(import_id: int) -> Undoing | None:
    """How the undoing of an import stands, if it was begun since the program started."""
    return _register().get(import_id)


def is_under_way(import_id: int) -> bool:
    """Whether an import is being undone just now."""
    job = of(import_id)
    return job is not None and job.is_busy


def set_right() -> None:
    """At the start of the program: what was cut off while it was written goes at once, what was cut off while it was
    undone goes on in the background, where it is long; the app is open meanwhile, and `under_way` says so.
    """
    undoing.take_back_unfinished(leave_long=True)
    for record in undoing.half_done():
        begin(record)


def under_way() -> list[int]:
    """The imports that are being undone just now."""
    return [job.import_id for job in _register().values() if job.is_busy]


def begin(record: Import) -> Undoing:
    """Begin to undo an import, or go on where it was cut off; what is under way already is not begun twice.

    :raises NotFound: if it can be undone no more. :raises Conflict: if that was done already.
    """
    under_way = of(record.id)
    if under_way and under_way.is_busy:
        return under_way
    step = undoing.step_of(record)
    if step.undone_at is not None:
        raise Conflict(_("This was brought back already."))
    job = _register()[record.id] = Undoing(record.id, undoing.length(step))
    work.start(job, _undo, f"undo-{record.id}")
    return job


def _undo(job: Undoing) -> None:
    job.outcome = undoing.undo(job.import_id, job.did)
    job.state = DONE


def forget(job: Undoing) -> None:
    """What came of it was told."""
    if not job.is_busy:
        _register().pop(job.import_id, None)
