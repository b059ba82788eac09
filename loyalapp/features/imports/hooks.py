"""What imports do when one of them is brought back: known from the start, loaded when it happens."""

from flask import url_for

from loyalapp.features.bring_back import service as bring_back

PATIENCE = 1.5  # seconds: a short one is waited for


def _take_out(step):
    from loyalapp.features.imports import undoing  # noqa: PLC0415 -- once in a while

    return undoing.take_out(step)


def _begin_to_undo(step_id):
    from loyalapp.features.imports import service, undo_jobs  # noqa: PLC0415 -- once in a while

    record = service.of_step(step_id)
    undo_jobs.begin(record).wait(PATIENCE)
    return url_for("imports.undoing", import_id=record.id)


bring_back.also_undo("import", _take_out)
bring_back.hand_over("import", _begin_to_undo)
