"""What imports do when one of them is brought back: known from the start, loaded when it happens."""

from collections.abc import Sequence
from datetime import date

from flask import current_app, url_for

from loyalapp.core.i18n import _
from loyalapp.features.bring_back import service as bring_back
from loyalapp.plugin_system.answers import Notice
from loyalapp.plugin_system.hookspecs import hookimpl

PATIENCE = 1.5  # seconds: a short one is waited for


def _take_out(step):
    from loyalapp.features.imports import undoing  # noqa: PLC0415 -- once in a while

    return undoing.take_out(step)


def _begin_to_undo(step_id):
    from loyalapp.features.imports import service, undo_jobs  # noqa: PLC0415 -- once in a while

    record = service.of_step(step_id)
    undo_jobs.begin(record).wait(PATIENCE)
    return url_for("imports.undoing", import_id=record.id)


@hookimpl
def today_notices(day: date) -> Sequence[Notice]:  # noqa: ARG001 -- the hook says which day
    """A list that is being undone, perhaps since the start: some of its customers are still to be seen."""
    if "loyalapp.imports.undoing" not in current_app.extensions:
        return []
    from loyalapp.features.imports import undo_jobs  # noqa: PLC0415 -- once in a while

    text = _("A list is still being undone: some of its customers are here until that is done. See how far it is.")
    return [Notice(text, url_for("imports.undoing", import_id=one)) for one in undo_jobs.under_way()]


bring_back.also_undo("import", _take_out)
bring_back.hand_over("import", _begin_to_undo)
