"""What was typed into a form that could not be kept stays on the page that says so, and is sent again by one press."""

from typing import Any, NamedTuple

from flask import request

SECRET = frozenset({"pin", "old", "again", "password", "gate_pin", "lock_pin", "last"})  # never written into a page
OURS = "csrf_token"  # the page has one of its own


class Sending(NamedTuple):
    """Where a form goes, and what it holds. `lost_file`: a file was with it, which has to be chosen once more."""

    place: str
    fields: list[tuple[str, str]]
    lost_file: bool


def carried() -> dict[str, Any]:
    """For the page that says sorry; nothing where no form was sent, or one with a secret."""
    if request.method != "POST" or not request.form or not SECRET.isdisjoint(request.form):
        return {}
    fields = [pair for pair in request.form.items(multi=True) if pair[0] != OURS]
    place = request.full_path.removesuffix("?")
    return {"sending": Sending(place, fields, lost_file=any(one.filename for one in request.files.values()))}
