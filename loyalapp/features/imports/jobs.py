"""Lists that are being looked at or brought in: each works in a thread of its own while pages ask how far it is.

The register lives in the process only. After a restart a list that was not brought in yet is chosen again; one that
was being written is taken back as a whole.
"""

import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from itertools import chain
from pathlib import Path
from typing import Any

from flask import current_app

from loyalapp.core import at_work
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import _, gettext, lazy_gettext
from loyalapp.core.textkeys import plain
from loyalapp.features.imports import reading as reading_lists
from loyalapp.features.imports import service, work
from loyalapp.features.imports.reading import SourceList
from loyalapp.features.imports.refusals import UnreadableList
from loyalapp.features.imports.service import Preview
from loyalapp.features.imports.spool import PREFIX as SPOOLED
from loyalapp.features.imports.work import DONE, Work

LOOKING, READY, BRINGING, LEAVING = "looking", "ready", "bringing", "leaving"
PREFIX = "list-"
KEPT_SECONDS = 24 * 3600
MOST_JOBS = 20
PIECE = 1 << 20


class Job(Work):
    """One list on its way; `LEAVING`: it was stopped, and what was written of it goes again."""

    busy = frozenset({LOOKING, BRINGING, LEAVING})

    def __init__(self, job_id: str, path: Path, file_name: str) -> None:
        super().__init__(LOOKING)
        self.id, self.path, self.file_name = job_id, path, file_name
        self.preview: Preview | None = None
        self.import_id: int | None = None
        self.wishes: Mapping[str, Any] = {}

    def fault(self, number: str) -> LoyalAppError:
        """Said when the program itself has failed."""
        return LoyalAppError(
            lazy_gettext(
                "Something went wrong with this list. Nothing was brought in. Number of the fault: %(number)s",
                number=number,
            )
        )

    def did(self, done: int) -> None:
        """So many rows are done; a list that is stopped now leaves nothing behind."""
        if self.stop and self.state == BRINGING:
            self.state = LEAVING
        super().did(done)

    def forget_preview(self) -> None:
        """Throw away what was worked out."""
        if self.preview:
            self.preview.close()
        self.preview = None


def _register() -> dict[str, Job]:
    register: dict[str, Job] = current_app.extensions.setdefault("loyalapp.imports", {})
    return register


def get(job_id: str) -> Job:
    """A list by its id.

    :raises NotFound: if it is not there (any more).
    """
    found = _register().get(job_id)
    if found is None:
        raise NotFound(lazy_gettext("This list is not open any more. Please choose the file again."))
    return found


def begin(save: Callable[[Path], Any], file_name: str) -> Job:
    """Take a list into the work folder and start to look at it.

    :param save: writes the file to the path it is given.
    """
    _clear()
    job_id = secrets.token_urlsafe(12)
    path = _work() / f"{PREFIX}{job_id}"
    with ExitStack() as if_it_fails:
        if_it_fails.callback(path.unlink, missing_ok=True)
        save(path)
        if_it_fails.pop_all()
    job = _register()[job_id] = Job(job_id, path, plain(file_name)[:200] or path.name)
    at_work.tell(current_app, "imports", losing)
    look_again(job, {})
    return job


def losing() -> str | None:
    """What would be lost if the program ended now: one that is taken out again goes with the next start anyway."""
    if not any(job.state in (LOOKING, BRINGING) for job in list(_register().values())):
        return None
    return _("A list is on its way in. If you close LoyalApp now, nothing of it is kept, and you choose it again.")


def begin_with(file: Path) -> Job:
    """The same with a file of this computer (dropped on the program, or named when it was started).

    :raises UnreadableList: if it is not there, far too large, or somebody is writing to it.
    """
    return begin(lambda path: _copy(file, path), file.name)


def _copy(file: Path, path: Path) -> None:
    before = reading_lists.standing(file)
    with file.open("rb") as source, path.open("wb") as target:
        left = reading_lists.LARGEST + 1
        while left > 0 and (piece := source.read(min(left, PIECE))):
            target.write(piece)
            left -= len(piece)
    if reading_lists.standing(file) != before:
        raise UnreadableList("growing")


def begin_with_text(text: str) -> Job:
    """The same with cells that were pasted out of a spreadsheet."""
    return begin(lambda path: path.write_text(text, "utf-8", newline=""), gettext("Pasted rows"))


def look_again(job: Job, wishes: Mapping[str, Any]) -> None:
    """Look at the list (once more), with the user's wishes."""
    job.forget_preview()
    job.wishes, job.state = dict(wishes), LOOKING
    _start(job, _look)


def carry_on(job: Job, wishes: Mapping[str, Any], *, bring: bool) -> None:
    """Bring the list in, or look at it again; wishes that the preview does not know yet are looked at first.

    :raises UnreadableList: if the wishes make no sense; the preview stays as it is.
    """
    if job.is_busy or job.state == DONE:
        return
    preview = job.preview
    holds = preview is not None and service.still_holds(preview, wishes)
    if not bring:
        look_again(job, wishes)
        return
    if preview is not None and service.chosen_for(preview, wishes).questions:
        raise UnreadableList("questions")
    if not holds:
        job.forget_preview()
        job.wishes = dict(wishes)
    job.state = BRINGING
    _start(job, _bring)


def _start(job: Job, verb: Callable[[Job], None]) -> None:
    work.start(job, verb, f"import-{job.id[:6]}")


def _look(job: Job) -> None:
    def looked(source: SourceList) -> None:
        job.total = source.length

    job.preview = service.plan(job.path, job.wishes, job.did, file_name=job.file_name, looked=looked)
    job.total = job.preview.account.counts["rows"]
    job.state = READY


def _bring(job: Job) -> None:
    if job.preview is None:
        _look(job)
        job.done, job.state = 0, BRINGING
    assert job.preview is not None  # noqa: S101 -- _look has set it or raised
    outcome = service.carry_out(job.preview, job.did)
    job.import_id, job.state, job.preview = outcome.import_id, DONE, None
    job.path.unlink(missing_ok=True)


def rows_done(job: Job) -> int:
    """How many rows are read, or when that is done, written."""
    return min(job.total, _written(job)) if job.preview and job.state != LOOKING and job.done > job.total else job.done


def _written(job: Job) -> int:
    return max(0, job.done - job.total) if job.preview else 0


def share(job: Job) -> int | None:
    """How much is done, in parts of a hundred; None where the length of the list is not known yet."""
    if job.state == DONE:
        return 100
    if not job.total or job.state == LEAVING:
        return None
    if job.state != BRINGING:
        return min(99, job.done * 100 // job.total)
    counts = job.preview.account.counts if job.preview else {}
    to_write = counts.get("new", 0) + counts.get("changed", 0) + counts.get("sale_new", 0)
    return min(99, _written(job) * 100 // max(1, to_write))


def _work() -> Path:
    folder: Path = current_app.extensions["loyalapp.data"].work
    return folder


def _clear() -> None:
    """Throw away what is finished or was forgotten."""
    register = _register()
    for job in list(register.values())[: max(0, len(register) - MOST_JOBS)]:
        if not job.is_busy:
            register.pop(job.id, None)
            job.forget_preview()
            job.path.unlink(missing_ok=True)
    known = {job.path for job in register.values()}
    for file in chain(_work().glob(f"{PREFIX}*"), _work().glob(f"{SPOOLED}*")):
        with suppress(OSError):
            if file not in known and time.time() - file.stat().st_mtime > KEPT_SECONDS:
                file.unlink()
