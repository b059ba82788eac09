"""Pages of the list: the list itself, whom it shall show, changes of many, kept lists, the list as a file."""

from dataclasses import replace

from flask import Blueprint, get_template_attribute, redirect, render_template, request, url_for

from loyalapp.core.clock import today
from loyalapp.core.i18n import _, current_tongue, isolate_text
from loyalapp.core.memory import until_changed
from loyalapp.core.textkeys import first_letter
from loyalapp.features.customers import export, letters
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.words import named
from loyalapp.features.lists import changing, service
from loyalapp.features.lists.filters import Filters
from loyalapp.features.lists.forms import FileForm, FilterForm, ManyForm, SaveForm, chosen_words
from loyalapp.features.staff import service as staff
from loyalapp.plugin_system.calls import ask, health
from loyalapp.web.counter import is_counter
from loyalapp.web.rights import owner_only, private_page
from loyalapp.web.shell import note

pages = Blueprint("lists", __name__, url_prefix="/customers", template_folder="templates")
MOST_TICKED = 1000
OFFERED = 30


@pages.get("/")
def show():
    """Customers by name, all or those who were chosen; with `mark` each has a box to tick."""
    filters = Filters.read(request.args)
    if is_counter():
        filters = replace(filters, stage="", tag="", size="")
    place = (request.args.get("after"), request.args.get("before"))
    if request.args.get("mark") and not is_counter():
        return render_template("lists/show.html", **_drawn(filters, place, _many_form()))
    moment = (current_tongue(), today(), staff.at_desk(), is_counter(), health())
    return render_template(
        "lists/show.html", **until_changed("lists.page", lambda: _drawn(filters, place), (filters, place, moment))
    )


def _drawn(filters: Filters, place=(None, None), many=None):
    """The head and the lines of a page: while nothing changes, somebody who comes back finds them as they were."""
    page = service.page(filters, *place)
    tags = customers.tags_in_use() if many else ()
    facts = {**_around(filters), "page": page, "columns": _columns(page), "many": many, "tags": tags}
    facts["letters"] = letters.index() if page.total > service.PAGE and not (many or filters.words()) else ()
    facts["begins"] = first_letter(page.rows[0].sort_key) if page.rows and any(place) else None
    return {name: get_template_attribute("lists/parts.html", name)(facts) for name in ("head", "lines")}


def _around(filters: Filters):
    """What stands round the rows: what is chosen, and the kept lists."""
    words = filters.words()
    chosen = [
        (label, url_for("lists.show", **{one: word for one, word in words.items() if one != name}))
        for name, label in (chosen_words(filters, dict(staff.active())) if words else [])
    ]
    saved = [] if is_counter() else service.saved()
    kept = [(one.id, one.name, Filters.read(one.filters)) for one in saved]
    return {"filters": filters, "words": words, "chosen": chosen, "kept": kept}


def _columns(page):
    """What plugins say beside the rows of this page, by customer."""
    ids = [one.id for one in page.rows]
    beside: dict[int, list] = {}
    for column in sorted(ask("customer_columns", customer_ids=ids), key=lambda one: one.order) if ids else ():
        if column.is_private and is_counter():
            continue
        for one, word in column.words.items():
            beside.setdefault(one, []).append((column.title, word, column.is_private))
    return beside


# ---- whom it shall show ----


@pages.get("/choose")
@private_page
def choose():
    """Whom the list shall show."""
    form = FilterForm.of(Filters.read(request.args), staff.active())
    offered = {name: service.written(name)[:OFFERED] for name in ("place", "trade")}
    return render_template("lists/choose.html", form=form, offered=offered, tags=customers.tags_in_use())


@pages.route("/keep", methods=["GET", "POST"])
@private_page
def keep():
    """Keep what is chosen under a name, one click away from then on."""
    filters = Filters.read(request.values)
    form = SaveForm()
    if form.validate_on_submit() and form.attempt(service.save, form.name.data or "", filters):
        note(_("Saved."))
        return redirect(url_for("lists.show", **filters.words()), 303)
    around = _around(filters)
    return form.page("lists/keep.html", **around)


@pages.post("/kept/<int:saved_list_id>/remove")
def forget(saved_list_id: int):
    """Remove a kept list; nobody on it is touched."""
    service.forget(saved_list_id)
    note(_("The list is removed. The customers on it are all still there."))
    return redirect(url_for("lists.show"), 303)


# ---- changes of many ----


def _many_form() -> ManyForm:
    form = ManyForm()
    form.new_salesman.choices = [("", _("Please choose")), *named(staff.active())]
    return form


@pages.post("/many")
def change_many():
    """Do one thing with everybody who is ticked, or with everybody on the list."""
    filters, form = Filters.read(request.form), _many_form()
    if form.validate_on_submit() and (step := form.attempt(_change, _ticked(filters), form)) is not None:
        _say(step)
        return redirect(url_for("lists.show", **filters.words()), 303)
    return form.page("lists/show.html", **_drawn(filters, many=form))


def _ticked(filters: Filters) -> list[int]:
    if request.form.get("everybody"):
        return service.everybody_on(filters)
    ids = [int(one) for one in request.form.getlist("id")[:MOST_TICKED] if one.isdecimal() and len(one) <= 9]
    return sorted(customers.present(ids))


def _change(ids: list[int], form: ManyForm) -> int:
    """What the pressed button says; 0 where nothing was left to change."""
    deed = request.form.get("deed")
    if deed == "untag":
        return changing.untag(ids, form.new_tag.data or "") or 0
    if deed == "hand_over":
        number = form.new_salesman.data or ""
        return changing.hand_over(ids, int(number) if number.isdecimal() else 0) or 0
    return changing.tag(ids, form.new_tag.data or "") or 0


def _say(step: int) -> None:
    if step:
        note(_("Done."), undo=url_for("bring_back.undo", undo_step_id=step))
    else:
        note(_("It was so already; nothing had to be changed."))


# ---- the list as a file ----


@pages.route("/file", methods=["GET", "POST"])
@owner_only
def to_file():
    """Write everybody on the list to a file, in the exports folder."""
    filters, form = Filters.read(request.values), FileForm()
    if form.validate_on_submit():
        ids = service.everybody_on(filters) if filters.chooses else None
        if target := form.attempt(export.write, form.form.data, ids=ids):
            note(_("Saved: %(file)s", file=isolate_text(target, ltr=True)))
            return redirect(url_for("lists.show", **filters.words()), 303)
    return form.page("lists/file.html", **_around(filters), total=service.count(filters))
