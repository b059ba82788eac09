"""A form that was sent and taken leaves no draft behind."""

from flask import Blueprint, request

pages = Blueprint("drafts_everywhere", __name__)
TAKEN = (302, 303)  # a form with something to mend is answered with its page


@pages.after_app_request
def sent(answer):
    """Whatever page took it, a plugin's too."""
    if request.method == "POST" and answer.status_code in TAKEN and "draft_page" in request.form:
        from loyalapp.features.drafts import service  # noqa: PLC0415 -- a start needs none of it

        service.drop(request.form["draft_page"], request.form.get("draft_form", ""))
    return answer
