"""The pages of the people who work here, reached from the settings."""

from flask import Blueprint, redirect, session, url_for

from loyalapp.core.i18n import _
from loyalapp.features.staff import pins, service
from loyalapp.features.staff.forms import ChangeForm, MemberForm, NewPinForm, OwnForm
from loyalapp.web import rights, seating
from loyalapp.web.shell import note

pages = Blueprint("staff", __name__, url_prefix="/settings/staff", template_folder="templates")


@pages.route("/", methods=["GET", "POST"])
@rights.owner_saves
def show():
    """Everybody who works here, and somebody new."""
    before = service.here()
    form = MemberForm(role="salesman" if before else "owner")
    if form.validate_on_submit() and form.attempt(service.add, **form.values()):
        if len(before) == 1:  # whoever was alone until now sits here
            seating.sit(before[0].id)
        note(_("Saved."))
        return redirect(url_for("staff.show"), 303)
    return form.page("staff/show.html", members=service.everybody(), mine=_mine())


def _mine() -> int | None:
    members = service.here()
    return members[0].id if len(members) == 1 else service.at_desk()


@pages.route("/<int:staff_member_id>", methods=["GET", "POST"])
@rights.owner_saves
def edit(staff_member_id: int):
    """Correct what is written down about somebody."""
    member = service.get(staff_member_id)
    form = ChangeForm(obj=member)
    if form.validate_on_submit():
        form.attempt(service.change, staff_member_id, form.values(), form.seen_version())
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("staff.show"), 303)
    return form.page("staff/edit.html", member=member)


@pages.route("/mine", methods=["GET", "POST"])
def mine():
    """What everybody may choose about themselves."""
    if (number := _mine()) is None:
        return redirect(url_for("staff.show"))
    member = service.get(number)
    form = OwnForm(obj=member)
    if form.validate_on_submit():
        values = {"language": form.language.data or None, "capacity": form.capacity.data}
        form.attempt(service.change, number, values)
        if not form.errors:
            session["language"] = member.language or session.get("language")
            note(_("Saved."))
            return redirect(url_for("staff.show"), 303)
    return form.page("staff/mine.html", member=member)


@pages.route("/mine/pin", methods=["GET", "POST"])
def pin():
    """Choose a PIN of one's own, or another one; with empty figures none."""
    if (number := _mine()) is None:
        return redirect(url_for("staff.show"))
    member, form = service.get(number), NewPinForm()
    if form.validate_on_submit() and form.attempt(_renew, number, form):
        note(_("Saved."))
        return redirect(url_for("staff.show"), 303)
    return form.page("staff/pin.html", member=member)


def _renew(number: int, form) -> bool:
    pins.check(number, form.old.data or "", field="old")
    if form.pin.data or form.again.data:
        pins.choose(number, form.pin.data or "", form.again.data or "")
        seating.sit(number)
        seating.trust(number)
    else:
        pins.take_away(number)
    return True


@pages.post("/<int:staff_member_id>/pin/remove")
@rights.owner_only
def forget_pin(staff_member_id: int):
    """Somebody forgot their PIN: the owner takes it away, and they choose a new one."""
    pins.take_away(service.get(staff_member_id).id)
    note(_("The PIN is gone. They can choose a new one."))
    return redirect(url_for("staff.show"), 303)


@pages.post("/<int:staff_member_id>/come-back")
@rights.owner_only
def come_back(staff_member_id: int):
    """They work here again."""
    service.come_back(staff_member_id)
    note(_("Saved."))
    return redirect(url_for("staff.show"), 303)
