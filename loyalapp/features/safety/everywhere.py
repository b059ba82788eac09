"""Before every page: while the window is locked none of them answers; and the button in the head that locks it."""

from flask import Blueprint, current_app, g, render_template, request
from markupsafe import Markup

from loyalapp.core.i18n import isolate_text
from loyalapp.features.desk import seats
from loyalapp.features.safety import lock
from loyalapp.web import frame, seating

pages = Blueprint("safety_everywhere", __name__, template_folder="templates")
ALWAYS = frozenset({"static", "boot", "shell.health"})
WHILE_SHUT = frozenset({"safety.open_again", "safety.shut", "shell.switch_language"})
OURS = "lock_"


@pages.before_app_request
def look():
    """Whether it is locked, or nobody was here for so long that it has to be."""
    if request.endpoint in ALWAYS or current_app.config["FIRM"] is None:
        return None
    if not lock.is_shut() or request.endpoint in WHILE_SHUT:
        return None
    return shut_page(), 423


def shut_page(complaint: str = "") -> str:
    """The page that asks for a PIN; what was being sent goes along, and is sent on when it is opened."""
    is_ours = request.endpoint in ("safety.open_again", "safety.shut")
    is_sending = request.method == "POST" and not is_ours
    place = request.form.get("lock_next", "/") if is_ours else request.full_path.removesuffix("?")
    carried = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token" and not name.startswith(OURS) and (is_sending or "lock_sends" in request.form)
    ]
    seat = seating.seat()
    return render_template(
        "safety/shut.html",
        keepers=[(one.id, isolate_text(one.name)) for one in lock.keepers()],
        chosen=request.form.get("lock_who", type=int) or (seat.staff_member_id if seat else seats.last()),
        complaint=complaint,
        place=place,
        sends=is_sending or (is_ours and bool(request.form.get("lock_sends"))),
        carried=carried,
        lost_file=bool(request.files),
    )


@pages.app_context_processor
def _head():
    return {"lock_button": _button}


def _button():
    """Locks the window at once; nothing where nobody could open it again."""
    if g.get("sorry") or not lock.keepers():
        return Markup("")
    return frame.drawn("safety/button.html", token=frame.token(), after=lock.minutes())
