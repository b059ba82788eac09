"""Where a page's script lays down what is half written in its forms, and finds it again."""

import json

from flask import Blueprint, abort, jsonify, render_template, request

from loyalapp.features.drafts import service
from loyalapp.web.counter import is_counter

pages = Blueprint("drafts", __name__, url_prefix="/drafts", template_folder="templates")


@pages.get("/")
def show():
    """What was half written on a page, by form, with the sentence that says so; nothing while a customer may see it."""
    known = {} if is_counter() else service.kept(request.args.get("page", ""))
    return jsonify({form: _told(typed, at) for form, (typed, at) in known.items()})


def _told(typed, at):
    return {"typed": typed, "note": render_template("drafts/note.html", at=at)}


@pages.post("/")
def keep():
    """Keep what is half written; an empty list throws it away."""
    try:
        typed = json.loads(request.form.get("typed", ""))
    except ValueError:
        abort(400)
    page, form = request.form.get("page", ""), request.form.get("form", "")
    service.keep(page, form, typed, request.form.get("customer", 0, int), beside=is_counter())
    return "", 204


@pages.post("/away")
def away():
    """Throw it away."""
    service.drop(request.form.get("page", ""), request.form.get("form", ""))
    return "", 204
