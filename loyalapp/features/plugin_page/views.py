"""The pages of plugins: how each fares; a new one from a file, looked at, tried and installed; the way back and out."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for

from loyalapp.core.i18n import _, current_language, isolate_text
from loyalapp.features.plugin_page import diagnostics, installing, news, service, shelf
from loyalapp.features.plugin_page.forms import PluginForm, RemoveForm
from loyalapp.features.plugin_page.refusals import NotTaken
from loyalapp.features.staff import service as staff
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.leftovers import KEEP, SAVE
from loyalapp.web.rights import owner_only
from loyalapp.web.shell import go_back as go_to
from loyalapp.web.shell import note

pages = Blueprint("plugin_page", __name__, url_prefix="/plugins", template_folder="templates")


@pages.get("/")
def show():
    """Every plugin that is there."""
    return render_template(
        "plugin_page/show.html",
        cards=service.cards(current_language()),
        waiting=service.is_restart_needed(),
        new=service.card_of(request.args.get("new", ""), current_language()),
        kept=installing.kept_data(),
        brought=shelf.waiting(current_language()),
        safe_mode=news.safe_mode(),
    )


@pages.get("/details")
def details():
    """What each of them did in this run, and how long it took."""
    return render_template("plugin_page/details.html", findings=diagnostics.all_findings(current_language()))


@pages.post("/installed/<plugin_id>/on")
def switch_on(plugin_id: str):
    """Wish a plugin on; it starts with the next start."""
    return _wish(plugin_id, service.switch_on)


@pages.post("/installed/<plugin_id>/off")
def switch_off(plugin_id: str):
    """Wish a plugin off."""
    return _wish(plugin_id, service.switch_off)


def _wish(plugin_id, verb):
    _known(plugin_id)
    is_at_once = verb(plugin_id)
    note(_("It is switched off.") if is_at_once else _("It changes with the next start of LoyalApp."))
    return go_to(request.form.get("next") or url_for("plugin_page.show"))


def _known(plugin_id: str):
    return registry().plugins.get(plugin_id) or abort(404)


@pages.post("/restart")
def restart():
    """Start LoyalApp again, with the wishes carried out; without plugins where that was pressed."""
    run = current_app.extensions["loyalapp"]
    run.restart_in_safe_mode = request.form.get("safe_mode") == "1"
    run.restart_wanted.set()
    return render_template("plugin_page/restarting.html")


@pages.post("/seen")
def put_away():
    """Somebody has seen what was told."""
    news.put_away(request.form.getlist("event"))
    return go_to(request.form.get("next") or url_for("plugin_page.show"))


# ---- in ----


@pages.route("/install", methods=["GET", "POST"])
@owner_only
def choose():
    """Choose a file."""
    form = PluginForm()
    upload = request.files.get("file")
    if not form.validate_on_submit():
        return form.page("plugin_page/choose.html")
    if upload is None or not upload.filename:
        form.file.errors = [_("Please choose a file first.")]
        return form.page("plugin_page/choose.html")
    try:
        review = installing.stage(upload.stream, upload.filename)
    except NotTaken as error:
        return _refused(error, upload.filename)
    return redirect(url_for("plugin_page.review", token=review.token), 303)


@pages.get("/install/<token>")
@owner_only
def review(token: str):
    """What it is, who made it, and what its author says it uses."""
    try:
        return render_template("plugin_page/review.html", **service.shown(installing.review(token), current_language()))
    except NotTaken as error:
        return _refused(error)


@pages.post("/install/<token>")
@owner_only
def install(token: str):
    """The user's yes: it is tried on a copy of the data, and installed."""
    try:
        plugin_id, _is_there = installing.install(token)
    except NotTaken as error:
        return _refused(error)
    shelf.arrived(plugin_id)
    staff.note_at_once("plugin_installed", plugin=plugin_id)
    return redirect(url_for("plugin_page.show", new=plugin_id), 303)


@pages.post("/install/<token>/no")
@owner_only
def discard(token: str):
    """The user's no."""
    installing.discard(token)
    note(_("It was not installed."))
    return redirect(url_for("plugin_page.show"), 303)


@pages.post("/from-backup")
@owner_only
def from_backup():
    """Look at a plugin that came with a backup."""
    name = request.form.get("name", "")
    try:
        return redirect(url_for("plugin_page.review", token=shelf.stage(name).token), 303)
    except NotTaken as error:
        return _refused(error, name)


@pages.post("/from-backup/no")
@owner_only
def not_from_backup():
    """It is not wanted."""
    shelf.put_away(request.form.get("name", ""))
    note(_("It was not installed."))
    return redirect(url_for("plugin_page.show"), 303)


def _refused(error: NotTaken, file_name: str = ""):
    return render_template("plugin_page/refused.html", error=error, file_name=file_name), error.status


@pages.post("/installed/<plugin_id>/start")
def start(plugin_id: str):
    """Switch on and start again, in one click."""
    _known(plugin_id)
    installing.switch_on_and_restart(plugin_id)
    return render_template("plugin_page/restarting.html")


# ---- back and out ----


@pages.post("/installed/<plugin_id>/back")
@owner_only
def go_back(plugin_id: str):
    """The version before."""
    _known(plugin_id)
    try:
        installing.go_back(plugin_id)
    except NotTaken as error:
        return _refused(error)
    return redirect(url_for("plugin_page.show", new=plugin_id), 303)


@pages.post("/installed/<plugin_id>/stay")
@owner_only
def stay(plugin_id: str):
    """Do not change the version after all."""
    _known(plugin_id)
    installing.stay(plugin_id)
    note(_("It stays as it is."))
    return redirect(url_for("plugin_page.show"), 303)


@pages.route("/installed/<plugin_id>/remove", methods=["GET", "POST"])
@owner_only
def remove(plugin_id: str):
    """Ask what should become of its data, and remove it."""
    plugin = _known(plugin_id)
    form = RemoveForm()
    name = plugin.name(current_language())
    if not form.validate_on_submit():
        return form.page("plugin_page/remove.html", plugin=plugin, name=name)
    try:
        copy = installing.remove(plugin_id, form.how.data)
    except NotTaken as error:
        return _refused(error)
    staff.note_at_once("plugin_removed", plugin=name)
    if form.how.data == SAVE:
        note(_("The plugin is removed. A copy of its data is saved here: %(file)s", file=isolate_text(copy, ltr=True)))
    elif form.how.data == KEEP:
        note(_("The plugin is removed. Its data is kept, for when it comes back."))
    else:
        note(_("The plugin is removed."))
    return redirect(url_for("plugin_page.show"), 303)


@pages.post("/kept/<plugin_id>/save")
@owner_only
def save_kept(plugin_id: str):
    """Save the data of a plugin that is gone."""
    note(_("Saved: %(file)s", file=isolate_text(installing.save_kept(plugin_id), ltr=True)))
    return redirect(url_for("plugin_page.show"), 303)


@pages.route("/kept/<plugin_id>/delete", methods=["GET", "POST"])
@owner_only
def delete_kept(plugin_id: str):
    """Ask once more, and delete the data of a plugin that is gone."""
    kept = next((one for one in installing.kept_data() if one.plugin_id == plugin_id), None) or abort(404)
    if request.method == "GET":
        return render_template("plugin_page/delete_kept.html", kept=kept)
    installing.delete_kept(plugin_id)
    note(_("The data is deleted."))
    return redirect(url_for("plugin_page.show"), 303)
