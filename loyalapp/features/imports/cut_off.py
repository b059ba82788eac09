"""Which imports were cut off in the middle: asked at every start, so nothing of the imports is loaded for it."""

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
