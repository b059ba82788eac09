"""The pages that are shown instead of all others while the data is damaged: what happened, and the ways on."""

from typing import Any

from flask import Blueprint, Flask, current_app, redirect, render_template

from loyalapp.core import damage
from loyalapp.core.errors import Damaged, LoyalAppError
from loyalapp.core.i18n import lazy_gettext
from loyalapp.core.paths import DataFolder
from loyalapp.features.first_aid import service
from loyalapp.web.bare import bare_app

pages = Blueprint("aid", __name__, template_folder="templates")
STATE = "loyalapp.first_aid"
WHAT_HAPPENED = {
    damage.BROKEN: lazy_gettext(
        "The file with your data is damaged, perhaps by a power cut or a worn-out disk. LoyalApp has changed nothing"
        " in it."
    ),
    damage.STRANGE: lazy_gettext(
        "The file with your data cannot be opened any more: its beginning is lost, or another program has written into"
        " it. LoyalApp has changed nothing in it."
    ),
    damage.LOCKED: lazy_gettext(
        "The file with your data is encrypted, and the file with its key is not here. Only the recovery key from your"
        " paper opens it. LoyalApp has changed nothing in it."
    ),
    damage.GONE: lazy_gettext("The file with your data is empty or not there any more. Your backups still are."),
}
PARTLY = lazy_gettext("Part of your data cannot be read")
BEYOND = lazy_gettext("Your data cannot be read any more")
TITLES = {
    damage.GONE: lazy_gettext("Your data is not here any more"),
    damage.LOCKED: lazy_gettext("Your data is locked"),
}
NAMES = {
    "customer": lazy_gettext("Customers"),
    "interaction": lazy_gettext("Contacts"),
    "purchase": lazy_gettext("Sales"),
    "promise": lazy_gettext("Promises"),
}


def first_aid_app(data: DataFolder, language: str, run: Any, found: Damaged) -> Flask:
    """The app that helps, on data that is damaged."""
    app = bare_app(data, language, run, **{STATE: {"kind": found.kind, "outcome": None, "complaint": ""}})
    with app.app_context():
        app.extensions[STATE]["can_save"] = service.can_be_saved(found)
    app.register_blueprint(pages)
    return app


def _state() -> dict[str, Any]:
    state: dict[str, Any] = current_app.extensions[STATE]
    return state


@pages.get("/", defaults={"_path": ""})
@pages.get("/<path:_path>")
def show(_path: str) -> Any:
    """What happened and what can be done, whatever page was asked for."""
    state = _state()
    is_beyond = state["kind"] == damage.STRANGE and not state["can_save"]
    return render_template(
        "first_aid/aid.html",
        title=TITLES.get(state["kind"], BEYOND if is_beyond else PARTLY),
        is_beyond=is_beyond,
        what=WHAT_HAPPENED[state["kind"]],
        can_save=state["can_save"],
        is_gone=state["kind"] == damage.GONE,
        is_locked=state["kind"] == damage.LOCKED,
        backup=service.last_good(),
        outcome=state["outcome"],
        complaint=state["complaint"],
        name_of=lambda table: NAMES.get(table) or service.name_of(table),
        folder=current_app.extensions["loyalapp.data"].backups,
    )


def _or_say(deed: Any) -> bool:
    """Do it; why it could not be done is shown on the page, which is the only one there is."""
    _state()["complaint"] = ""
    try:
        deed()
    except LoyalAppError as error:
        _state()["complaint"] = error.message  # spoken in the language in which the page is read
        return False
    return True


@pages.post("/first-aid/save")
def save() -> Any:
    """Save what can be read."""

    def keep() -> None:
        _state()["outcome"] = service.rescue()

    _or_say(keep)
    return redirect("/", 303)


@pages.post("/first-aid/use")
def use() -> Any:
    """Go on with what was saved."""
    return _restart_after(service.go_on_with_rescued)


@pages.post("/first-aid/bring-back")
def bring_back() -> Any:
    """Go on with the last good backup."""
    return _restart_after(service.bring_back)


@pages.post("/first-aid/anew")
def anew() -> Any:
    """Begin with empty data."""
    return _restart_after(service.begin_anew)


@pages.post("/first-aid/again")
def again() -> Any:
    """Start once more: the recovery key is found."""
    return _restart_after(lambda: None)


def _restart_after(deed: Any) -> Any:
    if not _or_say(deed):
        return redirect("/", 303)
    current_app.extensions["loyalapp"].restart_wanted.set()
    return render_template("first_aid/restarting.html")
