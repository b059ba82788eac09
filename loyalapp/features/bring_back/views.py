"""The page of what can be brought back."""

from flask import Blueprint, redirect, render_template, request, url_for

from loyalapp.features.bring_back import sentences, service
from loyalapp.web.rights import private_page
from loyalapp.web.shell import note

pages = Blueprint("bring_back", __name__, url_prefix="/bring-back", template_folder="templates")
PAGE = service.PAGE


@pages.get("/")
@private_page
def show():
    """Deletions, merges, imports and changes of many in one list, the newest first."""
    before = request.args.get("before", "")
    found = service.steps(int(before) if before.isdecimal() and len(before) < 10 else None)
    lines = [(step, sentences.did(step.kind, step.facts), sentences.when(step)) for step in found[:PAGE]]
    older = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template("bring_back/show.html", lines=lines, older=older, days=service.DAYS)


@pages.post("/<int:undo_step_id>")
def undo(undo_step_id: int):
    """Bring one of them back, and go on with the customer it is about, where there is one."""
    if elsewhere := service.handed_over(undo_step_id):
        return redirect(elsewhere, 303)
    outcome = service.undo(undo_step_id)
    note(sentences.became(outcome))
    about = outcome.facts.get("customer_id")
    return redirect(url_for("customers.show", customer_id=about) if about else url_for("bring_back.show"), 303)
