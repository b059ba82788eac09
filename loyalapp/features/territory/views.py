"""Pages of who looks after whom: a portfolio handed over, somebody who leaves, and who did what."""

from flask import Blueprint, redirect, render_template, request, url_for

from loyalapp.core.i18n import _, isolate_text
from loyalapp.features.staff import service as staff
from loyalapp.features.territory import record, service
from loyalapp.features.territory.forms import HandOverForm
from loyalapp.web.rights import owner_only, private_page
from loyalapp.web.shell import note

pages = Blueprint("territory", __name__, url_prefix="/settings/staff", template_folder="templates")


@pages.route("/<int:staff_member_id>/hand-over", methods=["GET", "POST"])
@owner_only
def hand_over(staff_member_id: int):
    """Everything one of us looks after goes over to another in one step."""
    member, held = staff.get(staff_member_id), service.portfolio(staff_member_id)
    form = HandOverForm(leaves=request.args.get("leaves") == "1")
    others = [one for one in staff.active() if one[0] != staff_member_id]
    form.to.choices = [(str(number), isolate_text(name)) for number, name in others]
    if form.validate_on_submit() and (step := _hand_over(form, staff_member_id)):
        taking = isolate_text(dict(others)[int(form.to.data)])
        note(_("All of it is with %(name)s now.", name=taking), undo=url_for("bring_back.undo", undo_step_id=step))
        return redirect(url_for("staff.show"), 303)
    return form.page("territory/hand_over.html", member=member, held=held, others=others)


def _hand_over(form, staff_member_id: int) -> int | None:
    typed = form.to.data or ""
    if not typed.isdecimal() or len(typed) > 9:
        form.to.errors = [_("Please choose one.")]
        return None
    step = form.attempt(service.hand_over, staff_member_id, int(typed))
    if step and form.leaves.data:
        form.attempt(service.leave, staff_member_id)
    return step


@pages.post("/<int:staff_member_id>/leave")
@owner_only
def leave(staff_member_id: int):
    """They do not work here any more; where promises are open, it is asked first who keeps them."""
    try:
        service.leave(staff_member_id, is_sure=request.form.get("sure") == "1")
    except service.NotYet:
        return redirect(url_for("territory.hand_over", staff_member_id=staff_member_id, leaves=1), 303)
    back = url_for("staff.come_back", staff_member_id=staff_member_id)
    note(_("Saved. Their customers stay with their name until somebody takes over."), undo=back)
    return redirect(url_for("staff.show"), 303)


@pages.get("/deeds")
@owner_only
@private_page
def deeds():
    """Who did what, the newest first."""
    before = request.args.get("before", "")
    lines, older = record.lines(int(before) if before.isdecimal() and len(before) < 10 else None)
    return render_template("territory/deeds.html", lines=lines, older=older)
