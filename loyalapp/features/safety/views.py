"""The pages of the lock and the encryption."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for

from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.features.desk import seats
from loyalapp.features.safety import encryption, lock
from loyalapp.features.safety.everywhere import shut_page
from loyalapp.features.safety.forms import KeyForm, LockForm, PaperForm
from loyalapp.features.staff import service as staff
from loyalapp.web import seating
from loyalapp.web.rights import owner_only, owner_saves, private_page
from loyalapp.web.shell import go_back, note

pages = Blueprint("safety", __name__, url_prefix="/safety", template_folder="templates")


@pages.route("/", methods=["GET", "POST"])
@owner_saves
def show():
    """When the window locks, and how things stand with the encryption."""
    form = LockForm(after=str(lock.minutes()))
    if form.validate_on_submit():
        lock.choose(int(form.after.data))
        note(_("Saved."))
        return redirect(url_for("safety.show"), 303)
    members = staff.here()
    return form.page(
        "safety/show.html",
        with_pin=[one.name for one in members if one.has_pin],
        without_pin=[one.name for one in members if not one.has_pin],
        state=encryption.state(),
    )


# ---- the lock ----


@pages.post("/lock")
def shut():
    """Lock the window now."""
    if lock.shut():
        return shut_page()
    return go_back(request.form.get("lock_next", "/"))


@pages.post("/awake")
def awake():
    """Somebody is at work on a page that asks for nothing else."""
    return "", 204


@pages.post("/open")
def open_again():
    """Open the window with a PIN, and go on where one was; somebody else begins at the first page."""
    if not lock.keepers():
        return go_back("/")  # without a PIN it is never shut
    seat = seating.seat()
    before = seat.staff_member_id if seat else 0
    try:
        found = lock.open_with(request.form.get("lock_who", 0, int), request.form.get("lock_pin", ""))
    except LoyalAppError as error:
        if "lock_script" in request.form:
            return jsonify(complaint=str(error))
        return shut_page(str(error)), 422
    seats.take(found)
    seating.trust(found.id)
    is_same = before in (0, found.id)
    if "lock_script" in request.form:
        return jsonify(same=is_same)
    answer = go_back(request.form.get("lock_next", "/") if is_same else "/")
    if is_same and request.form.get("lock_sends"):
        answer.status_code = 307  # the browser sends the form again, to the page it was meant for
    return answer


# ---- the encryption ----


@pages.route("/encrypt", methods=["GET", "POST"])
@owner_only
def encrypt():
    """Choose what opens the data."""
    form = KeyForm()
    if form.validate_on_submit() and form.attempt(encryption.begin, **_key(form)):
        return redirect(url_for("safety.paper"), 303)
    return form.page("safety/key.html", is_new=True, state=encryption.state())


@pages.route("/paper", methods=["GET", "POST"])
@owner_only
@private_page
def paper():
    """The recovery key, to be printed; at first it has to be on paper before anything is encrypted."""
    begun, form = encryption.begun(), PaperForm()
    if begun is None and not encryption.state().kept:
        return redirect(url_for("safety.show"))
    if begun is None:
        return render_template("safety/paper.html", form=None, groups=encryption.paper().split())
    if form.validate_on_submit():
        form.attempt(encryption.go_on, form.last.data or "")
        if not form.errors:
            return render_template("backups/restarting.html")
    return form.page("safety/paper.html", groups=begun.split())


@pages.route("/key", methods=["GET", "POST"])
@owner_only
def key():
    """Let something else open the data at a start: another password, or the safe of the computer."""
    if not (kept := encryption.state().kept):
        return redirect(url_for("safety.show"))
    form = KeyForm(kept=kept)
    if form.validate_on_submit():
        form.attempt(encryption.keep_otherwise, **_key(form))
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("safety.show"), 303)
    return form.page("safety/key.html", is_new=False, state=encryption.state())


@pages.route("/decrypt", methods=["GET", "POST"])
@owner_only
def decrypt():
    """Ask once more, and end the encryption."""
    if not encryption.state().kept:
        return redirect(url_for("safety.show"))
    if request.method == "GET":
        return render_template("safety/decrypt.html")
    encryption.turn_off()
    return render_template("backups/restarting.html")


def _key(form):
    return {"kept": form.kept.data, "password": form.password.data or "", "again": form.again.data or ""}
