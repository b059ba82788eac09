"""What imports that were cut off have left: asked at every start, so nothing of the imports is loaded for it."""

import time
from contextlib import suppress
from itertools import chain
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from loyalapp.core.db import db, only_reading
from loyalapp.features.bring_back.models import UndoStep
from loyalapp.features.imports.models import Import

CUT_OFF = (
    select(Import.id, Import.finished_at)
    .outerjoin(UndoStep, UndoStep.id == Import.step_id)
    .where(
        or_(
            Import.finished_at.is_(None),
            Import.undone_at.is_not(None) & (UndoStep.id > 0) & UndoStep.undone_at.is_(None),
        )
    )
)


def is_any() -> bool:
    """Whether one was cut off while it was written, or while it was undone."""
    with only_reading(), Session(db.engine) as session:
        return session.execute(CUT_OFF.limit(1)).first() is not None


LEFT = ("import-*", "list-*")  # files of lists on their way: what was worked out, and the lists themselves
OLD = 15 * 60  # seconds; another process of ours may be at work with younger ones


def clear_away(folder: Path) -> None:
    """Throw away files of lists that nobody will go on with, since the register of lists lives in the process only."""
    for file in chain.from_iterable(map(folder.glob, LEFT)):
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > OLD:
                file.unlink()
