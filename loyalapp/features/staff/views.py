"""The page of the people who work here, reached from the settings."""

from flask import Blueprint, redirect, url_for

from loyalapp.core.i18n import _
from loyalapp.features.staff import service
from loyalapp.features.staff.forms import MemberForm, RenameForm
from loyalapp.web.shell import note

pages = Blueprint("staff", __name__, url_prefix="/settings/staff", template_folder="templates")


@pages.route("/", methods=["GET", "POST"])
def show():
    """Everybody who works here, and somebody new."""
    form = MemberForm()
    if form.validate_on_submit() and form.attempt(service.add, form.name.data, form.language.data or None):
        note(_("Saved."))
        return redirect(url_for("staff.show"), 303)
    return form.page("staff/show.html", members=service.everybody())


@pages.route("/<int:staff_member_id>", methods=["GET", "POST"])
def edit(staff_member_id: int):
    """Correct a name, or say that somebody does not work here any more."""
    member = service.get(staff_member_id)
    form = RenameForm(obj=member)
    if form.validate_on_submit():
        form.attempt(service.rename, staff_member_id, form.name.data, form.seen_version())
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("staff.show"), 303)
    return form.page("staff/edit.html", member=member)


@pages.post("/<int:staff_member_id>/leave")
def leave(staff_member_id: int):
    """They do not work here any more."""
    service.leave(staff_member_id)
    note(_("Saved. Their customers stay with their name until somebody takes over."), undo=_back(staff_member_id))
    return redirect(url_for("staff.show"), 303)


def _back(staff_member_id: int) -> str:
    return url_for("staff.come_back", staff_member_id=staff_member_id)


@pages.post("/<int:staff_member_id>/come-back")
def come_back(staff_member_id: int):
    """They work here again."""
    service.come_back(staff_member_id)
    note(_("Saved."))
    return redirect(url_for("staff.show"), 303)
