"""Pages of imports: choose a file, see what it means, bring it in, read the account."""

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for

from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.features.imports import jobs, reading, service
from loyalapp.features.imports.account import DOUBTS, REASONS, WHY
from loyalapp.features.imports.forms import ColumnsForm, FileForm, meanings_of
from loyalapp.features.imports.refusals import UnreadableList
from loyalapp.features.imports.rows import as_text
from loyalapp.features.imports.sentences import LABELS, did
from loyalapp.web.shell import note

pages = Blueprint("imports", __name__, url_prefix="/imports", template_folder="templates")
PATIENCE = 1.5
SAMPLES = 3
SHOWN = 200
SHOWN_BEFORE = 12


@pages.route("/new", methods=["GET", "POST"])
def new():
    """Choose a file."""
    form = FileForm()
    if form.validate_on_submit() and (job := form.attempt(_begin, request.files.get("file"))):
        job.wait(PATIENCE)
        return redirect(url_for("imports.columns", job_id=job.id), 303)
    return form.page("imports/new.html", latest=service.latest())


def _begin(upload) -> jobs.Job:
    if upload is None or not upload.filename:
        raise LoyalAppError(_("Please choose a file first."), field="file")
    try:
        return jobs.begin(upload.save, upload.filename)
    except OSError as error:
        raise UnreadableList("full") from error


@pages.get("/<job_id>/columns")
def columns(job_id: str):
    """What the list means and what would happen."""
    job = jobs.get(job_id)
    if job.state in {jobs.BRINGING, jobs.DONE, jobs.LOOKING}:
        return _on_its_way(job)
    if job.preview is None:
        return _refused(job)
    return _columns_page(job.preview, job)


def _columns_page(preview: service.Preview, job: jobs.Job):
    source, choices = preview.source, preview.choices
    asked = [
        {
            "column": column,
            "title": reading.title_of(column) if source.form != reading.CARDS else LABELS[column.meaning],
            "samples": _samples(source, column.index),
        }
        for column in choices.columns
    ]
    return render_template(
        "imports/columns.html",
        job=job,
        preview=preview,
        form=ColumnsForm.of(source, choices),
        asked=[one for one in asked if one["samples"] or one["column"].title],
        meanings=meanings_of(choices.kind),
        reasons=REASONS | DOUBTS,
        why=WHY,
        shown=SHOWN_BEFORE,
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
        note(error)
        return redirect(url_for("imports.columns", job_id=job_id), 303)
    job.wait(PATIENCE)
    return redirect(
        url_for("imports.progress" if job.state == jobs.BRINGING else "imports.columns", job_id=job_id), 303
    )


@pages.get("/<job_id>/progress")
def progress(job_id: str):
    """How far it is."""
    return _on_its_way(jobs.get(job_id))


def _on_its_way(job: jobs.Job):
    if job.state == jobs.DONE:
        return redirect(url_for("imports.show", import_id=job.import_id), 303)
    if not job.is_busy:
        return _refused(job) if job.preview is None else redirect(url_for("imports.columns", job_id=job.id), 303)
    return render_template("imports/progress.html", job=job, share=jobs.share(job), bringing=job.state == jobs.BRINGING)


@pages.get("/<job_id>/state")
def state(job_id: str):
    """The same for the page's script."""
    job = jobs.get(job_id)
    return jsonify(busy=job.is_busy, done=job.done, share=jobs.share(job))


@pages.post("/<job_id>/stop")
def stop(job_id: str):
    """Stop; nothing of the list stays."""
    job = jobs.get(job_id)
    job.stop = True
    job.wait(PATIENCE * 4)
    note(_("Stopped. Nothing of this list was brought in."))
    return redirect(url_for("imports.new"), 303)


def _refused(job: jobs.Job):
    sentence = job.error or _("Stopped. Nothing of this list was brought in.")
    return render_template("imports/refused.html", job=job, sentence=sentence), 422


@pages.get("/<int:import_id>")
def show(import_id: int):
    """The account of one import."""
    record = service.get(import_id)
    return render_template(
        "imports/show.html",
        record=record,
        sentences=did(record.counts),
        account=record.account,
        reasons=REASONS,
        doubts=DOUBTS,
        why=WHY,
        labels=LABELS,
        shown=SHOWN,
    )
