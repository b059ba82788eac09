"""The frame round every page: words, tabs, language switch, errors, and the state of the database session."""

import contextlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_wtf.csrf import CSRFError, CSRFProtect
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter

from loyalapp.core import damage, disks
from loyalapp.core.clock import today
from loyalapp.core.db import changes, db, leave_page, reading, show_page
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import (
    _,
    current_language,
    current_tongue,
    direction,
    language_names,
)
from loyalapp.core.logs import incident
from loyalapp.core.tongues import added
from loyalapp.plugin_system import guests
from loyalapp.plugin_system.answers import Panel
from loyalapp.web import balance, components, counter, filters, frame, plugin_pages, rights, tabs
from loyalapp.web.door import SAFE_METHODS

pages = Blueprint("shell", __name__)
FIRST_START = ("welcome.", "shell.", "backups.from_file", "backups.bring_back", "backups.unlock", "static", "boot")
LARGEST_BODY = 210 * 1024 * 1024
MOST_FIELDS = 2000
LONGEST_FORM = 4 * 1024 * 1024  # what is typed or pasted, all fields together


class RowId(IntegerConverter):
    """The number of a row in an address; one that no row can have is not found instead of breaking the database."""

    regex = "[0-9]{1,9}"


def install(app: Flask) -> None:
    """Put the frame round the app."""
    app.url_map.converters["int"] = RowId
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_PARTS=MOST_FIELDS,
        MAX_FORM_MEMORY_SIZE=LONGEST_FORM,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_I18N_ENABLED=False,
    )
    app.config.setdefault("DOOR_OPEN", False)
    CSRFProtect(app)
    app.before_request(_open_session)
    app.teardown_request(_close_session)
    app.before_request(_first_start)
    app.before_request(plugin_pages.check)
    app.context_processor(_frame)
    app.register_blueprint(pages)
    app.register_blueprint(components.pages)
    app.register_error_handler(LoyalAppError, _show_mistake)
    app.register_error_handler(CSRFError, _show_stale_form)
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(Exception, _show_bug)
    filters.install(app)
    frame.install(app)
    counter.install(app)
    app.extensions["loyalapp.static_version"] = _static_version(Path(app.static_folder or ""))


def _static_version(folder: Path) -> str:
    """Changes with every change of a static file, so that browsers may keep them for a year."""
    newest = max((file.stat().st_mtime_ns for file in folder.rglob("*") if file.is_file()), default=0)
    return f"{newest:x}"[-8:]


# ---- before a page ----


def _open_session() -> None:
    """A page that only shows may not change the database: BEGIN with query_only (attack 7)."""
    if request.method in SAFE_METHODS:
        show_page()
    else:
        reading.set(False)
        g.changes = changes(current_app)


def _close_session(_error: BaseException | None) -> None:
    leave_page()
    reading.set(False)


def _first_start() -> Response | None:
    if current_app.config["FIRM"] is None and not (request.endpoint or "").startswith(FIRST_START):
        return redirect(url_for("welcome.language"))  # type: ignore[return-value]  # -- werkzeug's response is Flask's here
    return None


# ---- the frame ----


def _frame() -> dict[str, Any]:
    chosen, tongue = current_language(), current_tongue()
    screen = current_app.extensions["loyalapp.screen"]()
    return {
        "language": chosen,
        "tongue": tongue,
        "tag": tongue if tongue == chosen else added()[tongue].tag,
        "direction": direction(chosen),
        "languages": language_names(),
        "firm": current_app.config["FIRM"],
        "version": current_app.extensions["loyalapp.static_version"],
        "sheets": lambda: frame.drawn("ui/sheets.html"),
        "head_pieces": tabs.head_pieces,
        "tabs": tabs.tabs,
        "csrf_token": frame.token,
        "here": here,
        "tongues": lambda: frame.drawn_on_page(
            "ui/tongues.html", here(), languages=tuple(language_names().items()), keyboard="data-keyboard" in screen
        ),
        "screen": screen,
        "today": today,
        "is_counter": counter.is_counter(),  # beside the word that macros ask, which takes longer
        "is_private_page": rights.is_private(request.endpoint),
    }


def piece(panel: Panel) -> Markup:
    """A panel as a ready piece of the page."""
    return piece_of(panel.template, values=panel.values)


def piece_of(template: str, **values: Any) -> Markup:
    """A template as a ready piece of a page.

    :raises OutOfBalance: where it is a plugin's and would spoil the rest of the page; ours are looked at by our tests.
    """
    html = render_template(template, **values)
    if guests.is_lent():
        balance.check(html)
    return Markup(html)  # noqa: S704 -- rendered by Jinja, which escaped it


