"""Any page that is asked for looks, at most every quarter of an hour, whether a backup is due."""

import time

from flask import Blueprint, current_app

WATCH = "loyalapp.backups"
DUE, FIRST = "loyalapp.backup_due", 20.0
pages = Blueprint("backups_everywhere", __name__)


@pages.record_once
def _watch(state):
    run = state.app.extensions["loyalapp"]
    if run.config.is_seated and not run.config.database_url:
        state.app.extensions[DUE] = time.monotonic() + FIRST


@pages.after_app_request
def look(answer):
    """Costs a comparison at nearly every page."""
    due = current_app.extensions.get(DUE)
    if due is not None and time.monotonic() >= due and current_app.config["FIRM"] is not None:
        from loyalapp.features.backups import daily  # noqa: PLC0415 -- a start needs none of it

        current_app.extensions[DUE] = time.monotonic() + daily.AGAIN
        daily.begin(current_app._get_current_object())  # noqa: SLF001 -- the documented way to the real app
    return answer
