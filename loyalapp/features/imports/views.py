"""Pages of imports: choose a file, see what it means, bring it in, read the account."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for

from loyalapp.core.errors import LoyalAppError
from loyalapp.core.formats import format_number
from loyalapp.core.i18n import _
from loyalapp.features.bring_back import sentences
from loyalapp.features.imports import jobs, reading, service, sorting, undo_jobs
from loyalapp.features.imports.account import DOUBTS, REASONS, WHY, grouped_after, grouped_before, grouped_kept
from loyalapp.features.imports.forms import ColumnsForm, FileForm, QuestionsForm, meanings_of
from loyalapp.features.imports.refusals import UnreadableList
from loyalapp.features.imports.rows import as_text
from loyalapp.features.imports.sentences import LABELS, did
from loyalapp.features.imports.work import DONE, STOPPED
from loyalapp.web.rights import private_page
from loyalapp.web.shell import note

pages = Blueprint("imports", __name__, url_prefix="/imports", template_folder="templates")
PATIENCE = 1.5
SAMPLES = 3
NAMED = 20


@pages.route("/new", methods=["GET", "POST"])
def new():
    """Choose a file, or paste cells."""
    form = FileForm()
    if form.validate_on_submit() and (job := form.attempt(_begin, request.files.get("file"), form.pasted.data)):
        job.wait(PATIENCE)
        return redirect(url_for("imports.columns", job_id=job.id), 303)
    return form.page("imports/new.html", latest=service.latest(), unsorted=sorting.how_many())


def _begin(upload, pasted: str | None) -> jobs.Job:
    try:
        if upload is not None and upload.filename:
            return jobs.begin(upload.save, upload.filename)
        if pasted and pasted.strip():
            return jobs.begin_with_text(pasted)
    except OSError as error:
        raise UnreadableList("full") from error
    raise LoyalAppError(_("Please choose a file first."), field="file")


@pages.get("/<job_id>/columns")
@private_page
def columns(job_id: str):
    """What the list means and what would happen."""
    job = jobs.get(job_id)
    if job.is_busy or job.state in {DONE, STOPPED}:
        return _on_its_way(job)
    if job.preview is None:
        return _refused(job)
    return _columns_page(job.preview, job, {}, job.error or "")


def _columns_page(preview: service.Preview, job: jobs.Job, typed: Mapping[str, str], mistake: Any = ""):
    source, choices = preview.source, preview.choices
    asked = [
        {
            "index": column.index,
            "title": reading.title_of(column) if source.form != reading.CARDS else LABELS[column.meaning],
            "meaning": typed.get(f"column-{column.index}", column.meaning),
            "samples": _samples(source, column.index),
            "is_named": bool(column.title) and not source.program,
        }
        for column in choices.columns
    ]
    return render_template(
        "imports/columns.html",
        job=job,
        preview=preview,
        form=ColumnsForm.of(source, choices, typed),
        questions=QuestionsForm.of(source, choices, typed),
        asked=[one for one in asked if one["samples"] or one["is_named"]],
        meanings=meanings_of(choices.kind),
        groups_found=grouped_before(preview.account),
        kept_found=grouped_kept(preview.account.kept_by_column(), preview.account.remarks),
        mistake=mistake,
        reasons=REASONS | DOUBTS,
        why=WHY,
    )


def _samples(source: reading.SourceList, index: int) -> list[str]:
    """The first different values of a column."""
    found: dict[str, None] = {}
    for _number, cells in source.sample:
        if index < len(cells) and (text := as_text(cells[index]).strip()):
            found[text[:60]] = None
        if len(found) >= SAMPLES:
            break
    return list(found)


@pages.post("/<job_id>/columns")
def settle(job_id: str):
    """The user's wishes: look once more, or bring the list in."""
    job = jobs.get(job_id)
    wishes: dict[str, Any] = {key: value for key, value in request.form.items() if key not in {"csrf_token", "do"}}
    try:
        jobs.carry_on(job, wishes, bring=request.form.get("do") == "bring")
    except UnreadableList as error:
        if job.preview is None:
            raise
        return _columns_page(job.preview, job, wishes, error), 422
    job.wait(PATIENCE)
    return redirect(
        url_for("imports.progress" if job.state == jobs.BRINGING else "imports.columns", job_id=job_id), 303
    )


@pages.get("/<job_id>/progress")
def progress(job_id: str):
    """How far it is."""
    return _on_its_way(jobs.get(job_id))