def here() -> str:
    """The address to come back to after the language was switched; a page made by a POST has none of its own."""
    asked = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- the documented way to the real request
    if asked.url_rule and "GET" not in (asked.url_rule.methods or ()):
        return url_for("today.show")
    return str(asked.full_path).removesuffix("?")


@pages.post("/language")
def switch_language() -> Response:
    """One click: the interface speaks another language, on the same page."""
    chosen = request.form.get("language", "")
    if chosen not in language_names():
        abort(400)
    session["language"] = chosen
    session.permanent = True
    current_app.extensions["loyalapp.language_was_chosen"](chosen)
    return go_back(request.form.get("next", "/"))


@pages.get("/healthz")
def health() -> dict[str, str]:
    """Whether the app answers."""
    return {"status": "ok"}


def go_back(target: str) -> Response:
    """Redirect to an address of our own; anything that could lead elsewhere goes to Today."""
    parts = urlsplit(target)
    local = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return redirect(target if local and "\n" not in target else "/", 303)  # type: ignore[return-value]  # -- werkzeug's response is Flask's here


def note(text: str, undo: str | None = None, *, is_trouble: bool = False) -> None:
    """One sentence at the head of the next page, with an address that takes the deed back (by POST).

    `is_trouble`: it was not done, and the sentence says why.
    """
    flash({"text": str(text), "undo": undo, "is_trouble": is_trouble})  # type: ignore[arg-type]  # -- the session keeps plain values


# ---- errors ----


def _sorry(sentence: str, status: int, number: str | None = None, **further: Any) -> tuple[str, int]:
    g.sorry = True
    return render_template("sorry.html", sentence=sentence, number=number, **further), status


def _show_mistake(error: LoyalAppError) -> tuple[str, int]:
    """Nothing that was begun before somebody's mistake was seen may be kept, or stand in the way of saying so."""
    sentence = str(error)
    db.session.rollback()
    return _sorry(sentence, error.status)


def _show_stale_form(_error: CSRFError) -> tuple[str, int]:
    return _sorry(_("This page was open for a long time. Please go back, load it again, and send it once more."), 400)


def _show_http_error(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    if code in (400, 403) and not _may_see_pages():
        return Response("403", code, mimetype="text/plain")
    sentences = {
        404: _("This page is not here. Perhaps it was removed."),
        405: _("This page cannot be opened like that. Please use the buttons."),
        413: _too_much(),
    }
    return _sorry(sentences.get(code, _("This did not work. Please go back and try again.")), code)


def _too_much() -> str:
    """A file above the limit; or, below it, more words in a form than fit."""
    if (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]:
        return _("This file is too large. Please choose one under 200 MB.")
    return _("This is too long for one time. Please send it in two or more parts.")


def _may_see_pages() -> bool:
    """A refusal at the door shows nothing at all of the app."""
    return bool(g.get("inside"))


def _show_bug(error: Exception) -> tuple[str, int]:
    from loyalapp.core import outages  # noqa: PLC0415 -- most runs show no bug
    from loyalapp.web import resending  # noqa: PLC0415 -- as above

    number = incident(f"{request.method} {request.url_rule}")
    with contextlib.suppress(Exception):  # -- the session itself may be what is broken
        db.session.rollback()
        leave_page()
    if outages.is_one(error):
        return _show_outage(number, resending.carried())
    if request.method not in SAFE_METHODS and (sentence := disks.trouble(error)):
        return _sorry(sentence, 507, number, **resending.carried())
    if damage.is_sign(error):
        damage.note_doubt(current_app.extensions["loyalapp.data"])
        return _sorry(
            _(
                "A part of the file with your data cannot be read. Please close LoyalApp and open it again: it then"
                " helps."
            ),
            500,
            number,
        )
    if current_app.config["PROPAGATE_BUGS"]:
        raise error
    g.sorry = True
    if (plugin := plugin_pages.owner()) is not None:
        return plugin_pages.sorry(plugin, error, number)
    return _sorry(_("Something went wrong here. Your work is safe. Please try again."), 500, number)


def _show_outage(number: str, carried: dict[str, Any]) -> tuple[str, int]:
    """Nobody's fault here; what was begun there is gone, unless the link broke while it was being kept."""
    if request.method in SAFE_METHODS:
        return _sorry(_("The data cannot be reached just now. Please try again in a minute."), 503, number)
    sentence = _("The data cannot be reached just now, so this was not kept. Please send it again in a minute.")
    if changes(current_app) != g.get("changes"):  # counted when the keeping begins
        sentence = _(
            "The data could not be reached while this was being kept. Please look whether it is there before you send"
            " it once more."
        )
    return _sorry(sentence, 503, number, **carried)
