"""Before every page: who sits at this desk, and whether the page is for them; and the pages where that changes."""

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from markupsafe import Markup

from loyalapp.core.i18n import _, isolate_text
from loyalapp.features.desk import seats
from loyalapp.features.desk.forms import OwnerForm, PinForm
from loyalapp.features.staff import pins
from loyalapp.features.staff import service as staff
from loyalapp.web import counter, frame, rights, seating
from loyalapp.web.shell import go_back, here

pages = Blueprint("desk", __name__, url_prefix="/desk", template_folder="templates")
NEEDS_NOBODY = frozenset({"static", "boot", "shell.health"})
GATE = "gate_"


# ---- before every page ----


@pages.before_app_request
def begin():
    """Who sits here, and whether this page is for them, and for the eyes of whoever stands at the counter."""
    staff.sit_down(None)
    if request.endpoint in NEEDS_NOBODY or current_app.config["FIRM"] is None:
        return None
    if seating.seat() or seats.last():
        staff.sit_down(_seated())
    if request.method != "POST" and rights.is_private(request.endpoint) and counter.is_counter():
        return render_template("desk/private.html", is_private_page=False), 403
    if rights.asks_owner(request.endpoint, request.method) and not _may_own():
        return _gate(OwnerForm(data={"gate_next": _wanted(), "gate_sends": _is_sending()}))
    return None


@pages.teardown_app_request
def end(_error) -> None:
    """What this thread does next is nobody's in particular."""
    staff.sit_down(None)


def _seated() -> int | None:
    """Who sits here. Who has a PIN shows it once in each run of the program; nobody else is asked again."""
    members = staff.here()
    seat = seating.seat()
    number = seat.staff_member_id if seat else seats.last()
    found = next((one for one in members if one.id == number), None)
    if found is None or len(members) < 2:
        return None
    if found.has_pin and not (seat and seat.is_of_this_run):
        return None
    if seat is None:
        seating.sit_speaking(found.id, found.language)
    return found.id


def _may_own() -> bool:
    """Whether who sits here is an owner that need not show it, or has shown it in the last minutes."""
    owners = staff.owners()
    if not owners:
        return True
    members = staff.here()
    seated = members[0].id if len(members) == 1 else staff.at_desk()
    if seated in owners and not owners[seated].has_pin:
        return True
    shown = seating.trusted(is_sending=request.method == "POST")
    if shown not in owners:
        return False
    if len(members) > 1:
        staff.act_as(shown)
    return True


# ---- this is for the owner ----


def _is_sending() -> str:
    return "1" if request.method == "POST" and not request.files else ""


def _wanted() -> str:
    return request.full_path.removesuffix("?")


def _gate(form):
    """The owner is asked for; what was typed on the page goes along."""
    owners = staff.owners()
    form.gate_owner.choices = [(str(one.id), isolate_text(one.name)) for one in owners.values()]
    if not form.gate_owner.data:
        form.gate_owner.data = str(staff.at_desk() if staff.at_desk() in owners else next(iter(owners), ""))
    carried = [one for one in request.form.items(multi=True) if one[0] != "csrf_token" and not one[0].startswith(GATE)]
    page = render_template(
        "desk/gate.html",
        form=form,
        owners=list(owners.values()),
        carried=carried if form.gate_sends.data else [],
        lost_file=bool(request.files),
    )
    return page, 422 if form.errors else 403


@pages.post("/owner")
def prove():
    """The owner shows who they are, and goes on where they were stopped, with what was typed there."""
    form = OwnerForm()
    owners = staff.owners()
    typed = form.gate_owner.data or ""
    chosen = int(typed) if typed.isdecimal() and int(typed) in owners else None
    if not owners:
        return go_back(form.gate_next.data or "/")
    if chosen is None:
        form.gate_owner.errors = [_("Please choose one.")]
        return _gate(form)
    try:
        pins.check(chosen, form.gate_pin.data or "")
    except pins.NotRight as error:
        form.gate_pin.errors = [str(error)]
        return _gate(form)
    seating.trust(chosen)
    answer = go_back(form.gate_next.data or "/")
    if form.gate_sends.data:
        answer.status_code = 307  # the browser sends the form again, to the page it was meant for
    return answer


# ---- who sits here ----


@pages.app_context_processor
def _head():
    return {"seat": _seat, "counter_switch": _counter_switch}


def _seat():
    """Who sits here and who could, for the head of every page; nothing where we are not several."""
    if g.get("sorry"):
        return ""
    members = staff.here()
    if len(members) < 2:
        return ""
    known = tuple((one.id, one.name) for one in members)
    rows = frame.drawn("desk/seats.html", members=known, seated=staff.at_desk())
    name = dict(known).get(staff.at_desk())
    return Markup(render_template("desk/seat.html", name=name, rows=rows))  # noqa: S704 -- rendered by Jinja, which escaped it


@pages.post("/switch")
def switch():
    """Somebody else sits down, or whoever sat here gets up."""
    typed, wanted = request.form.get("who", ""), request.form.get("next", "/")
    chosen = next((one for one in staff.here() if str(one.id) == typed), None)
    if chosen is not None and chosen.has_pin:
        return redirect(url_for("desk.sit", staff_member_id=chosen.id, next=wanted), 303)
    return _sit(chosen, wanted)


def _sit(member, wanted: str):
    """They sit here from now on, and the screen speaks their language."""
    if member:
        seats.take(member)
    else:
        seating.sit(0)
        seats.remember(0)
    return go_back(wanted)


@pages.route("/<int:staff_member_id>/sit", methods=["GET", "POST"])
def sit(staff_member_id: int):
    """Sit down with a PIN."""
    member, form = staff.get(staff_member_id), PinForm()
    if request.method == "GET":
        form.next.data = request.args.get("next", "/")
    elif form.validate_on_submit() and member.left_on is None:
        try:
            pins.check(member.id, form.pin.data or "")
        except pins.NotRight as error:
            form.complain(error)
        else:
            answer = _sit(member, form.next.data or "/")
            seating.trust(member.id)
            return answer
    return form.page("desk/sit.html", member=member)


# ---- the counter ----


def _counter_switch():
    """The button that hides and shows what is not for customers' eyes."""
    facts = {"cookie": counter.cookie(), "is_counter": counter.is_counter()}
    return frame.drawn_on_page("desk/counter_switch.html", here(), **facts)


def _guard():
    """Whose PIN shows again what was hidden: of who sits here, of the only one of us, or of an owner."""
    members = staff.here()
    seated = staff.at_desk()
    if seated or len(members) == 1:
        near = [one for one in members if one.id == seated or len(members) == 1]
    else:
        near = [one for one in members if one.role == "owner"]
    return next((one for one in near if one.has_pin), None)


@pages.route("/counter", methods=["GET", "POST"])
def show_again():
    """Show again what was hidden from the customer; with the PIN where one is set."""
    form, guard = PinForm(), _guard()
    if request.method == "GET":
        form.next.data = request.args.get("next", "/")
    elif guard is None or _is_right(form, guard.id):
        return counter.remember(go_back(form.next.data or "/"), is_open=False)
    return form.page("desk/counter.html", guard=guard)


def _is_right(form, staff_member_id: int) -> bool:
    if not form.pin.raw_data:  # the button was pressed: now the PIN is asked for
        return False
    try:
        pins.check(staff_member_id, form.pin.data or "")
    except pins.NotRight as error:
        form.complain(error)
        return False
    return True


@pages.post("/hide")
def hide():
    """Hide what is not for customers' eyes, here and on every page that follows."""
    return counter.remember(go_back(request.form.get("next", "/")), is_open=True)