def _on_its_way(job: jobs.Job):
    if job.is_busy:
        return render_template("imports/progress.html", job=job, done=jobs.rows_done(job), share=jobs.share(job))
    if job.state == DONE:
        return redirect(url_for("imports.show", import_id=job.import_id), 303)
    if job.state == STOPPED:
        note(_("Stopped. Nothing of this list was brought in."))
        return redirect(url_for("imports.new"), 303)
    return _refused(job) if job.preview is None else redirect(url_for("imports.columns", job_id=job.id), 303)


@pages.get("/<job_id>/state")
def state(job_id: str):
    """The same for the page's script."""
    job = jobs.get(job_id)
    return _state(job, jobs.rows_done(job), jobs.share(job))


def _state(work, done: int, share: int | None):
    return jsonify(state=work.state, busy=work.is_busy, done=format_number(done), share=share)


@pages.post("/<job_id>/stop")
def stop(job_id: str):
    """Stop; nothing of the list stays."""
    job = jobs.get(job_id)
    job.stop = True
    job.wait(PATIENCE)
    return redirect(url_for("imports.progress", job_id=job_id), 303)


def _refused(job: jobs.Job):
    return render_template("imports/refused.html", job=job, sentence=job.error), 422


@pages.get("/<int:import_id>")
@private_page
def show(import_id: int):
    """The account of one import."""
    record = service.get(import_id)
    if undo_jobs.is_under_way(import_id):
        return redirect(url_for("imports.undoing", import_id=import_id), 303)
    return render_template(
        "imports/show.html",
        record=record,
        sentences=did(record.counts),
        account=record.account,
        groups_found=grouped_after(record.account),
        kept_found=grouped_kept(record.account["kept"], record.account["remarks"]),
        reasons=REASONS | DOUBTS,
        why=WHY,
        labels=LABELS,
        unsorted=sorting.how_many(import_id),
        half_undone=service.is_half_undone(record),
    )


@pages.route("/<int:import_id>/undo", methods=["GET", "POST"])
@private_page
def undo(import_id: int):
    """Take an import back, once the user has read what that means."""
    record = service.get(import_id)
    if request.method == "POST":
        return redirect(_begin_to_undo(record), 303)
    if undo_jobs.is_under_way(import_id):
        return redirect(url_for("imports.undoing", import_id=import_id), 303)
    stay = service.staying(import_id)
    return render_template(
        "imports/undo.html",
        record=record,
        stay=stay[:NAMED],
        more=max(0, len(stay) - NAMED),
        half_undone=service.is_half_undone(record),
    )


def _begin_to_undo(record) -> str:
    """Where to see how far it is, or what came of it."""
    undo_jobs.begin(record).wait(PATIENCE)
    return url_for("imports.undoing", import_id=record.id)


@pages.get("/<int:import_id>/undo/progress")
def undoing(import_id: int):
    """How far the undoing is."""
    record, job = service.get(import_id), undo_jobs.of(import_id)
    if job is not None and job.is_busy:
        return render_template("imports/undoing.html", record=record, job=job)
    if job is not None:
        undo_jobs.forget(job)
        note(sentences.became(job.outcome) if job.outcome else str(job.error), is_trouble=not job.outcome)
    return redirect(url_for("imports.show", import_id=import_id), 303)


@pages.get("/<int:import_id>/undo/state")
def undo_state(import_id: int):
    """The same for the page's script."""
    service.get(import_id)
    job = undo_jobs.of(import_id)
    return _state(job, job.done, job.share) if job else jsonify(busy=False, done="", share=100)


# ---- who of these are customers? ----


@pages.get("/sorting")
@private_page
def sort():
    """The entries of a phone book that nobody has looked at yet, some at a time."""
    after = request.args.get("after", "")
    total, found = sorting.how_many(), sorting.some(after)
    return render_template("imports/sorting.html", found=found, total=total, after=after, answers=sorting.ANSWERS)


@pages.post("/sorting")
def sort_one():
    """What one entry is: an answer by its name, or "unsorted", which takes an answer back."""
    verdict, _dash, number = request.form.get("answer", "").partition("-")
    done = sorting.put(int(number) if number.isdecimal() else 0, verdict)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(left=sorting.how_many())
    note(done, undo=url_for("imports.sort_back", customer_id=number) if number.isdecimal() else None)
    return redirect(url_for("imports.sort", after=request.form.get("after") or None), 303)


@pages.post("/sorting/<int:customer_id>/back")
def sort_back(customer_id: int):
    """Take an answer back."""
    sorting.put(customer_id, "unsorted")
    return redirect(url_for("imports.sort"), 303)
