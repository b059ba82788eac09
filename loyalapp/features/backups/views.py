"""The pages of backups: what there is, a second place, moving to another computer, and bringing one back."""

from contextlib import closing

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from loyalapp.core.i18n import _
from loyalapp.core.sizes import format_size
from loyalapp.features.backups import arriving, comparing, computer, drives, second, service, telling
from loyalapp.features.backups.forms import FileForm, KeyForm, LockForm, PlaceForm
from loyalapp.web.rights import owner_only, private_page
from loyalapp.web.shell import note

pages = Blueprint("backups", __name__, url_prefix="/backups", template_folder="templates")


@pages.get("/")
def show():
    """What backups there are, how they fare, and where they lie."""
    data = current_app.extensions["loyalapp.data"]
    here = [service.seen(one) for one in service.copies_here()]
    names = {one.copy.path.name for one in here}
    return render_template(
        "backups/show.html",
        copies=[telling.row(one) for one in here],
        elsewhere=[telling.row(service.seen(one)) for one in second.there(data) if one.path.name not in names],
        state=telling.state(service.state()),
        folder=data.backups,
    )


@pages.post("/")
def create():
    """Make a backup now."""
    service.create()
    note(_("The backup is made and checked."))
    return redirect(url_for("backups.show"), 303)


# ---- the second place ----


@pages.route("/place", methods=["GET", "POST"])
@owner_only
def place():
    """Choose the second place among what is plugged in, or by its name."""
    form, found = PlaceForm(), second.soon(drives.found) or []
    form.drive.choices = [(str(one.folder), telling.drive(one)) for one in found]
    if form.is_submitted():
        form.attempt(service.choose_place, form.typed_folder())
        if not form.errors:
            note(_("From now on backups go there too. The newest ones are on their way."))
            return redirect(url_for("backups.show"), 303)
    return form.page("backups/place.html", drives=found, lock=LockForm(formdata=None), **_second())


def _second():
    data = current_app.extensions["loyalapp.data"]
    known = computer.read(data)
    return {
        "known": known,
        "is_same_disk": second.is_same_disk(data),
        "has_password": known.lock is not None,
        "password_is_lost": known.lock is not None and computer.password(data) is None,
    }


@pages.post("/place/leave")
@owner_only
def leave_place():
    """No second place any more."""
    service.leave_place()
    note(_("There is no second place any more. What lies there stays."))
    return redirect(url_for("backups.show"), 303)


@pages.route("/password", methods=["GET", "POST"])
@owner_only
def password():
    """A password for what goes to the second place."""
    form = LockForm()
    if form.validate_on_submit():
        form.attempt(service.set_password, form.password.data or "", form.again.data or "")
        if not form.errors:
            has_one = _second()["has_password"]
            note(_("From now on they are locked.") if has_one else _("From now on they are not locked."))
            return redirect(url_for("backups.place"), 303)
    return form.page("backups/password.html", **_second())


# ---- to another computer, and from elsewhere ----


@pages.get("/moving")
def moving():
    """Three steps to another computer."""
    data = current_app.extensions["loyalapp.data"]
    return render_template("backups/moving.html", known=computer.read(data), is_here=second.is_here(data))


@pages.route("/from-file", methods=["GET", "POST"])
@owner_only
def from_file():
    """A backup that lies elsewhere: on a stick that is plugged in, or anywhere as a file."""
    form, data = FileForm(), current_app.extensions["loyalapp.data"]
    found = second.soon(arriving.on_drives) or []
    chosen = next((one for one in found if one.path.name == request.form.get("found")), None)
    if chosen is not None:
        given = arriving.take_from(data, chosen.path)
        return redirect(url_for("backups.bring_back", copy_name=given.path.name), 303)
    if form.validate_on_submit():
        with closing(form.file.data):
            taken = form.attempt(arriving.take, data, form.file.data.stream)
        if taken is not None:
            return redirect(url_for("backups.bring_back", copy_name=taken.path.name), 303)
    return form.page("backups/from_file.html", found=[telling.row(service.seen(one)) for one in found])


# ---- bringing one back ----


@pages.route("/<copy_name>/bring-back", methods=["GET", "POST"])
@owner_only
@private_page
def bring_back(copy_name: str):
    """Show what is in it and what would change; a yes starts the program again with it."""
    copy = service.find(copy_name)
    if service.is_locked(copy):
        return redirect(url_for("backups.unlock", copy_name=copy_name), 303)
    if request.method == "GET":
        content = service.content(copy)
        return render_template(
            "backups/bring_back.html",
            copy=copy,
            content=content,
            occasion=telling.occasion(content.why or copy.kind),
            made_at=content.made_at or copy.made_at,
            size=format_size(copy.size),
            program=f"LoyalApp {content.version}",
            change=comparing.differences(copy.path, service.key_of(copy.path), content),
        )
    service.restore(copy.path)
    current_app.extensions["loyalapp"].restart_wanted.set()
    return render_template("backups/restarting.html")


@pages.route("/<copy_name>/unlock", methods=["GET", "POST"])
@owner_only
def unlock(copy_name: str):
    """The password of a backup that is locked."""
    copy, form = service.find(copy_name), KeyForm()
    if form.validate_on_submit():
        form.attempt(service.unlock, copy, form.password.data or "")
    if not form.errors and not service.is_locked(copy):
        return redirect(url_for("backups.bring_back", copy_name=copy_name), 303)
    return form.page("backups/unlock.html", copy=copy)
